/* A probe for contraction. A compiler that turns a * b + c into one operation, rounded once instead
 * of twice, changes bits everywhere; compiled with the same flags as the sample loops, this file
 * finds out whether it does. dispatch.c chooses no loop that fails. */
#include "loops.h"
#include "vector.h"

/* (1 + e)(1 - e) rounds to 1, so that 1 - (1 + e)(1 - e) is 0 in two operations, and e^2 in one.
 * They are volatile, or the compiler would compute all of it itself. */
static const volatile double one = 1.0, above = 1.0 + 0x1p-30, below = 1.0 - 0x1p-30;

static int scalars_fuse(void)
{
    const double a = above, b = below, c = one;
    const double product = a * b; /* over two statements, which clang leaves alone and gcc not */
    return a * b - c != 0.0 || c - a * b != 0.0 || -c + a * b != 0.0 || product - c != 0.0;
}

/* what a loop over units becomes */
static int loops_fuse(void)
{
    enum { UNITS = 16 };
    double a[UNITS], b[UNITS], c[UNITS], rest = 0.0;
    for (int i = 0; i < UNITS; ++i) a[i] = above, b[i] = below, c[i] = one;
    for (int i = 0; i < UNITS; ++i) c[i] -= a[i] * b[i];
    for (int i = 0; i < UNITS; ++i) rest += c[i];
    return rest != 0.0;
}

static int vectors_fuse(void)
{
    const vector a = vector_of(above), b = vector_of(below), c = vector_of(one);
    const vector minus = a * b - c, from = c - a * b, plus = -c + a * b;
    double rest = 0.0;
    for (int i = 0; i < VECTOR; ++i) rest += vector_abs(minus)[i] + from[i] + vector_abs(plus)[i];
    return rest != 0.0;
}

int ISA(isa_contracts)(void)
{
    return scalars_fuse() || loops_fuse() || vectors_fuse();
}
