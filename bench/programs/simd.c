// Vectors of 128 bits: a filter of floats, a mixing of integers, a search for bytes, and a turning
// of small matrices.

typedef float f32x4 __attribute__((vector_size(16)));
typedef int i32x4 __attribute__((vector_size(16)));
typedef unsigned u32x4 __attribute__((vector_size(16)));
typedef signed char i8x16 __attribute__((vector_size(16)));

enum
{
    samples = 1024,
    vectors = samples / 4
};

static f32x4 wave[vectors + 2], filtered[vectors];
static u32x4 words[vectors];
static i8x16 letters[vectors];

static void fill(void)
{
    unsigned seed = 17;
    for (int i = 0; i < vectors; ++i)
        for (int j = 0; j < 4; ++j) {
            seed = seed * 1664525 + 1013904223;
            wave[i][j] = (float)(int)(seed >> 20) / 256.0F - 8.0F;
            words[i][j] = seed;
            for (int k = 0; k < 4; ++k)
                letters[i][4 * j + k] = (signed char)(seed >> (8 + 4 * k) & 15);
        }
}

/// Three neighbours are weighed, and held between two bounds.
static void filter(void)
{
    f32x4 const low = {-7.0F, -7.5F, -7.0F, -7.5F};
    f32x4 const high = {7.0F, 7.5F, 7.0F, 7.5F};
    for (int i = 0; i < vectors; ++i) {
        f32x4 const sum = wave[i] * 0.5F + wave[i + 1] * 0.375F + wave[i + 2] * 0.1875F;
        i32x4 const below = sum < low;
        i32x4 const above = sum > high;
        filtered[i] =
            (f32x4)(((i32x4)sum & ~(below | above)) | ((i32x4)low & below) | ((i32x4)high & above));
    }
    for (int i = 0; i < vectors; ++i)
        wave[i] = filtered[i];
}

static u32x4 stir(u32x4 sum)
{
    for (int i = 0; i < vectors; ++i) {
        u32x4 const x = words[i] + sum;
        sum = (sum ^ (x << 13 | x >> 19)) * 0x9E3779B1U;
        words[i] = x ^ __builtin_shufflevector(sum, sum, 2, 3, 0, 1);
    }
    return sum;
}

static int count_bytes(signed char wanted)
{
    i8x16 counts = {0};
    int sum = 0;
    for (int i = 0; i < vectors; ++i) {
        // -1 where they are equal; 64 times at most, then a lane would overflow
        counts -= letters[i] == wanted;
        if ((i & 63) == 63) {
            for (int j = 0; j < 16; ++j)
                sum += counts[j];
            counts = (i8x16){0};
        }
    }
    return sum;
}

static void turn_matrices(void)
{
    for (int i = 0; i < vectors; i += 4) {
        u32x4 const ab = __builtin_shufflevector(words[i], words[i + 1], 0, 4, 1, 5);
        u32x4 const cd = __builtin_shufflevector(words[i + 2], words[i + 3], 0, 4, 1, 5);
        u32x4 const ef = __builtin_shufflevector(words[i], words[i + 1], 2, 6, 3, 7);
        u32x4 const gh = __builtin_shufflevector(words[i + 2], words[i + 3], 2, 6, 3, 7);
        words[i] = __builtin_shufflevector(ab, cd, 0, 1, 4, 5);
        words[i + 1] = __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
        words[i + 2] = __builtin_shufflevector(ef, gh, 0, 1, 4, 5);
        words[i + 3] = __builtin_shufflevector(ef, gh, 2, 3, 6, 7);
    }
}

int run(int n)
{
    fill();
    u32x4 sum = {1, 2, 3, 4};
    for (int i = 0; i < n; ++i) {
        filter();
        wave[vectors] = wave[i % vectors];
        sum = stir(sum);
        sum[i & 3] += (unsigned)count_bytes((signed char)(i & 15));
        turn_matrices();
    }
    unsigned result = sum[0] ^ sum[1] ^ sum[2] ^ sum[3];
    for (int i = 0; i < vectors; ++i)
        for (int j = 0; j < 4; ++j)
            result = result * 31 + (unsigned)(int)(filtered[i][j] * 1024.0F);
    return (int)result;
}
