// Products of square matrices, row by column.

enum
{
    side = 64
};

static double a[side][side], b[side][side], c[side][side];

static void fill(void)
{
    unsigned seed = 7;
    for (int i = 0; i < side; ++i)
        for (int j = 0; j < side; ++j) {
            seed = seed * 1664525 + 1013904223;
            a[i][j] = (double)(seed >> 16) / 65536.0 - 0.5;
            b[i][j] = (double)(seed & 0xFFFF) / 65536.0 - 0.5;
        }
}

static void multiply(void)
{
    for (int i = 0; i < side; ++i)
        for (int j = 0; j < side; ++j) {
            double sum = 0;
            for (int k = 0; k < side; ++k)
                sum += a[i][k] * b[k][j];
            c[i][j] = sum;
        }
}

/// The product becomes the next left side, scaled so that it stays small.
static void take_product(void)
{
    for (int i = 0; i < side; ++i)
        for (int j = 0; j < side; ++j)
            a[i][j] = c[i][j] * 0.25 + (i == j ? 0.5 : 0.0);
}

int run(int n)
{
    fill();
    for (int i = 0; i < n; ++i) {
        multiply();
        take_product();
    }
    double sum = 0;
    for (int i = 0; i < side; ++i)
        for (int j = 0; j < side; ++j)
            sum += a[i][j] * (i + 1) - a[j][i] * j;
    return (int)(sum * 1e6);
}
