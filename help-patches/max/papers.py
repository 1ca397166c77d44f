"""What else stands in the package: its card, the mappings for mc., the licence, the readme."""

import json
import shutil
from pathlib import Path

README = """specml: networks that learn while they sound, one step of learning for every sample.

autoregnn~    predicts what it hears, and learns from every miss
autoregnn2~   two learn, and one between them speaks
unlearn~      neurons whose weights circle and never settle
mc.autoregnn~, mc.autoregnn2~, mc.unlearn~: the same in many channels

To install, put this folder into the Packages folder of Max: ~/Documents/Max 8/Packages or
~/Documents/Max 9/Packages. Open Extras > specml-overview: thirteen examples, one click each.

If macOS says that it cannot check the objects: xattr -dr com.apple.quarantine FOLDER

After L. Döbereiner and D. Pirrò, "Speculative Machine Learning in Sound Synthesis", SMC 2024.
BSD 3-Clause, see license.
"""
MAPPINGS = """max objectfile mc.autoregnn~ mc.wrapper~ autoregnn~ mc;
max objectfile mc.autoregnn2~ mc.wrapper~ autoregnn2~ mc;
max objectfile mc.unlearn~ unlearn~ unlearn~ mc;
max classnamehelpcategory mc.autoregnn~ mcwrap;
max classnamehelpcategory mc.autoregnn~ mcmess;
max classnamehelpcategory mc.autoregnn2~ mcwrap;
max classnamehelpcategory mc.autoregnn2~ mcmess;
"""


def card(version: str) -> dict[str, object]:
    """package-info.json."""
    return {
        "name": "specml",
        "displayname": "specml",
        "version": version,
        "author": "the specml authors",
        "authors": ["the specml authors"],
        "description": "Neural networks that learn while they sound, a step for every sample.",
        "tags": ["synthesis", "machine learning", "neural network", "mc"],
        "website": "",
        "extends": "",
        "extensible": 0,
        "homepatcher": "specml-overview.maxpat",
        "max_version_min": "8.2",
        "max_version_max": "none",
        "os": {
            "macintosh": {"platform": ["x64", "aarch64"], "min_version": "10.13"},
            "windows": {"platform": ["x64"], "min_version": "10"},
        },
        "package_extra": {"copyright": "Copyright (c) 2026 the specml authors"},
    }


def save(package: Path, root: Path) -> None:
    """root: the folder of the project."""
    version = (root / "VERSION").read_text().strip()
    (package / "package-info.json").write_text(json.dumps(card(version), indent=1) + "\n")
    (package / "init").mkdir(parents=True, exist_ok=True)
    (package / "init" / "specml-objectmappings.txt").write_text(MAPPINGS)
    (package / "readme").write_text(README, encoding="utf-8")
    shutil.copyfile(root / "LICENSE", package / "license")
