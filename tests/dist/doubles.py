"""The test double of Pd for other processors."""

from dataclasses import dataclass

import builds
from pd.double import Double
from processors import Processor


@dataclass
class ForeignDouble(Double):
    """The double for a processor, run by qemu."""

    processor: Processor | None = None

    def __post_init__(self) -> None:
        program = self.build(f"double-{self.processor.debian}", self.processor.zig())
        self.command = self.processor.run(program)
