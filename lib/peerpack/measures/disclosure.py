"""Disclosure control: which rows of a whole table may be shown, and whether the rest leaks.

A table has a headline and cuts that sum to it, cuts within cuts too. A row is protected when the
people or cases it rests on are too few; then further rows are, until no shown total less its shown
parts gives a protected row away. `leaks` tries to break the result in another way: by linear algebra.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from peerpack.catalogue.models import Regime

Key = tuple[tuple[str, str], ...]
"""The cuts a row is of, outermost first: `(("directorate", "Place"), ("team", "Planning"))`."""


def suppressed(
    table: pd.DataFrame, cuts: Sequence[str], regime: Regime, base_of: Literal["staff", "survey"]
) -> np.ndarray:
    """Which rows of a measure's table may not be shown under a regime.

    Columns used: the cuts, base_n, numerator_rows, denominator_rows. Returns one bool a row.
    Source: threshold and minimum base on the row itself; secondary suppression on its totals.
    """
    keys = [key_of(row, cuts) for row in table[list(cuts)].to_dict("records")]
    sizes = dict(zip(keys, table["base_n"].astype(int), strict=True))
    hidden = {
        key
        for key, row in zip(keys, table.to_dict("records"), strict=True)
        if _too_few(row, regime, base_of)
    }
    _hide_more(hidden, sizes, max(regime.threshold, regime.min_base_staff))
    return np.array([key in hidden for key in keys], dtype=bool)


def key_of(row: Mapping[str, object], cuts: Sequence[str]) -> Key:
    """The cuts of a row, outermost first; nothing for the headline."""
    return tuple((cut, str(row[cut])) for cut in cuts if not pd.isna(row[cut]))  # type: ignore[call-overload]


def _too_few(row: Mapping[str, object], regime: Regime, base_of: str) -> bool:
    base = int(row["base_n"])  # type: ignore[call-overload]
    least = max(regime.threshold, regime.min_base_staff if base_of == "staff" else 0)
    counted, of = len(row["numerator_rows"]), len(row["denominator_rows"])  # type: ignore[arg-type]
    counts = [counted, of - counted] if base_of == "survey" else [counted]
    return 0 < base < least or any(0 < count < regime.threshold for count in counts)


def _hide_more(hidden: set[Key], sizes: Mapping[Key, int], least: int) -> None:
    """Hide further rows until each sum has no hidden row, or enough of them."""
    changed = True
    while changed:
        changed = False
        for total, parts in sums(sizes):
            spare = _spare(total, parts, hidden, sizes, least)
            if spare is not None:
                hidden.add(spare)
                changed = True


def _spare(
    total: Key, parts: list[Key], hidden: set[Key], sizes: Mapping[Key, int], least: int
) -> Key | None:
    """The row to hide next for the sake of one sum: the smallest shown part, else the total."""
    unknown = [key for key in (total, *parts) if key in hidden]
    covered = total in hidden or sum(sizes[key] for key in unknown) >= least
    if not unknown or (len(unknown) > 1 and covered):
        return None
    shown = sorted((k for k in parts if k not in hidden), key=lambda k: (sizes[k], k))
    if shown:
        return shown[0]
    return None if total in hidden else total


def sums(keys: Iterable[Key]) -> Iterator[tuple[Key, list[Key]]]:
    """Every total with the rows that sum to it: a row less any one of its cuts is its total."""
    by_cuts = {frozenset(key): key for key in keys}
    parts: dict[tuple[Key, str], list[Key]] = {}
    for cuts, key in by_cuts.items():
        for name, value in key:
            total = by_cuts.get(cuts - {(name, value)})
            if total is not None:
                parts.setdefault((total, name), []).append(key)
    for (total, _), summed in sorted(parts.items()):
        yield total, sorted(summed)


def leaks(keys: Sequence[Key], hidden: Iterable[Key]) -> list[Key]:
    """The hidden rows that the shown ones determine, by solving all sums at once.

    A hidden row is determined when the unit vector of its unknown lies in the space that the
    sums' coefficients span.
    """
    unknown = sorted(set(hidden))
    at = {key: i for i, key in enumerate(unknown)}
    lines = [_coefficients(total, parts, at) for total, parts in sums(keys)]
    if not any(line.any() for line in lines):
        return []
    matrix = np.array(lines)
    rank = np.linalg.matrix_rank(matrix)
    units = np.eye(len(unknown))
    return [k for k, i in at.items() if np.linalg.matrix_rank(np.vstack([matrix, units[i]])) == rank]


def _coefficients(total: Key, parts: list[Key], at: Mapping[Key, int]) -> np.ndarray:
    line = np.zeros(len(at))
    for key, sign in ((total, -1.0), *((part, 1.0) for part in parts)):
        if key in at:
            line[at[key]] += sign
    return line


def rounded(count: float, base: int) -> float:
    """A count of people to the nearest multiple of the regime's rounding base."""
    return count if pd.isna(count) else float(base * round(count / base))
