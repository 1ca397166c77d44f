"""Files of TOML."""

import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def read(path: Path) -> dict[str, Any]:
    r"""Return what a file holds.

    Raises
    ------
    ValueError
        If it is no TOML: the error names the place, but not the file.
    OSError
        If it cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "run.toml")
    ...     _ = path.write_text('model = "unlearn"\n[controls]\nmu = 1')
    ...     read(path)
    {'model': 'unlearn', 'controls': {'mu': 1}}
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:  # TOMLDecodeError, no UTF-8
        raise ValueError(str(error)) from error
