"""What the models cost in a browser: rendered offline by Chromium, beside the core."""

import shutil
import statistics
import time
from dataclasses import dataclass, field

import numpy as np

from bench.turns import ROUNDS
from specml import AutoRegNN, Unlearn, core
from specml.reference import unlearn

RATE = 48000
GOAL = 2.0  # times the core's time
RENDER = """async ([model, words, samples, rate]) => {
  const { load } = await import("./index.js");
  const context = new OfflineAudioContext(1, samples, rate);
  const node = (await load(context)).node(model, words);
  const source = new OscillatorNode(context, { frequency: 200 });
  source.connect(node).connect(context.destination);
  source.start();
  const begin = performance.now();
  await context.startRendering();
  return (performance.now() - begin) / 1000;
}"""


@dataclass
class Share:
    """Seconds for each second of sound, in each round: Chromium's, and the core's."""

    name: str
    chromium: list[float] = field(default_factory=list)
    core: list[float] = field(default_factory=list)

    @staticmethod
    def median(rounds: list[float]) -> float:
        return statistics.median(rounds)

    @property
    def ratio(self) -> float:
        return statistics.median(a / b for a, b in zip(self.chromium, self.core, strict=True))


def why_not() -> str:
    """Why this cannot be measured here; nothing if it can."""
    if not shutil.which("chromium"):
        return "there is no chromium here (Debian: chromium)"
    return "" if shutil.which("python-zig") else "there is no zig here (PyPI: ziglang)"


def _cases(samples: int) -> dict:
    """Name: what the box of a page says, and the core's process call."""
    net, x = AutoRegNN(12, 8), np.sin(2 * np.pi * 200 / RATE * np.arange(samples))
    found = {"sine, 12/8": ("autoregnn", "", lambda: net.process(x))}
    for preset, settings in core.presets().items():
        shape = {k: v for k, v in settings.items() if k not in unlearn.CONTROLS}
        held = {k.replace("lambda", "lambda_"): settings[k] for k in unlearn.CONTROLS}

        found[preset] = ("unlearn", f"-preset {preset}", _player(Unlearn(**shape), x, held))
    return found


def _player(net: Unlearn, x: np.ndarray, held: dict):
    return lambda: net.process(x=x, outs=2, **held)


def measure(seconds: float) -> list[Share]:
    """Take turns, each for so many seconds of sound."""
    from web.browser import page

    samples = round(seconds * RATE)
    cases = _cases(samples)
    shares = {name: Share(name) for name in cases}
    with page() as opened:
        for model, words, run in cases.values():  # warm up
            opened.evaluate(RENDER, [model, words, samples, RATE])
            run()
        for _ in range(ROUNDS):
            for name, (model, words, run) in cases.items():
                took = opened.evaluate(RENDER, [model, words, samples, RATE])
                shares[name].chromium.append(took / seconds)
                begin = time.perf_counter()
                run()
                shares[name].core.append((time.perf_counter() - begin) / seconds)
    return list(shares.values())
