"""scsynth and supernova rendering a score into a file."""

import os
import resource
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

import builds
from sc.graphs import Score

RATE = 48000
NAMES = ("scsynth", "supernova")
HEARD = 1000  # the buffer of what is to be heard
OWN = ("/usr/lib/SuperCollider/plugins", "/usr/local/lib/SuperCollider/plugins")


@dataclass
class Server:
    """One of the two, with a folder of plugins, or with none but those that its user added.

    command: what starts it, where that is not the one in PATH; a processor that is imitated needs
    more time.
    """

    name: str
    plugins: Path | None
    log: str = ""
    command: tuple[str, ...] = ()
    patience: int = 120

    def render(self, score: Score, samples: int, inputs=None, outs: int = 1, block: int = 64,
               memory: int = 8192, environment=None) -> np.ndarray:  # fmt: skip
        """Return what it says, ``(outs, samples)``.

        inputs: ``(channels, samples)``, the buffer HEARD. Inputs of a server are no such thing:
        supernova does not read them when it renders.
        """
        folder = Path(tempfile.mkdtemp(prefix="sc-", dir=builds.DIRECTORY))
        if inputs is not None and len(inputs):
            heard = np.pad(inputs, ((0, 0), (0, 8))).T.astype(np.float32)
            soundfile.write(folder / "in.wav", heard, RATE, "FLOAT")
            score.first("/b_allocRead", HEARD, str(folder / "in.wav"), 0, 0)
        # supernova adds up the times of its blocks, each rounded down, and leaves the last one out
        score.write(folder / "score.osc", samples + 2 * block, 0.25 * (self.name == "supernova"))
        words = [*(self.command or (self.name,)), "-N", folder / "score.osc", "_",
                 folder / "out.wav", RATE, "WAV", "float", "-i", 0, "-o", outs, "-z", block,
                 "-m", memory]  # fmt: skip
        if self.plugins:
            own = filter(os.path.isdir, OWN)
            words += ["-U", os.pathsep.join([*own, str(self.plugins)])]
        ran = subprocess.run(
            list(map(str, words)), cwd=folder, capture_output=True, text=True, check=False,
            env=os.environ | (environment or {}),
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, 2 * (self.patience,)),
        )  # fmt: skip
        self.log = ran.stdout + ran.stderr
        assert ran.returncode == 0, f"status {ran.returncode}\n{self.log}"
        said, _ = soundfile.read(folder / "out.wav", dtype="float32", always_2d=True)
        assert len(said) >= samples, f"{len(said)} of {samples} samples\n{self.log}"
        return np.ascontiguousarray(said[:samples].T)
