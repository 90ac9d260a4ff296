"""One published figure: what is printed, as a number, an interval, a key and a place."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from peerpack.measures.rounding import Interval, implied

Figure = Mapping[str, Any]
"""A row of the return `published_figures`, None where a cell is blank."""

WHOLE_UNITS = ("count", "people", "rank")


def key_of(figure: Figure) -> str:
    """What other figures call it: `L05`, or `L39/comparator_figure`."""
    return f"{figure['claim_id']}/{figure['part']}" if figure["part"] else str(figure["claim_id"])


def stated(figure: Figure) -> Fraction:
    """The number as printed, exactly."""
    return Fraction(repr(float(figure["stated_value"])))


def decimals(figure: Figure) -> int:
    """The decimals printed; minus three for a figure in thousands."""
    return int(figure["decimals"] or 0)


def printed_interval(figure: Figure) -> Interval:
    """What the printed figure may stand for."""
    if figure["operator"] == "between":
        return Interval(
            stated(figure), stated(figure), Fraction(repr(float(figure["stated_upper"])))
        )
    return implied(stated(figure), decimals(figure), figure["operator"])


def as_operand(figure: Figure) -> Interval | None:
    """What a formula is given: whole things are what is printed, all else a range; None if none."""
    if figure["stated_value"] is None:
        return None
    whole = figure["unit"] in WHOLE_UNITS and figure["operator"] == "="
    return Interval.exact(stated(figure)) if whole else printed_interval(figure)


def place(figure: Figure) -> str:
    """Where it is printed, document and lines: `S002, lines 51, 79 to 90`."""
    lines = str(figure["lines"]).replace("-", " to ").replace(";", ", ")
    return f"{figure['document']}, {'line' if lines.isdigit() else 'lines'} {lines}"


def elapsed(method: str, start: date, end: date) -> Fraction:
    """The time between two days, in the unit and the manner that a method names."""
    days = (end - start).days
    if method in ("days_between", "days_inclusive"):
        return Fraction(days + (method == "days_inclusive"))
    if method == "weeks_between":
        return Fraction(days, 7)
    months = 12 * (end.year - start.year) + end.month - start.month
    part = Fraction(end.day - start.day, monthrange(end.year, end.month)[1])
    return (months + part) / (12 if method == "years_between" else 1)
