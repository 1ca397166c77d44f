"""The elementary functions of elementary.h in NumPy, with the same bits.

Every operation, its order and its association are those of the C functions, so
change neither file alone.  The reasons and the error bounds are told there.
"""

import numpy as np

_h = float.fromhex
_ROUNDER = _h("0x1.8p52")
_SIGN_BIT = np.uint64(1 << 63)

_TANH_ONE = 20.0
_TANH_X0 = _h("0x1.6p-1")
_N0, _N1, _N2 = map(_h, ("0x1.93fc3827d3ed4p+10", "0x1.8d64c56ecab88p+6", "0x1.edc8d7aaebe03p-1"))
_D0, _D1, _D2 = map(_h, ("0x1.2efd2a1ddef24p+12", "0x1.17a59433e20f4p+11", "0x1.c3827844e2c4bp+6"))
_P0, _P1, _P2, _P3, _P4, _P5, _P6, _P7, _P8, _P9 = map(
    _h,
    (
        "0x1.000000000000bp+1",
        "0x1.555555555550fp+0",
        "0x1.55555555502a0p-1",
        "0x1.1111111122b4ap-2",
        "0x1.6c16c1852c01cp-4",
        "0x1.a01a014498ae6p-6",
        "0x1.a01997c656a0fp-8",
        "0x1.71deec62e8918p-10",
        "0x1.28af42a60c9fap-12",
        "0x1.add773f1864b3p-15",
    ),
)
_TWO_OVER_LN2 = _h("0x1.71547652b82fep+1")
_HALF_LN2_HI = _h("0x1.62e42fefa3a00p-2")
_HALF_LN2_LO = _h("-0x1.0ca86c3898d00p-50")

_ONE_OVER_PI = _h("0x1.45f306dc9c883p-2")

_R0, _R1, _R2, _R3, _R4, _R5, _R6, _R7 = map(
    _h,
    (
        "0x1.3bd3cc9be45dep+1",
        "-0x1.03c1f081b5a74p+1",
        "0x1.55d3c7e3c7272p-1",
        "-0x1.e1f5068500308p-4",
        "0x1.a6d1f0d1ea1b2p-7",
        "-0x1.f9d2a486d8edep-11",
        "0x1.b6a20e3773076p-15",
        "-0x1.1745658db6148p-19",
    ),
)
_T0, _T1, _T2, _T3, _T4, _T5, _T6, _T7, _T8 = map(
    _h,
    (
        "-0x1.3bd3cc9be45dep+2",
        "0x1.03c1f081b5aa3p+3",
        "-0x1.005ed5ead8200p+2",
        "0x1.e1f506886e1abp-1",
        "-0x1.084337812c15ep-3",
        "0x1.7b5e96664bf82p-7",
        "-0x1.80013688cc2bap-11",
        "0x1.20079a8320680p-15",
        "-0x1.3318326764d87p-20",
    ),
)


def _bits(x):
    return x.view(np.uint64)


def _from_bits(b):
    return b.view(np.float64)


def tanh(x):
    """Return the hyperbolic tangent, elementwise: odd, monotonic, within 1.1 ulp."""
    x = np.asarray(x, np.float64)
    sign = _bits(x) & _SIGN_BIT
    a = _from_bits(_bits(x) ^ sign)
    a = np.where(a < _TANH_ONE, a, _TANH_ONE)

    z = a * a
    small_num = (a * z) * (_N0 + z * (_N1 + z * _N2))
    small_den = _D0 + z * (_D1 + z * (_D2 + z))

    rounded = a * _TWO_OVER_LN2 + _ROUNDER
    k = rounded - _ROUNDER
    two_k = _from_bits((_bits(rounded) + np.uint64(1023)) << np.uint64(52))
    r = (a - k * _HALF_LN2_HI) - k * _HALF_LN2_LO
    r2 = r * r
    r4 = r2 * r2
    low = (_P0 + _P1 * r) + r2 * (_P2 + _P3 * r)
    high = ((_P4 + _P5 * r) + r2 * (_P6 + _P7 * r)) + r4 * (_P8 + _P9 * r)
    scale = two_k * r2
    expm1 = two_k * (r + r) + (scale * low + (scale * r4) * high)
    large_den = expm1 + (two_k + 1.0)

    small = a < _TANH_X0
    num = np.where(small, small_num, 2.0)
    den = np.where(small, small_den, large_den)
    base = np.where(small, a, 1.0)
    return _from_bits(_bits(base - num / den) | sign)


def _reduce(x):
    """Return bits whose lowest is the parity of the nearest integer n, and x - n."""
    x = np.asarray(x, np.float64)
    rounded = x + _ROUNDER
    return _bits(rounded), x - (rounded - _ROUNDER)


def cosine(x):
    """Return (1 + cos(pi x)) / 2, elementwise."""
    n, f = _reduce(x)
    z = f * f
    z2 = z * z
    z4 = z2 * z2
    low = (_R1 + _R2 * z) + z2 * (_R3 + _R4 * z)
    high = (_R5 + _R6 * z) + z2 * _R7
    sin2 = z * _R0 + (z2 * low + (z2 * z4) * high)
    odd = (n & np.uint64(1)).astype(bool)
    return np.where(odd, sin2, 1.0 - sin2)


def cosine_derivative(x):
    """Return -(pi / 2) sin(pi x), elementwise."""
    n, f = _reduce(x)
    z = f * f
    z2 = z * z
    z4 = z2 * z2
    fz = f * z
    low = (_T1 + _T2 * z) + z2 * (_T3 + _T4 * z)
    high = (_T5 + _T6 * z) + z2 * (_T7 + _T8 * z)
    slope = f * _T0 + (fz * low + (fz * z4) * high)
    return _from_bits(_bits(slope) ^ (n << np.uint64(63)))


def cosine_rad(x):
    """Return (1 + cos x) / 2, elementwise."""
    return cosine(x * _ONE_OVER_PI)


def cosine_rad_derivative(x):
    """Return -sin(x) / 2, elementwise."""
    return cosine_derivative(x * _ONE_OVER_PI) * _ONE_OVER_PI


def dip(x):
    """Return (1 - cos(pi x)) / 2, elementwise."""
    return 1.0 - cosine(x)


def dip_derivative(x):
    """Return (pi / 2) sin(pi x), elementwise."""
    return -cosine_derivative(x)


def dip_rad(x):
    """Return (1 - cos x) / 2, elementwise."""
    return 1.0 - cosine_rad(x)


def dip_rad_derivative(x):
    """Return sin(x) / 2, elementwise."""
    return -cosine_rad_derivative(x)
