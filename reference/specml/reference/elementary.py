"""The elementary functions of elementary.h in NumPy, with the same bits.

Every operation, its order and its association are those of the C functions, so
change neither file alone.  The reasons and the error bounds are told there.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .arrays import Array
from .elementary_table import TANH

_h = float.fromhex
_ROUNDER = _h("0x1.8p52")
_SIGN_BIT = np.uint64(1 << 63)

_TANH_ONE = 19.5
_TANH_SMALL = 0.125
_TANH_BELOW_SMALL = _h("0x1.fffffffffffffp-4")  # the double before it, whose row is the first
_TANH_SHIFT = np.uint64(47)  # the bits of a above these tell its row
_TANH_FIRST = np.float64(_TANH_BELOW_SMALL).view(np.uint64) >> _TANH_SHIFT
_TANH_LO = (TANH[:, 7].view(np.uint64) << np.uint64(32)).view(np.float64)

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


def _bits(x: Array) -> NDArray[np.uint64]:
    return x.view(np.uint64)


def _from_bits(b: NDArray[np.uint64]) -> Array:
    return b.view(np.float64)


def tanh(x: ArrayLike) -> Array:
    """Return the hyperbolic tangent, elementwise: odd, monotonic, within 0.57 ulp."""
    x = np.asarray(x, np.float64)
    # 1. the magnitude
    sign = _bits(x) & _SIGN_BIT
    a = _from_bits(_bits(x) ^ sign)
    a = np.where(a < _TANH_ONE, a, _TANH_ONE)
    small = a < _TANH_SMALL
    # 2. its row
    at = _bits(np.where(small, _TANH_BELOW_SMALL, a))
    row = ((at >> _TANH_SHIFT) - _TANH_FIRST).astype(np.intp)
    r = TANH[row]
    # 3. where the piece begins, and how far a is from there; below 1/8 powers go by a^2
    piece = _from_bits(_bits(a) >> _TANH_SHIFT << _TANH_SHIFT)
    d = a - np.where(small, 0.0, piece)
    e, base = np.where(small, a * a, d), np.where(small, a, r[..., 0])
    # 4. powers
    e2 = e * e
    e4 = e2 * e2
    d2, d3 = d * e, d * e2
    d4, d5 = d2 * e2, d * e4
    d6, d7 = d2 * e4, d3 * e4
    # 5. what is above the base
    above = ((r[..., 1] * d + _TANH_LO[row]) + (r[..., 2] * d2 + r[..., 3] * d3)) + (
        (r[..., 4] * d4 + r[..., 5] * d5) + (r[..., 6] * d6 + r[..., 7] * d7)
    )
    # 6. with the sign of x
    return _from_bits(_bits(base + above) | sign)


def _reduce(x: float | Array) -> tuple[NDArray[np.uint64], Array]:
    """Return bits whose lowest is the parity of the nearest integer n, and x - n."""
    x = np.asarray(x, np.float64)
    rounded = x + _ROUNDER
    return _bits(rounded), x - (rounded - _ROUNDER)


def cosine(x: float | Array) -> Array:
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


def cosine_derivative(x: float | Array) -> Array:
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


def cosine_rad(x: float | Array) -> Array:
    """Return (1 + cos x) / 2, elementwise."""
    return cosine(x * _ONE_OVER_PI)


def cosine_rad_derivative(x: float | Array) -> Array:
    """Return -sin(x) / 2, elementwise."""
    return cosine_derivative(x * _ONE_OVER_PI) * _ONE_OVER_PI


def dip(x: float | Array) -> Array:
    """Return (1 - cos(pi x)) / 2, elementwise."""
    return 1.0 - cosine(x)


def dip_derivative(x: float | Array) -> Array:
    """Return (pi / 2) sin(pi x), elementwise."""
    return -cosine_derivative(x)


def dip_rad(x: float | Array) -> Array:
    """Return (1 - cos x) / 2, elementwise."""
    return 1.0 - cosine_rad(x)


def dip_rad_derivative(x: float | Array) -> Array:
    """Return sin(x) / 2, elementwise."""
    return -cosine_rad_derivative(x)
