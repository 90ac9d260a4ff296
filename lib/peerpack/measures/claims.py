"""Published figures recomputed: does what was printed follow from what else was printed?"""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from peerpack.errors import StaleCorrection
from peerpack.measures.rounding import (
    Interval,
    implied,
    propagate,
    rounds_to,
    whole_number_share,
)

AGREES = "agrees"
AGREES_WITHIN = "agrees within the interval its rounding implies"
CANNOT_BE = "cannot be"
CANNOT_BE_RECOMPUTED = "cannot be recomputed"
NOT_STATED = "not printed; follows from printed figures"

WHOLE_UNITS = ("count", "people", "rank")
DAY_UNITS = ("days_between", "days_inclusive", "weeks_between", "months_between", "years_between")

FORMULAS: Mapping[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "share": lambda x: 100 * x[0] / x[1],
    "grossed_up": lambda x: 100 * x[0] / x[1],
    "ratio": lambda x: x[0] / x[1],
    "change": lambda x: 100 * (x[0] / x[1] - 1),
    "difference": lambda x: x[0] - x[1],
    "product": lambda x: x[0] * x[1],
    "sum": lambda x: sum(x, Fraction(0)),
}


def recompute(published: pd.DataFrame) -> pd.DataFrame:
    """Each published figure beside what the other published figures make it.

    Rows: one per figure, as in the return. Columns: claim_id, part; title (its meaning), unit,
    period, theme, indicator; stated_value, stated_decimals, stated (as printed); value, lower,
    upper (our recomputation, in the unit, with the interval that the rounding of its operands
    implies; missing where it cannot be recomputed); numerator, denominator (operands of two);
    agreement (one of five); comparator and its value, statistic, period, source; note (place,
    caution, why not recomputed); numerator_rows.
    Errors: StaleCorrection for an operand that names no figure, or figures that lead in a circle.
    Source: interval arithmetic on figures as printed; decision record 0004.
    """
    book = _Book(published)
    return pd.DataFrame([book.row(key) for key in book.figures])


class _Book:
    """The published figures of one council and quarter, by `L05` or `L39/comparator_figure`."""

    def __init__(self, published: pd.DataFrame) -> None:
        rows = published.astype(object).where(published.notna(), None).to_dict("records")
        self.figures = {_key(row): row for row in rows}
        self._known: dict[str, Interval | None] = {}

    def row(self, key: str) -> dict[str, Any]:
        figure = self.figures[key]
        found = self.recomputed(key)
        operands = self._operands(figure) if figure["method"] in FORMULAS else []
        pair = operands if len(operands) == 2 else [None, None]
        return {
            "claim_id": figure["claim_id"],
            "part": figure["part"],
            "title": figure["meaning"],
            "unit": figure["unit"],
            "period": figure["period"] or "not stated",
            "theme": figure["theme"],
            "indicator": figure["indicator"] or "",
            "kind_of_claim": figure["kind"],
            "stated": figure["figure_as_printed"],
            "stated_value": figure["stated_value"],
            "stated_decimals": figure["decimals"],
            "value": _float(found.value if found else None),
            "lower": _float(found.lower if found else None),
            "upper": _float(found.upper if found else None),
            "interval": _interval_words(found),
            "numerator": _float(pair[0].value if pair[0] else None),
            "denominator": _float(pair[1].value if pair[1] else None),
            "agreement": self._agreement(figure, found),
            "note": _note(figure),
            "numerator_rows": self._rows(key),
            **self._comparator(figure),
        }

    def recomputed(self, key: str) -> Interval | None:
        """What the other figures make of this one."""
        figure = self.figures[key]
        method = figure["method"]
        if not method:
            return None
        if method in DAY_UNITS:
            return Interval.exact(_elapsed(method, self._day(figure["denominator"], figure),
                                           self._day(figure["numerator"], figure)))  # fmt: skip
        if method == "whole_share":
            return self._nearest_share(figure)
        return propagate(FORMULAS[method], self._operands(figure))

    def _nearest_share(self, figure: dict[str, Any]) -> Interval:
        base = self._operand(figure["denominator"], figure).value
        nearest, _ = whole_number_share(_stated(figure), int(figure["decimals"]), int(base))
        return Interval.exact(Fraction(100 * nearest) / base)

    def _operands(self, figure: dict[str, Any]) -> list[Interval]:
        names = [each.strip() for each in str(figure["numerator"]).split(" + ")]
        names += [figure["denominator"]] if figure["denominator"] else []
        return [self._operand(name, figure) for name in names]

    def _operand(self, name: str, figure: dict[str, Any]) -> Interval:
        if name not in self.figures:
            return _literal(name, figure)
        if name not in self._known:
            self._known[name] = None  # a figure that needs itself finds this
            self._known[name] = self.recomputed(name) or _as_printed(self.figures[name])
        found = self._known[name]
        if found is None:
            raise StaleCorrection(
                f"Published figure {_key(figure)} rests on {name}, which has no number or rests "
                "on itself. Mend numerator or denominator in published_figures.csv."
            )
        return found

    def _day(self, name: str, figure: dict[str, Any]) -> date:
        stated = self.figures[name]["stated_date"] if name in self.figures else name
        if stated is None:
            raise StaleCorrection(f"Published figure {_key(figure)}: {name} has no date.")
        return pd.Timestamp(stated).date()

    def _agreement(self, figure: dict[str, Any], found: Interval | None) -> str:
        if found is None:
            return CANNOT_BE_RECOMPUTED
        if figure["stated_value"] is None:
            return NOT_STATED
        stated, printed = _stated(figure), _printed_interval(figure)
        if figure["operator"] in ("<", ">", "between"):
            agrees = printed.lower <= found.value <= printed.upper
        else:
            agrees = rounds_to(found.value, stated, int(figure["decimals"]))
        return AGREES if agrees else AGREES_WITHIN if found.overlaps(printed) else CANNOT_BE

    def _comparator(self, figure: dict[str, Any]) -> dict[str, Any]:
        other = self.figures.get(figure["comparator"] or "")
        if other is None:
            return {"comparator": "", "comparator_value": None, "comparator_statistic": "",
                    "comparator_period": "", "comparator_source": ""}  # fmt: skip
        return {
            "comparator": f"Claim {_key(other)}",
            "comparator_value": other["stated_value"],
            "comparator_statistic": figure["comparator_statistic"] or "not stated",
            "comparator_period": other["period"] or "not stated",
            "comparator_source": _place(other),
        }

    def _rows(self, key: str) -> np.ndarray:
        seen: dict[str, None] = {}
        self._collect(key, seen)
        return np.array(sorted(self.figures[k]["source_row"] for k in seen), dtype="int64")

    def _collect(self, key: str, seen: dict[str, None]) -> None:
        if key in seen or key not in self.figures:
            return
        seen[key] = None
        figure = self.figures[key]
        named = [*str(figure["numerator"] or "").split(" + "), str(figure["denominator"] or "")]
        for each in named if figure["method"] else []:
            self._collect(each.strip(), seen)


def _key(figure: Mapping[str, Any]) -> str:
    return f"{figure['claim_id']}/{figure['part']}" if figure["part"] else str(figure["claim_id"])


def _stated(figure: Mapping[str, Any]) -> Fraction:
    return Fraction(repr(float(figure["stated_value"])))


def _printed_interval(figure: Mapping[str, Any]) -> Interval:
    if figure["operator"] == "between":
        stated = _stated(figure)
        return Interval(stated, stated, Fraction(repr(float(figure["stated_upper"]))))
    return implied(_stated(figure), int(figure["decimals"] or 0), figure["operator"])


def _as_printed(figure: Mapping[str, Any]) -> Interval | None:
    if figure["stated_value"] is None:
        return None
    whole = figure["unit"] in WHOLE_UNITS and figure["operator"] == "="
    return Interval.exact(_stated(figure)) if whole else _printed_interval(figure)


def _literal(name: str, figure: Mapping[str, Any]) -> Interval:
    try:
        return Interval.exact(name)
    except ValueError:
        raise StaleCorrection(
            f"Published figure {_key(figure)} rests on {name!r}: neither a number nor a figure of "
            "this return. Mend numerator or denominator in published_figures.csv."
        ) from None


def _elapsed(method: str, start: date, end: date) -> Fraction:
    days = (end - start).days
    if method in ("days_between", "days_inclusive"):
        return Fraction(days + (method == "days_inclusive"))
    if method == "weeks_between":
        return Fraction(days, 7)
    months = 12 * (end.year - start.year) + end.month - start.month
    part = Fraction(end.day - start.day, monthrange(end.year, end.month)[1])
    return (months + part) / (12 if method == "years_between" else 1)


def _float(number: Fraction | None) -> float | None:
    return None if number is None else float(number)


def _interval_words(found: Interval | None) -> str:
    rounded = found is not None and found.lower != found.upper
    return "range that the rounding of its operands implies" if rounded else ""


def _place(figure: Mapping[str, Any]) -> str:
    return f"{figure['document']}, lines {figure['lines']}"


def _note(figure: Mapping[str, Any]) -> str:
    words = [f"{_place(figure)}."]
    if figure["not_recomputed_because"]:
        words.append(f"Not recomputed: {figure['not_recomputed_because']}.")
    if figure["comparator_note"]:
        words.append(f"Comparator: {figure['comparator_note']}.")
    if figure["caution"]:
        words.append(f"Caution: {figure['caution']}.")
    return " ".join(words)
