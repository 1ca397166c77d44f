"""Notebooks as pages, with everything that they show: they are run while the site is built."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbconvert import MarkdownExporter

from sounds import REHEARSAL

FOLDER = Path(__file__).parents[1] / "notebooks"
NAMES = [path.stem for path in sorted(FOLDER.glob("*.ipynb"))]


def pages() -> dict[str, str | bytes]:
    """Return the page of each, and its pictures."""
    return {name: made for stem in NAMES for name, made in _page(stem).items()}


def _page(stem: str) -> dict[str, str | bytes]:
    notebook = nbformat.read(FOLDER / f"{stem}.ipynb", as_version=4)
    if not REHEARSAL:
        run(notebook)
    exporter = MarkdownExporter()
    text, resources = exporter.from_notebook_node(notebook, {"unique_key": f"{stem}-shows"})
    shown = resources.get("outputs", {})
    get = f'<a href="{stem}.ipynb" download>Download this notebook</a>'
    made: dict[str, str | bytes] = {f"notebooks/{stem}.md": f"{text}\n\n{get}\n"}
    return made | {f"notebooks/{name}": picture for name, picture in shown.items()}


def run(notebook: nbformat.NotebookNode) -> None:
    """Run all cells of a notebook, which then holds what they show; an error ends it."""
    NotebookClient(
        notebook, timeout=300, startup_timeout=300, resources={"metadata": {"path": str(FOLDER)}},
        extra_arguments=["--IPKernelApp.log_level=40"],  # not that it is heard on this machine
    ).execute()  # fmt: skip
