"""The notebooks run from top to bottom, and what they assert is that bits are equal."""

import sys

import pytest

import builds

pytest.importorskip("nbclient", reason="nbclient is missing: pip install '.[docs]'")

DOCS = builds.HERE.parent / "docs"
NOTEBOOKS = sorted((DOCS / "notebooks").glob("*.ipynb"))
RUN = "import sys, nbformat, notebooks; notebooks.run(nbformat.read(sys.argv[1], 4))"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(path):
    """As while the site is built, in a process of its own; an error in a cell ends it."""
    assert "assert " in path.read_text(encoding="utf-8")
    builds.run("env", f"PYTHONPATH={DOCS / 'site'}", sys.executable, "-c", RUN, path)


def test_none_carries_what_it_shows():
    """Or each run would change the file."""
    assert len(NOTEBOOKS) == 3
    for path in NOTEBOOKS:
        text = path.read_text(encoding="utf-8")
        assert '"outputs": []' in text and '"execution_count": null' in text
        assert '"output_type"' not in text and '"image/png"' not in text
