// Compresses text by references to what came before, and expands it again.

enum
{
    text_size = 16384,
    packed_size = 2 * text_size,
    table_size = 4096,
    least = 4,     // a shorter match is not worth its reference
    longest = 131, // what a length byte can say
    window = 65535,
};

static unsigned char text[text_size], packed[packed_size], expanded[text_size];
static int table[table_size];

static unsigned make_text(unsigned seed)
{
    static char const* const words[] = {"memory ", "table ", "the ", "of ", "instruction ",
        "value ", "is ", "a ", "stack ", "function ", "type ", "and ", "limits ", "index ",
        "module ", "trap "};
    for (int i = 0; i < text_size;) {
        seed = seed * 1664525 + 1013904223;
        for (char const* c = words[seed >> 28]; *c != 0 && i < text_size; ++c)
            text[i++] = (unsigned char)*c;
        if ((seed >> 20 & 15) == 0 && i < text_size)
            text[i++] = (unsigned char)('0' + (seed >> 24 & 7));
    }
    return seed;
}

static unsigned hash(unsigned char const* bytes)
{
    unsigned word;
    __builtin_memcpy(&word, bytes, sizeof word);
    return word * 2654435761u >> 20;
}

static int common_length(unsigned char const* a, unsigned char const* b, int most)
{
    int length = 0;
    while (length < most && a[length] == b[length])
        ++length;
    return length;
}

/// Runs of plain bytes as (count - 1, bytes), matches as (128 + length - 4, distance low, distance
/// high).
static int compress(void)
{
    for (int i = 0; i < table_size; ++i)
        table[i] = -1;
    int out = 0;
    int plain = 0; // where the run of plain bytes began
    int in = 0;
    while (in < text_size) {
        int length = 0;
        int before = -1;
        if (in + least <= text_size) {
            int* const slot = &table[hash(text + in)];
            before = *slot;
            *slot = in;
            int const left = text_size - in;
            if (before >= 0 && in - before <= window)
                length = common_length(text + before, text + in, left < longest ? left : longest);
        }
        int const is_match = length >= least;
        int const run = in - plain + !is_match;
        if (run > 0 && (is_match || run == 128 || in + 1 == text_size)) {
            packed[out++] = (unsigned char)(run - 1);
            for (int i = 0; i < run; ++i)
                packed[out++] = text[plain + i];
            plain += run;
        }
        if (is_match) {
            packed[out++] = (unsigned char)(128 + length - least);
            packed[out++] = (unsigned char)(in - before);
            packed[out++] = (unsigned char)((in - before) >> 8);
            in += length;
            plain = in;
        } else {
            ++in;
        }
    }
    return out;
}

static int expand(int count)
{
    int out = 0;
    for (int in = 0; in < count;) {
        int const head = packed[in++];
        if (head < 128) {
            for (int i = 0; i <= head; ++i)
                expanded[out++] = packed[in++];
        } else {
            int const length = head - 128 + least;
            int const distance = packed[in] | packed[in + 1] << 8;
            in += 2;
            for (int i = 0; i < length; ++i, ++out)
                expanded[out] = expanded[out - distance];
        }
    }
    return out;
}

int run(int n)
{
    unsigned seed = 5;
    unsigned sum = 0;
    for (int i = 0; i < n; ++i) {
        seed = make_text(seed);
        int const count = compress();
        if (expand(count) != text_size)
            return -1;
        for (int j = 0; j < text_size; ++j)
            if (text[j] != expanded[j])
                return -2;
        sum = sum * 31 + (unsigned)count;
        for (int j = 0; j < count; ++j)
            sum = sum * 31 + packed[j];
    }
    return (int)sum;
}
