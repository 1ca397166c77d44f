"""Snapshots and glides as parts of a state: their names, and checks of what is put back."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import checks
from .checks import Ranges
from .reference.arrays import State
from .snapshots import GRID, SNAPSHOTS_MAX, STEPS_MAX, Learnt, checked_name

SNAPSHOTS, GLIDE = "snapshots/", "glide"


def renamed(prefix: str, learnt: Learnt) -> State:
    """Return copies of what was learnt, each name after a prefix."""
    return {f"{prefix}{name}": part.copy() for name, part in learnt.items()}


def of_snapshots(snapshots: Mapping[str, Learnt]) -> State:
    """Return what of a state belongs to snapshots, sorted by their names."""
    state: State = {}
    for name in sorted(snapshots, key=str.encode):
        state |= renamed(f"{SNAPSHOTS}{name}/", snapshots[name])
    return state


def parted(state: Mapping[str, NDArray[Any]]) -> tuple[State, dict[str, State], State]:
    """Return a model's own parts of a state, those of each snapshot, and those of a glide."""
    own: State = {}
    snapshots: dict[str, State] = {}
    glide: State = {}
    for key, part in state.items():
        text = str(key)
        if text.startswith(SNAPSHOTS) and text.count("/") > 1:
            name, what = text.removeprefix(SNAPSHOTS).rsplit("/", 1)
            snapshots.setdefault(checked_name(name), {})[what] = part
        elif text == GLIDE or text.startswith(f"{GLIDE}/"):
            glide[text] = part
        else:
            own[key] = part
    if len(snapshots) > SNAPSHOTS_MAX:
        raise ValueError(f"state: {len(snapshots)} snapshots, at most {SNAPSHOTS_MAX} are allowed")
    return own, snapshots, glide


def checked(what: str, given: Mapping[str, object], like: Learnt, ranges: Ranges) -> Learnt:
    """Return what was learnt if it has the parts and kinds of `like`, within `ranges`."""
    if given.keys() != like.keys():
        raise ValueError(f"state: {what} must have {', '.join(like)}, not {', '.join(given)}")
    return {
        name: checks.state_part(f"{what}: {name}", given[name], part, ranges[name])
        for name, part in like.items()
    }


def checked_glide(
    glide: Mapping[str, object], like: Learnt, ranges: Ranges
) -> tuple[Learnt, int, int] | None:
    """Return where a glide goes, its steps, and the samples until the next; None if there is none.

    Raises
    ------
    ValueError
        If it is no glide of such a model.
    """
    if not glide:
        return None
    way = checks.state_part(
        GLIDE, glide.get(GLIDE), np.zeros(2, np.int64), (1, np.array([STEPS_MAX, GRID]))
    )
    target = {name.removeprefix(f"{GLIDE}/"): part for name, part in glide.items() if name != GLIDE}
    return checked(GLIDE, target, like, ranges), int(way[0]), int(way[1])
