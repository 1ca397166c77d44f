/* elementary_tanh for several doubles at once, a chunk of them after the other: two with SSE2 and
 * NEON, four with AVX2 and AVX-512. The same steps, so the same bits. Chunks of eight would take
 * longer: their rows would have to be transposed, where halves of rows are loaded into place. */
#ifndef SPECML_ELEMENTARY_VECTOR_H
#define SPECML_ELEMENTARY_VECTOR_H

#include "chunk.h"
#include "elementary.h"

/* 2. where the row of each stands, from |x|: in bytes, from that of 0.0 on */
enum {
    TANH_FIRST_BYTE = (int)(TANH_FIRST << 6),
    TANH_LAST_BYTE = TANH_FIRST_BYTE + (TANH_ROWS - 1) * 64
};
#define TANH_PIECE_BITS (INT64_MAX >> TANH_SHIFT << TANH_SHIFT)
#define TANH_ROW_BITS (INT64_MAX >> (TANH_SHIFT - 6) & ~INT64_C(63))

static inline chunk_bits tanh_offsets(chunk x)
{
#if defined __SSE2__ && !defined __AVX2__ /* it compares no whole numbers of 64 bits */
    const chunk a = chunk_min(chunk_abs(x), chunk_of(TANH_ONE)); /* also of NaN */
    const chunk_bits at = (chunk_bits)chunk_max(a, chunk_of(TANH_BELOW_SMALL));
    return (at >> (TANH_SHIFT - 6)) & TANH_ROW_BITS;
#else
    chunk_bits at = ((chunk_bits)x >> (TANH_SHIFT - 6)) & TANH_ROW_BITS;
#ifdef __AVX2__ /* the high halves are 0, so halves may be compared */
    at = (chunk_bits)_mm256_max_epu32((__m256i)at, _mm256_set1_epi64x(TANH_FIRST_BYTE));
    at = (chunk_bits)_mm256_min_epu32((__m256i)at, _mm256_set1_epi64x(TANH_LAST_BYTE));
#else
    for (int i = 0; i < CHUNK; ++i) {
        at[i] = at[i] > TANH_FIRST_BYTE ? at[i] : TANH_FIRST_BYTE;
        at[i] = at[i] < TANH_LAST_BYTE ? at[i] : TANH_LAST_BYTE;
    }
#endif
    return at;
#endif
}

/* r_k and r_(k+1) of each, from the halves of rows where they stand side by side */
static inline __attribute__((always_inline)) void tanh_column(const char *const row[], int k,
                                                              chunk *even, chunk *odd)
{
#define HALF(i) (*(const half_row *)(row[i] + 8 * k))
#ifdef __AVX2__
    const chunk x = _mm256_insertf128_pd(_mm256_castpd128_pd256(HALF(0)), HALF(2), 1);
    const chunk y = _mm256_insertf128_pd(_mm256_castpd128_pd256(HALF(1)), HALF(3), 1);
    *even = _mm256_unpacklo_pd(x, y);
    *odd = _mm256_unpackhi_pd(x, y);
#else
    const chunk x = HALF(0), y = HALF(1);
    *even = (chunk){x[0], y[0]};
    *odd = (chunk){x[1], y[1]};
#endif
#undef HALF
}

/* 3. to 6.; 0 where |x| < least */
static inline __attribute__((always_inline)) chunk tanh_from_rows(chunk x, const double least,
                                                                  const char *const row[])
{
    const chunk magnitude = chunk_abs(x);
    const chunk_bits small = chunk_less(magnitude, chunk_of(TANH_SMALL));
    const chunk_bits sign = (chunk_bits)x & ~(uint64_t)INT64_MAX;
    const chunk a = chunk_min(magnitude, chunk_of(TANH_ONE));
    const chunk_bits piece = (chunk_bits)a & TANH_PIECE_BITS;
    const chunk d = a - (chunk)(piece & ~small), e = chunk_pick(small, a * a, d);
    const chunk e2 = e * e, e4 = e2 * e2;
    const chunk d2 = d * e, d3 = d * e2, d4 = d2 * e2, d5 = d * e4, d6 = d2 * e4, d7 = d3 * e4;
    chunk even, odd;
    tanh_column(row, 6, &even, &odd);
    const chunk lo = (chunk)((chunk_bits)odd << 32), S67 = even * d6 + odd * d7;
    tanh_column(row, 4, &even, &odd);
    const chunk S4567 = (even * d4 + odd * d5) + S67;
    tanh_column(row, 2, &even, &odd);
    const chunk S23 = even * d2 + odd * d3;
    tanh_column(row, 0, &even, &odd);
    const chunk S = ((odd * d + lo) + S23) + S4567;
    const chunk base = (chunk)((chunk_bits)even | ((chunk_bits)a & small)); /* r0 is 0 in row 0 */
    const chunk_bits y = (chunk_bits)(base + S) | sign;
    if (!(least > 0.0)) return (chunk)y;
    return (chunk)(y & ~chunk_less(magnitude, chunk_of(least)));
}

/* In place, for `count` chunks, which are on their way together; 0 where |x| < least. */
static inline __attribute__((always_inline)) void elementary_tanh_chunks(chunk x[], const int count,
                                                                         const double least)
{
    const uintptr_t table = (uintptr_t)elementary_tanh_table - TANH_FIRST_BYTE;
    const char *row[8 * CHUNK];
    CHUNK_UNROLL
    for (int q = 0; q < count; ++q) {
        const chunk_bits at = tanh_offsets(x[q]);
        for (int i = 0; i < CHUNK; ++i)
            row[q * CHUNK + i] = (const char *)(table + (uintptr_t)at[i]);
    }
    CHUNK_UNROLL
    for (int q = 0; q < count; ++q) x[q] = chunk_now(tanh_from_rows(x[q], least, row + q * CHUNK));
}

#ifdef __SSE2__
static inline uint64_t tanh_offset(__m128d x)
{
#ifdef __SSE4_1__
    __m128i at = _mm_srli_epi64(_mm_castpd_si128(x), TANH_SHIFT - 6);
    at = _mm_max_epu32(_mm_and_si128(at, _mm_set1_epi64x(TANH_ROW_BITS)),
                       _mm_set1_epi64x(TANH_FIRST_BYTE));
    return (uint64_t)_mm_cvtsi128_si64(_mm_min_epu32(at, _mm_set1_epi64x(TANH_LAST_BYTE)));
#else
    const __m128d a =
        _mm_min_sd(_mm_andnot_pd(_mm_set1_pd(-0.0), x), _mm_set1_pd(TANH_ONE)); /* also of NaN */
    const __m128d at = _mm_max_sd(a, _mm_set1_pd(TANH_BELOW_SMALL));
    const uint64_t bits = (uint64_t)_mm_cvtsi128_si64(_mm_castpd_si128(at));
    return bits >> (TANH_SHIFT - 6) & ~UINT64_C(63);
#endif
}
#endif

/* One alone, in vector registers: the way from there to whole ones and back is long. */
#ifdef __SSE2__
/* tanh |x| */
static inline __attribute__((always_inline)) double tanh_of_magnitude(__m128d x)
{
    const uintptr_t table = (uintptr_t)elementary_tanh_table - TANH_FIRST_BYTE;
    const __m128d magnitude = _mm_andnot_pd(_mm_set1_pd(-0.0), x);
    const __m128d a = _mm_min_sd(magnitude, _mm_set1_pd(TANH_ONE));
    const __m128d small = _mm_cmplt_sd(magnitude, _mm_set1_pd(TANH_SMALL));
    const double *r = (const double *)(table + tanh_offset(x));
    const __m128d cut = _mm_castsi128_pd(_mm_set1_epi64x(TANH_PIECE_BITS));
    const __m128d piece = _mm_min_sd(_mm_and_pd(x, cut), _mm_set1_pd(TANH_ONE));
    const double rest = a[0] - piece[0], square = a[0] * a[0];
    const double d = half_pick(small, a, half_of(rest))[0];
    const double e = half_pick(small, half_of(square), half_of(rest))[0];
    const double e2 = e * e, e4 = e2 * e2;
    const double d2 = d * e, d3 = d * e2, d4 = d2 * e2, d5 = d * e4, d6 = d2 * e4, d7 = d3 * e4;
    const __m128i r7 = _mm_castpd_si128(_mm_load_sd(r + 7));
    const double lo = _mm_castsi128_pd(_mm_slli_epi64(r7, 32))[0];
    const double S = ((r[1] * d + lo) + (r[2] * d2 + r[3] * d3)) +
                     ((r[4] * d4 + r[5] * d5) + (r[6] * d6 + r[7] * d7));
    return _mm_or_pd(_mm_and_pd(small, a), _mm_load_sd(r))[0] + S;
}
#endif

/* tanh x; 0 where |x| < least */
static inline __attribute__((always_inline)) double elementary_tanh_one(double value,
                                                                        const double least)
{
#ifdef __SSE2__
    const __m128d x = half_of(value), sign = _mm_set1_pd(-0.0);
    const __m128d y = _mm_or_pd(half_of(tanh_of_magnitude(x)), _mm_and_pd(x, sign));
    if (!(least > 0.0)) return y[0];
    return _mm_andnot_pd(_mm_cmplt_sd(_mm_andnot_pd(sign, x), _mm_set1_pd(least)), y)[0];
#else
    return fabs(value) < least ? 0.0 : elementary_tanh(value);
#endif
}

/* tanh x and its slope there */
static inline __attribute__((always_inline)) double elementary_tanh_sloped(double value,
                                                                           double *slope)
{
#ifdef __SSE2__
    const __m128d x = half_of(value);
    const double y = tanh_of_magnitude(x);
    *slope = 1.0 - y * y; /* it need not wait for the sign */
    return _mm_or_pd(half_of(y), _mm_and_pd(x, _mm_set1_pd(-0.0)))[0];
#else
    const double y = elementary_tanh(value);
    *slope = 1.0 - y * y;
    return y;
#endif
}

#endif
