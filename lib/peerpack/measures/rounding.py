"""What rounding implies: a printed figure is an interval, and so is what is computed from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import floor


@dataclass(frozen=True)
class Interval:
    """A value and the lowest and highest it can be; exact fractions, so that ends meet."""

    value: Fraction
    lower: Fraction
    upper: Fraction

    @classmethod
    def exact(cls, number: Fraction | int | str) -> "Interval":
        """A value that is what it is."""
        return cls(Fraction(number), Fraction(number), Fraction(number))

    def overlaps(self, other: "Interval") -> bool:
        """Whether one value could be both."""
        return self.lower <= other.upper and other.lower <= self.upper


def implied(stated: Fraction, decimals: int, operator: str) -> Interval:
    """The interval of a printed figure.

    Printed as a value (`=`) or about one (`~`): half a unit of its last decimal either side. Over
    one (`>`): up to a unit above it; under one (`<`): down to a unit below it.
    """
    unit = Fraction(10) ** -decimals
    if operator == ">":
        return Interval(stated, stated, stated + unit)
    if operator == "<":
        return Interval(stated, stated - unit, stated)
    return Interval(stated, stated - unit / 2, stated + unit / 2)


def propagate(
    formula: Callable[[Sequence[Fraction]], Fraction], operands: Sequence[Interval]
) -> Interval:
    """A formula of intervals: its value, and its lowest and highest over all their ends.

    Exact for a formula that rises or falls in each operand throughout its interval, as sums,
    differences, products and quotients of positive figures do.
    """
    ends = [formula(each) for each in product(*((o.lower, o.upper) for o in operands))]
    return Interval(formula([o.value for o in operands]), min(ends), max(ends))


def rounds_to(value: Fraction, stated: Fraction, decimals: int) -> bool:
    """Whether a value, rounded to the decimals printed, is what is printed (a tie is either)."""
    return abs(value - stated) <= Fraction(10) ** -decimals / 2


def whole_number_share(stated_pct: Fraction, decimals: int, base: int) -> tuple[int, bool]:
    """The whole number nearest to a printed percentage of a base, and whether it prints so."""
    nearest = floor(stated_pct * base / 100 + Fraction(1, 2))
    return nearest, rounds_to(Fraction(100 * nearest, base), stated_pct, decimals)
