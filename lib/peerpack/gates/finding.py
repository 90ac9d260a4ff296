"""What an engine says of one check, before anybody words it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Finding:
    """Whether a check passed, and the `source_row` of each failing row, in any order.

    `rows` is None where the check looked at a total and not at each row.
    """

    passed: bool
    rows: Rows | None = None
