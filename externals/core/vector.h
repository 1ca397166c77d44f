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

static inline vector vector_sqrt(vector x)
{
#ifdef VECTOR_X86
    return VECTOR_X86(sqrt)(x);
#else
    for (int i = 0; i < VECTOR; ++i) x[i] = sqrt(x[i]);
    return x;
#endif
}

#endif
