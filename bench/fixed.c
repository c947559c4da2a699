// An export without parameters, for engines whose command line has no arguments: linked with one
// program.
int run(int n);

int go(void);

int go(void)
{
    return run(ROUNDS);
}
