// Five bodies that attract each other, in double precision.

enum
{
    bodies = 5
};

static struct body
{
    double x, y, z, vx, vy, vz, mass;
} sky[bodies];

static void place(void)
{
    unsigned seed = 42;
    for (int i = 0; i < bodies; ++i) {
        double* const field = &sky[i].x;
        for (int j = 0; j < 6; ++j) {
            seed = seed * 1664525 + 1013904223;
            field[j] = ((double)(seed >> 8) / 16777216.0 - 0.5) * (j < 3 ? 20.0 : 1.0);
        }
        sky[i].mass = i == 0 ? 40.0 : 0.01 * (i + 1);
    }
}

static void advance(double dt)
{
    for (int i = 0; i < bodies; ++i) {
        struct body* const a = &sky[i];
        for (int j = i + 1; j < bodies; ++j) {
            struct body* const b = &sky[j];
            double const dx = a->x - b->x;
            double const dy = a->y - b->y;
            double const dz = a->z - b->z;
            double const square = dx * dx + dy * dy + dz * dz + 0.01;
            double const pull = dt / (square * __builtin_sqrt(square));
            a->vx -= dx * b->mass * pull;
            a->vy -= dy * b->mass * pull;
            a->vz -= dz * b->mass * pull;
            b->vx += dx * a->mass * pull;
            b->vy += dy * a->mass * pull;
            b->vz += dz * a->mass * pull;
        }
    }
    for (int i = 0; i < bodies; ++i) {
        sky[i].x += dt * sky[i].vx;
        sky[i].y += dt * sky[i].vy;
        sky[i].z += dt * sky[i].vz;
    }
}

static double energy(void)
{
    double sum = 0;
    for (int i = 0; i < bodies; ++i) {
        struct body const* const a = &sky[i];
        sum += 0.5 * a->mass * (a->vx * a->vx + a->vy * a->vy + a->vz * a->vz);
        for (int j = i + 1; j < bodies; ++j) {
            double const dx = a->x - sky[j].x;
            double const dy = a->y - sky[j].y;
            double const dz = a->z - sky[j].z;
            sum -= a->mass * sky[j].mass / __builtin_sqrt(dx * dx + dy * dy + dz * dz + 0.01);
        }
    }
    return sum;
}

int run(int n)
{
    place();
    for (int i = 0; i < n; ++i)
        advance(0.001);
    return (int)(energy() * 1e6);
}
