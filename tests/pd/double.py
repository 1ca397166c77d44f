"""The test double of Pd's entry points: the only host here whose samples may be doubles."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import builds
from bits import atom
from takes import Take

HERE = Path(__file__).parent
FILES = {np.float64: "*-64.so", np.float32: "[ld]_*[!p]"}
FLAGS = ("-std=gnu11", "-O1", "-g", "-Wall", "-Wextra", "-Werror", "-rdynamic")


@dataclass
class Double:
    """The double for samples of one precision, and the externals that it loads.

    ending: of their names, where there are those for other machines too.
    """

    externals: Path
    precision: type = np.float64
    flags: tuple[str, ...] = ()
    ending: str = ""

    def __post_init__(self) -> None:
        self.command = (str(self.build()),)

    def build(self, name: str = "double", cc: str | None = None) -> Path:
        bits = 8 * np.dtype(self.precision).itemsize
        includes = [f"-isystem{path}" for path in _includes()]
        return builds.compile_c(
            f"{name}{bits}-{len(self.flags)}", [HERE / "double.c", HERE / "double_main.c"],
            *FLAGS, *self.flags, *includes, f"-I{builds.HERE}", f"-DPD_FLOATSIZE={bits}", "-ldl",
            cc=cc,
        )  # fmt: skip

    def file(self, name: str) -> Path | str:
        """Return the external of this object for these samples."""
        return next(self.externals.glob(f"{name}.{self.ending or FILES[self.precision]}"))

    def run(
        self, box: str, x: np.ndarray, inlets=(0,), block: int = 64, points: int = 0, messages=(),
        file: Path | None = None, **environment: str,
    ) -> tuple[np.ndarray, str]:  # fmt: skip
        """Return what the outlets said ``(outlets, n)``, and what was printed.

        `x` is ``(inlets, n)``; `messages` are (block, text).
        """
        name, *atoms = box.split()
        for when, text in sorted(messages, key=lambda message: message[0]):
            atoms += [",", f"@{when}", *text.split()]
        command = [
            *self.command, file or self.file(name), f"{name[:-1]}_tilde_setup", block,
            "".join(map(str, inlets)), points, *atoms,
        ]  # fmt: skip
        n = x.shape[1] // block * block
        blocks = np.split(self.precision(x[:, :n]), n // block, axis=1)
        ran = self.execute(command, b"".join(b.tobytes() for b in blocks), **environment)
        printed = ran.stderr.decode()
        if ran.returncode:
            raise RuntimeError(f"{box}: status {ran.returncode}\n{printed}")
        said = np.frombuffer(ran.stdout, self.precision).reshape(len(blocks), -1, block)
        return np.concatenate(list(said), axis=1), printed

    def execute(self, command, given: bytes, **environment) -> subprocess.CompletedProcess:
        return subprocess.run(
            list(map(str, command)), input=given, capture_output=True, check=False,
            env=os.environ | environment,
        )  # fmt: skip

    def play(
        self, take: Take, block: int, file: Path | None = None, **environment: str
    ) -> np.ndarray:
        """Return what a box says in a take, ``(outlets, samples)``.

        Takes without any signal hear silence at the first inlet.
        """
        connected = take.connected or [(0, np.zeros(take.samples))]
        inlets, signals = zip(*connected, strict=True)
        strokes = [
            (when // block, f"w {k} {' '.join(map(atom, self.precision(values)))}")
            for when, k, values in take.drawings
        ]
        points = max((len(values) for _, _, values in take.drawings), default=0)
        y, printed = self.run(
            take.box("w"), np.stack(signals), inlets, block, points, strokes, file, **environment
        )
        assert "error" not in printed, printed
        return y


def _includes() -> list[str]:
    """Where m_pd.h is, beside the compiler's own folders."""
    return [path for path in ("/usr/include/pd",) if Path(path).is_dir()]
