// SHA-256 of messages of 1,000 bytes. The constants are computed: the first bits of the roots of
// the first primes.

enum
{
    block = 64,
    message_size = 1000
};

static unsigned constants[64], initial[8], state[8];
static unsigned char message[message_size + 2 * block];

/// The first 32 bits behind the point.
static unsigned fraction_bits(double x)
{
    return (unsigned)((x - (int)x) * 4294967296.0);
}

static double cube_root(double x)
{
    double root = x;
    for (int i = 0; i < 40; ++i)
        root -= (root * root * root - x) / (3 * root * root);
    return root;
}

static int is_prime(unsigned n)
{
    for (unsigned d = 2; d * d <= n; ++d)
        if (n % d == 0)
            return 0;
    return 1;
}

static void make_constants(void)
{
    int found = 0;
    for (unsigned p = 2; found < 64; ++p) {
        if (!is_prime(p))
            continue;
        if (found < 8)
            initial[found] = fraction_bits(__builtin_sqrt(p));
        constants[found++] = fraction_bits(cube_root(p));
    }
}

static unsigned rotate(unsigned x, int by)
{
    return x >> by | x << (32 - by);
}

static void compress(unsigned char const* bytes)
{
    unsigned w[64];
    for (int i = 0; i < 16; ++i)
        w[i] = (unsigned)bytes[4 * i] << 24 | (unsigned)bytes[4 * i + 1] << 16 |
               (unsigned)bytes[4 * i + 2] << 8 | bytes[4 * i + 3];
    for (int i = 16; i < 64; ++i) {
        unsigned const s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
        unsigned const s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    unsigned a = state[0], b = state[1], c = state[2], d = state[3];
    unsigned e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; ++i) {
        unsigned const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
        unsigned const t1 = h + s1 + ((e & f) ^ (~e & g)) + constants[i] + w[i];
        unsigned const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
        unsigned const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + t2;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
}

/// Behind the message: one bit, zeros, and its length in bits at the end of a block. Gives the
/// number of blocks.
static int pad(int length)
{
    int const blocks = (length + 9 + block - 1) / block;
    int const end = blocks * block;
    message[length] = 0x80;
    for (int i = length + 1; i < end; ++i)
        message[i] = 0;
    for (int i = 0; i < 4; ++i)
        message[end - 1 - i] = (unsigned char)((unsigned)length * 8 >> 8 * i);
    return blocks;
}

static unsigned digest(int length)
{
    int const blocks = pad(length);
    for (int i = 0; i < 8; ++i)
        state[i] = initial[i];
    for (int i = 0; i < blocks; ++i)
        compress(message + i * block);
    return state[0] ^ state[7];
}

int run(int n)
{
    make_constants();
    // "abc" has a known digest: ba7816bf ... f20015ad
    message[0] = 'a';
    message[1] = 'b';
    message[2] = 'c';
    unsigned sum = digest(3);
    if (state[0] != 0xBA7816BF || state[7] != 0xF20015AD)
        return -1;
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j < message_size; ++j)
            message[j] = (unsigned char)(sum >> (j & 15)) + (unsigned char)j;
        sum ^= digest(message_size) + (unsigned)i;
    }
    return (int)sum;
}
