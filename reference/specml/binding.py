"""The core as a library: its functions, declared to ctypes, and pointers to hand to them.

This is the only file that knows ctypes.
"""

from __future__ import annotations

import ctypes as ct
import importlib.resources
import sys
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .reference import unlearn
from .reference.arrays import Array, Integers

SUFFIX = {"win32": "dll", "darwin": "dylib"}.get(sys.platform, "so")

_Size, _Doubles = ct.c_size_t, ct.POINTER(ct.c_double)
_Signals, _Integers = ct.POINTER(_Doubles), ct.POINTER(ct.c_int64)

SHAPE = ("neurons", "inputs", "maxdelay", "external")
Library: TypeAlias = ct.CDLL


class Shape(ct.Structure):
    """Unlearn's, as ``unlearn.h`` has it."""

    _fields_ = tuple((name, ct.c_int) for name in SHAPE)


class Preset(ct.Structure):
    """A row of Unlearn's table of examples, as ``unlearn_presets.h`` has it."""

    _fields_ = (
        ("name", ct.c_char_p),
        ("shape", Shape),
        ("scale", ct.c_double),
        ("excite", ct.c_double),
        ("activation", ct.c_int),
        ("energy", ct.c_int),
        ("integrator", ct.c_int),
        ("controls", ct.c_double * len(unlearn.CONTROLS)),
    )


def load(path: str) -> Library:
    """Load a build of the core from `path` and declare its functions.

    Raises
    ------
    OSError
        If there is no such library.
    ImportError
        If it refuses to run, with its reason.
    """
    library = ct.CDLL(path)
    pointer, integer, double, seed = ct.c_void_p, ct.c_int, ct.c_double, ct.c_uint64
    shape = ct.POINTER(Shape)
    declare = {
        "isa_name": (ct.c_char_p,),
        "isa_select": (integer, ct.c_char_p),
        "isa_refusal": (ct.c_char_p,),
        "elementary_tanh_array": (None, _Size, _Doubles, _Doubles),
        "elementary_cosine_array": (None, _Size, _Doubles, _Doubles),
        "elementary_cosine_derivative_array": (None, _Size, _Doubles, _Doubles),
        "autoregnn_process": (None, pointer, _Size, _Doubles, _Signals, _Doubles, _Doubles),
        "autoregnn_process_many": (None, pointer, _Size, _Size),
        "autoregnn_get_past": (None, pointer, _Doubles, _Doubles),
        "autoregnn_set_past": (integer, pointer, _Doubles, _Doubles),
        "autoregnn2_process": (
            None, pointer, _Size, _Doubles, _Doubles, _Signals, _Doubles, _Doubles, _Doubles,
        ),
        "autoregnn2_get_past": (None, pointer, _Doubles, _Doubles, _Doubles),
        "autoregnn2_set_past": (integer, pointer, _Doubles, _Doubles, _Doubles),
        "unlearn_bytes": (_Size, shape),
        "unlearn_init": (integer, pointer, shape, double, seed, double, double),
        "unlearn_bang": (None, pointer),
        "unlearn_excite": (double, pointer),
        "unlearn_samplerate": (double, pointer),
        "unlearn_set_excite": (integer, pointer, double),
        "unlearn_set_samplerate": (integer, pointer, double),
        "unlearn_process": (None, pointer, _Size, _Signals, _Signals, _Signals, integer),
        "unlearn_get_synapses": (None, pointer, _Doubles, _Doubles, _Doubles),
        "unlearn_set_weight": (integer, pointer, _Size, double),
        "unlearn_set_synapses": (integer, pointer, _Doubles, _Doubles, _Doubles),
        "unlearn_get_wiring": (None, pointer, _Integers, _Integers),
        "unlearn_set_wiring": (integer, pointer, _Integers, _Integers),
        "unlearn_get_past": (None, pointer, _Doubles),
        "unlearn_preset_at": (ct.POINTER(Preset), integer),
        "unlearn_set_past": (integer, pointer, _Doubles),
        "unlearn_energy_sum": (double, pointer),
        "unlearn_set_energy_sum": (integer, pointer, double),
        "unlearn_random": (seed, pointer),
        "unlearn_set_random": (None, pointer, seed),
    }  # fmt: skip
    for choice in ("activation", "energy", "integrator"):
        declare |= {
            f"unlearn_get_{choice}": (integer, pointer),
            f"unlearn_set_{choice}": (integer, pointer, integer),
        }
    for model in ("autoregnn", "autoregnn2", "unlearn"):
        declare |= {
            f"{model}_reset": (None, pointer, seed),
            f"{model}_clear": (None, pointer),
            f"{model}_copy": (None, pointer, pointer),
            f"{model}_keep": (None, pointer, pointer),
            f"{model}_set": (integer, pointer, integer, double),
            f"{model}_held": (double, pointer, integer),
            f"{model}_now": (double, pointer, integer),
            f"{model}_set_now": (integer, pointer, integer, double),
            f"{model}_scale": (double, pointer),
            f"{model}_set_scale": (integer, pointer, double),
            f"{model}_count": (_Size, pointer),
            f"{model}_clipped": (seed, pointer),
            f"{model}_set_clipped": (None, pointer, seed),
            f"{model}_samples": (seed, pointer),
            f"{model}_set_samples": (None, pointer, seed),
        }
    for model in ("autoregnn", "autoregnn2"):
        declare |= {
            f"{model}_bytes": (_Size, integer, integer, integer),
            f"{model}_init": (integer, pointer, integer, integer, integer, seed, double),
            f"{model}_get_parameters": (None, pointer, _Doubles),
            f"{model}_set_parameters": (integer, pointer, _Doubles),
        }
    for name, (result, *arguments) in declare.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    if refusal := library.isa_refusal():
        raise ImportError(f"specml's core refuses to run: {refusal.decode(errors='replace')}")
    return library


def default_library() -> Library:
    """Load the core that was installed with this package."""
    resource = importlib.resources.files("specml") / f"specml-core.{SUFFIX}"
    with importlib.resources.as_file(resource) as path:
        return load(str(path))


LIBRARY = default_library()


def doubles(array: Array) -> ct._Pointer[ct.c_double]:
    """Return a pointer to a contiguous array."""
    return array.ctypes.data_as(_Doubles)


def integers(array: Integers) -> ct._Pointer[ct.c_int64]:
    """Return a pointer to a contiguous array."""
    return array.ctypes.data_as(_Integers)


def signals(arrays: Sequence[Array | None]) -> ct.Array[ct._Pointer[ct.c_double]]:
    """Return pointers to several contiguous arrays, NULL for None; they keep none of them alive."""
    pointers = (_Doubles() if array is None else doubles(array) for array in arrays)
    return (_Doubles * len(arrays))(*pointers)


def rows(array: Array) -> ct._Pointer[ct._Pointer[ct.c_double]]:
    """Return pointers to the rows of a 2-D array."""
    return addresses(array).ctypes.data_as(_Signals)


def addresses(array: NDArray[Any]) -> NDArray[np.uintp]:
    """Return the address of each row of a 2-D array, as the core's tables of pointers hold it."""
    return array.ctypes.data + array.strides[0] * np.arange(len(array)).astype(np.uintp)
