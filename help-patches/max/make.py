"""Make the Max package, all but its binaries: ``python help-patches/max/make.py FOLDER``.

FOLDER/specml/ is then as it is to stand among Max's Packages; externals/ is the builder's.
With ``--pictures FOLDER`` every patch is drawn too.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "tests")]

import autoregnn  # noqa: E402
import autoregnn2  # noqa: E402
import icon  # noqa: E402
import overview  # noqa: E402
import papers  # noqa: E402
import picture  # noqa: E402
import refpages  # noqa: E402
import snippets  # noqa: E402
import tabs  # noqa: E402
import unlearn  # noqa: E402

HELPS = autoregnn, autoregnn2, unlearn


def make(folder: Path) -> Path:
    """Write FOLDER/specml, and return it."""
    package = folder / "specml"
    snippets.save(package / "patchers")
    for each in HELPS:
        tabs.save(package / "help" / f"{each.NAME}.maxhelp", each.NAME, each.LINE, each.tabs())
    overview.save(package / "extras" / "specml-overview.maxpat", HELPS)
    refpages.save(package / "docs", {each.NAME: (each.LINE, each.HEARD) for each in HELPS})
    papers.save(package, ROOT)
    icon.draw().save(package / "icon.png")
    return package


if __name__ == "__main__":
    made = make(Path(sys.argv[1]))
    if sys.argv[2:3] == ["--pictures"]:
        for patch in sorted(made.rglob("*.max*")):
            if patch.suffix in (".maxpat", ".maxhelp"):
                picture.draw(patch, made, Path(sys.argv[3]))
