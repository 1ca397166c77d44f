"""Install what only the benchmark compares with: the extra `bench` of pyproject.toml.

Without one of these programs its column is missing, and nothing else.
"""

import importlib.metadata
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


for requirement in wanted():
    if why := install(requirement):
        print(f"{requirement} is not installed, its column will be missing: {why}", file=sys.stderr)
