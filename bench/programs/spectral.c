// The spectral norm of the matrix 1, 1/2, 1/3; 1/4 ... by the power method.

enum
{
    size = 100
};

static double u[size], v[size], between[size];

static double cell(int i, int j)
{
    return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1);
}

static void times(double const* in, double* out)
{
    for (int i = 0; i < size; ++i) {
        double sum = 0;
        for (int j = 0; j < size; ++j)
            sum += cell(i, j) * in[j];
        out[i] = sum;
    }
}

static void times_transposed(double const* in, double* out)
{
    for (int i = 0; i < size; ++i) {
        double sum = 0;
        for (int j = 0; j < size; ++j)
            sum += cell(j, i) * in[j];
        out[i] = sum;
    }
}

int run(int n)
{
    for (int i = 0; i < size; ++i)
        u[i] = 1;
    for (int i = 0; i < n; ++i) {
        times(u, between);
        times_transposed(between, v);
        times(v, between);
        times_transposed(between, u);
        // only the direction counts
        double const scale = 1 / u[0];
        for (int j = 0; j < size; ++j) {
            u[j] *= scale;
            v[j] *= scale;
        }
    }
    double product = 0;
    double square = 0;
    for (int i = 0; i < size; ++i) {
        product += u[i] * v[i];
        square += v[i] * v[i];
    }
    return n > 0 ? (int)(product / square * 1e8) : 0;
}
