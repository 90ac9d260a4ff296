"""Where does a figure lie beside its comparator, its target and the neighbours? A strip to draw."""

from collections.abc import Iterable
from dataclasses import dataclass

from peerpack.render.rows import Row

WIDTH, MARGIN = 120.0, 6.0
Span = tuple[float, float]


@dataclass(frozen=True)
class Strip:
    """Places from 0 to WIDTH, less on the left; None where there is no such mark.

    `middle`: the middle half of the neighbours, `sure`: the figure's own interval, each as where it
    begins and how wide it is.
    """

    value: float
    comparator: float | None
    target: float | None
    middle: Span | None
    sure: Span | None


@dataclass(frozen=True)
class _Scale:
    """What is drawn at the margins: the least and the most of what is shown."""

    least: float
    most: float

    def place(self, value: float) -> float:
        share = (value - self.least) / (self.most - self.least)
        return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)

    def at(self, value: float | None) -> float | None:
        return None if value is None else self.place(value)

    def span(self, ends: Span | None) -> Span | None:
        if ends is None:
            return None
        begin, end = map(self.place, ends)
        return begin, round(end - begin, 1)


def strip(row: Row, comparators: Iterable[Row]) -> Strip | None:
    """The strip of a figure; none where nothing is told apart from it, or it is not shown.

    `comparators`: every comparator of the figure, as `comparators.csv` has them.
    """
    middle, sure = _middle(row, comparators), _both(row["lower"], row["upper"])
    beside = [row["comparator_value"], row["target"], *(middle or ()), *(sure or ())]
    marks = [mark for mark in (row["value"], *beside) if mark is not None]
    if row["value"] is None or row["comparator_value"] is None or min(marks) == max(marks):
        return None
    scale = _Scale(min(marks), max(marks))
    return Strip(
        value=scale.place(row["value"]),
        comparator=scale.at(row["comparator_value"]),
        target=scale.at(row["target"]),
        middle=scale.span(middle),
        sure=scale.span(sure),
    )


def _middle(row: Row, comparators: Iterable[Row]) -> Span | None:
    """The quartiles of the group that the figure stands beside."""
    own = {
        each["statistic"]: each["value"]
        for each in comparators
        if each["group"] and row["comparator"].endswith(each["group"])
    }
    return _both(own.get("lower quartile"), own.get("upper quartile"))


def _both(lower: float | None, upper: float | None) -> Span | None:
    return None if lower is None or upper is None else (lower, upper)
