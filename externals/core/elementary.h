/* Elementary functions with the same bits everywhere.
 *
 * Only binary64 + - * /, comparison, selection and operations on bits are used,
 * each rounded once and in the order written: compile with -ffp-contract=off.
 * elementary.py performs the same operations in the same order.  There is no
 * branch and no table, so that
 *
 *     for (int i = 0; i < 8; i++) y[i] = elementary_tanh(x[i]);
 *
 * vectorises.  Polynomials are evaluated in Estrin's manner (pairs, then pairs
 * of pairs): more multiplications than Horner's, but a short dependency chain.
 * The coefficients come from fit.py.  u below is 2^-53.
 */
#ifndef SPECML_ELEMENTARY_H
#define SPECML_ELEMENTARY_H

#include <stdint.h>
#include <string.h>

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
 * With a = |x|:
 *
 *   a <  X0   tanh a = a - a z N(z) / D(z),   z = a^2
 *   a >= X0   tanh a = 1 - 2 / (exp(2a) + 1)
 *
 * Both are b - num/den, so they share the one division.  For the second,
 * a = k ln(2)/2 + r, exp(2a) = 2^k exp(2r), and exp(2r) - 1 = 2r + r^2 P(r).
 *
 * Error, below 1.1 ulp (1.078 is the worst of 10^9 points), greatest just
 * above X0.  There the quotient is 0.404 and the result 0.596 with ulp u: 1/2 ulp
 * comes from the subtraction, 1/4 from the division, 0.33 at most from the sum
 * den, and little from the rest.  A smaller X0 makes den smaller and its rounding
 * weigh more (1.3 ulp at 9/16); a larger X0 makes num/den of the small path too
 * large for the argument that follows.
 *
 * Monotonic, large a.  Between two neighbouring a of one k, 2r grows by at least
 * 0.75 * 2u (a - k HI is exact, so only the subtraction of k LO rounds), exp(2r)
 * by 0.707 of that, 1.06u, and the errors of r^2 P(r) at either end, below 0.33u,
 * cannot undo it.  Everything after is a monotonic function rounded once, hence
 * monotonic.  The 57 places where k changes, and X0, are checked by evaluating
 * the neighbouring doubles.
 *
 * Monotonic, small a.  The result could fall only if t = num/den grew by more than
 * ulp(a) from one a to the next.  den cannot fall, and prove.py bounds the growth
 * of num with all its roundings: that of t is at most 0.94 ulp(a).
 *
 * For |x| < 2^-26 the result is x.  Underflow of z or num therefore changes
 * nothing, flushed to zero or not.  NaN gives 1 or -1.
 */
#define SPECML_TANH_ONE 20.0 /* from here on tanh rounds to 1 */
#define SPECML_TANH_X0 0x1.6p-1

#define SPECML_TANH_N0 0x1.93fc3827d3ed4p+10
#define SPECML_TANH_N1 0x1.8d64c56ecab88p+6
#define SPECML_TANH_N2 0x1.edc8d7aaebe03p-1
#define SPECML_TANH_D0 0x1.2efd2a1ddef24p+12
#define SPECML_TANH_D1 0x1.17a59433e20f4p+11
#define SPECML_TANH_D2 0x1.c3827844e2c4bp+6 /* D3 = 1 */

#define SPECML_TANH_P0 0x1.000000000000bp+1
#define SPECML_TANH_P1 0x1.555555555550fp+0
#define SPECML_TANH_P2 0x1.55555555502a0p-1
#define SPECML_TANH_P3 0x1.1111111122b4ap-2
#define SPECML_TANH_P4 0x1.6c16c1852c01cp-4
#define SPECML_TANH_P5 0x1.a01a014498ae6p-6
#define SPECML_TANH_P6 0x1.a01997c656a0fp-8
#define SPECML_TANH_P7 0x1.71deec62e8918p-10
#define SPECML_TANH_P8 0x1.28af42a60c9fap-12
#define SPECML_TANH_P9 0x1.add773f1864b3p-15

#define SPECML_TWO_OVER_LN2 0x1.71547652b82fep+1
#define SPECML_HALF_LN2_HI 0x1.62e42fefa3a00p-2 /* 44 bits: k * HI is exact */
#define SPECML_HALF_LN2_LO -0x1.0ca86c3898d00p-50

static inline double elementary_tanh(double x)
{
    uint64_t sign = elementary_bits(x) & SPECML_SIGN_BIT;
    double a = elementary_from_bits(elementary_bits(x) ^ sign);
    a = a < SPECML_TANH_ONE ? a : SPECML_TANH_ONE;

    /* Small a.  Horner's order: this chain is shorter than the other anyway, and
     * N and D then suffer one rounding of their own size instead of two. */
    double z = a * a;
    double small_num = (a * z) * (SPECML_TANH_N0 + z * (SPECML_TANH_N1 + z * SPECML_TANH_N2));
    double small_den = SPECML_TANH_D0 + z * (SPECML_TANH_D1 + z * (SPECML_TANH_D2 + z));

    /* Large a.  Multiplying by two_k is exact, so doing it early, beside the
     * polynomial, changes no bit and shortens the chain.  2r is added last, to
     * keep two_k * (exp(2r) - 1) monotonic in r. */
    double rounded = a * SPECML_TWO_OVER_LN2 + SPECML_ROUNDER;
    double k = rounded - SPECML_ROUNDER;
    double two_k = elementary_from_bits((elementary_bits(rounded) + 1023) << 52);
    double r = (a - k * SPECML_HALF_LN2_HI) - k * SPECML_HALF_LN2_LO;
    double r2 = r * r;
    double r4 = r2 * r2;
    double low = (SPECML_TANH_P0 + SPECML_TANH_P1 * r) + r2 * (SPECML_TANH_P2 + SPECML_TANH_P3 * r);
    double high =
        ((SPECML_TANH_P4 + SPECML_TANH_P5 * r) + r2 * (SPECML_TANH_P6 + SPECML_TANH_P7 * r)) +
        r4 * (SPECML_TANH_P8 + SPECML_TANH_P9 * r);
    double scale = two_k * r2;
    double expm1 = two_k * (r + r) + (scale * low + (scale * r4) * high);
    double large_den = expm1 + (two_k + 1.0);

    int small = a < SPECML_TANH_X0;
    double num = small ? small_num : 2.0;
    double den = small ? small_den : large_den;
    double base = small ? a : 1.0;
    return elementary_from_bits(elementary_bits(base - num / den) | sign);
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

/* Both at once.  Once inlined, the compiler finds the shared reduction and
 * powers of f by itself; the bits are those of the two functions above. */
static inline void elementary_cosine_both(double x, double *value, double *derivative)
{
    *value = elementary_cosine(x);
    *derivative = elementary_cosine_derivative(x);
}

#endif
