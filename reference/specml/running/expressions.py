"""Small expressions of time, with the same bits on every machine.

Python parses the text, the tables here say what may stand in it, simpleeval walks through it:
nothing of it is ever handed to ``eval``.
"""

import ast
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import simpleeval

from .. import exact, signals
from ..header import short
from ..reference.arrays import Array
from ..reference.elementary import tanh
from ..reference.random import white_noise

TIME = ("t", "n", "rate", "samples", "pi")  # s, sample, Hz, where the run ends
LENGTH_MAX, DEPTH_MAX = 1000, 100  # characters; operations within operations


class Function(NamedTuple):
    """What stands behind a name: how many values it takes, and what it computes of them."""

    takes: int
    of: Callable[..., Any]


def _greater(a: Any, b: Any) -> Any:
    return np.where(a > b, a, b)  # of 0 and -0 np.maximum takes one or the other


def _less(a: Any, b: Any) -> Any:
    return np.where(a < b, a, b)


FUNCTIONS = {
    "abs": Function(1, np.abs),
    "ceil": Function(1, np.ceil),
    "clip": Function(3, lambda x, low, high: _less(_greater(x, low), high)),
    "cos": Function(1, exact.cos),
    "exp": Function(1, exact.exp),
    "floor": Function(1, np.floor),
    "log": Function(1, exact.log),
    "log10": Function(1, exact.log10),
    "max": Function(2, _greater),
    "min": Function(2, _less),
    "noise": Function(1, white_noise),  # of the stretch that is asked for: see `Expression.read`
    "saw": Function(1, signals.saw),
    "sin": Function(1, exact.sin),
    "sine": Function(1, signals.sine),
    "sqrt": Function(1, np.sqrt),
    "tanh": Function(1, tanh),
    "where": Function(3, lambda condition, a, b: np.where(condition != 0, a, b)),
}
OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.Mod: lambda x, y: x - y * np.floor(x / y),
    ast.Pow: exact.power,
    ast.USub: np.negative,
    ast.UAdd: np.positive,
    ast.Lt: lambda x, y: np.where(x < y, 1.0, 0.0),
    ast.LtE: lambda x, y: np.where(x <= y, 1.0, 0.0),
    ast.Gt: lambda x, y: np.where(x > y, 1.0, 0.0),
    ast.GtE: lambda x, y: np.where(x >= y, 1.0, 0.0),
}
SIGNS = "+ - * / % ** < <= > >="
NODES = (ast.BinOp, ast.Call, ast.Compare, ast.Constant, ast.Name, ast.UnaryOp)


class Expression:
    """A signal as an expression of time.

    Parameters
    ----------
    text : str
        Numbers, the names of `TIME`, what is heard, `FUNCTIONS` and the signs in `SIGNS`. A
        comparison is 1 or 0.
    samplerate : float
        In Hz.
    samples : int
        At which sample the run ends: what the name ``samples`` means.
    heard : iterable of str
        Names of signals that it may use too.

    Raises
    ------
    ValueError
        If it is none: the error names it, what is wrong, and what is allowed.

    Examples
    --------
    >>> fall = Expression("max(0.1, 1 - t / 2)", samplerate=2.0, samples=8)
    >>> fall.read(0, 5, {}).tolist()
    [1.0, 0.75, 0.5, 0.25, 0.1]
    """

    def __init__(
        self, text: str, samplerate: float, samples: int, heard: Iterable[str] = ()
    ) -> None:
        self.text, self._rate, self._end = text, samplerate, samples
        self._heard = tuple(heard)
        self._tree = self._parsed()
        if _depth(self._tree) > DEPTH_MAX:
            raise self._error(f"it is nested deeper than {DEPTH_MAX}")
        nodes = [*ast.walk(self._tree)]
        called = [node.func for node in nodes if isinstance(node, ast.Call)]
        for node in nodes:
            self._check(node, node in called)
        functions = {name: function.of for name, function in FUNCTIONS.items()}
        self._walker = simpleeval.SimpleEval(OPERATORS, functions, {})
        self._walker.nodes[ast.Constant] = lambda node: np.float64(node.value)
        self.read(0, 1, dict.fromkeys(self._heard, np.zeros(1)))

    def read(self, begin: int, n: int, heard: Mapping[str, Array]) -> Array:
        """Return the samples from `begin` on: ``(n,)``, or as many channels as are heard.

        What is not finite stands there too.
        """
        at = signals.times(begin, n)
        end, rate = np.float64(self._end), np.float64(self._rate)
        names = {"t": at / rate, "n": at, "rate": rate, "samples": end, "pi": np.float64(np.pi)}
        self._walker.functions["noise"] = lambda seed: white_noise(n, self._seed(seed), begin)
        self._walker.names = names | dict(heard)
        with np.errstate(all="ignore"):
            found = np.asarray(self._walker.eval(self.text, self._tree), np.float64)
        self._walker.names = {}  # let go of the stretch
        return np.broadcast_to(found, (n,)) if found.ndim < 2 else found

    def _parsed(self) -> ast.expr:
        if len(self.text) > LENGTH_MAX:
            raise ValueError(
                f"an expression has at most {LENGTH_MAX} characters, not {len(self.text)}: "
                f"{self.text[:40]!r} .."
            )
        try:
            return ast.parse(self.text.strip(), mode="eval").body
        except SyntaxError as error:
            place = f" at character {error.offset}" if error.offset else ""
            raise self._error(f"{error.msg}{place}") from None
        except (ValueError, MemoryError, RecursionError) as error:  # a character 0; too deep
            raise self._error(str(error) or f"it is nested deeper than {DEPTH_MAX}") from None

    def _check(self, node: ast.AST, called: bool) -> None:
        """Refuse what is not in the tables."""
        if isinstance(node, ast.operator | ast.unaryop | ast.cmpop):
            if type(node) not in OPERATORS:
                raise self._error(f"{type(node).__name__} is no sign of expressions")
        elif isinstance(node, ast.Constant):
            self._check_number(node.value)
        elif isinstance(node, ast.Name) and not called:
            if node.id in FUNCTIONS:
                raise self._error(f"{node.id} is a function: {node.id}(..)")
            if node.id not in (*TIME, *self._heard):
                raise self._error(f"{node.id!r} is not known")
        elif isinstance(node, ast.Compare) and len(node.ops) > 1:
            raise self._error("one comparison at a time, as (0 < t) * (t < 1)")
        elif isinstance(node, ast.Call):
            self._check_call(node)
        elif isinstance(node, ast.expr) and not isinstance(node, NODES):
            raise self._error(f"{ast.unparse(node)!r} is not known here")

    def _check_number(self, value: object) -> None:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        try:
            if number and np.isfinite(float(value)):  # type: ignore[arg-type]
                return
        except OverflowError:
            pass
        raise self._error(f"{str(value)[:20]!r} is no finite number")

    def _check_call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
        if name not in FUNCTIONS:
            raise self._error(f"{name!r} is no function")
        if node.keywords or any(isinstance(one, ast.Starred) for one in node.args):
            raise self._error(f"{name} takes values without names")
        takes = FUNCTIONS[name].takes
        if len(node.args) != takes:
            values = "1 value" if takes == 1 else f"{takes} values"
            raise self._error(f"{name} takes {values}, not {len(node.args)}")

    def _seed(self, seed: Any) -> int:
        if np.ndim(seed) or not 0 <= seed < 2**53 or seed != np.floor(seed):
            raise self._error("the seed of noise must be one whole number from 0 on")
        return int(seed)

    def _error(self, wrong: str) -> ValueError:
        known = ", ".join((SIGNS, *TIME, *self._heard, *FUNCTIONS))
        return ValueError(f"{short(self.text)}: {wrong}; allowed are numbers, {known}")


def _depth(tree: ast.expr) -> int:
    """Return how many operations stand within one another, without a recursion of its own."""
    level: list[ast.AST] = [tree]
    depth = 0
    while level:
        depth += 1
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return depth
