// Calls that call themselves: Fibonacci numbers, Takeuchi's function, Ackermann's function.

static unsigned fibonacci(unsigned n)
{
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

static int takeuchi(int x, int y, int z)
{
    if (y >= x)
        return z;
    return takeuchi(takeuchi(x - 1, y, z), takeuchi(y - 1, z, x), takeuchi(z - 1, x, y));
}

static unsigned ackermann(unsigned m, unsigned n)
{
    if (m == 0)
        return n + 1;
    if (n == 0)
        return ackermann(m - 1, 1);
    return ackermann(m - 1, ackermann(m, n - 1));
}

int run(int n)
{
    unsigned sum = 0;
    for (int i = 0; i < n; ++i) {
        sum = sum * 31 + fibonacci(20 + (i & 3));
        sum = sum * 31 + (unsigned)takeuchi(13 + (i & 1), 8, 3);
        sum = sum * 31 + ackermann(2, 60 + (unsigned)(i & 7));
    }
    return (int)sum;
}
