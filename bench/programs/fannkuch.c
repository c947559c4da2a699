// Pancakes: for every permutation, how often must a prefix be turned over until the first number is
// 1?

enum
{
    most = 12
};

static int flips_of(int const* permutation, int size)
{
    int stack[most];
    for (int i = 0; i < size; ++i)
        stack[i] = permutation[i];
    int flips = 0;
    for (int first = stack[0]; first != 0; first = stack[0]) {
        for (int i = 0, j = first; i < j; ++i, --j) {
            int const kept = stack[i];
            stack[i] = stack[j];
            stack[j] = kept;
        }
        ++flips;
    }
    return flips;
}

/// The next permutation in the order of rotations; 0 when all have been.
static int next(int* permutation, int* turns, int size)
{
    for (int length = 2; length <= size; ++length) {
        int const first = permutation[0];
        for (int i = 0; i + 1 < length; ++i)
            permutation[i] = permutation[i + 1];
        permutation[length - 1] = first;
        if (++turns[length - 1] < length)
            return 1;
        turns[length - 1] = 0;
    }
    return 0;
}

static unsigned search(int size)
{
    int permutation[most];
    int turns[most] = {0};
    for (int i = 0; i < size; ++i)
        permutation[i] = i;
    unsigned sum = 0;
    int longest = 0;
    int sign = 1;
    do {
        int const flips = flips_of(permutation, size);
        longest = flips > longest ? flips : longest;
        sum += (unsigned)(sign * flips);
        sign = -sign;
    } while (next(permutation, turns, size));
    return sum * 100 + (unsigned)longest;
}

int run(int n)
{
    unsigned sum = 0;
    for (int i = 0; i < n; ++i)
        sum = sum * 31 + search(7 + (i & 1));
    return (int)sum;
}
