"""A fuzzer at the reader of state files, guided by coverage: libFuzzer, which comes with clang.

    PYTHONPATH=tests python tests/object/fuzzing.py SECONDS

begins with what ``corpus.zip`` holds, and puts there what it found, as little as reaches as much.
"""

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import builds
from object.library import HERE, OBJECT, sources

CORPUS = HERE / "corpus.zip"
SAFE = "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g"
# a network that is refused for want of memory is refused, not found guilty
ENVIRONMENT = {"ASAN_OPTIONS": "allocator_may_return_null=1"}
LIMITS = ("-max_len=6000", "-timeout=30", "-rss_limit_mb=6000", "-malloc_limit_mb=5000")
WORDS = [
    *(f'"{key}"' for key in ("__metadata__", "dtype", "shape", "data_offsets", "format", "model",
                             "channels", "glide", "snapshot1", "snapshot2", "layer1.weight")),
    *(f'"{text}"' for text in ("F64", "I64", "U64", "F32", "specml 1", "autoregnn", "autoregnn2",
                               "unlearn", "tanh", "cosine-rad", "1 64")),
    "snapshot1.", "glide.", "channel2.", "\\u0041", "\\ud800\\udc00", "18446744073709551615",
    "9223372036854775807", "1e308", "-1", "]},", "}}",
]  # fmt: skip


def unpack(folder: Path) -> list[Path]:
    """The corpus as files."""
    with zipfile.ZipFile(CORPUS) as archive:
        archive.extractall(folder)
    return sorted(folder.iterdir())


def build(name: str, *flags: str, cc: str | None = None) -> Path:
    everything = [*sources(), HERE / "fuzz.c"]
    flags = (*builds.PROMISED, "-O1", "-DSPECML_ISA=baseline", f"-I{OBJECT}", *flags)
    return builds.compile_c(name, everything, *flags, cc=cc)


def fuzz(seconds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        old, new, words = Path(name, "old"), Path(name, "new"), Path(name, "words")
        new.mkdir()
        unpack(old)
        escaped = (word.replace("\\", "\\\\").replace('"', '\\"') for word in WORDS)
        words.write_text("".join(f'"{word}"\n' for word in escaped))
        program = build("fuzz", "-fsanitize=fuzzer", *SAFE, cc="clang")
        command = [program, f"-dict={words}", *LIMITS]
        environment = os.environ | ENVIRONMENT
        subprocess.run(
            [*command, f"-max_total_time={seconds}", "-print_final_stats=1", old],
            env=environment, check=True,
        )  # fmt: skip
        subprocess.run([*command, "-merge=1", new, old], env=environment, check=True)
        with zipfile.ZipFile(CORPUS, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(new.iterdir()):
                archive.writestr(
                    zipfile.ZipInfo(path.name), path.read_bytes(), zipfile.ZIP_DEFLATED
                )


if __name__ == "__main__":
    fuzz(int(sys.argv[1]))
