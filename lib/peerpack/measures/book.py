"""The published figures of a council's quarter, and how they rest on each other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

import numpy as np
import pandas as pd

from peerpack.errors import StaleCorrection
from peerpack.measures.printed import (
    Figure,
    as_operand,
    decimals,
    elapsed,
    key_of,
    stated,
)
from peerpack.measures.rounding import Interval, propagate, whole_number_share
from peerpack.measures.table import as_rows

DAY_UNITS = ("days_between", "days_inclusive", "weeks_between", "months_between", "years_between")
DIVIDING = ("share", "grossed_up", "ratio", "change")

FORMULAS: Mapping[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "share": lambda x: 100 * x[0] / x[1],
    "grossed_up": lambda x: 100 * x[0] / x[1],
    "ratio": lambda x: x[0] / x[1],
    "change": lambda x: 100 * (x[0] / x[1] - 1),
    "difference": lambda x: x[0] - x[1],
    "product": lambda x: x[0] * x[1],
    "sum": lambda x: sum(x, Fraction(0)),
}


class Book:
    """Published figures by key, each recomputed once from the others."""

    def __init__(self, published: pd.DataFrame) -> None:
        plain = published.astype(object).where(published.notna(), None)
        self.figures: dict[str, Figure] = {key_of(row): row for row in as_rows(plain)}
        self._known: dict[str, Interval | None] = {}

    def recomputed(self, figure: Figure) -> Interval | None:
        """What the other figures make of this one; None where it has no method."""
        method = figure["method"]
        if not method:
            return None
        if method in DAY_UNITS:
            days = (self._day(figure[which], figure) for which in ("denominator", "numerator"))
            return Interval.exact(elapsed(method, *days))
        if method == "whole_share":
            return self._nearest_share(figure)
        return propagate(FORMULAS[method], self.operands(figure))

    def operands(self, figure: Figure) -> list[Interval]:
        """The operands of its formula, the divisor last; none where its method has no formula."""
        if figure["method"] not in FORMULAS:
            return []
        found = [self._operand(name, figure) for name in _named(figure)]
        if figure["method"] in DIVIDING:
            _refuse_zero(found[-1], figure)
        return found

    def rows(self, figure: Figure) -> np.ndarray:
        """The source rows of a figure and of all that it rests on."""
        seen: dict[str, Figure] = {}
        self._collect(figure, seen)
        return np.array(sorted(each["source_row"] for each in seen.values()), dtype="int64")

    def _collect(self, figure: Figure, seen: dict[str, Figure]) -> None:
        seen[key_of(figure)] = figure
        for name in _named(figure) if figure["method"] else ():
            if name in self.figures and name not in seen:
                self._collect(self.figures[name], seen)

    def _nearest_share(self, figure: Figure) -> Interval | None:
        base = self._operand(figure["denominator"], figure)
        _refuse_zero(base, figure)
        if figure["stated_value"] is None:
            return None
        nearest, _ = whole_number_share(stated(figure), decimals(figure), int(base.value))
        return Interval.exact(Fraction(100 * nearest) / base.value)

    def _operand(self, name: str, figure: Figure) -> Interval:
        if name not in self.figures:
            return _literal(name, figure)
        if name not in self._known:
            self._known[name] = None  # a figure that needs itself finds this
            own = self.figures[name]
            self._known[name] = self.recomputed(own) or as_operand(own)
        found = self._known[name]
        if found is None:
            raise StaleCorrection(
                f"Published figure {key_of(figure)} rests on {name}, which has no number or rests "
                "on itself. Mend numerator or denominator in published_figures.csv."
            )
        return found

    def _day(self, name: str, figure: Figure) -> date:
        found = self.figures[name]["stated_date"] if name in self.figures else name
        try:
            return date.fromisoformat(str(found)[:10])
        except ValueError:
            raise StaleCorrection(
                f"Published figure {key_of(figure)}: {name} has no date. Mend numerator or "
                "denominator in published_figures.csv."
            ) from None


def _named(figure: Figure) -> Iterator[str]:
    """The operands as the return names them: figures or numbers, the divisor last."""
    for name in (*str(figure["numerator"] or "").split(" + "), str(figure["denominator"] or "")):
        if name.strip():
            yield name.strip()


def _refuse_zero(divisor: Interval, figure: Figure) -> None:
    if divisor.lower <= 0 <= divisor.upper:
        raise StaleCorrection(
            f"Published figure {key_of(figure)} divides by {figure['denominator']}, which is or "
            "may be zero. Take its method out of published_figures.csv and say why."
        )


def _literal(name: str, figure: Figure) -> Interval:
    try:
        return Interval.exact(name)
    except ValueError:
        raise StaleCorrection(
            f"Published figure {key_of(figure)} rests on {name!r}: neither a number nor a figure "
            "of this return. Mend numerator or denominator in published_figures.csv."
        ) from None
