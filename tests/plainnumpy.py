"""A NumPy that uses nothing of what this processor can do beyond the least."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

NUMPY = "numpy._core" if hasattr(np, "_core") else "numpy.core"  # before NumPy 2


def features() -> list[str]:
    """What this processor can do of what NumPy asks about."""
    umath = importlib.import_module(f"{NUMPY}._multiarray_umath")
    return [name for name in umath.__cpu_dispatch__ if umath.__cpu_features__.get(name)]


def printed(code: str) -> str:
    """What Python prints in such a NumPy; tests can be imported."""
    path = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    plain = {"NPY_DISABLE_CPU_FEATURES": " ".join(features()), "PYTHONPATH": path}
    done = subprocess.run([sys.executable, "-c", code], env=os.environ | plain, text=True,
                          capture_output=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
