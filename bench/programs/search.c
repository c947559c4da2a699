// Looks for words in a text in three ways, and counts how far two words are apart.

enum
{
    text_size = 16384,
    most_letters = 32
};

static unsigned char text[text_size];

static unsigned make_text(unsigned seed)
{
    for (int i = 0; i < text_size; ++i) {
        seed = seed * 1664525 + 1013904223;
        // few letters, so that there are many beginnings of matches
        text[i] = (unsigned char)("aaabbcabeadb cab"[seed >> 28]);
    }
    return seed;
}

static int length_of(char const* word)
{
    int length = 0;
    while (word[length])
        ++length;
    return length;
}

static unsigned plainly(char const* word, int length)
{
    unsigned sum = 0;
    for (int i = 0; i + length <= text_size; ++i) {
        int j = 0;
        while (j < length && text[i + j] == (unsigned char)word[j])
            ++j;
        if (j == length)
            sum += (unsigned)i + 1;
    }
    return sum;
}

/// Knuth, Morris and Pratt: how much of the word is a beginning again after a mismatch.
static unsigned by_borders(char const* word, int length)
{
    int border[most_letters + 1];
    border[0] = -1;
    for (int i = 0, j = -1; i < length;) {
        while (j >= 0 && word[i] != word[j])
            j = border[j];
        border[++i] = ++j;
    }
    unsigned sum = 0;
    int matched = 0;
    for (int i = 0; i < text_size; ++i) {
        while (matched >= 0 && (matched == length || text[i] != (unsigned char)word[matched]))
            matched = border[matched];
        if (++matched == length)
            sum += (unsigned)(i - length) + 2;
    }
    return sum;
}

/// Horspool: how far the word may move on for the letter under its end.
static unsigned by_last_letter(char const* word, int length)
{
    unsigned char move[256];
    for (int i = 0; i < 256; ++i)
        move[i] = (unsigned char)length;
    for (int i = 0; i + 1 < length; ++i)
        move[(unsigned char)word[i]] = (unsigned char)(length - 1 - i);
    unsigned sum = 0;
    for (int i = 0; i + length <= text_size; i += move[text[i + length - 1]]) {
        int j = length - 1;
        while (j >= 0 && text[i + j] == (unsigned char)word[j])
            --j;
        if (j < 0)
            sum += (unsigned)i + 1;
    }
    return sum;
}

/// Levenshtein's distance of a piece of the text from the word.
static unsigned distance(unsigned char const* piece, int count, char const* word, int length)
{
    unsigned char row[most_letters + 1];
    for (int j = 0; j <= length; ++j)
        row[j] = (unsigned char)j;
    for (int i = 1; i <= count; ++i) {
        int corner = row[0];
        row[0] = (unsigned char)i;
        for (int j = 1; j <= length; ++j) {
            int best = corner + (piece[i - 1] != (unsigned char)word[j - 1]);
            corner = row[j];
            best = corner + 1 < best ? corner + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            row[j] = (unsigned char)best;
        }
    }
    return row[length];
}

int run(int n)
{
    static char const* const words[] = {
        "abacab", "aaab", "dab cab", "abbaabba", "cabbage", "aaaaaaaa"};
    unsigned seed = 8;
    unsigned sum = 0;
    for (int i = 0; i < n; ++i) {
        seed = make_text(seed);
        for (int w = 0; w < 6; ++w) {
            int const length = length_of(words[w]);
            unsigned const places = plainly(words[w], length);
            if (places != by_borders(words[w], length) ||
                places != by_last_letter(words[w], length))
                return -1;
            sum = sum * 31 + places;
            for (int j = 0; j < 32; ++j)
                sum = sum * 3 + distance(text + j * 100, 20, words[w], length);
        }
    }
    return (int)sum;
}
