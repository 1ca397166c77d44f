/* The widest vector of doubles that the target has, with gcc's and clang's own arithmetic on it:
 * + - * / round each element as the same operation on doubles does. */
#ifndef SPECML_VECTOR_H
#define SPECML_VECTOR_H

#include <math.h>
#include <stdint.h>

#ifdef __FAST_MATH__
#error "the core promises bits: build it with -ffp-contract=off and without -ffast-math"
#endif

#if defined __AVX512F__
#include <immintrin.h>
#define VECTOR_BYTES 64
#define VECTOR_X86(operation) _mm512_##operation##_pd
#elif defined __AVX__
#include <immintrin.h>
#define VECTOR_BYTES 32
#define VECTOR_X86(operation) _mm256_##operation##_pd
#elif defined __SSE2__
#include <emmintrin.h>
#define VECTOR_BYTES 16
#define VECTOR_X86(operation) _mm_##operation##_pd
#else
#define VECTOR_BYTES 16
#endif

typedef double vector __attribute__((vector_size(VECTOR_BYTES), may_alias));
typedef int64_t vector_bits __attribute__((vector_size(VECTOR_BYTES), may_alias));

enum { VECTOR = VECTOR_BYTES / 8 }; /* elements */

/* Rows begin on cache lines, so every load and store is aligned. */
static inline vector vector_load(const double *x)
{
    return *(const vector *)x;
}

static inline void vector_store(double *x, vector value)
{
    *(vector *)x = value;
}

static inline vector vector_abs(vector x)
{
    return (vector)((vector_bits)x & INT64_MAX);
}

/* x in every element */
static inline vector vector_of(double x)
{
    return x - (vector){0};
}

/* from anywhere */
static inline vector vector_load_unaligned(const double *x)
{
    typedef double unaligned __attribute__((vector_size(VECTOR_BYTES), may_alias, aligned(8)));
    return *(const unaligned *)x;
}

/* a > b ? a : b and a < b ? a : b, as minpd and maxpd have it */
static inline vector vector_max(vector a, vector b)
{
#ifdef VECTOR_X86
    return VECTOR_X86(max)(a, b);
#else
    const vector_bits greater = a > b;
    return (vector)(((vector_bits)a & greater) | ((vector_bits)b & ~greater));
#endif
}

static inline vector vector_min(vector a, vector b)
{
#ifdef VECTOR_X86
    return VECTOR_X86(min)(a, b);
#else
    const vector_bits less = a < b;
    return (vector)(((vector_bits)a & less) | ((vector_bits)b & ~less));
#endif
}

/* to -most..most; 0.0 keeps its sign */
static inline vector vector_clamp(vector x, double most)
{
    const vector high = vector_of(most);
#ifdef __AVX512DQ__
    return _mm512_range_pd(x, high, 2); /* the smaller magnitude, with the sign of x */
#else
    return vector_min(vector_max(x, -high), high);
#endif
}

/* 1 if an element of x is less */
static inline int vector_any_less(vector x, double least)
{
#if defined __AVX512F__
    return _mm512_cmp_pd_mask(x, vector_of(least), _CMP_LT_OQ) != 0;
#elif defined VECTOR_X86
    return VECTOR_X86(movemask)((vector)(x < least)) != 0;
#else
    return (x[0] < least) | (x[1] < least);
#endif
}

static inline vector vector_sqrt(vector x)
{
#ifdef VECTOR_X86
    return VECTOR_X86(sqrt)(x);
#else
    for (int i = 0; i < VECTOR; ++i) x[i] = sqrt(x[i]);
    return x;
#endif
}

#ifdef __clang__
#define VECTOR_PICK(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define VECTOR_PICK(a, b, ...) __builtin_shuffle(a, b, (vector_bits){__VA_ARGS__})
#endif
#define VECTOR_UNWRAP(...) __VA_ARGS__

/* Two rows of a square matrix in one stage of its transposition: what stands right above the
 * diagonal of their blocks changes places with what stands left below it. This defines one stage;
 * `low` and `high` say which elements of both rows become the upper and the lower one. */
#define VECTOR_EXCHANGE(stage, low, high)                                                          \
    static inline __attribute__((always_inline)) void stage(vector *upper, vector *lower)          \
    {                                                                                              \
        const vector above = *upper, below = *lower;                                               \
        *upper = VECTOR_PICK(above, below, VECTOR_UNWRAP low);                                     \
        *lower = VECTOR_PICK(above, below, VECTOR_UNWRAP high);                                    \
    }
#if VECTOR_BYTES == 64
VECTOR_EXCHANGE(vector_singles, (0, 8, 2, 10, 4, 12, 6, 14), (1, 9, 3, 11, 5, 13, 7, 15))
VECTOR_EXCHANGE(vector_pairs, (0, 1, 8, 9, 4, 5, 12, 13), (2, 3, 10, 11, 6, 7, 14, 15))
VECTOR_EXCHANGE(vector_fours, (0, 1, 2, 3, 8, 9, 10, 11), (4, 5, 6, 7, 12, 13, 14, 15))
#elif VECTOR_BYTES == 32
VECTOR_EXCHANGE(vector_singles, (0, 4, 2, 6), (1, 5, 3, 7))
VECTOR_EXCHANGE(vector_pairs, (0, 1, 4, 5), (2, 3, 6, 7))
#else
VECTOR_EXCHANGE(vector_singles, (0, 2), (1, 3))
#endif

/* rows[i][j] and rows[j][i] change places */
static inline __attribute__((always_inline)) void vector_transpose(vector rows[VECTOR])
{
    for (int i = 0; i < VECTOR; i += 2) vector_singles(rows + i, rows + i + 1);
#if VECTOR_BYTES >= 32
    for (int i = 0; i < VECTOR; i += 4) {
        vector_pairs(rows + i, rows + i + 2);
        vector_pairs(rows + i + 1, rows + i + 3);
    }
#endif
#if VECTOR_BYTES == 64
    for (int i = 0; i < 4; ++i) vector_fours(rows + i, rows + i + 4);
#endif
}

#endif
