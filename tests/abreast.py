"""Several AutoRegNN in one call of the core, as a host with many channels makes it."""

import ctypes as ct
from collections.abc import Sequence

import numpy as np

from specml import AutoRegNN, core

_Doubles = ct.POINTER(ct.c_double)


class Stream(ct.Structure):
    """The C core's autoregnn_stream."""

    _fields_ = (
        ("net", ct.c_void_p),
        ("in", _Doubles),
        ("signals", ct.POINTER(_Doubles)),
        ("out", _Doubles),
        ("error", _Doubles),
    )


def process_many(
    nets: Sequence[AutoRegNN], x: np.ndarray, signals: Sequence = (), error: bool = True
) -> tuple[np.ndarray, np.ndarray]:
    """Return out and error, ``(nets, n)`` each, of networks that hear the rows of x, ``(nets, n)``.

    signals: for each network a mapping of arrays ``(n,)`` by control; without error, zeros.
    """
    out, errors = np.zeros_like(x), np.zeros_like(x)
    streams = (Stream * len(nets))()
    for k, net in enumerate(nets):
        given = net._engine._signals(signals[k]) if signals else None
        streams[k] = Stream(
            net._engine._memory.ctypes.data,
            core.doubles(x[k]),
            given,
            core.doubles(out[k]),
            core.doubles(errors[k]) if error else None,
        )
    function = core.LIBRARY.autoregnn_process_many
    function.restype, function.argtypes = None, (ct.POINTER(Stream), ct.c_size_t, ct.c_size_t)
    function(streams, len(nets), x.shape[1])
    return out, errors
