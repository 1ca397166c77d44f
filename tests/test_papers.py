"""The papers around the code: who is to be cited, what a forge runs, where the version stands."""

import functools
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import builds
from externals import missing

ROOT = builds.HERE.parent
VERSION = (ROOT / "VERSION").read_text().strip()
WORKFLOW = ROOT / ".github" / "workflows" / "ci.yml"
# where the version of another day or of another program stands
OTHERS = {"pyproject.toml", "docs/performance.md", "docs/atlas/unlearn.parquet"}


@functools.cache
def programs() -> Path:
    """What reads the papers, in an environment of its own: it wants an old jsonschema."""
    said = (ROOT / "pyproject.toml").read_text()
    wanted = re.findall(r'"([^"]+)"', re.search(r"^papers = \[(.+)\]$", said, re.M)[1])
    folder = builds.DIRECTORY / "papers"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    found = folder / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [found / "python", "-m", "pip", "install", "--quiet", *wanted]
    ran = subprocess.run(pip, capture_output=True, text=True, check=False)
    if ran.returncode:
        missing(f"one of {', '.join(wanted)}, which pip could not install")
    return found


def check(program: str, *words) -> None:
    ran = subprocess.run(
        [programs() / program, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def tracked() -> list[str]:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("this is no checkout of git")
    return builds.run("git", "-C", ROOT, "ls-files", "-z").split("\0")[:-1]


def test_the_citation_is_valid():
    check("cffconvert", "--validate", "-i", "CITATION.cff")


def test_the_citation_and_the_readme_name_the_same_paper():
    """And the same authors, in the same order."""
    citation = (ROOT / "CITATION.cff").read_text()
    cite = " ".join((ROOT / "README.md").read_text().split("\n## Cite\n")[1].split())
    (title,) = re.findall(r"type: conference-paper\n +title: (.+)", citation)
    names = re.findall(r"given-names: (\w)\w*\n +family-names: (\w+)", citation)
    assert f'{" and ".join(f"{first}. {last}" for first, last in names)}, "{title}"' in cite
    for part in ("collection-title: (.+)", "year: (.+)"):
        assert re.search(part, citation)[1] in cite


def test_the_workflow_is_valid():
    check("actionlint", "-no-color", WORKFLOW)


def test_the_workflow_runs_commands_that_there_are():
    """Each is in the usage of `run`."""
    usage = (ROOT / "run").read_text().split("<<'END'\n")[1].split("\nEND\n")[0]
    there_are = set(re.findall(r"^\./run ([\w-]+)", usage, re.M))
    named = re.findall(r"\./run ([\w-]+)", WORKFLOW.read_text())
    assert named and set(named) <= there_are


def anchors(text: str) -> set[str]:
    """What headings are called in links to them."""
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings}


def test_links_lead_to_what_there_is():
    """From each paper to files, and to headings in them; the site's own pages are its build's."""
    papers = [name for name in tracked() if name.endswith(".md") and "docs/site/" not in name]
    for name in papers:
        here = ROOT / name
        links = re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", here.read_text())
        for path, heading in links:
            there = here.parent / path if path else here
            assert there.exists(), f"{name}: {path}"
            assert not heading or heading in anchors(there.read_text()), f"{name}: {path}#{heading}"


def test_where_the_version_stands():
    """In the files that docs/releasing.md lists, and in no other."""
    alone = re.compile(rf"(?<![\d.]){re.escape(VERSION)}(?![\d.]*\d)")
    found = set()
    for name in set(tracked()) - OTHERS:
        path = ROOT / name
        if path.is_file() and alone.search(path.read_text(encoding="utf-8", errors="ignore")):
            found.add(name)
    releasing = (ROOT / "docs" / "releasing.md").read_text()
    step = re.search(r"^1\. \*\*Version(.*?)^2\. ", releasing, re.M | re.S)[1]
    assert found == set(re.findall(r"^ +- `(\S+)`", step, re.M))
