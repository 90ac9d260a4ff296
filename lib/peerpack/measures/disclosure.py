"""Disclosure control: which rows of a whole table may be shown, and whether the rest leaks.

A table has a headline and cuts that sum to it, cuts within cuts too. A row is protected when the
people or cases it rests on are too few, or one person makes up nearly all of it; then further rows
are, until whatever a shown total less shown rows gives away is of enough rows, people and cases,
and no hidden row follows by algebra.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Any

import numpy as np
import pandas as pd

from peerpack.catalogue.models import Regime
from peerpack.measures.table import as_rows

Key = tuple[tuple[str, str], ...]
"""The cuts a row is of, outermost first: `(("directorate", "Place"), ("team", "Planning"))`."""

Sum = tuple[Key, list[Key]]
"""A total with the rows that sum to it."""


def suppressed(
    table: pd.DataFrame, cuts: Sequence[str], regime: Regime, base_of: str, *, of_its_base: bool
) -> np.ndarray:
    """Which rows of a measure's table may not be shown under a regime.

    Columns used: the cuts, base_n, largest_share, numerator_rows, denominator_rows. Returns one
    bool a row.
    `base_of` is `staff` or `survey`; `of_its_base` says that the numerator's rows are some of the
    denominator's, so that the others are cases too: the dissatisfied beside the satisfied.
    Source: threshold, minimum base and dominance on the row itself; secondary suppression on its
    totals.
    """
    rows = as_rows(table)
    keys = [key_of(row, cuts) for row in rows]
    counts = {k: _counts(row, of_its_base) for k, row in zip(keys, rows, strict=True)}
    least_people = max(regime.threshold, regime.min_base_staff if base_of == "staff" else 0)
    least = np.array([least_people, regime.threshold, regime.threshold])
    hidden = {key for key, count in counts.items() if ((count > 0) & (count < least)).any()}
    hidden |= {key for key, row in zip(keys, rows, strict=True) if _dominated(row, regime)}
    _hide_more(hidden, counts, least)
    return np.array([key in hidden for key in keys], dtype=bool)


def _dominated(row: Mapping[str, object], regime: Regime) -> bool:
    """One person makes up more of the row than the regime allows, where the measure says so."""
    share: Any = row["largest_share"]
    return not pd.isna(share) and share > regime.dominance


def key_of(row: Mapping[str, object], cuts: Sequence[str]) -> Key:
    """The cuts of a row, outermost first; nothing for the headline."""
    return tuple((cut, str(row[cut])) for cut in cuts if not pd.isna(row[cut]))  # type: ignore[call-overload]


def _counts(row: Mapping[str, object], of_its_base: bool) -> np.ndarray:
    """The people a row rests on, its cases, and where they are of the base, the others."""
    # A row of a return may stand in a measure's rows twice; it is one case all the same.
    cases = len(np.unique(row["numerator_rows"]))  # type: ignore[call-overload]
    others = len(np.unique(row["denominator_rows"])) - cases if of_its_base else 0  # type: ignore[call-overload]
    return np.array([int(row["base_n"]), cases, others])  # type: ignore[call-overload]


def _hide_more(hidden: set[Key], counts: Mapping[Key, np.ndarray], least: np.ndarray) -> None:
    """Hide further rows until no sum gives too little away, nor all sums together a hidden row."""
    totals = list(sums(counts))
    while hidden:
        spares = (_spare(total, parts, hidden, counts, least, totals) for total, parts in totals)
        more = next((s for s in spares if s), None) or _against_algebra(hidden, counts, totals)
        if more is None:
            return
        hidden.add(*more)


def _spare(
    total: Key,
    parts: list[Key],
    hidden: set[Key],
    counts: Mapping[Key, np.ndarray],
    least: np.ndarray,
    totals: list[Sum],
) -> tuple[Key] | None:
    """The row to hide next for the sake of one sum: the smallest shown part, else the total."""
    unknown = [key for key in (total, *parts) if key in hidden]
    if not unknown or (len(unknown) > 1 and total in hidden):
        return None
    shown = [key for key in parts if key not in hidden]
    if len(unknown) == 1:
        return _smallest(shown or [total], counts)
    known = list(chain.from_iterable(_known(part, hidden, totals) for part in unknown))
    # Not the total less what is shown: people with two posts are in the base of two parts.
    given_away = sum(counts[key] for key in unknown) - sum(counts[key] for key in known)
    enough = (given_away >= np.minimum(least, counts[total])).all()
    return None if enough else _smallest([*known, *shown] or [total], counts)


def _known(part: Key, hidden: set[Key], totals: list[Sum]) -> list[Key]:
    """The shown rows that take most off a hidden row: its parts, and its hidden parts' parts."""
    ways = [
        list(chain.from_iterable(_known(p, hidden, totals) if p in hidden else [p] for p in parts))
        for total, parts in totals
        if total == part
    ]
    return max(ways, key=len, default=[])


def _smallest(keys: list[Key], counts: Mapping[Key, np.ndarray]) -> tuple[Key]:
    return (min(keys, key=lambda key: (int(counts[key][0]), key)),)


def _against_algebra(
    hidden: set[Key], counts: Mapping[Key, np.ndarray], totals: list[Sum]
) -> tuple[Key] | None:
    """The row to hide next so that a hidden row no longer follows from all sums together."""
    for leak in leaks(list(counts), hidden):
        beside = chain.from_iterable((t, *parts) for t, parts in totals if leak in (t, *parts))
        shown = [key for key in beside if key not in hidden]
        if shown:
            return _smallest(shown, counts)
    return None


def sums(keys: Iterable[Key]) -> Iterator[Sum]:
    """Every total with the rows that sum to it: a row less some of its cuts is its total."""
    by_cuts = {frozenset(key): key for key in keys}
    parts: dict[tuple[Key, tuple[str, ...]], list[Key]] = {}
    for key in by_cuts.values():
        for cut in chain.from_iterable(combinations(key, n) for n in range(1, len(key) + 1)):
            total = by_cuts.get(frozenset(key) - frozenset(cut))
            if total is not None:
                names = tuple(sorted(name for name, _ in cut))
                parts.setdefault((total, names), []).append(key)
    for (total, _), summed in sorted(parts.items()):
        yield total, sorted(summed)


def leaks(keys: Sequence[Key], hidden: Iterable[Key]) -> list[Key]:
    """The hidden rows that the shown ones determine, by solving all sums at once.

    A hidden row is determined when it is the same in every solution: when it has no part in the
    null space of the sums' coefficients.
    """
    unknown = sorted(set(hidden))
    at = {key: i for i, key in enumerate(unknown)}
    matrix = np.array([_coefficients(total, parts, at) for total, parts in sums(keys)])
    if not matrix.any():
        return []
    _, sizes, directions = np.linalg.svd(matrix)
    free = directions[int((sizes > 1e-9).sum()) :]
    return [key for key, i in at.items() if np.allclose(free[:, i], 0, atol=1e-9)]


def _coefficients(total: Key, parts: list[Key], at: Mapping[Key, int]) -> np.ndarray:
    line = np.zeros(len(at))
    for key, sign in ((total, -1.0), *((part, 1.0) for part in parts)):
        if key in at:
            line[at[key]] += sign
    return line


def rounded(count: float, base: int) -> float:
    """A count of people to the nearest multiple of the regime's rounding base."""
    return count if pd.isna(count) else float(base * round(count / base))
