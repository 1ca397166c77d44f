"""The test double of Pd for other processors."""

from dataclasses import dataclass
from pathlib import Path

import builds
from pd.double import Double
from processors import Processor


@dataclass
class ForeignDouble(Double):
    """The double for a processor, run by qemu."""

    processor: Processor | None = None

    def __post_init__(self) -> None:
        headers = builds.DIRECTORY / "pd"  # alone: beside it are this machine's of libc
        headers.mkdir(exist_ok=True)
        (headers / "m_pd.h").write_bytes(Path("/usr/include/pd/m_pd.h").read_bytes())
        program = self.build(f"double-{self.processor.debian}", self.processor.zig())
        self.command = self.processor.run(program)
