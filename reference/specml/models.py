"""The models by the names that files have for them."""

from . import checks
from .autoregnn import AutoRegNN
from .autoregnn2 import AutoRegNN2
from .container import Name
from .engines import ENGINES
from .model import Model
from .state import Contents
from .unlearn import Unlearn

MODELS: dict[str, type[AutoRegNN] | type[AutoRegNN2] | type[Unlearn]] = {
    "autoregnn": AutoRegNN,
    "autoregnn2": AutoRegNN2,
    "unlearn": Unlearn,
}


def load(path: Name, engine: str = "core", channel: int = 1) -> Model:
    """Return the model that a state file holds, whoever wrote it: Python, Pure Data or Max.

    It goes on with the bits that the saved one would have had. A file that holds weights alone
    makes a model that has heard nothing.

    Parameters
    ----------
    path : str or path-like
        The file, as `Model.save` writes it.
    engine : {"core", "numpy"}
        What it is to run on.
    channel : int
        Which of the file's networks, 1..

    Returns
    -------
    AutoRegNN, AutoRegNN2 or Unlearn
        With its snapshots.

    Raises
    ------
    ValueError
        If the file is no state file, or says what no model can hold: it names file, defect and
        place. Or if there is no such channel or engine.
    OSError
        If the system cannot read it.

    Notes
    -----
    Beside the model itself it takes twice the memory that the file is long.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import specml
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     specml.AutoRegNN(size=5, seed=3).save(Path(folder) / "net.safetensors")
    ...     specml.load(Path(folder) / "net.safetensors")
    AutoRegNN(size=5, seed=3)
    """
    checks.name("engine", engine, ENGINES)
    contents = Contents(path, channel)
    layout, settings = contents.told.layout, contents.told.settings
    given = {name: settings[name] for name in settings if name not in layout.controls}
    made = MODELS[contents.told.kind](**given | {"seed": contents.seed(), "engine": engine})
    made._take(contents)
    return made
