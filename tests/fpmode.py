"""Flush-to-zero modes of the processor: fpmode.c through ctypes."""

import contextlib
import ctypes as ct

import builds
from specml import binding

_SOURCE = builds.HERE / "fpmode.c"
_library = ct.CDLL(str(builds.compile_c(f"fpmode.{binding.SUFFIX}", [_SOURCE], "-shared", "-fPIC")))
_library.fpmode_get.restype = ct.c_uint64
_library.fpmode_set.argtypes = (ct.c_int,)
product = _library.fpmode_product
product.restype, product.argtypes = ct.c_double, (ct.c_double, ct.c_double)


def flushes() -> bool:
    """Tell whether this thread turns subnormals into 0."""
    return _library.fpmode_get() != 0


@contextlib.contextmanager
def flush(on: bool):
    """Run with FTZ and DAZ on, or off; afterwards they are off."""
    _library.fpmode_set(on)
    try:
        yield
    finally:
        _library.fpmode_set(False)
