"""Tests of the release: ./run test --dist makes it, runs them, and says what was run where."""

from pathlib import Path

import pytest

import windows
from dist import played, table
from max import wine as max_wine

FOLDER = Path(__file__).parent


@pytest.fixture
def ran(record_property):
    """Record that something was run: on which platform, in which host, and what."""

    def record(platform: str, host: str, what: str, isa: str = "") -> None:
        record_property("ran", (platform, host, what, isa))

    return record


@pytest.fixture(scope="session", autouse=True)
def core() -> None:
    """The core here, which says what hosts of 32 bits are to say, keeps its own promises."""
    played.assert_core()


@pytest.fixture(scope="session")
def wine():
    """A Windows for as long as the tests run."""
    if windows.missing():
        pytest.skip(f"for Windows: {windows.missing()}")
    windows.start(max_wine.build_driver())
    yield
    windows.stop()


def rows(config) -> list[table.Row]:
    """What was run by tests that passed."""
    reports = config.pluginmanager.get_plugin("terminalreporter").stats.get("passed", ())
    return [
        table.Row(*row)
        for report in reports
        for kind, row in report.user_properties
        if kind == "ran" and report.when == "call"
    ]


def is_complete(config, exitstatus: int) -> bool:
    """Whether every test was run, and passed, or said why it was not."""
    whole = any(Path(argument).resolve() in (FOLDER, *FOLDER.parents) for argument in config.args)
    return whole and bool(rows(config)) and not exitstatus and not config.option.keyword


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session, exitstatus) -> None:
    """After a complete run write the table; that the document says another is an error."""
    if hasattr(session.config, "workerinput") or not is_complete(session.config, exitstatus):
        return
    made = table.document(rows(session.config))
    table.WRITTEN.write_text(made)
    if not table.says_the_same(table.DOCUMENT.read_text(), made):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, exitstatus, config) -> None:
    if not is_complete(config, exitstatus):
        return
    terminalreporter.section("platform | host | what was run")
    for line in table.lines([*rows(config), *table.NEVER]):
        terminalreporter.write_line(line.strip("| "))
    if not table.says_the_same(table.DOCUMENT.read_text(), table.WRITTEN.read_text()):
        copy = "cp build/dist/platforms.md docs"
        terminalreporter.write_line(f"docs/platforms.md says something else: {copy}", red=True)
