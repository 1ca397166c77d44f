"""The table of what was run where: platform, host, what. ``docs/platforms.md`` is its copy."""

from collections.abc import Iterable
from typing import NamedTuple

import builds
from release.targets import TARGETS

WRITTEN = builds.HERE.parent / "build" / "dist" / "platforms.md"
DOCUMENT = builds.HERE.parent / "docs" / "platforms.md"
ANY = "each"


class Row(NamedTuple):
    """What was run in a host; isa: on which instruction set, if a test chose one."""

    platform: str
    host: str
    what: str
    isa: str = ""


NEVER = (
    Row("linux-arm64", "a machine that has this processor", "never run"),
    Row("linux-armv7", "a machine that has this processor", "never run"),
    Row("windows-x86_64", "Windows; Pd, Max, SuperCollider or Python for it", "never run"),
    Row("macos-x86_64", "a Mac; Pd, Max, SuperCollider or Python for it", "never run"),
    Row("macos-arm64", "a Mac; Pd, Max, SuperCollider or Python for it", "never run"),
    Row(ANY, "Pd with 64-bit floats itself", "never run: no package of it is in reach"),
    Row(ANY, "plugdata", "not tried"),
)

TEXT = """# Platforms

What each platform's binaries of a release were run in before it was made, by `./run test --dist`, which writes this table
anew to `build/dist/platforms.md`. The binaries are those that a user gets, unpacked as a user does. What they say was compared in every bit: *SHA-256*
with the hashes of [renderings.json](../tests/golden/renderings.json), otherwise with what the core says to the same input in 32 bits. Processors other
than the one that tests run on are imitated by qemu, with Debian's own Pd, SuperCollider and Python for them; Windows by Wine. *Read* means that nothing ran: the
file was looked at.

| platform | host | what was run |
|---|---|---|
"""


def lines(rows: Iterable[Row]) -> list[str]:
    """One line for each; instruction sets stand in one."""
    order = [*TARGETS, ANY]
    chosen: dict[tuple[str, str, str], list[str]] = {}
    for platform, host, what, isa in rows:
        sets = chosen.setdefault((platform, host, what), [])
        if isa and isa not in sets:
            sets.append(isa)
    ranked = sorted(chosen, key=lambda row: (order.index(row[0]), row[2].startswith("n"), *row))
    return [
        f"| {' | '.join(row)}{', on ' + ', '.join(chosen[row]) if chosen[row] else ''} |"
        for row in ranked
    ]


def document(rows: Iterable[Row]) -> str:
    return TEXT + "".join(f"{line}\n" for line in lines([*rows, *NEVER]))
