"""What is promised of everything that is recorded: the bits of functions and of measures.

`python tests/recordable.py` says them in any Python that has NumPy and the package.
"""

import hashlib
import subprocess
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from specml import AutoRegNN, exact
from specml.analysis import Recording, lyapunov, measured
from specml.reference.random import white_noise

FUNCTIONS = "d5b3287aa1666f82879526324fc92ff6814c80d5668a4e1bf13e4aba55731e8a"
MEASURES = "fce7abd28a1963b8f5b88369f0d061e932003715b76dcf07f7313970c393c1ab"
BOTH = [FUNCTIONS, MEASURES]
SPECIAL = np.array([0.0, -0.0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, np.inf, -np.inf, np.nan, 1e300,
                    -1e300, 5e-324, 2.0**53, -(2.0**53) - 2, 1e-300, 1e5, 710, -746])  # fmt: skip


def of_functions(source) -> str:
    """SHA-256 of what the functions of a module return; of NaN, that it is one."""
    noise = white_noise(3 * 4096, 1)
    spread = np.ldexp(noise, (noise[::-1] * 1000).astype(int))
    ordinary = {"exp": (700 * noise,), "log": (np.abs(spread),), "log10": (np.abs(spread),),
                "sin": (1e5 * spread,), "cos": (1e5 * noise,),
                "power": (np.abs(noise) + 0.5, 90 * noise[::-1])}  # fmt: skip
    frames = noise.reshape(3, 4096)
    parts = []
    for name, x in ordinary.items():
        ends = np.meshgrid(SPECIAL, SPECIAL) if name == "power" else [SPECIAL]
        with np.errstate(all="ignore"):
            parts += [getattr(source, name)(*x), getattr(source, name)(*ends)]
    if source is np:
        parts += [np.fft.rfft(frames).real, np.sum(frames, axis=1)]
    else:
        parts += [
            *exact.fft(frames),
            exact.ifft(*exact.fft(frames)),
            exact.total(frames),
            exact.mean(frames, 0),
            exact.hann(1000),
        ]
    sha = hashlib.sha256()
    for part in parts:
        sha.update(np.where(np.isnan(part), 7.0, part).astype("<f8").tobytes())
    return sha.hexdigest()


def of_measures() -> str:
    """SHA-256 of all measures of a network, of noise, of clicks and of tones."""
    heard = 0.5 * white_noise(24000, 7)
    hum = exact.sin(np.arange(24000) * 0.05) + 0.3 * exact.sin(np.arange(24000) * 0.31)
    clicks = np.where(np.arange(24000) % 1111 < 3, 0.5, 0.0)
    net = AutoRegNN()
    spoken, error = net.process(heard)
    again = SimpleNamespace(make=AutoRegNN, process=lambda m, at, n: m.process(heard[at : at + n]))
    values = [lyapunov(Recording(spoken, 44100.0, twin=again))]
    for samples in (spoken, [error, spoken], heard, hum, clicks, hum * clicks):
        values += measured(Recording(samples, 44100.0, heard)).values()
    return hashlib.sha256(np.array([7.0 if v != v else v for v in values], "<f8")).hexdigest()


def said_by(python: tuple[str | Path, ...], package: Path | None = None) -> list[str]:
    """What another Python says of both."""
    words = [str(word) for word in python]
    words = [*(["env", f"PYTHONPATH={package}"] if package else []), *words, __file__]
    done = subprocess.run(words, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


if __name__ == "__main__":
    print(of_functions(exact), of_measures())
