// Hashes in 64-bit arithmetic: byte by byte, word by word in four lanes, and a table of open
// addressing over them.

typedef unsigned long long u64;

enum
{
    buffer_size = 4096,
    slots = 1024
};

static unsigned char buffer[buffer_size];
static u64 table[slots];

static u64 rotate(u64 x, int by)
{
    return x << by | x >> (64 - by);
}

static u64 finish(u64 x)
{
    x = (x ^ x >> 31) * 0xD6E8FEB86659FD93ull;
    x = (x ^ x >> 29) * 0xA3AAAC4F1B2F9C25ull;
    return x ^ x >> 32;
}

static u64 by_bytes(unsigned char const* bytes, int count)
{
    u64 sum = 0x9E3779B97F4A7C15ull;
    for (int i = 0; i < count; ++i)
        sum = (sum ^ bytes[i]) * 0x100000001B3ull;
    return finish(sum);
}

static u64 read(unsigned char const* bytes)
{
    u64 word;
    __builtin_memcpy(&word, bytes, sizeof word);
    return word;
}

static u64 stir(u64 lane, u64 word)
{
    return rotate(lane + word * 0xC2B2AE3D27D4EB4Full, 27) * 0x9E3779B185EBCA87ull;
}

static u64 by_words(unsigned char const* bytes, int count, u64 seed)
{
    u64 a = seed;
    u64 b = seed ^ 0x243F6A8885A308D3ull;
    u64 c = seed + 0x13198A2E03707344ull;
    u64 d = ~seed;
    for (int i = 0; i + 32 <= count; i += 32) {
        a = stir(a, read(bytes + i));
        b = stir(b, read(bytes + i + 8));
        c = stir(c, read(bytes + i + 16));
        d = stir(d, read(bytes + i + 24));
    }
    return finish(rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18));
}

/// Puts the key in unless it is there; gives the number of slots looked at.
static unsigned insert(u64 key)
{
    unsigned looked = 1;
    for (u64 at = key;; ++at, ++looked) {
        u64* const slot = &table[at % slots];
        if (*slot == key)
            return looked;
        if (*slot == 0) {
            *slot = key;
            return looked;
        }
    }
}

static unsigned fill_table(u64 seed)
{
    for (int i = 0; i < slots; ++i)
        table[i] = 0;
    unsigned looked = 0;
    for (int i = 0; i < slots / 2; ++i) {
        seed += 0x9E3779B97F4A7C15ull;
        looked += insert(finish(seed) | 1);
        looked += insert(finish(seed - (u64)(i & 3)) | 1);
    }
    return looked;
}

int run(int n)
{
    u64 sum = 1;
    for (int i = 0; i < buffer_size; ++i) {
        sum = finish(sum + (u64)i);
        buffer[i] = (unsigned char)sum;
    }
    for (int i = 0; i < n; ++i) {
        sum ^= by_bytes(buffer, buffer_size / 4);
        for (int j = 0; j < 4; ++j)
            sum = rotate(sum, 5) + by_words(buffer, buffer_size, sum);
        sum += fill_table(sum);
        buffer[i % buffer_size] = (unsigned char)sum;
    }
    return (int)(sum ^ sum >> 32);
}
