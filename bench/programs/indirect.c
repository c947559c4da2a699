// Calls through tables of functions: shapes with methods, and filters in a chain that changes.

struct shape;
struct methods
{
    int (*area)(struct shape const*);
    int (*edge)(struct shape const*);
    void (*grow)(struct shape*, int);
};
struct shape
{
    struct methods const* methods;
    int width;
    int height;
};

static int rectangle_area(struct shape const* s)
{
    return s->width * s->height;
}
static int rectangle_edge(struct shape const* s)
{
    return 2 * (s->width + s->height);
}
static int triangle_area(struct shape const* s)
{
    return s->width * s->height / 2;
}
static int triangle_edge(struct shape const* s)
{
    return s->width + 2 * s->height;
}
static int square_area(struct shape const* s)
{
    return s->width * s->width;
}
static int square_edge(struct shape const* s)
{
    return 4 * s->width;
}

static void grow_width(struct shape* s, int by)
{
    s->width = (s->width + by) & 1023;
}
static void grow_height(struct shape* s, int by)
{
    s->height = (s->height + by) & 1023;
}
static void grow_both(struct shape* s, int by)
{
    grow_width(s, by);
    grow_height(s, -by);
}

static struct methods const kinds[] = {
    {rectangle_area, rectangle_edge, grow_both},
    {triangle_area, triangle_edge, grow_height},
    {square_area, square_edge, grow_width},
};

static unsigned invert(unsigned x)
{
    return ~x;
}
static unsigned spread(unsigned x)
{
    return x * 2654435761u;
}
static unsigned fold(unsigned x)
{
    return x ^ x >> 15;
}
static unsigned turn(unsigned x)
{
    return x << 7 | x >> 25;
}
static unsigned raise(unsigned x)
{
    return x + 0x9E3779B9u;
}
static unsigned even(unsigned x)
{
    return x & ~1u;
}

static unsigned (*const filters[])(unsigned) = {
    invert,
    spread,
    fold,
    turn,
    raise,
    even,
    spread,
    fold,
};

enum
{
    shapes = 64,
    chain_length = 32
};

static struct shape all[shapes];
static unsigned (*chain[chain_length])(unsigned);

static unsigned visit_shapes(unsigned sum)
{
    for (int i = 0; i < shapes; ++i) {
        struct shape* const s = &all[i];
        sum = sum * 33 + (unsigned)s->methods->area(s);
        sum ^= (unsigned)s->methods->edge(s);
        s->methods->grow(s, (int)(sum & 15));
    }
    return sum;
}

static unsigned run_chain(unsigned x)
{
    for (int i = 0; i < chain_length; ++i)
        x = chain[i](x);
    return x;
}

int run(int n)
{
    for (int i = 0; i < shapes; ++i)
        all[i] = (struct shape){&kinds[i * 7 % 3], i + 3, 2 * i + 1};
    for (int i = 0; i < chain_length; ++i)
        chain[i] = filters[i & 7];
    unsigned sum = 1;
    for (int i = 0; i < n; ++i) {
        sum = visit_shapes(sum);
        chain[i % chain_length] = filters[sum >> 8 & 7];
        for (int j = 0; j < 4; ++j)
            sum = run_chain(sum + (unsigned)j);
    }
    return (int)sum;
}
