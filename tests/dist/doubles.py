"""The test double of Pd for other processors."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

import builds
import windows
from pd.double import FLAGS, HERE, Double
from processors import Processor


@dataclass
class ForeignDouble(Double):
    """The double for a processor, run by qemu."""

    processor: Processor | None = None

    def __post_init__(self) -> None:
        program = self.build(f"double-{self.processor.debian}", self.processor.zig())
        self.command = self.processor.run(program)


@dataclass
class WindowsDouble(Double):
    """The double for Windows: Pd is a library there, and the externals ask for it by its name."""

    def build(self, name: str = "double", cc: str | None = None) -> Path:
        bits = 8 * np.dtype(self.precision).itemsize
        folder = f"pd-wine{bits}"
        (builds.DIRECTORY / folder).mkdir()
        flags = (*FLAGS[:-1], "-isystem/usr/include/pd", f"-I{builds.HERE}", f"-DPD_FLOATSIZE={bits}")  # fmt: skip
        library = builds.compile_c(
            f"{folder}/{'pd64' if bits == 64 else 'pd'}.dll", [HERE / "double.c"], *flags,
            "-DPD_INTERNAL", "-shared", "-Wl,--export-all-symbols", cc=windows.COMPILER,
        )  # fmt: skip
        return builds.compile_c(
            f"{folder}/double.exe", [HERE / "double_main.c", library], *flags, cc=windows.COMPILER
        )

    def __post_init__(self) -> None:
        self.command = windows.command(self.build())

    def file(self, name: str) -> str:
        return f"Z:{super().file(name)}"

    def execute(self, command, given: bytes, **environment):
        return windows.run(command, given, **environment)
