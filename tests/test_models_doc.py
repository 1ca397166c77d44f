"""docs/models.md: what is cited stands there, and its steps and ranges are those of the code."""

import re
from pathlib import Path

import pytest

from specml.reference import autoregnn, autoregnn2, unlearn

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
MODELS = {"autoregnn": autoregnn, "autoregnn2": autoregnn2, "unlearn": unlearn}
EQUATIONS = [int(n) for n in re.findall(r"\((\d+)\)$", TEXT, re.MULTILINE)]


def section(model: str) -> str:
    (part,) = [part for part in TEXT.split("\n## ") if part.lower().startswith(f"{model}\n")]
    return part


def code() -> list[Path]:
    """Every file of the project that is program."""
    folders = (ROOT / "externals", ROOT / "reference", ROOT / "tests")
    files = [path for folder in folders for path in folder.rglob("*.[chp]*")]
    return [path for path in files if path.suffix in (".c", ".h", ".py")]


def test_equations_are_numbered_one_after_the_other():
    assert list(range(1, len(EQUATIONS) + 1)) == EQUATIONS and len(EQUATIONS) > 20


def test_what_is_cited_stands_there():
    """Wherever the file is named, it is this one; where it is, numbers in parentheses are its."""
    citing = [path for path in code() if "models.md" in path.read_text(encoding="utf-8")]
    assert len(citing) >= 8
    for path in citing:
        text = path.read_text(encoding="utf-8")
        assert text.count("models.md") == text.count("docs/models.md") or path == Path(__file__)
        if path.stem in ("test_spec", "network"):
            cited = {int(n) for n in re.findall(r"(?<!\w)\((\d+)\)", text)}
            assert cited and cited <= set(EQUATIONS), f"{path}: {cited - set(EQUATIONS)}"


def test_every_equation_is_tested():
    """But for (6), which the derivative of (7) replaces, and the mixtures (9) and (10)."""
    text = (ROOT / "tests" / "test_spec.py").read_text(encoding="utf-8")
    cited = {int(n) for n in re.findall(r"(?<!\w)\((\d+)\)", text)}
    assert set(EQUATIONS) - cited <= {6, 9, 10}


@pytest.mark.parametrize("model", MODELS)
def test_the_steps_are_those_of_the_code(model):
    """In C and in Python, under the same numbers."""
    steps = set(map(int, re.findall(r"\bstep (\d)", section(model), re.IGNORECASE)))
    python = Path(MODELS[model].__file__).read_text(encoding="utf-8")
    assert set(map(int, re.findall(r"# (\d)\. ", python))) == steps
    in_c = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "externals" / "core").glob(f"{model}*.c")
        if path.name.removeprefix(model)[0] in "._"
    )
    assert set(map(int, re.findall(r"/\* (\d)\. ", in_c))) == steps


@pytest.mark.parametrize("model", ["autoregnn", "unlearn"])
def test_the_ranges_are_those_of_the_code(model):
    rows = dict(re.findall(r"\| `(\w+)` \| (\S+\.\.\S+) \|", section(model)))
    for name, control in MODELS[model].CONTROLS.items():
        assert [float(end) for end in rows[name].split("..")] == list(control[:2]), name
