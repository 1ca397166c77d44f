"""Install what only the benchmark compares with: the extra `bench` of pyproject.toml.

Without one of these programs its column is missing, and nothing else.
"""

import importlib.metadata
import re
import subprocess
import sys

PATIENCE = 900  # seconds for one of them


def wanted() -> list[str]:
    """The requirements of the extra."""
    parts = [line.partition(";") for line in importlib.metadata.requires("specml") or ()]
    return [name.strip() for name, _, condition in parts if 'extra == "bench"' in condition]


def install(requirement: str) -> str:
    """Return why it could not be installed, or nothing."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    try:
        ran = subprocess.run(
            [*command, requirement], capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return f"it took more than {PATIENCE} s"
    return "" if ran.returncode == 0 else (ran.stderr.strip().splitlines() or ["pip failed"])[-1]


def missing() -> list[str]:
    """Those that are not here, in any version."""
    there = {found.metadata["Name"].lower() for found in importlib.metadata.distributions()}
    return [name for name in wanted() if re.split("[=<>~!]", name)[0].lower() not in there]


if missing():
    print(
        f"installing {', '.join(missing())}, which for PyTorch can be several GB; --no-install "
        "leaves out what is missing",
        file=sys.stderr,
    )
for requirement in missing():
    if why := install(requirement):
        print(f"{requirement} is not installed, its column will be missing: {why}", file=sys.stderr)
