"""What the core costs: beside other programs, against the bound, in Pure Data. See --help."""

import argparse
import dataclasses
import json
import os
from collections.abc import Iterator
from pathlib import Path

import builds
from bench import (
    changes,
    elementary,
    foreign,
    host,
    install,
    instructions,
    pd_cost,
    rivals,
    scaling,
    sweep,
    tables,
    web,
)
from bench.cases import CASES

PARTS = ("rivals", "elementary", "growth", "changes", "pd", "web", "sweep", "foreign",
         "instructions")  # fmt: skip
TIMED = PARTS[:-3]
BUDGET, QUICK_BUDGET = 0.2, 0.012  # seconds for one program in one round
PD_BUDGET, PD_QUICK_BUDGET = 0.6, 0.1
WEB_SECONDS, WEB_QUICK_SECONDS = 4.0, 0.5  # of sound


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", help=f"of {', '.join(PARTS)}; all but the last three if none"
    )
    parser.add_argument("--quick", action="store_true", help="shorter rounds, no large networks")
    parser.add_argument("--instructions", action="store_true", help="count, as the part does")
    parser.add_argument("--json", type=Path, default=builds.HERE.parent / "build" / "bench.json")
    parser.add_argument("--core", type=int, help="stay on this core; the last if not given")
    parser.add_argument(
        "--no-install", action="store_true", help="leave out PyTorch and Numba if they are missing"
    )
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}")
    if chosen.instructions:
        chosen.parts.append("instructions")
    chosen.parts = chosen.parts or list(TIMED)
    return chosen


def _rivals(quick: bool) -> Iterator[tuple[str, object]]:
    results = []
    for why in rivals.missing():
        yield why, None
    for case in [case for case in CASES if not (quick and case.is_large)]:
        results.append((case, *rivals.measure(case, QUICK_BUDGET if quick else BUDGET)))
    record = [
        {
            "case": case.name,
            "cells": case.cells,
            "multiply_adds": case.multiply_adds(),
            "bytes": case.bytes_moved(),
            "rounds": timings.rounds,
            "median_ns": {name: timings.ns(name) for name in timings.rounds},
            "median_ratio": {name: timings.ratio(name) for name in timings.rounds},
            "difference": differences,
        }
        for case, timings, differences in results
    ]
    yield tables.rivals(results), record
    yield tables.bound(results), None
    yield tables.latency(results), None
    yield tables.real_time(results), None


def _elementary(quick: bool) -> Iterator[tuple[str, object]]:
    results = elementary.measure(QUICK_BUDGET if quick else BUDGET)
    borrowed = elementary.borrowed()
    record = {"rounds": {name: t.rounds for name, t in results.items()}, "calls": borrowed}
    yield tables.elementary(results, borrowed), record


def _growth(quick: bool) -> Iterator[tuple[str, object]]:
    results = scaling.measure(QUICK_BUDGET if quick else BUDGET, quick)
    record = [
        dataclasses.asdict(grown) | {"exponent": grown.exponent, "local": grown.local}
        for grown in results
    ]
    yield tables.growth(results), record


def _changes(quick: bool) -> Iterator[tuple[str, object]]:
    results = changes.measure(quick)
    yield tables.changes(results), [dataclasses.asdict(change) for change in results]


def _pd(quick: bool) -> Iterator[tuple[str, object]]:
    if why := pd_cost.why_not():
        yield f"Not in Pure Data: {why}", None
        return
    loads, empty = pd_cost.measure(PD_QUICK_BUDGET if quick else PD_BUDGET)
    record = {
        "version": host.first_line("pd", "-version"),
        "loads": [dataclasses.asdict(load) for load in loads],
        "empty": empty,
    }
    yield tables.pure_data(loads, empty), record


def _web(quick: bool) -> Iterator[tuple[str, object]]:
    if why := web.why_not():
        yield f"Not in a browser: {why}", None
        return
    shares = web.measure(WEB_QUICK_SECONDS if quick else WEB_SECONDS)
    yield tables.web(shares), [dataclasses.asdict(share) for share in shares]


def _sweep(quick: bool) -> Iterator[tuple[str, object]]:
    costs = sweep.measure(quick)
    yield tables.sweep(costs), dataclasses.asdict(costs)


def _foreign(quick: bool) -> Iterator[tuple[str, object]]:
    if why := foreign.missing():
        yield f"No foreign builds: there is no {why}", None
        return
    results = list(foreign.measure(quick))
    record = [
        {"isa": isa, "case": case.name, "ticks": timings.rounds} for isa, case, timings in results
    ]
    yield tables.foreign(results), record


def _instructions(_quick: bool) -> Iterator[tuple[str, object]]:
    for why in instructions.why_not():
        yield why, None
    results = instructions.measure()
    if results:
        record = [dataclasses.asdict(counted) for counted in results]
        yield tables.instructions(results), record


def main() -> None:
    """Measure, print, write."""
    chosen = arguments()
    if "rivals" in chosen.parts and not chosen.no_install:
        install.install_missing()
    record: dict[str, object] = {"machine": host.describe(host.pin(chosen.core))}
    record["machine"]["quick"] = chosen.quick
    print(tables.host(record["machine"]), flush=True)
    parts = (_rivals, _elementary, _growth, _changes, _pd, _web, _sweep, _foreign, _instructions)
    measures = dict(zip(PARTS, parts, strict=True))
    for part in [part for part in PARTS if part in chosen.parts]:
        for text, result in measures[part](chosen.quick):
            print(f"\n{text}", flush=True)
            record |= {} if result is None else {part: result}
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_text(json.dumps(record, indent=1))
    print(f"\nEvery round is in {os.path.relpath(chosen.json)}")


if __name__ == "__main__":
    main()
