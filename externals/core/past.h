/* The last samples of a signal, readable at every moment as one row, oldest first. */
#ifndef SPECML_PAST_H
#define SPECML_PAST_H

#include <string.h>

#include "finite.h"
#include "lanes.h"

/* There is room for one sample more than is remembered: a row stays as it is while the next sample
 * is pushed, so a step can remember what it heard and still speak from the row before. */
typedef struct {
    size_t size;   /* samples remembered */
    size_t oldest; /* where the row begins, 0..size */
    double *twice; /* (2 (size + 1),) every sample stands at its place and size + 1 behind it */
} past;

static inline uint64_t past_bytes(int size)
{
    return lanes_bytes(2 * ((uint64_t)size + 1), sizeof(double));
}

static inline void past_clear(past *memory)
{
    memory->oldest = 0;
    memset(memory->twice, 0, 2 * (memory->size + 1) * sizeof(double));
}

/* Its memory, still to be cleared. */
static inline void past_lay_out(past *memory, int size, lanes_arena *arena)
{
    memory->size = (size_t)size;
    memory->twice = lanes_take(arena, 2 * (memory->size + 1), sizeof(double));
}

/* (size,) samples, oldest first */
static inline const double *past_row(const past *memory)
{
    return memory->twice + memory->oldest;
}

static inline void past_push(past *memory, double sample)
{
    const size_t size = memory->size;
    const size_t next = memory->oldest > 0 ? memory->oldest - 1 : size;
    memory->twice[next] = sample;
    memory->twice[next + size + 1] = sample;
    memory->oldest = memory->oldest < size ? memory->oldest + 1 : 0;
}

/* (size,) samples, newest first */
static inline void past_get(const past *memory, double *newest_first)
{
    const double *row = past_row(memory);
    for (size_t j = 0; j < memory->size; ++j) newest_first[j] = row[memory->size - 1 - j];
}

static inline void past_set(past *memory, const double *newest_first)
{
    for (size_t j = memory->size; j-- > 0;) past_push(memory, finite_output(newest_first[j]));
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
