/* Lanes: eight units side by side. Units run fastest in memory, padded to a multiple of 8 whose
 * padding stays zero, so that one operation works on eight of them with vectors of any width, and
 * every machine rounds in the same order. */
#ifndef SPECML_LANES_H
#define SPECML_LANES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __FAST_MATH__
#error "the core promises bits: build it with -ffp-contract=off and without -ffast-math"
#endif

enum { LANES = 8, LANES_ALIGN = 64 /* bytes: eight doubles, a cache line */ };

/* gcc's and clang's own vectors: + - * / work on all eight, in what registers the target has */
typedef double lanes __attribute__((vector_size(64), may_alias));

/* blocks of eight for so many units */
static inline size_t lanes_blocks(size_t units)
{
    return (units + LANES - 1) / LANES;
}

/* units rounded up to whole blocks */
static inline size_t lanes_padded(size_t units)
{
    return lanes_blocks(units) * LANES;
}

/* Sum of eight, as a tree. */
static inline double lanes_sum(lanes a)
{
    return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]));
}

/* Sum of a row (blocks,): blocks add up in order, then their eight lanes in a tree. */
static inline double lanes_total(const lanes *x, size_t blocks)
{
    lanes a = x[0];
    for (size_t b = 1; b < blocks; ++b) a += x[b];
    return lanes_sum(a);
}

/* Sum of a row times a row, (blocks,) each, in the same order. */
static inline double lanes_dot(const lanes *x, const lanes *y, size_t blocks)
{
    lanes a = x[0] * y[0];
    for (size_t b = 1; b < blocks; ++b) a += x[b] * y[b];
    return lanes_sum(a);
}

/* Carves arrays out of the caller's memory, each on a cache line of its own. */
typedef struct {
    unsigned char *next;
} lanes_arena;

static inline uint64_t lanes_bytes(uint64_t count, size_t element)
{
    return (count * element + LANES_ALIGN - 1) / LANES_ALIGN * LANES_ALIGN;
}

static inline void *lanes_take(lanes_arena *arena, size_t count, size_t element)
{
    const uintptr_t misfit = (uintptr_t)arena->next % LANES_ALIGN;
    void *taken = arena->next + (misfit ? LANES_ALIGN - misfit : 0);
    arena->next = (unsigned char *)taken + count * element;
    return memset(taken, 0, count * element);
}

#endif
