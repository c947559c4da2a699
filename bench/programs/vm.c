// An interpreter of a small stack machine, which runs a program that counts the lengths of Collatz
// sequences, and one that looks for perfect numbers.

enum op
{
    push, // a constant
    load, // a variable
    store,
    add,
    subtract,
    multiply,
    divide, // unsigned
    remainder,
    shift_right,
    equal,
    less, // unsigned
    both, // bitwise and
    jump,
    jump_if_zero,
    call,
    give_back,
    halt,
};

struct instruction
{
    unsigned char op;
    short value;
};

static unsigned stack[64], variables[16];
static struct instruction const* returns[16];

static unsigned execute(struct instruction const* program, unsigned argument)
{
    unsigned* top = stack;
    struct instruction const** frame = returns;
    struct instruction const* at = program;
    variables[0] = argument;
    *top = 0;
    for (;;) {
        int const value = at->value;
        switch ((at++)->op) {
        case push: *++top = (unsigned)value; break;
        case load: *++top = variables[value & 15]; break;
        case store: variables[value & 15] = *top--; break;
        case add: --top, top[0] += top[1]; break;
        case subtract: --top, top[0] -= top[1]; break;
        case multiply: --top, top[0] *= top[1]; break;
        case divide: --top, top[0] /= top[1]; break;
        case remainder: --top, top[0] %= top[1]; break;
        case shift_right: --top, top[0] >>= top[1] & 31; break;
        case equal: --top, top[0] = top[0] == top[1]; break;
        case less: --top, top[0] = top[0] < top[1]; break;
        case both: --top, top[0] &= top[1]; break;
        case jump: at = program + value; break;
        case jump_if_zero:
            if (*top-- == 0)
                at = program + value;
            break;
        case call:
            *frame++ = at;
            at = program + value;
            break;
        case give_back: at = *--frame; break;
        default: return *top;
        }
    }
}

// clang-format off
// the longest sequence among the starts 1 .. argument; variables: 1 start, 2 x, 3 steps, 4 longest
static struct instruction const collatz[] = {
    /* 0*/ {push, 1}, {store, 1}, {push, 0}, {store, 4},
    /* 4*/ {load, 0}, {load, 1}, {less, 0}, {jump_if_zero, 10}, {load, 4}, {halt, 0},
    /*10*/ {load, 1}, {store, 2}, {push, 0}, {store, 3},
    /*14*/ {load, 2}, {push, 1}, {equal, 0}, {jump_if_zero, 19}, {jump, 30},
    /*19*/ {call, 42}, {load, 3}, {push, 1}, {add, 0}, {store, 3}, {jump, 14},
    /*25*/ {halt, 0}, {halt, 0}, {halt, 0}, {halt, 0}, {halt, 0},
    /*30*/ {load, 4}, {load, 3}, {less, 0}, {jump_if_zero, 36}, {load, 3}, {store, 4},
    /*36*/ {load, 1}, {push, 1}, {add, 0}, {store, 1}, {jump, 4}, {halt, 0},
    /*42*/ {load, 2}, {push, 1}, {both, 0}, {jump_if_zero, 53},
    /*46*/ {load, 2}, {push, 3}, {multiply, 0}, {push, 1}, {add, 0}, {store, 2}, {give_back, 0},
    /*53*/ {load, 2}, {push, 1}, {shift_right, 0}, {store, 2}, {give_back, 0},
};

// the sum of the perfect numbers up to argument; variables: 1 number, 2 divisor, 3 sum of divisors, 4 sum
static struct instruction const perfect[] = {
    /* 0*/ {push, 2}, {store, 1}, {push, 0}, {store, 4},
    /* 4*/ {load, 0}, {load, 1}, {less, 0}, {jump_if_zero, 10}, {load, 4}, {halt, 0},
    /*10*/ {push, 0}, {store, 3}, {push, 1}, {store, 2},
    /*14*/ {load, 1}, {push, 2}, {divide, 0}, {load, 2}, {less, 0}, {jump_if_zero, 21}, {jump, 34},
    /*21*/ {load, 1}, {load, 2}, {remainder, 0}, {jump_if_zero, 26}, {jump, 30},
    /*26*/ {load, 3}, {load, 2}, {add, 0}, {store, 3},
    /*30*/ {load, 2}, {push, 1}, {add, 0}, {store, 2},
    /*34*/ {load, 2}, {load, 1}, {less, 0}, {jump_if_zero, 44},
    /*38*/ {load, 1}, {push, 2}, {divide, 0}, {load, 2}, {less, 0}, {jump_if_zero, 14},
    /*44*/ {load, 3}, {load, 1}, {equal, 0}, {jump_if_zero, 52},
    /*48*/ {load, 4}, {load, 1}, {add, 0}, {store, 4},
    /*52*/ {load, 1}, {push, 1}, {add, 0}, {store, 1}, {jump, 4},
};
// clang-format on

int run(int n)
{
    unsigned sum = 0;
    for (int i = 0; i < n; ++i) {
        sum = sum * 31 + execute(collatz, 200 + (unsigned)(i & 15));
        sum = sum * 31 + execute(perfect, 130);
    }
    return (int)sum;
}
