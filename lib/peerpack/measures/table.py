"""The shape every measure gives back: a headline row and its cuts, with operands and rows."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from peerpack.handover.evidence import MEASURED_COLUMNS

NOTHING = np.array([], dtype="int64")
PER_CENT = 100.0


def measured(rows: Iterable[Mapping[str, Any]], cuts: Iterable[str] = ()) -> pd.DataFrame:
    """A measure's table from its rows.

    Rows: as given, the headline first. Columns: each of `cuts` (missing on the headline), then
    MEASURED_COLUMNS; a number not given is missing, a text not given is empty.
    """
    texts = {"interval": "", "status": "", "note": ""}
    rows_of = dict.fromkeys(("numerator_rows", "denominator_rows", "weight_rows"), NOTHING)
    blank = dict.fromkeys((*cuts, *MEASURED_COLUMNS)) | texts | rows_of
    return pd.DataFrame([blank | dict(row) for row in rows], columns=list(blank))


def cuts_of(table: pd.DataFrame) -> tuple[str, ...]:
    """The cut columns of a measure's table, outermost first."""
    return tuple(c for c in table.columns if c not in MEASURED_COLUMNS)


def as_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A table as one dictionary a row."""
    rows: list[Any] = table.to_dict("records")
    return rows


def ratio(numerator: float, denominator: float) -> float:
    """Numerator over denominator, missing where the denominator is zero or missing."""
    return numerator / denominator if denominator else float("nan")


def money_sum(amounts: pd.Series) -> float:
    """The sum of amounts, exact to the penny: added as whole pence where all are whole pence."""
    exact = amounts.to_numpy(dtype="float64", na_value=np.nan) * 100
    pence = exact.round()
    if (abs(exact - pence) < 1e-4).all():
        return int(pence.astype("int64").sum()) / 100
    return float(amounts.sum())


def distinct(rows: Any) -> np.ndarray:
    """Source rows, each once, in order.

    Most come so from a table, and to see it is ten times as fast as to bring it about.
    """
    given = np.asarray(rows, dtype="int64")
    if (given[1:] > given[:-1]).all():
        return given
    ordered = np.sort(given)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])]


def not_in(rows: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The source rows that are not among those known; both distinct."""
    if not len(known):
        return rows
    at = np.searchsorted(known, rows).clip(max=len(known) - 1)
    return rows[known[at] != rows]


def rows_in(frame: pd.DataFrame) -> np.ndarray:
    """The source rows of a frame."""
    return frame["source_row"].to_numpy(dtype="int64")
