"""What there is for each platform: names as a user meets them, and what runs it here."""

from dataclasses import dataclass

import processors


@dataclass(frozen=True)
class Platform:
    """A platform of the release.

    Attributes
    ----------
    pd
        How the names of Pd's objects end, for floats of 32 bits and of 64.
    wheel
        The tag of its wheel.
    processor
        What runs Linux's.
    """

    pd: tuple[str, str]
    wheel: str
    processor: processors.Processor | None = None


PLATFORMS = {
    "linux-x86_64": Platform(
        ("l_amd64", "linux-amd64-64.so"), "manylinux_2_17_x86_64", processors.X86_64
    ),
    "linux-arm64": Platform(
        ("l_arm64", "linux-arm64-64.so"), "manylinux_2_17_aarch64", processors.ARM64
    ),
    "linux-armv7": Platform(
        ("l_arm", "linux-armv7-64.so"), "manylinux_2_17_armv7l", processors.ARMV7
    ),
    "windows-x86_64": Platform(("m_amd64", "windows-amd64-64.dll"), "win_amd64"),
    "macos-x86_64": Platform(("d_amd64", "darwin-amd64-64.so"), "macosx_10_13_x86_64"),
    "macos-arm64": Platform(("d_arm64", "darwin-arm64-64.so"), "macosx_11_0_arm64"),
}
LINUX = [name for name, platform in PLATFORMS.items() if platform.processor]
