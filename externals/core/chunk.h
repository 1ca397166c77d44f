/* A chunk: as many doubles as a table is looked up for at once, four with AVX2 and AVX-512, two
 * with SSE2 and NEON; and one double where it stands in a vector register. */
#ifndef SPECML_CHUNK_H
#define SPECML_CHUNK_H

#include "vector.h"

#ifdef __AVX2__
#define CHUNK_DOUBLES 4
#else
#define CHUNK_DOUBLES 2
#endif
enum { CHUNK = CHUNK_DOUBLES };
typedef double chunk __attribute__((vector_size(CHUNK * 8), may_alias));
typedef uint64_t chunk_bits __attribute__((vector_size(CHUNK * 8), may_alias));
typedef double half_row __attribute__((vector_size(16), may_alias));

/* Before a loop over what stands in registers; gcc does it by itself. With what its sanitizers add,
 * clang would be at it for minutes. */
#define CHUNK_UNROLL
#ifdef __clang__
#if !__has_feature(address_sanitizer) && !__has_feature(undefined_behavior_sanitizer)
#undef CHUNK_UNROLL
#define CHUNK_UNROLL _Pragma("clang loop unroll(full)")
#endif
#endif

static inline chunk chunk_load(const double *x)
{
    return *(const chunk *)x;
}

static inline void chunk_store(double *x, chunk value)
{
    *(chunk *)x = value;
}

static inline chunk chunk_of(double x)
{
    return x - (chunk){0};
}

/* x, as it is here and now. Otherwise clang puts off what nobody asks for yet, though there is time
 * for it; and what is one number in all elements it compares with a jump in mind, from where the
 * way back to a mask is long. */
static inline chunk chunk_now(chunk x)
{
#if defined __clang__ && defined __SSE2__
    __asm__ volatile("" : "+x"(x));
#endif
    return x;
}

#ifdef __SSE2__
/* x, and beside it whatever is there */
static inline __m128d half_of(double x)
{
#ifdef __clang__
    const __m128d both = {x, x};
    return __builtin_shufflevector(both, both, 0, -1);
#else
    __m128d half;
    __asm__("" : "=x"(half) : "0"(x));
    return half;
#endif
}

static inline __m128d half_pick(__m128d mask, __m128d x, __m128d y)
{
#ifdef __AVX__
    return _mm_blendv_pd(y, x, mask);
#else
    return _mm_or_pd(_mm_and_pd(mask, x), _mm_andnot_pd(mask, y));
#endif
}
#endif

/* where a mask is set x, elsewhere y */
static inline chunk chunk_pick(chunk_bits mask, chunk x, chunk y)
{
#ifdef __AVX2__
    return _mm256_blendv_pd(y, x, (chunk)mask);
#else
    return (chunk)((mask & (chunk_bits)x) | (~mask & (chunk_bits)y));
#endif
}

static inline chunk_bits chunk_less(chunk x, chunk y)
{
#ifdef __AVX2__
    return (chunk_bits)_mm256_cmp_pd(x, y, _CMP_LT_OQ); /* not into a mask register: slower */
#else
    return x < y;
#endif
}

/* x < y ? x : y */
static inline chunk chunk_min(chunk x, chunk y)
{
#if defined __AVX2__
    return _mm256_min_pd(x, y);
#elif defined __SSE2__
    return _mm_min_pd(x, y);
#else
    return chunk_pick(chunk_less(x, y), x, y);
#endif
}

/* x > y ? x : y */
static inline chunk chunk_max(chunk x, chunk y)
{
#if defined __AVX2__
    return _mm256_max_pd(x, y);
#elif defined __SSE2__
    return _mm_max_pd(x, y);
#else
    return chunk_pick(chunk_less(y, x), x, y);
#endif
}

static inline chunk chunk_abs(chunk x)
{
    return (chunk)((chunk_bits)x & INT64_MAX);
}

static inline int chunk_any(chunk_bits mask)
{
#if defined __AVX2__
    return _mm256_movemask_pd((chunk)mask);
#elif defined __SSE2__
    return _mm_movemask_pd((chunk)mask);
#else
    return (mask[0] | mask[1]) != 0;
#endif
}

/* x, or 0 if its magnitude is less */
static inline chunk chunk_floor(chunk x, double least)
{
    return (chunk)((chunk_bits)x & ~chunk_less(chunk_abs(x), chunk_of(least)));
}

/* to -most..most; 0.0 keeps its sign */
static inline chunk chunk_clamp(chunk x, double most)
{
    const chunk high = chunk_of(most);
    return chunk_min(chunk_max(x, -high), high);
}

/* the sum of eight, as in lanes_tree */
static inline double chunk_tree(const chunk a[])
{
#ifdef __AVX2__
    const chunk b = a[0] + a[1];
    const __m128d c = _mm256_castpd256_pd128(b) + _mm256_extractf128_pd(b, 1);
    return (c + _mm_unpackhi_pd(c, c))[0];
#else
    const chunk c = (a[0] + a[2]) + (a[1] + a[3]);
    return c[0] + c[1];
#endif
}

#endif
