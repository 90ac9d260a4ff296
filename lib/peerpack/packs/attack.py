"""The attack on a pack: what a reader could work out who has it, and the pack before it.

Such a reader knows which rows sum to which, and sees when two columns are one: the days that one
indicator counts are the whole that another shares out. So columns that agree wherever both are
shown are taken as one, whatever they are called, and the figures of an earlier pack too.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from peerpack.catalogue.models import Regime
from peerpack.errors import RecordRefused
from peerpack.handover.evidence import NUMBER_COLUMNS
from peerpack.measures.attack import Bounds, Key, Sum, bounds, determined, narrow, sums
from peerpack.vocab import FACETS

OPERANDS = ("numerator", "denominator", "base_n")
COUNTED = ("%", "count", "people")
CLOSE = 1e-9
WAY_OUT = (
    "Suppress another part of the same total: name it in also_hide, under [disclosure] in "
    "council.toml."
)


@dataclass(frozen=True, eq=False)
class _Column:
    """An operand of one figure, by cut: what is shown of it and what is hidden.

    `earlier`: the quarter of the pack it stands in, where that is an earlier one.
    """

    figure: str
    operand: str
    unit: str
    period: str
    earlier: str
    keys: tuple[Key, ...]
    shown: dict[Key, float]
    hidden: frozenset[Key]

    @cached_property
    def sums(self) -> list[Sum]:
        """Which of its rows sum to which."""
        return list(sums(self.keys))

    def is_one_with(self, other: "_Column") -> bool:
        """Whether a reader would take two columns for one: they agree wherever both are shown.

        Whole numbers may agree by chance, so two parts of a total must.
        """
        both = [key for key in self.shown if key in other.shown]
        parts = [self.shown[key] for key in both if key and self.shown[key]]
        told = len(parts) > 1 or any(value % 1 for value in parts)
        told = told or (self.figure, self.operand) == (other.figure, other.operand)
        alike = all(_close(self.shown[key], other.shown[key]) for key in both)
        return self.period == other.period and told and alike


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= CLOSE * max(abs(one), abs(other), 1)


def refuse_leaks(
    evidence: pd.DataFrame,
    before: pd.DataFrame | None = None,
    regime: Regime | None = None,
    personal: Collection[str] = (),
) -> None:
    """Refuse a pack in which a suppressed figure follows from the figures shown.

    `before`: the evidence of the pack before; `personal`: the datasets with people in them. Raises
    RecordRefused, which says what follows from what and what to do.
    """
    rule = regime or Regime()
    counted = evidence[evidence["kind"] == "indicator"]
    _refuse_numbers(counted[_marked(counted)])
    own = list(_columns(counted, ""))
    old = [] if before is None else list(_earlier(before, counted))
    for columns in _as_one([*own, *old]):
        _refuse_told(columns, rule)
    if before is not None:
        _refuse_small_steps(counted[counted["dataset"].isin(personal)], before, rule)


def _marked(rows: pd.DataFrame) -> "pd.Series[bool]":
    return rows["status"].map(lambda marks: "c" in str(marks).split(";")).astype("bool")


def _refuse_numbers(hidden: pd.DataFrame) -> None:
    told = hidden[hidden[list(NUMBER_COLUMNS)].notna().any(axis=1)]
    if len(told):
        raise RecordRefused(
            f"{told['evidence_id'].iloc[0]} is suppressed and has numbers. Record it by "
            "record.evidence(...), and nothing else."
        )


def _earlier(before: pd.DataFrame, now: pd.DataFrame) -> Iterator[_Column]:
    """The columns of the pack before that speak of a period which this one speaks of too."""
    rows = before[(before["kind"] == "indicator") & before["period"].isin(set(now["period"]))]
    for quarter, own in rows.groupby("quarter"):
        yield from _columns(own, str(quarter))


def _columns(rows: pd.DataFrame, earlier: str) -> Iterator[_Column]:
    figures = rows["indicator"] + rows["evidence_id"].map(facets)
    marks = _marked(rows)
    for (figure, period), own in rows.groupby([figures, "period"], sort=True):
        keys = own["evidence_id"].map(key)
        hidden = frozenset(keys[marks[own.index]])
        for operand in OPERANDS:
            told = own[operand].notna() & ~marks[own.index]
            shown = dict(zip(keys[told], own.loc[told, operand].astype(float), strict=True))
            unit = str(own["unit"].iloc[0])
            yield _Column(
                str(figure), operand, unit, str(period), earlier, tuple(keys), shown, hidden
            )


def key(evidence_id: str) -> Key:
    """The cuts of a row that are parts of a sum."""
    return tuple(pair for pair in pairs(evidence_id) if pair[0] not in FACETS)


def facets(evidence_id: str) -> str:
    """Which figure of its indicator a row is of, in words: ` question=q1`."""
    return "".join(f" {name}={value}" for name, value in pairs(evidence_id) if name in FACETS)


def pairs(evidence_id: str) -> list[tuple[str, str]]:
    """The cuts that an evidence id names."""
    cut = evidence_id.partition("/")[2]
    named = (pair.partition("=") for pair in cut.split("&") if pair)
    return [(name, value) for name, _, value in named]


def _as_one(columns: Sequence[_Column]) -> list[list[_Column]]:
    """Columns that are one, side by side; of different totals they cannot be."""
    by_total: dict[float | None, list[list[_Column]]] = {}
    for column in columns:
        groups = by_total.setdefault(_rough(column.shown.get(())), [])
        own = [g for g in groups if all(column.is_one_with(other) for other in g)]
        (own[0].append(column) if own else groups.append([column]))
    return [group for groups in by_total.values() for group in groups]


def _rough(total: float | None) -> float | None:
    return None if total is None else float(f"{total:.9g}")


def _refuse_told(columns: Sequence[_Column], regime: Regime) -> None:
    """Refuse what columns that are one say of a row that one of them hides."""
    if not any(column.hidden for column in columns if not column.earlier):
        return
    for column in (each for each in columns if not each.earlier):
        _refuse_determined(column, determined(column.sums, column.hidden), "")
        told = {k: o for o in columns for k in column.hidden & set(o.shown) if not o.earlier}
        for at, other in told.items():
            if _tells(column.operand, other.shown[at], regime):
                _refuse(column, at, f"is shown by {other.figure}")
    _refuse_joined(columns, regime)


def _tells(operand: str, value: float, regime: Regime) -> bool:
    """Whether an operand of a hidden row is its secret: what it counts, or a count of few."""
    return operand == "numerator" or 0 < value < regime.threshold


def _refuse_joined(columns: Sequence[_Column], regime: Regime) -> None:
    """Refuse what follows from all columns together, and did not before this pack."""
    known = {k: value for column in columns for k, value in column.shown.items()}
    totals = [each for column in columns for each in column.sums]
    unknown = _not_shown(columns)
    ranges = bounds(totals, known, unknown)
    old = [column for column in columns if column.earlier]
    public = set(determined([t for c in old for t in c.sums], _not_shown(old)))
    fixed = set(determined(totals, unknown)) - public
    by = f" with those of {', '.join(sorted({c.earlier for c in old}))}" if old else ""
    for column in (each for each in columns if not each.earlier):
        sure = column.operand == "numerator"
        small = {k for k, ends in ranges.items() if _few(ends, regime)}
        _refuse_determined(column, (column.hidden & fixed) & (fixed if sure else small), by)
        if _counts_things(columns, regime):
            _refuse_narrow(column, ranges, known, regime, by)


def _not_shown(columns: Sequence[_Column]) -> set[Key]:
    return {k for c in columns for k in c.keys} - {k for c in columns for k in c.shown}


def _few(ends: Bounds, regime: Regime) -> bool:
    return 0 < ends[0] < regime.threshold and _close(*ends)


def _counts_things(columns: Sequence[_Column], regime: Regime) -> bool:
    """Whether columns hold counts, as they are: whole numbers, and not all rounded."""
    values = [value for column in columns for value in column.shown.values()]
    rough = all(value % regime.rounding_base == 0 for value in values) and regime.rounding_base > 1
    whole = all(float(value).is_integer() for value in values)
    return whole and not rough and all(column.unit in COUNTED for column in columns)


def _refuse_narrow(
    column: _Column,
    ranges: Mapping[Key, Bounds],
    known: Mapping[Key, float],
    regime: Regime,
    by: str,
) -> None:
    """Refuse a hidden count that could be few and is all but told."""
    of_nobody = {part for total, parts in column.sums if known.get(total) == 0 for part in parts}
    for at in sorted(column.hidden & set(ranges) - of_nobody):
        if narrow(*ranges[at], regime.threshold):
            low, high = map(round, ranges[at])
            _refuse(column, at, f"lies between {low:,} and {high:,} by those shown{by}")


def _refuse_determined(column: _Column, found: Iterable[Key], by: str) -> None:
    for at in sorted(found):
        _refuse(column, at, f"follows from those shown{by}")


def _refuse(column: _Column, at: Key, why: str) -> None:
    raise RecordRefused(f"{column.figure}: the suppressed figure for {dict(at)} {why}. {WAY_OUT}")


def _refuse_small_steps(now: pd.DataFrame, before: pd.DataFrame, regime: Regime) -> None:
    """Refuse a count since the start of a period that is a few more than in the pack before.

    Both are shown and neither is small, but the time between them had few cases.
    """
    old = before.loc[
        before["kind"] == "indicator", ["evidence_id", "period", "numerator", "quarter"]
    ]
    both = now[now["unit"].isin(COUNTED)].merge(old, on="evidence_id", suffixes=("", "_then"))
    both["more"] = both["numerator"] - both["numerator_then"]
    few = both[
        both["more"].between(0, regime.threshold, inclusive="neither") & (both["more"] % 1 == 0)
    ]
    for id_, period, then, quarter in few[
        ["evidence_id", "period", "period_then", "quarter_then"]
    ].to_numpy():
        if _longer(period, then):
            raise RecordRefused(
                f"{id_}: its count is a few more than in the pack of {quarter}, so their "
                f"difference is a small count. {WAY_OUT}"
            )


def _longer(period: str, than: str) -> bool:
    """Whether a period begins with another and goes on."""
    begins, _, ends = period.partition(" to ")
    began, _, ended = than.partition(" to ")
    return bool(ends and ended) and begins == began and ends > ended
