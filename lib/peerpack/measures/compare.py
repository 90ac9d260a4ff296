"""Comparators, targets and what a comparison earns the right to say."""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

import numpy as np
import pandas as pd

from peerpack.handover.evidence import Comparison
from peerpack.handover.neighbours import AREA, ENGLAND, Group
from peerpack.measures.table import rows_in
from peerpack.vocab import days_of

MEDIAN, POOLED = "median", "pooled rate"
RANK = "rank from the highest"
NOT_CLEAR = "not clearly different"
NO_INTERVAL = (float("nan"), float("nan"))
QUARTILE_METHOD: Literal["linear"] = "linear"
"""Quartiles by straight lines between the ordered values (Hyndman and Fan's type 7)."""


def beside(
    table: pd.DataFrame,
    indicator: str,
    period: str,
    groups: Sequence[Group],
    headline: str = MEDIAN,
    times: float = 1.0,
) -> tuple[Comparison, ...]:
    """Every comparator of a figure whose table has its neighbours' and England's beside it.

    `table`: of one figure, with the cut `area` (measures.neighbours.beside_others). `times`: what
    numerator over denominator is multiplied by, 100 for a percentage. Members without a value are
    left out, where figures are pooled of both sums, and are named as missing. Comparators, group by
    group, the headline first: median, pooled rate (the sum of numerators over the sum of
    denominators, never an average of rates), mean and both quartiles of the members that have a
    value; the council's rank among them and itself, equal values sharing the better place; last,
    England as published. None of a group where nobody in it has a value.
    Source: quartiles of type 7, as spreadsheets have them (QUARTILE.INC).
    """
    of_groups = (_of(table, indicator, period, group, headline, times) for group in groups)
    return (*chain.from_iterable(of_groups), *_england(table, indicator, period))


def _of(
    table: pd.DataFrame, indicator: str, period: str, group: Group, headline: str, times: float
) -> Iterator[Comparison]:
    """The statistics of one group."""
    names = tuple(member.name for member in group.members)
    members = table[table[AREA].isin(names)]
    known = members[members["value"].notna()]
    if known.empty:
        return
    told = _spread(known) | {POOLED: _pooled(known, times), RANK: _rank(table, known)}
    missing = tuple(sorted(members.loc[members["value"].isna(), AREA]))
    for each in sorted(told, key=lambda statistic: statistic != headline):
        if not math.isnan(told[each]):
            yield Comparison(
                indicator=indicator, group=group.name, version=group.version, statistic=each,
                period=period, value=told[each], n=len(known) + (each == RANK), missing=missing,
                source=group.source, measure=_measure(table), members=names,
                rows=_rows(known["numerator_rows"]),
                denominator_rows=_rows(known["denominator_rows"]),
            )  # fmt: skip


def _england(table: pd.DataFrame, indicator: str, period: str) -> tuple[Comparison, ...]:
    """England's own figure, which allows for those who sent nothing: never the authorities' sum."""
    known = table[table[AREA].str.startswith(ENGLAND, na=False) & table["value"].notna()]
    return tuple(
        Comparison(
            indicator=indicator, group=ENGLAND, version="as published", period=period,
            statistic="national figure", value=float(value), n=1, missing=(),
            source="The same national return", measure=_measure(table),
        rows=_rows(known["numerator_rows"]), denominator_rows=_rows(known["denominator_rows"]),
        )
        for value in known["value"]
    )  # fmt: skip


def _measure(table: pd.DataFrame) -> str:
    """The figure the table is of, of an indicator of several."""
    return str(table["measure"].iloc[0]) if "measure" in table else ""


def _rows(of_each: "pd.Series[Any]") -> tuple[int, ...]:
    return tuple(int(row) for row in np.unique(np.concatenate(of_each.to_list())))


def _spread(known: pd.DataFrame) -> dict[str, float]:
    values = known["value"].astype("float64")
    quartiles = {
        name: float(values.quantile(at, interpolation=QUARTILE_METHOD))
        for name, at in {"lower quartile": 0.25, "upper quartile": 0.75}.items()
    }
    return {MEDIAN: float(values.median()), "mean": float(values.mean()), **quartiles}


def _pooled(known: pd.DataFrame, times: float) -> float:
    above, below = (known[c].astype("float64") for c in ("numerator", "denominator"))
    return times * above.sum(skipna=False) / below.sum(skipna=False)


def _rank(table: pd.DataFrame, known: pd.DataFrame) -> float:
    own = table.loc[table[AREA].isna(), "value"].astype("float64")
    if own.isna().any() or own.empty:
        return float("nan")
    return 1.0 + float((known["value"].astype("float64") > own.iloc[0]).sum())


def group_median(
    figures: pd.DataFrame | None, indicator: str, period: str, group: Group | None = None
) -> Comparison | None:
    """The median of the neighbours' own figures for an indicator and period, and who is missing.

    `figures`: area, indicator, period, value, without the council itself; statistic_basis, licence
    and embargo_until where they are given. With a `group`, its members alone count, and one that
    supplied nothing is missing. Missing too, with the reason: a figure of another period, one that
    is computed otherwise than most are, one whose licence is restricted or that is under embargo on
    the day after the period. None where no neighbour has a figure, or None was given: no
    comparator. Where no way of computing it is that of more than half, the median is not like for
    like.
    """
    if figures is None or (group and not group.members):
        return None
    asked = figures[figures["indicator"] == indicator]
    names = [m.name for m in group.members] if group else sorted(asked["area"].unique())
    own = asked[asked["area"].isin(names) & (asked["period"] == period)]
    why = _not_counted(own, period)
    known = own[why == ""]
    if known.empty:
        return None
    elsewhere = asked.loc[~asked["area"].isin(own["area"]), "area"]
    reasons = dict.fromkeys(elsewhere, "of another period") | dict(
        zip(own["area"], why, strict=True)
    )
    missing = sorted(set(names) - set(known["area"]))
    return Comparison(
        indicator=indicator,
        group=group.name if group else "neighbour councils",
        version=group.version if group else f"as supplied for {period}",
        statistic=MEDIAN,
        period=period,
        value=float(known["value"].median()),
        n=len(known),
        missing=tuple(_reasoned(name, reasons.get(name, "")) for name in missing),
        source="Neighbour figures supplied with the return",
        rows=tuple(int(row) for row in rows_in(own)),
        unlike="" if _usual_way(known) else "the neighbours compute it in several ways",
    )


def why_none(group: Group | None) -> str:
    """Why a figure may have no median of neighbours, where the council has none that counts."""
    unusable = group.none_because if group else ""
    return unusable or "no figures of neighbours were supplied"


NO_FIGURE = "no figure"


def _reasoned(name: str, why: str) -> str:
    return f"{name} ({why})" if why not in ("", NO_FIGURE) else name


def _not_counted(own: pd.DataFrame, period: str) -> "pd.Series[str]":
    """Why a figure does not count, by row; empty where it does."""
    why = pd.Series("", index=own.index, dtype="str")
    usual = _usual_way(own[own["value"].notna()])
    if usual and "statistic_basis" in own:
        why[own["statistic_basis"].notna() & (own["statistic_basis"] != usual)] = (
            "computed otherwise"
        )
    why[_withheld(own, period)] = "not to be published"
    why[own["value"].isna()] = NO_FIGURE
    return why


def _withheld(figures: pd.DataFrame, period: str) -> "pd.Series[bool]":
    """Figures that may count in no pack: by their licence, or by an embargo on that date."""
    none = pd.Series(False, index=figures.index)
    restricted = figures["licence"] == "restricted" if "licence" in figures else none
    if "embargo_until" not in figures:
        return restricted
    pack_day = pd.Timestamp(days_of(period).split(" to ")[-1]) + pd.Timedelta(days=1)
    return restricted | (figures["embargo_until"] > pack_day)


def _usual_way(known: pd.DataFrame) -> str:
    """How more than half of those who say so compute it; nothing where no way is that of most."""
    ways = known["statistic_basis"].dropna() if "statistic_basis" in known else pd.Series(dtype=str)
    if ways.empty:
        return "not stated"
    most = ways.value_counts()
    return str(most.index[0]) if 2 * most.iloc[0] > len(ways) else ""


def unlike(comparison: Comparison, indicator: str, periods: Collection[str]) -> str:
    """Why a comparator is not like for like, or nothing: same definition, period and statistic.

    `periods`: the periods that the figure stands for, its own and, where it is one of the quarter,
    the quarter; however a period is written, its first and last day count.
    """
    if comparison.indicator != indicator:
        return f"it is of {comparison.indicator}, not of {indicator}"
    if days_of(comparison.period) not in map(days_of, periods):
        return f"it is of {comparison.period}, not of {min(periods, key=len)}"
    if not comparison.n or math.isnan(comparison.value):
        return "no member of the group has a figure"
    return comparison.unlike


def standing(
    value: float, lower: float, upper: float, against: float, *, sampled: bool = False
) -> str:
    """How a value stands to another: a difference is named only where its interval earns it.

    Returns `higher`, `lower`, `the same` or `not clearly different`; nothing where one is missing.
    `sampled`: an estimate from a sample, which earns nothing without an interval.
    """
    if math.isnan(value) or math.isnan(against):
        return ""
    uncertain = not (math.isnan(lower) or math.isnan(upper))
    if sampled and not uncertain:
        return NOT_CLEAR
    if math.isclose(value, against, rel_tol=1e-9, abs_tol=1e-12):
        return "the same"
    if uncertain and lower <= against <= upper:
        return NOT_CLEAR
    return "higher" if value > against else "lower"


@dataclass(frozen=True)
class Gap:
    """How far a figure stands from its comparator.

    `size`: the figure less its comparator, in the figure's own unit. `relative`: its amount as a
    share of the larger of the two, 0 to 2, by which gaps of different units are put in order.
    `adverse`: whether the figure is on the worse side, by the polarity of its indicator.
    """

    size: float
    relative: float
    adverse: bool


def gap(
    value: float,
    lower: float,
    upper: float,
    against: float,
    polarity: str,
    *,
    sampled: bool = False,
) -> Gap | None:
    """The gap between a figure and its comparator; None where no difference is earned.

    What is neither good nor bad, polarity `context`, is never adverse.
    """
    if standing(value, lower, upper, against, sampled=sampled) not in ("higher", "lower"):
        return None
    size = value - against
    better = {"higher": size > 0, "lower": size < 0}.get(polarity, True)
    return Gap(size, abs(size) / max(abs(value), abs(against)), not better)


def rag(value: float, target: float, tolerance: float, polarity: str) -> str:
    """Green at or better than target, amber within the tolerance, else red.

    Nothing where a value is missing or the indicator is context, neither good nor bad.
    """
    if math.isnan(value) or polarity == "context":
        return ""
    short = value - target if polarity == "lower" else target - value
    return "green" if short <= 0 else "amber" if short <= tolerance else "red"


def direction(
    value: float,
    before: float,
    polarity: str,
    interval: tuple[float, float] = NO_INTERVAL,
    interval_before: tuple[float, float] = NO_INTERVAL,
) -> str:
    """Direction of travel since the previous pack; good or bad only where there is a polarity.

    `no clear change` where one of the two values lies within the other's interval.
    """
    if math.isnan(value) or math.isnan(before):
        return ""
    if math.isclose(value, before, rel_tol=1e-9, abs_tol=1e-12):
        return "no change"
    if _holds(interval, before) or _holds(interval_before, value):
        return "no clear change"
    rose = value > before
    if polarity == "context":
        return "increasing" if rose else "decreasing"
    return "improving" if rose == (polarity == "higher") else "worsening"


def _holds(interval: tuple[float, float], value: float) -> bool:
    return interval[0] <= value <= interval[1]
