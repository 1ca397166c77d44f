"""The systems that a release is built for, and what each is called by those who install from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """One system on one kind of processor; ``cross/NAME.ini`` has its compilers."""

    name: str
    deken: str  # as deken writes it, before the size of floats
    pd32: str  # how a Pure Data with 32-bit floats has externals end, in every version,
    pd64: str  # and one with 64-bit floats
    wheel: str  # the platform of its wheel
    core: str  # how the library of the wheel ends
    sc: str  # how SuperCollider has plugins end
    max: str = ""  # how Max has externals end, where there is a Max

    @property
    def system(self) -> str:
        """Return linux, windows or macos."""
        return self.name.partition("-")[0]

    @property
    def hosts(self) -> tuple[str, ...]:
        """Return what is built for it."""
        jack = ("jack",) if self.system == "linux" else ()
        return ("pd", *(("max",) if self.max else ()), "sc", *jack, "python")

    @property
    def deken_names(self) -> tuple[str, str]:
        """Return what a deken package says of it, for both sizes of floats."""
        return f"{self.deken}-32", f"{self.deken}-64"


_ALL = (
    Target("linux-x86_64", "Linux-amd64", "l_amd64", "linux-amd64-64.so",
           "manylinux_2_17_x86_64.manylinux2014_x86_64", "so", "so"),
    Target("linux-arm64", "Linux-arm64", "l_arm64", "linux-arm64-64.so",
           "manylinux_2_17_aarch64.manylinux2014_aarch64", "so", "so"),
    Target("linux-armv7", "Linux-armv7", "l_arm", "linux-armv7-64.so",
           "manylinux_2_17_armv7l.manylinux2014_armv7l", "so", "so"),
    Target("windows-x86_64", "Windows-amd64", "m_amd64", "windows-amd64-64.dll",
           "win_amd64", "dll", "scx", "mxe64"),
    Target("macos-x86_64", "Darwin-amd64", "d_amd64", "darwin-amd64-64.so",
           "macosx_10_13_x86_64", "dylib", "scx", "mxo"),
    Target("macos-arm64", "Darwin-arm64", "d_arm64", "darwin-arm64-64.so",
           "macosx_11_0_arm64", "dylib", "scx", "mxo"),
)  # fmt: skip
TARGETS = {target.name: target for target in _ALL}
