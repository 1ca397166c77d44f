/* The last samples of a signal, readable at every moment as one row, oldest first. */
#ifndef SPECML_PAST_H
#define SPECML_PAST_H

#include <string.h>

#include "lanes.h"

typedef struct {
    size_t size;   /* samples remembered */
    size_t oldest; /* where the row begins, 0..size-1 */
    double *twice; /* (2 size,) every sample stands at its place and `size` behind it */
} past;

static inline uint64_t past_bytes(int size)
{
    return lanes_bytes(2 * (uint64_t)size, sizeof(double));
}

static inline void past_clear(past *memory)
{
    memory->oldest = 0;
    memset(memory->twice, 0, 2 * memory->size * sizeof(double));
}

static inline void past_init(past *memory, size_t size, lanes_arena *arena)
{
    memory->size = size;
    memory->twice = lanes_take(arena, 2 * size, sizeof(double));
    past_clear(memory);
}

/* (size,) samples, oldest first */
static inline const double *past_row(const past *memory)
{
    return memory->twice + memory->oldest;
}

static inline void past_push(past *memory, double sample)
{
    memory->twice[memory->oldest] = sample;
    memory->twice[memory->oldest + memory->size] = sample;
    memory->oldest = memory->oldest + 1 < memory->size ? memory->oldest + 1 : 0;
}

/* (size,) samples, newest first */
static inline void past_copy(const past *memory, double *newest_first)
{
    const double *row = past_row(memory);
    for (size_t j = 0; j < memory->size; ++j) newest_first[j] = row[memory->size - 1 - j];
}

/* share x + (1 - share) y, (size,) each; in `blend` only if it is neither of them */
static inline const double *past_blend(double *blend, const double *x, const double *y, size_t size,
                                       double share)
{
    if (share == 1.0) return x;
    if (share == 0.0) return y;
    const double rest = 1.0 - share;
    for (size_t j = 0; j < size; ++j) blend[j] = share * x[j] + rest * y[j];
    return blend;
}

#endif
