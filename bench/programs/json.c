// Writes JSON, reads it into a tree, and adds up the tree.

enum
{
    text_size = 24000,
    most_nodes = 6000,
    deepest = 64
};
enum kind
{
    null,
    boolean,
    number,
    string,
    array,
    object
};

struct node
{
    enum kind kind;
    int value; // a number times 1,000; a string's length; a boolean
    int first; // of the children, or where a string begins
    int next;  // the sibling, 0 for none
    int name;  // a member's name: a node, 0 for none
};

static char text[text_size];
static int end;
static struct node nodes[most_nodes];
static int node_count;

static void put(char c)
{
    if (end < text_size - 1)
        text[end++] = c;
}

static void put_text(char const* s)
{
    for (; *s; ++s)
        put(*s);
}

static void put_number(unsigned n)
{
    char reversed[10];
    int count = 0;
    do {
        reversed[count++] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    while (count > 0)
        put(reversed[--count]);
}

static unsigned write(unsigned seed)
{
    end = 0;
    put_text("{\"records\": [\n");
    for (int i = 0; i < 120; ++i) {
        seed = seed * 1664525 + 1013904223;
        put_text(i > 0 ? ",\n  {\"id\": " : "  {\"id\": ");
        put_number((unsigned)i);
        put_text(", \"name\": \"item \\\"");
        put_number(seed >> 20);
        put_text("\\\"\", \"price\": ");
        if (seed & 1 << 12)
            put('-');
        put_number(seed >> 16 & 1023);
        put('.');
        put_number(seed >> 8 & 63);
        put_text(seed & 1 << 13 ? ", \"sold\": true" : ", \"sold\": false");
        put_text(", \"tags\": [\"new\", null, ");
        put_number(seed >> 26);
        put_text(", [1, 2, {\"deep\": []}]]}");
    }
    put_text("\n], \"count\": 120}");
    text[end] = 0;
    return seed;
}

static char const* skip_space(char const* at)
{
    while (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r')
        ++at;
    return at;
}

static int make(enum kind kind)
{
    nodes[node_count] = (struct node){.kind = kind};
    return node_count++;
}

static char const* read_string(char const* at, int* made)
{
    struct node* const n = &nodes[*made = make(string)];
    n->first = (int)(++at - text);
    for (; *at != '"' && *at != 0; ++at) {
        at += *at == '\\';
        ++n->value;
    }
    return at + 1;
}

static char const* read_number(char const* at, int* made)
{
    int const sign = *at == '-' ? -1 : 1;
    at += *at == '-';
    int value = 0;
    for (; *at >= '0' && *at <= '9'; ++at)
        value = value * 10 + (*at - '0');
    int unit = 1000;
    value *= unit;
    if (*at == '.')
        for (++at; *at >= '0' && *at <= '9'; ++at) {
            unit /= 10;
            value += (*at - '0') * unit;
        }
    nodes[*made = make(number)].value = sign * value;
    return at;
}

static char const* read_word(char const* at, int* made)
{
    char const* const word = *at == 't' ? "true" : *at == 'f' ? "false" : "null";
    nodes[*made = make(*at == 'n' ? null : boolean)].value = *at == 't';
    for (char const* c = word; *c; ++c, ++at)
        if (*at != *c)
            return 0;
    return at;
}

static char const* read_value(char const* at, int* made, int depth);

static char const* read_items(char const* at, int* made, int depth)
{
    int const is_object = *at == '{';
    char const close = is_object ? '}' : ']';
    int const self = *made = make(is_object ? object : array);
    int last = 0;
    at = skip_space(at + 1);
    while (*at != close) {
        int name = 0;
        int item = 0;
        if (is_object) {
            if (*at != '"')
                return 0;
            at = skip_space(read_string(at, &name));
            if (*at++ != ':')
                return 0;
        }
        at = read_value(at, &item, depth + 1);
        if (!at)
            return 0;
        nodes[item].name = name;
        *(last ? &nodes[last].next : &nodes[self].first) = item;
        last = item;
        at = skip_space(at);
        if (*at == ',')
            at = skip_space(at + 1);
        else if (*at != close)
            return 0;
    }
    return at + 1;
}

static char const* read_value(char const* at, int* made, int depth)
{
    at = skip_space(at);
    if (depth > deepest || node_count + 2 > most_nodes)
        return 0;
    switch (*at) {
    case '{':
    case '[': return read_items(at, made, depth);
    case '"': return read_string(at, made);
    case 't':
    case 'f':
    case 'n': return read_word(at, made);
    default: return *at == '-' || (*at >= '0' && *at <= '9') ? read_number(at, made) : 0;
    }
}

static unsigned add_up(int at)
{
    unsigned sum = 0;
    for (; at != 0; at = nodes[at].next) {
        struct node const* const n = &nodes[at];
        sum = sum * 31 + (unsigned)n->kind;
        if (n->name)
            sum += (unsigned)text[nodes[n->name].first];
        sum += n->kind >= array ? add_up(n->first) : (unsigned)n->value;
    }
    return sum;
}

int run(int n)
{
    unsigned seed = 3;
    unsigned sum = 0;
    for (int i = 0; i < n; ++i) {
        seed = write(seed);
        node_count = 1; // 0 says none
        int root = 0;
        if (!read_value(text, &root, 0))
            return -1;
        sum = sum * 31 + add_up(root) + (unsigned)node_count;
    }
    return (int)sum;
}
