"""What the objects cost inside Pure Data, rendered as fast as it goes."""

import itertools
import re
import shutil
import statistics
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import builds
from bench.turns import ROUNDS
from pd.patches import Patch

EXTERNALS = builds.HERE.parent / "build" / "pd" / "externals" / "pd"  # of `setup_pd` in ./run
BOXES = ("autoregnn~ 1 12 8 1 0.1 0.0001", "autoregnn2~ 0.5 12 8 0.1 0.0001", "unlearn~ 16 3")
TANH = " -activation tanh -energy tanh -lambda 60 -mu 0.4 -nu 0.4 -radius 0.01 -friction 0"
COUNTS = (1, 10, 100)
SHORT = 0.01  # seconds of sound: what such a run takes is start-up
LONGEST = 100.0
WORDS = ("-noprefs", "-nrt", "-nogui", "-stderr", "-noaudio", "-nomidi", "-batch", "-r", "48000")
LEVEL = re.compile(r"^level: (\S+)$", re.M)
TROUBLE = re.compile(r"^.*(?:error|couldn't create|connection failed|can't).*$", re.M)
TIMEOUT = 120


@dataclass
class Load:
    """Percent of one core in each round, and kilobytes for each object."""

    box: str
    percent: dict[int, list[float]] = field(default_factory=dict)  # by number of objects
    kilobytes: float | None = None

    def median(self, count: int) -> float:
        return statistics.median(self.percent[count])


def why_not() -> str:
    """Why this cannot be measured here; nothing if it can."""
    if not shutil.which("pd"):
        return "there is no pd here (Debian: puredata-core)"
    if not list(EXTERNALS.glob("autoregnn~.*")):
        return f"the objects are not in {EXTERNALS.relative_to(builds.HERE.parent)}"
    return ""


def _patch(box: str, count: int, seconds: float) -> str:
    """Some boxes that hear two sines and are mixed into a meter, which is read at the end."""
    patch = Patch()
    sines = [patch.add("osc~ 200"), patch.add("osc~ 300")]
    mixed, meter, level = patch.add("*~ 0.1"), patch.add("env~ 4096"), patch.add("f")
    patch.connect(sines[0], 0, mixed, 0)
    patch.connect(mixed, 0, meter, 0)
    patch.connect(meter, 0, level, 1)
    for _ in range(count):
        made = patch.add(box + TANH if box.startswith("unlearn~") else box)
        patch.connect(sines[0], 0, made, 0)
        if box.startswith("autoregnn2~"):
            patch.connect(sines[1], 0, made, 1)
        patch.connect(made, 0, mixed, 0)
    begin, wait, last = (
        patch.add("loadbang"),
        patch.add(f"del {1000 * seconds}"),
        patch.add("t b b"),
    )
    started, left = patch.message("; pd dsp 1"), patch.message("; pd quit")
    for one, outlet, other in (
        (begin, 0, started), (begin, 0, wait), (wait, 0, last), (last, 1, level), (last, 0, left),
    ):  # fmt: skip
        patch.connect(one, outlet, other, 0)
    patch.connect(level, 0, patch.add("print level"), 0)
    return patch.text()


def _command(box: str, count: int, seconds: float) -> list[str]:
    file = builds.DIRECTORY / f"{box.split('~')[0]}-{count}-{seconds:g}.pd"
    file.write_text(_patch(box, count, seconds))
    return ["pd", *WORDS, "-path", str(EXTERNALS), "-open", str(file)]


def _spent(box: str, count: int, seconds: float) -> float:
    """Wall-clock seconds of one run, of which nothing may have gone wrong."""
    command = _command(box, count, seconds)
    begin = time.perf_counter()
    ran = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=True)
    spent = time.perf_counter() - begin
    if TROUBLE.search(ran.stderr) or not LEVEL.search(ran.stderr):
        raise RuntimeError(f"{box}: {ran.stderr}")
    if count and seconds > 1.0 and not float(LEVEL.search(ran.stderr)[1]) > 1.0:
        raise RuntimeError(f"{box} is silent: {ran.stderr}")
    return spent


def _length(box: str, count: int, budget: float) -> float:
    """Seconds of sound that take about as long as the budget."""
    startup = _spent(box, count, SHORT)
    cost = max(_spent(box, count, 1.0) - startup, 1e-4)
    return min(max(round(budget / cost, 2), 0.1), LONGEST)


def _share(box: str, count: int, seconds: float) -> float:
    """Percent of a core, start-up subtracted."""
    spent = _spent(box, count, seconds) - _spent(box, count, SHORT)
    return 100.0 * spent / (seconds - SHORT)


def _peak(box: str, count: int) -> int:
    """Most kilobytes that Pd has held. What the system counts for an ended child includes its
    parent before it became Pd, so this looks while it runs."""
    peak = 0
    with subprocess.Popen(_command(box, count, 1.0), stderr=subprocess.DEVNULL) as process:
        status = Path(f"/proc/{process.pid}/status")
        while process.poll() is None:
            lines = status.read_text().splitlines()
            peak = max([peak, *(int(x.split()[1]) for x in lines if x.startswith("VmHWM"))])
            time.sleep(0.001)
    return peak


def measure(budget: float) -> tuple[list[Load], list[float]]:
    """Return the load of each box, and that of the patch without any, in percent by round."""
    plans = [("", 0), *itertools.product(BOXES, COUNTS)]
    lengths = {plan: _length(*plan, budget) for plan in plans}
    rounds = [{plan: _share(*plan, lengths[plan]) for plan in plans} for _ in range(ROUNDS)]
    loads = []
    for box in BOXES:
        load = Load(box)
        for count in COUNTS:
            load.percent[count] = [shares[box, count] - shares["", 0] for shares in rounds]
        if Path("/proc/self/status").exists():
            few, many = COUNTS[0], COUNTS[-1]
            load.kilobytes = (_peak(box, many) - _peak(box, few)) / (many - few)
        loads.append(load)
    return loads, [shares["", 0] for shares in rounds]
