"""The command line, as its own help tells it."""

from collections.abc import Iterator

import click

from specml.__main__ import main

HEAD = """# The command line

`specml`, or `./run specml` in the project's folder. What is wrong is said in one line.
[Own sounds](running.md), [figures](figures.md), [playing live](playing.md) and
[looking at states](looking.md) tell more of five of them.
"""


def page() -> str:
    """Return the help of all commands."""
    parts = [HEAD]
    for name, command in sorted(main.commands.items()):
        parts += sections(name, command)
    return "\n\n".join([*parts, ""])


def sections(name: str, command: click.Command) -> Iterator[str]:
    """Yield what a command says, and what its own commands say."""
    context = click.Context(command, info_name=f"specml {name}", max_content_width=100)
    yield from (f"## {name}", f"```text\n{command.get_help(context)}\n```")
    for its, one in getattr(command, "commands", {}).items():
        yield from sections(f"{name} {its}", one)
