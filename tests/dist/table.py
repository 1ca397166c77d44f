"""The table of what was run where: platform, host, what. ``docs/platforms.md`` is its copy."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import builds
import twins
from release.targets import TARGETS

WRITTEN = builds.HERE.parent / "build" / "dist" / "platforms.md"
DOCUMENT = builds.HERE.parent / "docs" / "platforms.md"
ANY, READ = "each", "none: the file was read"


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
    Row(ANY, "Safari", "not tried"),
)

TEXT = """# Platforms

What each platform's binaries of a release were run in before it was made, by `./run test --dist`, which writes this table
anew to `build/dist/platforms.md`. The binaries are those that a user gets, unpacked as a user does. What they say was compared in every bit: *SHA-256*
with the hashes of [renderings.json](../tests/golden/renderings.json), otherwise with what the core says to the same input in 32 bits. Other processors
than the one that the tests run on are imitated by qemu, with Debian's own Pd, SuperCollider and Python for them; Windows by Wine. A *test double* or *stub* has
of a host only the functions that are called.

| platform | host | what was run |
|---|---|---|
"""


def lines(rows: Iterable[Row]) -> list[str]:
    """One line for each host on each platform, those that never ran last."""
    order = [*TARGETS, ANY]
    hosts: dict[tuple[str, str], dict[str, list[str]]] = {}
    for platform, host, what, isa in sorted(set(rows), key=lambda row: order.index(row.platform)):
        sets = hosts.setdefault((platform, host), {}).setdefault(what, [])
        sets += [isa] if isa else []
    ranked = sorted(hosts, key=lambda key: (order.index(key[0]), _is_never(hosts[key]), key[1]))
    return [f"| {' | '.join(key)} | {_told(hosts[key])} |" for key in ranked]


def _is_never(whats: Iterable[str]) -> bool:
    return any(what.startswith("n") for what in whats)


def _told(whats: dict[str, list[str]]) -> str:
    """In the order of the alphabet, and of dispatch.c."""
    told = []
    for what, found in sorted(whats.items()):
        sets = [isa for isa in twins.ALL if isa in found]
        told.append(f"{what}{' on ' if sets else ''}{', '.join(sets)}")
    return "; ".join(told)


def document(rows: Iterable[Row]) -> str:
    return TEXT + "".join(f"{line}\n" for line in lines([*rows, *NEVER]))


def says_the_same(one: str, other: str) -> bool:
    """But for versions of hosts, and instruction sets that a processor may not have."""
    left_out = re.compile(rf" on ({'|'.join(twins.ALL)}|, )+| \d+\.[\d.]+")
    return left_out.sub("", one) == left_out.sub("", other)
