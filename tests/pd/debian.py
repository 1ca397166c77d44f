"""Pd as Debian has it, without a window or a sound card."""

import os
import re
import resource
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile

import builds
from pd.patches import Patch
from pd.sessions import RATE, Session

TROUBLE = re.compile(r"^.*(?:error|couldn't create|connection failed|can't).*$", re.M)


class DebianPd:
    """``pd -batch`` with a folder of externals, or with none but those that its user added.

    command: what starts it, where that is not the one in PATH; a processor that is imitated needs
    more time.
    """

    def __init__(
        self, externals: Path | None, command=("pd",), patience: int = 60, **environment: str
    ) -> None:
        self._externals, self._environment = externals, os.environ | environment
        self._command, self._patience = command, patience
        self.folder = Path(tempfile.mkdtemp(prefix="pd-", dir=builds.DIRECTORY))
        self.log = ""

    def run(self, patch: str, *send: str, opening=()) -> str:
        """Run a patch until it says ``pd quit``, with other files open; return the console.

        Pd's exit status tells nothing of what went wrong in a patch. One that never quits is ended
        after a minute of the processor's time, however long that takes on a busy machine.
        """
        folder = self.folder
        if not self._externals:
            patch = patch.replace("\n", "\n#X declare -path specml;\n", 1)
        (folder / "test.pd").write_text(patch)
        words = ["-noprefs", "-nrt", "-nogui", "-stderr", "-noaudio", "-nomidi", "-batch"]
        command = [*self._command, *words, "-r", str(RATE)]
        command += ["-path", str(self._externals)] if self._externals else []
        command += ["-open", str(folder / "test.pd")]
        for file in opening:
            command += ["-open", str(file)]
        for message in send:
            command += ["-send", message]
        ran = subprocess.run(
            command, cwd=folder, env=self._environment, capture_output=True, text=True, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, 2 * (self._patience,)),
        )  # fmt: skip
        self.log = ran.stderr + ran.stdout
        assert ran.returncode == 0, f"status {ran.returncode}\n{self.log}"
        return self.log

    def play(self, session: Session) -> list[np.ndarray]:
        """Play a session; return what each of its boxes said."""
        folder, inputs = self.folder, session.inputs()
        if inputs:
            soundfile.write(folder / "in.wav", np.stack([*inputs.values()]).T, RATE, "FLOAT")
        (folder / "out.wav").unlink(missing_ok=True)
        top, names = session.patch(), session.outputs()
        files = top.add("soundfiler")
        go, first = top.add("r go"), top.add("t b b")
        read = top.message(f"read in.wav {' '.join(inputs)}")
        begin = top.message("; start bang")
        top.connect(go, 0, first, 0)
        if inputs:
            top.connect(first, 1, read, 0)
            top.connect(read, 0, files, 0)
        top.connect(first, 0, begin, 0)
        _write_and_quit(top, files, session.seconds, names)
        log = self.run(top.text(), "go bang")
        y, _ = soundfile.read(folder / "out.wav", dtype="float32", always_2d=True)
        assert y.shape == (session.samples, len(names)), f"{y.shape}\n{log}"
        return session.split(np.ascontiguousarray(y.T))


def _write_and_quit(top: Patch, files: int, seconds: float, names: list[str]) -> None:
    begins, wait = top.add("r start"), top.add(f"del {1000.0 * seconds}")
    last = top.add("t b b")
    write = top.message(f"write -wave -bytes 4 out.wav {' '.join(names)}")
    leave = top.message("; pd quit")
    for one, outlet, other in (
        (begins, 0, wait), (wait, 0, last), (last, 1, write), (last, 0, leave)
    ):  # fmt: skip
        top.connect(one, outlet, other, 0)
    top.connect(write, 0, files, 0)
