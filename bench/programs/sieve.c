// The sieve of Eratosthenes, a byte and a bit for each number.

enum
{
    limit = 60000
};

static unsigned char crossed[limit];
static unsigned bits[limit / 32 + 1];

static unsigned by_bytes(void)
{
    for (int i = 0; i < limit; ++i)
        crossed[i] = 0;
    unsigned sum = 0;
    for (int i = 2; i < limit; ++i) {
        if (crossed[i])
            continue;
        sum += (unsigned)i;
        for (int j = 2 * i; j < limit; j += i)
            crossed[j] = 1;
    }
    return sum;
}

static unsigned by_bits(void)
{
    for (int i = 0; i <= limit / 32; ++i)
        bits[i] = 0;
    unsigned sum = 0;
    for (unsigned i = 2; i < limit; ++i) {
        if (bits[i >> 5] >> (i & 31) & 1)
            continue;
        sum += i;
        for (unsigned j = 2 * i; j < limit; j += i)
            bits[j >> 5] |= 1u << (j & 31);
    }
    return sum;
}

int run(int n)
{
    unsigned sum = 0;
    for (int i = 0; i < n; ++i) {
        unsigned const a = by_bytes();
        if (a != by_bits())
            return -1;
        sum = sum * 31 + a;
    }
    return (int)sum;
}
