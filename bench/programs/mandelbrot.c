// How long points of the plane stay near the origin under z = z^2 + c.

static int steps(double cx, double cy)
{
    double x = 0;
    double y = 0;
    int i = 0;
    for (; i < 200; ++i) {
        double const xx = x * x;
        double const yy = y * y;
        if (xx + yy > 4.0)
            break;
        y = 2.0 * x * y + cy;
        x = xx - yy + cx;
    }
    return i;
}

int run(int n)
{
    unsigned sum = 0;
    for (int row = 0; row < n; ++row) {
        double const cy = (double)(row % 160) / 80.0 - 1.0;
        for (int column = 0; column < 240; ++column)
            sum = sum * 33 + (unsigned)steps((double)column / 80.0 - 2.0, cy);
    }
    return (int)sum;
}
