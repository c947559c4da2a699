// What small processors are rated by: a linked list that is searched and sorted, a matrix of 16-bit
// integers, a state machine that reads numbers, and a cyclic redundancy check over all of it.

enum
{
    nodes = 200,
    side = 24,
    text_size = 400
};

struct node
{
    struct node* next;
    short key;
    short load;
};

static struct node store[nodes];
static short left[side][side], right[side][side];
static int product[side][side];
static char text[text_size];

static unsigned crc16(unsigned crc, unsigned value)
{
    for (int i = 0; i < 16; ++i) {
        unsigned const low = (crc ^ value) & 1;
        crc >>= 1;
        value >>= 1;
        if (low)
            crc ^= 0xA001;
    }
    return crc;
}

static struct node* make_list(unsigned seed)
{
    for (int i = 0; i < nodes; ++i) {
        seed = seed * 1103515245 + 12345;
        store[i].key = (short)(seed >> 16);
        store[i].load = (short)i;
        store[i].next = i + 1 < nodes ? &store[i + 1] : 0;
    }
    return &store[0];
}

static struct node* merge(struct node* a, struct node* b)
{
    struct node first;
    struct node* last = &first;
    while (a && b) {
        struct node** const less = a->key <= b->key ? &a : &b;
        last->next = *less;
        last = *less;
        *less = last->next;
    }
    last->next = a ? a : b;
    return first.next;
}

/// Bottom up: bins[i] is a sorted list of 2^i nodes or none.
static struct node* sort(struct node* list)
{
    struct node* bins[16] = {0};
    while (list) {
        struct node* one = list;
        list = list->next;
        one->next = 0;
        int i = 0;
        for (; bins[i]; ++i) {
            one = merge(bins[i], one);
            bins[i] = 0;
        }
        bins[i] = one;
    }
    struct node* all = 0;
    for (int i = 0; i < 16; ++i)
        all = merge(bins[i], all);
    return all;
}

static unsigned check_list(struct node const* list, unsigned seed)
{
    unsigned crc = seed & 0xFFFF;
    for (int i = 0; i < 12; ++i) {
        short const wanted = (short)((seed >> i) * 977);
        struct node const* found = list;
        while (found && found->key < wanted)
            found = found->next;
        crc = crc16(crc, found ? (unsigned short)found->load : 0xFFFF);
    }
    return crc;
}

static unsigned check_matrix(unsigned seed)
{
    for (int i = 0; i < side; ++i)
        for (int j = 0; j < side; ++j) {
            seed = seed * 1103515245 + 12345;
            left[i][j] = (short)(seed >> 20);
            right[i][j] = (short)(seed >> 16 & 0xFF);
        }
    for (int i = 0; i < side; ++i)
        for (int j = 0; j < side; ++j) {
            int sum = 0;
            for (int k = 0; k < side; ++k)
                sum += left[i][k] * right[k][j];
            product[i][j] = sum;
        }
    unsigned crc = 0;
    for (int i = 0; i < side; ++i)
        crc = crc16(crc, (unsigned)product[i][side - 1 - i] >> 4);
    return crc;
}

enum state
{
    start,
    sign,
    digits,
    point,
    fraction,
    exponent,
    exponent_digits,
    wrong,
    states
};

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static enum state step(enum state s, char c)
{
    switch (s) {
    case start:
        return is_digit(c) ? digits : c == '-' || c == '+' ? sign : c == '.' ? point : wrong;
    case sign: return is_digit(c) ? digits : c == '.' ? point : wrong;
    case digits: return is_digit(c) ? digits : c == '.' ? fraction : c == 'e' ? exponent : wrong;
    case point: return is_digit(c) ? fraction : wrong;
    case fraction: return is_digit(c) ? fraction : c == 'e' ? exponent : wrong;
    case exponent: return is_digit(c) || c == '-' ? exponent_digits : wrong;
    case exponent_digits: return is_digit(c) ? exponent_digits : wrong;
    default: return wrong;
    }
}

static unsigned check_text(unsigned seed)
{
    static char const letters[] = "0123456789.e-,+x012345678,9,12,3";
    for (int i = 0; i < text_size; ++i) {
        seed = seed * 1103515245 + 12345;
        text[i] = letters[seed >> 16 & 31];
    }
    unsigned ends[states] = {0};
    enum state s = start;
    for (int i = 0; i < text_size; ++i) {
        if (text[i] == ',') {
            ++ends[s];
            s = start;
        } else {
            s = step(s, text[i]);
        }
    }
    unsigned crc = 0;
    for (int i = 0; i < states; ++i)
        crc = crc16(crc, ends[i]);
    return crc;
}

int run(int n)
{
    unsigned crc = 0;
    for (int i = 0; i < n; ++i) {
        unsigned const seed = (unsigned)i * 2654435761u + crc;
        crc = crc16(crc, check_list(sort(make_list(seed)), seed));
        crc = crc16(crc, check_matrix(seed));
        crc = crc16(crc, check_text(seed));
    }
    return (int)crc;
}
