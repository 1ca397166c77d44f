"""docs/analysis.md: what it prints is so, and it tells of every measure and function."""

import doctest
import re
from pathlib import Path

from specml import analysis, exact

TEXT = (Path(__file__).parent.parent / "docs" / "analysis.md").read_text(encoding="utf-8")


def test_its_session_prints_what_stands_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    session = "".join(re.findall(r"^```pycon\n(.*?)^```$", TEXT, re.M | re.S))
    test = doctest.DocTestParser().get_doctest(session, {}, "analysis.md", None, 0)
    said = []
    runner = doctest.DocTestRunner()
    runner.run(test, out=said.append)
    assert runner.summarize(verbose=False).attempted > 30
    assert not said, "".join(said)
    drawn = {path.name for path in tmp_path.iterdir()}
    assert drawn == set(re.findall(r"\]\(analysis/(.*?)\)", TEXT))


def test_everything_public_is_told_of():
    told = set(re.findall(r"^::: specml\.(analysis\.\w+|exact\.\w+)$", TEXT, re.M))
    public = {f"analysis.{name}" for name in analysis.__all__ if name != "MEASURES"}
    assert told == public | {f"exact.{name}" for name in exact.__all__}
    for name in analysis.MEASURES:
        assert f"\n**{name}**" in TEXT, name


def test_its_numbers_are_those_of_the_code():
    """Constants that the text tells as numbers."""
    from specml.analysis import figures, measures, temporal, twins

    assert (figures.BANDS, figures.LOWEST, figures.HIGHEST, figures.SWELL) == (100, 100, 2e4, 6)
    assert (measures.LAGS, temporal.PAUSE, temporal.PAUSE_FLOOR) == (0.05, 1e-4, 1e-9)
    assert (temporal.PAUSE_FRAME, temporal.DEATH_FRAME, temporal.DEATH) == (0.01, 0.05, -60)
    assert (twins.DISTANCE, twins.MOST, twins.SETTLING) == (1e-8, 12, 4)
