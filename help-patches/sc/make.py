"""Make what is made of externals/sc: ``python help-patches/sc/make.py``."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "tests")]

import pages  # noqa: E402
import presets  # noqa: E402


def files() -> dict[Path, str]:
    """What stands in each."""
    folder = ROOT / "externals" / "sc"
    made = {folder / "HelpSource" / name: text for name, text in pages.files().items()}
    return made | {folder / "Classes" / "UnlearnPresets.sc": presets.text()}


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text)
