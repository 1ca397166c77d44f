/* SplitMix64 (Steele, Lea, Flood 2014): every 64-bit seed is a good one, its state is its seed. */
#ifndef SPECML_RANDOM_H
#define SPECML_RANDOM_H

#include <stdint.h>

static inline uint64_t random_next(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* uniform in [0, 1), a multiple of 2^-53 */
static inline double random_uniform(uint64_t *state)
{
    return (double)(int64_t)(random_next(state) >> 11) * 0x1p-53;
}

/* uniform in [-1, 1) */
static inline double random_bipolar(uint64_t *state)
{
    return 2.0 * random_uniform(state) - 1.0;
}

#endif
