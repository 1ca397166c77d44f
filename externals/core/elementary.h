/* Elementary functions with the same bits everywhere.
 *
 * Only binary64 + - * /, comparison, selection, operations on bits and reading a table are used,
 * each rounded once and in the order written: compile with -ffp-contract=off. elementary.py
 * performs the same operations in the same order. Nothing branches. Polynomials are evaluated from
 * their powers or in Estrin's manner (pairs, then pairs of pairs): more multiplications than
 * Horner's, but a short dependency chain. The coefficients come from docs/elementary. */
#ifndef SPECML_ELEMENTARY_H
#define SPECML_ELEMENTARY_H

#include <stdint.h>
#include <string.h>

#include "elementary_table.h"
#include "lanes.h"

#define SPECML_SIGN_BIT (UINT64_C(1) << 63)

/* Adding 1.5 * 2^52 rounds |x| < 2^51 to the nearest integer (ties to even), and
 * leaves that integer in the low bits of the sum. */
#define SPECML_ROUNDER 0x1.8p52

static inline uint64_t elementary_bits(double x)
{
    uint64_t b;
    memcpy(&b, &x, sizeof b);
    return b;
}

static inline double elementary_from_bits(uint64_t b)
{
    double x;
    memcpy(&x, &b, sizeof x);
    return x;
}

/* ---- tanh ------------------------------------------------------------------
 *
 * The axis of a = |x| is cut into pieces, 32 an octave from 1/8 to 19.5, and each has a row r0..r7
 * of a table. With d the distance from where the piece begins,
 *
 *     tanh a = r0 + S,  S = lo + r1 d + r2 d^2 + .. + r7 d^7
 *
 * where r0 is the double nearest to tanh there and lo, the low half of r7, what it lacks. Below 1/8
 * one row serves all: tanh a = a + S, S = r2 a^3 + r3 a^5 + .. + r7 a^13. From 19.5 on tanh rounds
 * to 1. There is no division, and all powers are ready before the row arrives.
 *
 * Error, below 0.6 ulp (0.569 is the worst of 2 10^8 points): the last sum rounds by 1/2, and S, at
 * most 1/16 of it, hardly adds to that. Monotonic: base is constant in a piece and S grows from one
 * double to the next by far more than its roundings can undo (docs/elementary/prove.py bounds
 * both), so base + S, rounded once, cannot fall; below 1/8 S falls by less than a grows; the
 * borders were walked. Odd by construction, and |tanh| <= 1. NaN gives 1 or -1.
 *
 * elementary_vector.h has the same for several at once. */
#define TANH_ONE 19.5
#define TANH_SMALL 0.125
#define TANH_BELOW_SMALL 0x1.fffffffffffffp-4 /* the double before it, whose row is the first */
enum { TANH_SHIFT = 47 };                     /* the bits of a above these tell its row */
#define TANH_FIRST (UINT64_C(0x3fbfffffffffffff) >> TANH_SHIFT) /* of TANH_BELOW_SMALL */

static inline double elementary_tanh(double x)
{
    /* 1. the magnitude */
    const uint64_t sign = elementary_bits(x) & SPECML_SIGN_BIT;
    double a = elementary_from_bits(elementary_bits(x) ^ sign);
    a = a < TANH_ONE ? a : TANH_ONE;
    const int small = a < TANH_SMALL;
    /* 2. its row */
    const uint64_t at = elementary_bits(small ? TANH_BELOW_SMALL : a);
    const double *r = elementary_tanh_table[(at >> TANH_SHIFT) - TANH_FIRST];
    /* 3. where the piece begins, and how far a is from there; below 1/8 powers go by a^2 */
    const uint64_t piece = elementary_bits(a) >> TANH_SHIFT << TANH_SHIFT;
    const double d = a - (small ? 0.0 : elementary_from_bits(piece));
    const double e = small ? a * a : d, base = small ? a : r[0];
    /* 4. powers */
    const double e2 = e * e, e4 = e2 * e2;
    const double d2 = d * e, d3 = d * e2, d4 = d2 * e2, d5 = d * e4, d6 = d2 * e4, d7 = d3 * e4;
    /* 5. what is above the base */
    const double lo = elementary_from_bits(elementary_bits(r[7]) << 32);
    const double S = ((r[1] * d + lo) + (r[2] * d2 + r[3] * d3)) +
                     ((r[4] * d4 + r[5] * d5) + (r[6] * d6 + r[7] * d7));
    /* 6. with the sign of x */
    return elementary_from_bits(elementary_bits(base + S) | sign);
}

/* ---- (1 + cos(pi x)) / 2 and its derivative --------------------------------
 *
 * With n the integer nearest to x and f = x - n, exact and at most 1/2:
 *
 *   (1 + cos(pi x)) / 2 = sin^2(pi f/2) for odd n, 1 - sin^2(pi f/2) for even n
 *   sin^2(pi f/2)       = z R(z),    z = f^2
 *   -(pi/2) sin(pi x)   = f T(z) for even n, -f T(z) for odd n
 *
 * Each polynomial is leading term + (rest), where the leading term z R0 or f T0
 * is one multiplication: near a zero of the function the relative error is that
 * of R0 or T0 and three or four roundings, nowhere more than 2.8 ulp.
 *
 * At half-integers z = 1/4 and powers of f are powers of two, so only the
 * coefficients matter: fit.py makes sure that R0 + R1/4 + ... rounds to 2 and
 * T0 + T1/4 + ... to -pi, giving exactly 1/2 and exactly -+ pi/2.
 *
 * Good for |x| < 2^51; the value then lies in [0, 1].
 */
#define SPECML_COSINE_R0 0x1.3bd3cc9be45dep+1
#define SPECML_COSINE_R1 -0x1.03c1f081b5a74p+1
#define SPECML_COSINE_R2 0x1.55d3c7e3c7272p-1
#define SPECML_COSINE_R3 -0x1.e1f5068500308p-4
#define SPECML_COSINE_R4 0x1.a6d1f0d1ea1b2p-7
#define SPECML_COSINE_R5 -0x1.f9d2a486d8edep-11
#define SPECML_COSINE_R6 0x1.b6a20e3773076p-15
#define SPECML_COSINE_R7 -0x1.1745658db6148p-19

#define SPECML_COSINE_T0 -0x1.3bd3cc9be45dep+2
#define SPECML_COSINE_T1 0x1.03c1f081b5aa3p+3
#define SPECML_COSINE_T2 -0x1.005ed5ead8200p+2
#define SPECML_COSINE_T3 0x1.e1f506886e1abp-1
#define SPECML_COSINE_T4 -0x1.084337812c15ep-3
#define SPECML_COSINE_T5 0x1.7b5e96664bf82p-7
#define SPECML_COSINE_T6 -0x1.80013688cc2bap-11
#define SPECML_COSINE_T7 0x1.20079a8320680p-15
#define SPECML_COSINE_T8 -0x1.3318326764d87p-20

static inline double elementary_cosine(double x)
{
    double rounded = x + SPECML_ROUNDER;
    double f = x - (rounded - SPECML_ROUNDER);
    uint64_t n = elementary_bits(rounded);
    double z = f * f;
    double z2 = z * z;
    double z4 = z2 * z2;
    double low =
        (SPECML_COSINE_R1 + SPECML_COSINE_R2 * z) + z2 * (SPECML_COSINE_R3 + SPECML_COSINE_R4 * z);
    double high = (SPECML_COSINE_R5 + SPECML_COSINE_R6 * z) + z2 * SPECML_COSINE_R7;
    double sin2 = z * SPECML_COSINE_R0 + (z2 * low + (z2 * z4) * high);

    /* Odd n: 0 + sin2.  Even n: 1 - sin2.  No comparison of 64-bit integers,
     * which SSE2 lacks. */
    double base = elementary_from_bits(elementary_bits(1.0) & ((n & 1) - 1));
    double term = elementary_from_bits(elementary_bits(sin2) ^ (~n << 63));
    return base + term;
}

static inline double elementary_cosine_derivative(double x)
{
    double rounded = x + SPECML_ROUNDER;
    double f = x - (rounded - SPECML_ROUNDER);
    uint64_t n = elementary_bits(rounded);
    double z = f * f;
    double z2 = z * z;
    double z4 = z2 * z2;
    double fz = f * z;
    double low =
        (SPECML_COSINE_T1 + SPECML_COSINE_T2 * z) + z2 * (SPECML_COSINE_T3 + SPECML_COSINE_T4 * z);
    double high =
        (SPECML_COSINE_T5 + SPECML_COSINE_T6 * z) + z2 * (SPECML_COSINE_T7 + SPECML_COSINE_T8 * z);
    double slope = f * SPECML_COSINE_T0 + (fz * low + (fz * z4) * high);
    return elementary_from_bits(elementary_bits(slope) ^ (n << 63));
}

/* ---- the same in radians, and both upside down -----------------------------
 *
 * (1 + cos x) / 2 is by definition the cosine at x times q, 1/pi rounded, without a
 * further reduction, so its derivative is the other's at x q, times q.  A dip is 1
 * minus a cosine, its derivative the cosine's negated.
 */
#define SPECML_ONE_OVER_PI 0x1.45f306dc9c883p-2

static inline double elementary_cosine_rad(double x)
{
    return elementary_cosine(x * SPECML_ONE_OVER_PI);
}

static inline double elementary_cosine_rad_derivative(double x)
{
    return elementary_cosine_derivative(x * SPECML_ONE_OVER_PI) * SPECML_ONE_OVER_PI;
}

static inline double elementary_dip(double x)
{
    return 1.0 - elementary_cosine(x);
}

static inline double elementary_dip_derivative(double x)
{
    return -elementary_cosine_derivative(x);
}

static inline double elementary_dip_rad(double x)
{
    return 1.0 - elementary_cosine_rad(x);
}

static inline double elementary_dip_rad_derivative(double x)
{
    return -elementary_cosine_rad_derivative(x);
}

#endif
