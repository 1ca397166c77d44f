"""docs/platforms.md says of every platform what it was run in, and what it never was."""

from dist import table
from release.targets import TARGETS


def documented() -> list[list[str]]:
    """Each line of the table, in cells."""
    lines = table.DOCUMENT.read_text().splitlines()
    begin = lines.index("|---|---|---|") + 1
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[begin:]]


def test_every_platform_is_there_in_its_order():
    found = list(dict.fromkeys(platform for platform, _, _ in documented()))
    assert found == [*TARGETS, table.ANY]


def test_what_never_ran_is_said():
    lines = table.DOCUMENT.read_text().splitlines()
    for line in table.lines(table.NEVER):
        assert line in lines


def test_the_words_are_those_of_the_table():
    assert table.DOCUMENT.read_text().startswith(table.TEXT)


def test_nothing_is_said_to_have_run_on_a_mac():
    for platform, host, what in documented():
        if platform.startswith("macos"):
            assert host == table.READ or what == "never run"


def test_other_versions_and_processors_are_no_other_table():
    """Nor is anything else."""
    rows = [table.Row("linux-arm64", "Pd 0.53", "examples", isa) for isa in ("avx2", "baseline")]
    one, other = table.document(rows), table.document(rows[1:])
    assert "Pd 0.53 | examples on baseline, avx2 |" in one
    assert table.says_the_same(one, other.replace("0.53", "0.54.1"))
    assert not table.says_the_same(one, other.replace("examples", "example"))
