"""What a printed figure may stand for, and whether what was computed can be it.

A printed 13.4 means 13.35 to 13.45; a count is itself, unless it is printed in whole hundreds from
a thousand up, which may be rounded, or measures (377 kg, an average of 17), which is rounded;
"about" widens by a whole unit of the last digit printed, and "over" or "under" leave one side open.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from peerpack.measures.rounding import Interval, propagate
from peerpack.prose import Quantity
from peerpack.prose.numbers import SCALES

FITS, WITHIN, APART = "fits", "within", "apart"
_OPEN = 1000
"""So many times its value a figure "over" something may be: more than any text could mean."""


def place(figure: Quantity) -> Fraction:
    """One unit of the last digit that is meant: of 45,000 a thousand, of 13.4 a tenth."""
    if figure.decimals or figure.unit in ("GBP m", "GBP bn", "GBP k", "%", "pp"):
        return Fraction(10) ** -figure.decimals
    size = abs(figure.value)
    if size >= 1000:
        return Fraction(next((p for p in (1000, 100) if size % p == 0), 1))
    return Fraction(10) ** -figure.decimals


def meant(figure: Quantity) -> Interval:
    """The lowest and highest value a printed figure may stand for, in its own unit."""
    value, unit = figure.value, place(figure)
    if figure.upper is not None:
        return Interval(value, min(value, figure.upper), max(value, figure.upper))
    if figure.hedge in ("<", ">"):
        ends = (min(value, Fraction(0)), value) if figure.hedge == "<" else (value, value * _OPEN)
        return Interval(value, min(ends), max(ends))
    near = max(_round_place(figure), unit)
    if figure.hedge == "just under":
        return Interval(value, value - near, value)
    if figure.hedge == "just over":
        return Interval(value, value, value + near)
    half = _half(figure, unit, near)
    return Interval(value, value - half, value + half)


def _half(figure: Quantity, unit: Fraction, near: Fraction) -> Fraction:
    if figure.in_words and figure.unit == "%":
        return Fraction(5) if figure.hedge == "~" else Fraction(5, 2)
    if figure.in_words and figure.unit == "ratio":
        return figure.value / 10
    if figure.hedge == "~":
        return near
    whole = figure.unit == "count" and unit == 1 and not figure.measured
    return Fraction(0) if whole else unit / 2


def _round_place(figure: Quantity) -> Fraction:
    """The place of the last digit that is not nought: of `about 600` a hundred."""
    if figure.decimals > 0 or not figure.value:
        return place(figure)
    digits = str(abs(int(figure.value)))
    return Fraction(10 ** (len(digits) - len(digits.rstrip("0"))))


def in_pounds(figure: Quantity) -> Interval:
    """What a figure may stand for, money in single pounds, so that £800k and £1.2m compare."""
    times = SCALES.get(figure.unit, 1)
    found = meant(figure)
    return Interval(found.value * times, found.lower * times, found.upper * times)


def computed(
    formula: Callable[[Sequence[Fraction]], Fraction], *figures: Quantity
) -> Interval | None:
    """A formula of figures as an interval; None where a divisor may be nought."""
    try:
        return propagate(formula, [in_pounds(figure) for figure in alike(figures)])
    except ZeroDivisionError:
        return None


def alike(figures: Sequence[Quantity]) -> Sequence[Quantity]:
    """Figures of one unit: where one of them is measured all are, though it is said of it only."""
    measured = {figure.unit for figure in figures if figure.measured}
    return [replace(f, measured=True) if f.unit in measured else f for f in figures]


def standing(figure: Quantity, found: Interval) -> str:
    """Whether what was computed is the figure as printed, may be it within rounding, or is apart.

    The figure is taken in pounds where it is money.
    """
    stated = in_pounds(figure)
    if figure.hedge in ("<", ">") or figure.in_words or figure.hedge != "=":
        fits = stated.lower <= found.value <= stated.upper
    else:
        times = SCALES.get(figure.unit, 1)
        fits = abs(found.value - stated.value) <= place(figure) * times / 2
    return FITS if fits else WITHIN if found.overlaps(stated) else APART


def share(parts: Sequence[Fraction]) -> Fraction:
    """A part as a percentage of its whole."""
    return 100 * parts[0] / parts[1]


def growth(ends: Sequence[Fraction]) -> Fraction:
    """The change from the first to the second, as a percentage of the first."""
    return 100 * (ends[1] - ends[0]) / abs(ends[0])


def difference(ends: Sequence[Fraction]) -> Fraction:
    """The second less the first."""
    return ends[1] - ends[0]


def product(factors: Sequence[Fraction]) -> Fraction:
    """One times the other."""
    return factors[0] * factors[1]


def quotient(parts: Sequence[Fraction]) -> Fraction:
    """One by the other."""
    return parts[0] / parts[1]


def total(parts: Sequence[Quantity]) -> Interval:
    """All of them together: the ends of a sum are the sums of the ends."""
    each = [in_pounds(part) for part in alike(parts)]
    none = Fraction(0)
    return Interval(
        sum((e.value for e in each), none),
        sum((e.lower for e in each), none),
        sum((e.upper for e in each), none),
    )
