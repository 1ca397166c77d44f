"""Install what only the benchmark compares with: the extra `bench` of pyproject.toml.

Without one of these programs its column is missing, and nothing else.
"""

import importlib
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


def install_missing() -> None:
    """Say what is to come and what did not come."""
    requirements = missing()
    if requirements:
        print(
            f"installing {', '.join(requirements)}; PyTorch can be several GB, and --no-install "
            "leaves out what is missing",
            file=sys.stderr,
        )
    for requirement in requirements:
        if why := install(requirement):
            print(f"{requirement} is missing, and so will be its column: {why}", file=sys.stderr)
    importlib.invalidate_caches()
