"""Comparators, targets and what a comparison earns the right to say."""

import math
from collections.abc import Collection

import pandas as pd

from peerpack.handover.evidence import Comparison
from peerpack.measures.table import rows_in


def group_median(figures: pd.DataFrame | None, indicator: str, period: str) -> Comparison | None:
    """The median of the neighbours' figures for an indicator and period; who is missing is named.

    `figures`: area, indicator, period, value, without the council itself. None where no neighbour
    supplied a figure of this indicator for this period, or None was given: no comparator.
    """
    if figures is None:
        return None
    own = figures[(figures["indicator"] == indicator) & (figures["period"] == period)]
    known = own[own["value"].notna()]
    if known.empty:
        return None
    return Comparison(
        indicator=indicator,
        group="neighbour councils",
        version=f"as supplied for {period}",
        statistic="median",
        period=period,
        value=float(known["value"].median()),
        n=len(known),
        missing=tuple(sorted(own.loc[own["value"].isna(), "area"])),
        source="Neighbour figures supplied with the return",
        rows=tuple(int(row) for row in rows_in(own)),
    )


def unlike(comparison: Comparison, indicator: str, periods: Collection[str]) -> str:
    """Why a comparator is not like for like, or nothing: same definition, same period, a value.

    `periods`: the ways in which the figure's own period is written.
    """
    if comparison.indicator != indicator:
        return f"it is of {comparison.indicator}, not of {indicator}"
    if comparison.period not in periods:
        return f"it is of {comparison.period}, not of {min(periods, key=len)}"
    if not comparison.n or math.isnan(comparison.value):
        return "no member of the group has a figure"
    return ""


def standing(value: float, lower: float, upper: float, against: float) -> str:
    """How a value stands to another: a difference is named only where its interval earns it.

    Returns `higher`, `lower`, `the same` or `not clearly different`; nothing where one is missing.
    """
    if math.isnan(value) or math.isnan(against):
        return ""
    if math.isclose(value, against, rel_tol=1e-9, abs_tol=1e-12):
        return "the same"
    uncertain = not (math.isnan(lower) or math.isnan(upper))
    if uncertain and lower <= against <= upper:
        return "not clearly different"
    return "higher" if value > against else "lower"


def rag(value: float, target: float, tolerance: float, polarity: str) -> str:
    """Green at or better than target, amber within the tolerance, else red.

    Nothing where a value is missing or the indicator is context, neither good nor bad.
    """
    if math.isnan(value) or polarity == "context":
        return ""
    short = value - target if polarity == "lower" else target - value
    return "green" if short <= 0 else "amber" if short <= tolerance else "red"


def direction(value: float, before: float, polarity: str) -> str:
    """Direction of travel since the previous pack; good or bad only where there is a polarity."""
    if math.isnan(value) or math.isnan(before):
        return ""
    if math.isclose(value, before, rel_tol=1e-9, abs_tol=1e-12):
        return "no change"
    rose = value > before
    if polarity == "context":
        return "increasing" if rose else "decreasing"
    return "improving" if rose == (polarity == "higher") else "worsening"
