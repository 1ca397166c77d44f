"""The command line, as its own help tells it."""

import click

from specml.__main__ import main

HEAD = """# The command line

`specml`, or `./run specml` in the project's folder. What is wrong is said in one line.
[Playing live](playing.md) and [looking at states](looking.md) tell more of three of them.
"""


def page() -> str:
    """Return the help of all commands."""
    parts = [HEAD]
    for name, command in sorted(main.commands.items()):
        context = click.Context(command, info_name=f"specml {name}", max_content_width=100)
        parts += [f"## {name}", f"```text\n{command.get_help(context)}\n```"]
    return "\n\n".join([*parts, ""])
