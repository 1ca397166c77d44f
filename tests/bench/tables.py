"""The figures as Markdown."""

from collections.abc import Iterable, Sequence

from bench import cases
from bench.changes import GOAL, Change
from bench.instructions import Counted
from bench.pd_cost import Load
from bench.scaling import Growth
from bench.sweep import GOAL as SWEEP_GOAL
from bench.sweep import Costs
from bench.turns import ROUNDS, Timings
from bench.web import GOAL as WEB_GOAL
from bench.web import Share

RIVALS = {
    "plain": "plain C",
    "apart": "tanh apart",
    "native": "native",
    "numba": "Numba",
    "torch": "PyTorch",
    "numpy": "NumPy reference",
}
GOALS = {  # how many times the core's time a rival was to need
    "AutoRegNN 12/8": {"plain": 3.5, "torch": 1000.0},
    "AutoRegNN 12/10": {"plain": 2.8},
    "AutoRegNN 64/64": {"plain": 3.0},
    "Unlearn 16x16": {"plain": 5.0},
    "Unlearn 64x64": {"plain": 6.0},
}
PARTS_SHOWN = 7  # functions of a sample


def figure(value: float | None) -> str:
    """Three digits, or as many as stand before the point."""
    if value is None:
        return "-"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:#.3g}" if abs(value) >= 0.0095 else f"{value:.4f}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], left: Sequence[int] = (0,)) -> str:
    """Columns to the right, but those of `left`."""
    lines = [list(heads), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = ["-" * width if k in left else "-" * (width - 1) + ":" for k, width in enumerate(widths)]
    lines.insert(1, rule)
    made = [
        [f"{cell:{'<' if k in left else '>'}{widths[k]}}" for k, cell in enumerate(line)]
        for line in lines
    ]
    return "\n".join("| " + " | ".join(row) + " |" for row in made)


def host(machine: dict) -> str:
    flags, packages = machine["flags"], machine["packages"]
    versions = ", ".join(f"{name} {number}" for name, number in packages.items() if number)
    calls = "; ".join(f"{name} {', '.join(words)}" for name, words in machine["libm"].items())
    return "\n".join((
        f"- {machine['date']}, {machine['processor']}, core {machine['core']} of "
        f"{machine['cores']}, instruction set {machine['isa']}",
        f"- {machine['compiler']}, {machine['libc']}, Python {machine['python']}, {versions}",
        f"- plain C: {flags['plain']}; tanh apart: in a loop of its own; native: and -march=native",
        f"- what they call of libm: {calls}",
        f"- medians of {ROUNDS} rounds in which the programs take turns; a ratio is the median of "
        "the rounds' ratios",
    ))  # fmt: skip


def _spread(results: list[tuple[cases.Case, Timings, dict]]) -> str:
    """How far the core's rounds lie from their median, in the steadiest and the worst case."""
    spreads = sorted(
        max(abs(ns / timings.ns("core") - 1) for ns in timings.rounds["core"])
        for _, timings, _ in results
    )
    return f"The core's rounds lie within {spreads[0]:.1%} to {spreads[-1]:.1%} of their median."


def rivals(results: list[tuple[cases.Case, Timings, dict]]) -> str:
    """Nanoseconds of every program, and how many times the core's they are."""
    times, ratios = [], []
    for case, timings, _ in results:
        names = ("core", "abreast", *RIVALS)
        times.append([case.name, *(figure(timings.ns(name)) for name in names)])
        ratios.append([case.name, *(figure(timings.ratio(name)) for name in RIVALS)])
    goals = [
        [f"{case.name} against {RIVALS[rival]}", figure(wanted), figure(timings.ratio(rival))]
        for case, timings, _ in results
        for rival, wanted in GOALS.get(case.name, {}).items()
    ]
    return "\n\n".join((
        "### Nanoseconds per sample",
        table(["", "core", "4 abreast", *RIVALS.values()], times),
        "### Times the core's",
        table(["", *RIVALS.values()], ratios),
        "### Goals",
        table(["", "goal", "measured"], goals),
        _spread(results),
    ))  # fmt: skip


def bound(results: list[tuple[cases.Case, Timings, dict]]) -> str:
    """What a sample must do, what the bare sweeps take, and how near the core comes."""
    rows = [
        [
            case.name,
            f"{case.cells:,}",
            f"{case.multiply_adds():,}",
            f"{case.bytes_moved():,}",
            figure(timings.ns("ceiling")),
            figure(timings.ns("core")),
            f"{timings.ratio('ceiling'):.2f}",
            figure(case.multiply_adds() / timings.ns("core")),
        ]
        for case, timings, _ in results
    ]
    heads = ["", "cells", "multiply-adds", "bytes", "sweeps ns", "core ns", "of the bound"]
    return "### Against the bound\n\n" + table([*heads, "multiply-adds/ns"], rows)


def latency(results: list[tuple[cases.Case, Timings, dict]]) -> str:
    """What a narrow network's sample waits for, and how near the core comes to that."""
    rows = [
        [case.name, figure(timings.ns("chain")), figure(timings.ns("core")),
         figure(1.0 / timings.ratio("chain"))]
        for case, timings, _ in results
        if timings.ns("chain")
    ]  # fmt: skip
    heads = ["", "latencies ns", "core ns", "core / latencies"]
    return "### Against the sum of the latencies\n\n" + table(heads, rows)


def real_time(results: list[tuple[cases.Case, Timings, dict]]) -> str:
    """How many run at 48 kHz on one core."""
    rows = []
    for case, timings, _ in results:
        fit = 1e9 / cases.RATE / timings.ns("core")
        many = figure(fit) if fit < 10 else f"{fit:,.0f}"
        ns = timings.ns("abreast")
        together = f"{1e9 / cases.RATE / ns:,.0f}" if ns else "-"
        rows.append([case.name, many, together, f"{fit * case.cells:,.0f}"])
    heads = ["", "networks at 48 kHz", "4 abreast", "parameters or synapses"]
    return "### Real time on one core\n\n" + table(heads, rows)


def elementary(results: dict[str, Timings], borrowed: dict[str, list[str]]) -> str:
    names = list(next(iter(results.values())).rounds)
    rows = [
        [function, *(figure(timings.ns(name)) for name in names)]
        for function, timings in results.items()
    ]
    calls = "; ".join(f"{name} calls {', '.join(words)}" for name, words in borrowed.items())
    return f"### Nanoseconds per value\n\n{table(['', *names], rows)}\n\n{calls}."


def growth(results: list[Growth]) -> str:
    blocks = []
    for grown in results:
        heads = [grown.model, "ns", "ns per cell", "exponent to here"]
        rows = [
            [f"{cells:,}", figure(ns), figure(ns / cells), figure(local)]
            for cells, ns, local in zip(
                grown.cells, grown.ns, [None, *grown.local], strict=True
            )
        ]  # fmt: skip
        blocks.append(f"{table(heads, rows)}\n\nexponent over all: {grown.exponent:.2f}")
    return "### Growth\n\n" + "\n\n".join(blocks)


def changes(results: list[Change]) -> str:
    rows = [[change.name, figure(change.median), figure(max(change.rounds))] for change in results]
    heads = ["microseconds of the audio thread", "median", "longest"]
    return f"### Changes\n\n{table(heads, rows)}\n\nGoal: {GOAL:g} at most."


def pure_data(loads: list[Load], empty: list[float]) -> str:
    counts = list(loads[0].percent)
    rows = [
        [f"[{load.box}]", *(figure(load.median(count)) for count in counts), figure(load.kilobytes)]
        for load in loads
    ]
    heads = ["percent of one core", *(f"{count}" for count in counts), "kB each"]
    least, most = figure(min(empty)), figure(max(empty))
    note = f"The same patch without them, subtracted: {least} to {most} percent."
    return f"### In Pure Data\n\n{table(heads, rows)}\n\n{note}"


def web(shares: list[Share]) -> str:
    rows = [
        [share.name, figure(100 * share.median(share.chromium)),
         figure(100 * share.median(share.core)), figure(share.ratio), figure(WEB_GOAL)]
        for share in shares
    ]  # fmt: skip
    heads = ["percent of one core, at 48 kHz", "Chromium", "core", "ratio", "goal"]
    return "### In a browser\n\n" + table(heads, rows)


def sweep(costs: Costs) -> str:
    """What a sweep costs beside its runs."""
    rows = [
        [name, *(figure(1e3 * costs.row(name, of)) for of in ("clock", "processors")),
         *(figure(costs.ratio(name, "loop", of)) for of in ("clock", "processors"))]
        for name in costs.rounds
    ]  # fmt: skip
    heads = ["a row: a second of wind, its level", "ms", "ms of processors", "ms / loop",
             "of processors / loop"]  # fmt: skip
    clock, processors = 1e3 * costs.empty.clock, 1e3 * costs.empty.processors
    share = (
        f"A task that does nothing takes {figure(clock)} ms, {figure(processors)} of processors: "
        f"{figure(clock / 10)} percent of one that lasts a second; goal {figure(100 * SWEEP_GOAL)}."
    )
    return f"### Sweeps\n\n{table(heads, rows)}\n\n{share}\n\n{simulated(costs.simulated)}"


def simulated(sweeps: list[dict[str, float]]) -> str:
    rows = [
        [f"{one['rows']:,}", figure(one["seconds"]), figure(1e6 * one["seconds"] / one["rows"]),
         figure(one["grown"] / 1e6), figure(one["join"]), figure(one["table"] / 1e6)]
        for one in sweeps
    ]  # fmt: skip
    heads = ["rows that are not run", "s", "us a row", "MB more in the client", "s to join",
             "MB of table"]  # fmt: skip
    return table(heads, rows)


def foreign(results: list[tuple[str, cases.Case, Timings]]) -> str:
    """How fast each foreign build is beside gcc's."""
    rows: dict[str, list[str]] = {}
    heads = dict.fromkeys(("",))
    for isa, case, timings in results:
        for name in [name for name in timings.rounds if name != "gcc"]:
            heads[f"{name}, {isa}"] = None
            speed = 1 / timings.ratio(name, "gcc")
            rows.setdefault(case.name, [case.name]).append(figure(speed))
    head = "Speed of what is released for x86-64; what gcc builds for this machine has 1"
    return f"### Builds for others\n\n{head}:\n\n{table(list(heads), rows.values())}"


def instructions(results: list[Counted]) -> str:
    rows = []
    for counted in results:
        shown = list(counted.parts.items())[:PARTS_SHOWN]
        shares = ", ".join(f"{name} {times / counted.instructions:.0%}" for name, times in shown)
        rows.append([counted.name, counted.target, f"{counted.instructions:,.0f}", shares])
    heads = ["", "for", "instructions", "of which"]
    return "### Instructions per sample\n\n" + table(heads, rows, left=(0, 1, 3))
