"""Disclosure control: which rows of a whole table may be shown.

A table has a headline and cuts that sum to it, cuts within cuts too. A row is protected when the
people or cases it rests on are too few, or one person makes up nearly all of it; then further rows
are, until whatever a shown total less shown rows gives away is of enough rows, people and cases
and not nearly all one person's, no hidden row follows by algebra, and none is all but told by the
bounds that the shown ones set. The shown counts are taken as known exactly: nothing rests on
their being rounded.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Any

import numpy as np
import pandas as pd

from peerpack.catalogue.models import Regime
from peerpack.measures.attack import (
    Key,
    Sum,
    all_but_told,
    determined,
    independent,
    sums,
)
from peerpack.measures.table import as_rows, distinct
from peerpack.vocab import FACETS

__all__ = ["Key", "key_of", "rounded", "suppressed"]


@dataclass(frozen=True, eq=False)
class _Table:
    """What the rows of a table rest on, by cut; figures of the same cut stand side by side.

    `counts`: people, cases and, where they are of the base, the others, of each figure; `least`:
    the fewest of each that may be shown. `amounts` and `largest`: each figure's numerator, and how
    much of it is one person's.
    """

    counts: dict[Key, np.ndarray]
    least: np.ndarray
    amounts: dict[Key, np.ndarray]
    largest: dict[Key, np.ndarray]
    dominance: float
    totals: list[Sum]
    first: frozenset[Key]

    def smallest(self, keys: Iterable[Key]) -> Key:
        """The row to hide next: one that is hidden elsewhere, else of the fewest people."""
        each = 3  # people, cases, others
        return min(keys, key=lambda k: (k not in self.first, self.counts[k][::each].sum(), k))

    def too_few(self, key: Key) -> bool:
        """Few people, cases or others; nobody at all is not few."""
        return bool(((self.counts[key] > 0) & (self.counts[key] < self.least)).any())

    def of_nobody(self, key: Key) -> np.ndarray:
        """Which of a row's counts are nothing because those of a row over it are."""
        over = [self.counts[t] == 0 for t, parts in self.totals if key in (t, *parts)]
        return np.any(over, axis=0) if over else self.counts[key] == 0

    def dominated(self, unknown: Iterable[Key], known: Iterable[Key] = ()) -> bool:
        """One person makes up more of what the rows come to than the regime allows."""
        rows = list(unknown)
        left = sum(self.amounts[k] for k in rows) - sum(self.amounts[k] for k in known)
        most = np.max([self.largest[k] for k in rows], axis=0)
        return bool(((left > 0) & (most > self.dominance * left * (1 + 1e-9))).any())


def suppressed(
    table: pd.DataFrame,
    cuts: Sequence[str],
    regime: Regime,
    base_of: str,
    *,
    of_its_base: bool,
    also: Collection[Key] = (),
    first: Collection[Key] = (),
) -> np.ndarray:
    """Which rows of a measure's table may not be shown under a regime.

    Columns used: the cuts, base_n, numerator, largest_share, numerator_rows, denominator_rows.
    Returns one bool a row, whatever the order of the rows.
    `base_of` is `staff` or `survey`; `of_its_base` says that the numerator's rows are some of the
    denominator's, so that the others are cases too: the dissatisfied beside the satisfied. `also`:
    cuts that somebody decided to hide; `first`: cuts to hide before others, being hidden in another
    table. Each figure of a table of several (facets such as `question`) is judged by itself, but
    those that share out the same people, satisfied and dissatisfied, together.
    Source: threshold, minimum base and dominance on the row itself; secondary suppression on its
    totals; decisions 0006 and 0013.
    """
    rows = as_rows(table)
    keys = [_parted(key_of(row, cuts)) for row in rows]
    told = dict(zip(keys, rows, strict=True))
    hidden: set[tuple[Key, Key]] = set()
    for figures in _together(told):
        earlier = {key for key, _ in hidden} | _alike(keys, first)
        weighed = _weighed(told, figures, regime, base_of, of_its_base, earlier)
        own = {key for key in weighed.counts if weighed.too_few(key)} | _alike(keys, also)
        own |= {k for (k, f), r in told.items() if f in figures and _dominated(r, regime)}
        own &= set(weighed.counts)
        _hide_more(own, weighed)
        hidden |= set(product(own, figures))
    return np.array([key in hidden for key in keys], dtype=bool)


def _together(told: Mapping[tuple[Key, Key], Mapping[str, Any]]) -> list[list[Key]]:
    """The figures of a table, those that share out the same people side by side."""
    groups: list[list[Key]] = []
    for figure in sorted({figure for _, figure in told}):
        whole = told.get(((), figure))
        same = [g for g in groups if whole and _shared_out([told.get(((), f)) for f in g], whole)]
        (same[0].append(figure) if same else groups.append([figure]))
    return groups


def _shared_out(others: Sequence[Mapping[str, Any] | None], row: Mapping[str, Any]) -> bool:
    """Whether rows rest on the same people, and no case of one is a case of another."""
    own = row["numerator_rows"]
    return all(
        other is not None
        and np.array_equal(distinct(other["denominator_rows"]), distinct(row["denominator_rows"]))
        and not np.intersect1d(other["numerator_rows"], own).size
        for other in others
    )


def _dominated(row: Mapping[str, object], regime: Regime) -> bool:
    """One person makes up more of the row than the regime allows, where the measure says so."""
    share: Any = row["largest_share"]
    return not pd.isna(share) and share > regime.dominance


def key_of(row: Mapping[str, object], cuts: Sequence[str]) -> Key:
    """The cuts of a row, outermost first; nothing for the headline."""
    return tuple((cut, str(row[cut])) for cut in cuts if not pd.isna(row[cut]))  # type: ignore[call-overload]


def _parted(key: Key) -> tuple[Key, Key]:
    """The cuts that are parts of a sum, and those that say which figure it is."""
    own = tuple(cut for cut in key if cut[0] not in FACETS)
    return own, tuple(sorted(cut for cut in key if cut[0] in FACETS))


def _alike(keys: Iterable[tuple[Key, Key]], named: Collection[Key]) -> frozenset[Key]:
    """The rows named, in whatever order their cuts stand."""
    wanted = {frozenset(_parted(key)[0]) for key in named}
    return frozenset(key for key, _ in keys if frozenset(key) in wanted)


def _weighed(
    told: Mapping[tuple[Key, Key], Mapping[str, Any]],
    figures: Sequence[Key],
    regime: Regime,
    base_of: str,
    of_its_base: bool,
    first: Collection[Key],
) -> _Table:
    at = {key: dict.fromkeys(figures, _NOTHING) for key, figure in told if figure in figures}
    for (key, figure), row in told.items():
        if figure in figures:
            at[key][figure] = (_counts(row, of_its_base), *_amounts(row))
    people = max(regime.threshold, regime.min_base_staff if base_of == "staff" else 0)
    least = np.array([people, regime.threshold, regime.threshold])
    return _Table(
        counts={key: np.concatenate([w[0] for w in of.values()]) for key, of in at.items()},
        least=np.tile(least, len(figures)),
        amounts={key: np.array([w[1] for w in of.values()]) for key, of in at.items()},
        largest={key: np.array([w[2] for w in of.values()]) for key, of in at.items()},
        dominance=regime.dominance,
        totals=list(sums(at)),
        first=frozenset(first),
    )


_NOTHING = (np.zeros(3, dtype="int64"), 0.0, 0.0)


def _counts(row: Mapping[str, Any], of_its_base: bool) -> np.ndarray:
    """The people a row rests on, its cases, and where they are of the base, the others."""
    # A row of a return may stand in a measure's rows twice; it is one case all the same.
    cases = len(distinct(row["numerator_rows"]))
    others = len(distinct(row["denominator_rows"])) - cases if of_its_base else 0
    return np.array([int(row["base_n"]), cases, others])


def _amounts(row: Mapping[str, Any]) -> tuple[float, float]:
    """The numerator, and how much of it is one person's."""
    amount, share = row.get("numerator"), row["largest_share"]
    if amount is None or pd.isna(amount):
        return 0.0, 0.0
    return float(amount), 0.0 if share is None or pd.isna(share) else float(share * amount)


def _hide_more(hidden: set[Key], table: _Table) -> None:
    """Hide further rows until no sum gives too little away, nor all sums together a hidden row."""
    steps = independent(table.totals)
    while hidden:
        spares = (_spare(total, parts, hidden, table) for total, parts in table.totals)
        more = next((s for s in spares if s is not None), None)
        more = _against_algebra(hidden, table) if more is None else more
        more = _against_bounds(hidden, table, steps) if more is None else more
        if more is None:
            return
        hidden.add(more)


def _spare(total: Key, parts: list[Key], hidden: set[Key], table: _Table) -> Key | None:
    """The row to hide next for the sake of one sum: the smallest shown part, else the total."""
    unknown = [key for key in (total, *parts) if key in hidden]
    if not unknown or (len(unknown) > 1 and total in hidden):
        return None
    shown = [key for key in parts if key not in hidden]
    if len(unknown) == 1:
        return table.smallest(shown or [total])
    known = list(chain.from_iterable(_known(part, hidden, table.totals) for part in unknown))
    # Not the total less what is shown: people with two posts are in the base of two parts.
    given_away = sum(table.counts[k] for k in unknown) - sum(table.counts[k] for k in known)
    enough = (given_away >= np.minimum(table.least, table.counts[total])).all()
    if enough and not table.dominated(unknown, known):
        return None
    return table.smallest([*known, *shown] or [total])


def _known(part: Key, hidden: set[Key], totals: list[Sum]) -> list[Key]:
    """The shown rows that take most off a hidden row: its parts, and its hidden parts' parts."""
    ways = [
        list(chain.from_iterable(_known(p, hidden, totals) if p in hidden else [p] for p in parts))
        for total, parts in totals
        if total == part
    ]
    return max(ways, key=len, default=[])


def _against_algebra(hidden: set[Key], table: _Table) -> Key | None:
    """The row to hide next so that a hidden row no longer follows from all sums together."""
    for leak in determined(table.totals, hidden):
        shown = _beside(leak, hidden, table.totals)
        if shown:
            return table.smallest(shown)
    return None


def _against_bounds(hidden: set[Key], table: _Table, steps: Sequence[Sum]) -> Key | None:
    """The row to hide next so that the shown ones do not all but tell a hidden count."""
    harmless = {key: table.of_nobody(key) for key in hidden}
    for key in all_but_told(steps, table.counts, hidden, table.least, harmless):
        shown = _beside(key, hidden, steps) or [k for k in table.counts if k not in hidden]
        if shown:
            return table.smallest(shown)
    return None


def _beside(key: Key, hidden: set[Key], totals: Sequence[Sum]) -> list[Key]:
    """The shown rows in one sum with a row."""
    beside = chain.from_iterable((t, *parts) for t, parts in totals if key in (t, *parts))
    return [each for each in beside if each not in hidden]


def rounded(count: float, base: int) -> float:
    """A count of people to the nearest multiple of the regime's rounding base."""
    return count if pd.isna(count) else float(base * round(count / base))
