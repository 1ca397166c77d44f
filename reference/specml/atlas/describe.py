"""What a column is, in a line and a unit: from the one table of words, and of measures."""

import re

from .. import analysis
from ..running import words

FACTOR = "_factor"  # after the name of a setting: its share of what the base itself has


def described(name: str, role: str, model: str) -> tuple[str, str, bool]:
    """Return the unit and the line of a column, and whether the model has a word of its name.

    What nobody describes, as a user's own measure, has an empty unit and an empty line.

    Examples
    --------
    >>> described("lambda", "setting", "unlearn")
    ('1/s', 'learning rate. 0: nothing is learned.', True)
    >>> described("mu_factor", "setting", "unlearn")
    ('', "mu, as a multiple of the base's own", False)
    >>> described("centroid", "measure", "unlearn")
    ('Hz', 'the centre of the power spectrum.', False)
    """
    if role == "measure":
        return (*_measured(name), False)
    own = name.removesuffix(FACTOR)
    if own != name:
        return "", f"{own}, as a multiple of the base's own", False
    word = words.table(model).get(name)
    return (word.unit, word.line, True) if word else ("", "", False)


def _measured(name: str) -> tuple[str, str]:
    """Return what a measure's docstring says: its first line, and the unit of what it returns."""
    if name not in analysis.MEASURES:
        return "", ""
    text = analysis.MEASURES[name].__doc__ or ""
    unit = re.search(r"float\n\s+In ([^\s;:,]+?)[.;:,\s]", text)
    return unit[1] if unit else "", text.partition("\n")[0].removeprefix("Return ").replace("`", "")
