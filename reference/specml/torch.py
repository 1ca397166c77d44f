"""AutoRegNN as a module of PyTorch, whose state_dict is a state file's tensors (docs/state.md).

It needs the extra ``torch``: ``pip install 'specml[torch]'``. Train there, play here::

    import soundfile, specml, torch
    from specml.torch import AutoRegNN

    x = torch.from_numpy(soundfile.read("voice.wav")[0])      # (n,), one channel
    net = AutoRegNN(size=32, width=16)
    windows = x.unfold(0, net.size + 1, 1)                    # (n - size, size + 1), oldest first
    past, sample = windows[:, :-1].flip(1), windows[:, -1]    # newest first, and what follows
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for epoch in range(100):
        optimizer.zero_grad()
        (net(past) - sample).square().mean().backward()
        optimizer.step()
    net.save("voice.safetensors")
    out, error = specml.load("voice.safetensors").process(x.numpy(), lr=0.01)
"""

import re
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from . import __version__, checks
from .layout import tensors_of
from .reference import finite
from .reference.autoregnn import CONTROLS
from .settings import Told, metadata_of, told_by
from .state import Contents, write

__all__ = ["AutoRegNN", "load"]

HEARD = ("past_in", "past_out", "now", "clipped", "samples")
_KEPT = re.compile(r"(snapshot[1-9][0-9]*|glide)\.")


class AutoRegNN(nn.Module):
    """The network that predicts a sample from the ones before it, in double precision.

    Its weights begin as PyTorch draws those of `nn.Linear`, from U(-1, 1) / sqrt(inputs), which is
    AutoRegNN's own distribution of scale 1. What a file remembers of the sound are buffers, and so
    are what its snapshots and its glide hold: all of it comes back when it is saved.

    Parameters
    ----------
    size : int
        P, past samples seen, 1..1024.
    width : int
        H, units in a hidden layer, 1..1024.
    layers : int
        L, hidden layers, 1..8.

    Attributes
    ----------
    settings : dict
        What a file says of controls, seed and scale, by their names; `save` writes it.
    snapshots : list of str
        Names of what the buffers ``snapshot1.`` .. hold.
    gliding : tuple of int, optional
        Steps left, and samples until the next, on the way to the buffers ``glide.``

    Raises
    ------
    ValueError
        If one of them is out of range.

    Examples
    --------
    >>> from specml.torch import AutoRegNN
    >>> net = AutoRegNN(size=32, width=16)
    >>> sum(part.numel() for part in net.parameters())
    545
    """

    def __init__(self, size: int = 12, width: int = 8, layers: int = 1) -> None:
        super().__init__()
        self.size, self.width, self.layers, *_ = checks.network(size, width, layers, 1, 1.0)
        for stem, (units, inputs) in self._shapes().items():
            self.add_module(stem, nn.Linear(inputs, units, dtype=torch.float64))
        initial = {name: control.initial for name, control in CONTROLS.items()}
        self.settings: dict[str, Any] = initial | {"seed": 1, "scale": 1.0}
        self.snapshots: list[str] = []
        self.gliding: tuple[int, int] | None = None
        for name in ("past_in", "past_out"):
            self.register_buffer(name, torch.zeros(self.size, dtype=torch.float64))
        self.register_buffer("now", torch.tensor([*initial.values()], dtype=torch.float64))
        for name in ("clipped", "samples"):
            self.register_buffer(name, torch.zeros(1, dtype=torch.uint64))

    def forward(self, x: Tensor) -> Tensor:
        """Return the prediction, (4) of docs/models.md.

        Parameters
        ----------
        x : Tensor, (..., size)
            The samples before, newest first.

        Returns
        -------
        Tensor, (...,)
            Within ±1.

        Examples
        --------
        >>> import torch
        >>> from specml.torch import AutoRegNN
        >>> AutoRegNN(size=4)(torch.zeros(7, 4, dtype=torch.float64)).shape
        torch.Size([7])
        """
        for stem in self._shapes():
            x = torch.tanh(self.get_submodule(stem)(x))
        return x.squeeze(-1)

    def save(self, path: str | Path) -> None:
        """Write a state file of one channel, for Pd, Max, `specml.load` and `load`.

        Weights below 2^-500 are written as 0, which is what the model would make of them.

        Raises
        ------
        ValueError
            If a weight is not finite or beyond ±2^500, a setting is not allowed, or `snapshots` and
            `gliding` are not those of the buffers.
        OSError
            If the file cannot be written.

        Examples
        --------
        >>> import tempfile
        >>> from pathlib import Path
        >>> import specml
        >>> from specml.torch import AutoRegNN
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     AutoRegNN(size=4).save(Path(folder) / "net.safetensors")
        ...     specml.load(Path(folder) / "net.safetensors").size
        4
        """
        tensors = {name: part.detach().cpu() for name, part in self.state_dict().items()}
        kept = [f"snapshot{k + 1}" for k in range(len(self.snapshots))]
        kept += ["glide"] if self.gliding else []
        if there := {name.partition(".")[0] for name in tensors if _KEPT.match(name)} ^ {*kept}:
            raise ValueError(f"snapshots, gliding and the buffers must agree on {sorted(there)}")
        learnt = [f"{stem}.{kind}" for stem in self._shapes() for kind in ("weight", "bias")]
        names = [*learnt, *HEARD, *(f"{stem}.{name}" for stem in kept for name in learnt)]
        write(path, self._metadata(), {name: _written(name, tensors[name]) for name in names})

    def _shapes(self) -> dict[str, tuple[int, int]]:
        """Return units and inputs of each layer."""
        inputs = [self.size] + [self.width] * (self.layers - 1)
        hidden = {f"layer{k + 1}": (self.width, count) for k, count in enumerate(inputs)}
        return hidden | {"output": (1, self.width)}

    def _metadata(self) -> dict[str, str]:
        shape = {name: getattr(self, name) for name in checks.NETWORK}
        told = Told("autoregnn", 1, self.settings | shape, self.snapshots, self.gliding)
        facts = metadata_of(told, __version__)
        told_by(facts)  # refuses what is not allowed
        return facts

    def _load_from_state_dict(self, state_dict: dict[str, Any], prefix: str, *more: Any) -> None:
        """Make room for what a file keeps; what it does not remember of the sound stays."""
        for name in [*state_dict]:
            inside = name.removeprefix(prefix)
            if name.startswith(prefix) and (match := _KEPT.match(inside)):
                self._keep(match.group(1))
        if not any(f"{prefix}{name}" in state_dict for name in HEARD):
            state_dict |= {f"{prefix}{name}": getattr(self, name) for name in HEARD}
        super()._load_from_state_dict(state_dict, prefix, *more)

    def _keep(self, name: str) -> None:
        """Have buffers for a snapshot or a glide."""
        if name not in self._modules:
            self.add_module(name, nn.Module())
            for stem, (units, inputs) in self._shapes().items():
                layer = nn.Module()
                layer.register_buffer("weight", torch.zeros(units, inputs, dtype=torch.float64))
                layer.register_buffer("bias", torch.zeros(units, dtype=torch.float64))
                self.get_submodule(name).add_module(stem, layer)


def load(path: str | Path, channel: int = 1) -> AutoRegNN:
    """Read an AutoRegNN from a state file.

    Parameters
    ----------
    path : str or Path
        The file.
    channel : int
        Which of its networks, 1..

    Raises
    ------
    ValueError
        If the file holds something else, or not all of it.
    OSError
        If it cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import specml
    >>> import specml.torch
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     specml.AutoRegNN(size=4).save(Path(folder) / "net.safetensors")
    ...     specml.torch.load(Path(folder) / "net.safetensors").size
    4
    """
    found = Contents(path, channel, _only_autoregnn)
    told, layout = found.told, found.told.layout
    net = AutoRegNN(*(told.settings[name] for name in checks.NETWORK))
    net.settings = {name: told.settings[name] for name in net.settings}
    net.settings["seed"] = found.seed()
    net.snapshots, net.gliding = told.snapshots, told.glide
    parts = {f"snapshot{k + 1}.": kept for k, kept in enumerate(found.snapshots().values())}
    parts |= {"": found.learnt()} | ({"glide.": found.target()} if told.glide else {})
    tensors = {"now": np.array([net.settings[name] for name in CONTROLS])}
    tensors |= {name: getattr(net, name).numpy() for name in HEARD if name != "now"}
    tensors |= found.heard()
    for first, part in parts.items():
        named = tensors_of(layout, told.settings, part)
        tensors |= {f"{first}{name}": tensor for name, tensor in named.items()}
    net.load_state_dict({name: torch.from_numpy(tensor) for name, tensor in tensors.items()})
    return net


def _only_autoregnn(told: Told) -> None:
    if told.kind != "autoregnn":
        raise ValueError(f"it is of the model {told.kind}, not autoregnn")


def _written(name: str, tensor: Tensor) -> NDArray[Any]:
    """Return the numbers of a tensor as a file has them."""
    if tensor.dtype == torch.uint64:
        return np.asarray(tensor.numpy())
    values = finite.state(tensor.double().numpy())
    if not np.all(np.abs(values) <= finite.WEIGHT_MAX):
        raise ValueError(f"{name} must be finite and within ±2^500, not {checks.worst(values)}")
    return values
