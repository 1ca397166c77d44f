"""What signatures call the arrays that they take and return."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Signals: TypeAlias = Mapping[str, Array]  # of controls, by name, (n,) each
State: TypeAlias = dict[str, NDArray[Any]]  # float64, int64 or uint64, by name
