"""What packs said of a figure over time: how far back, from what to what, where it breaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from peerpack.handover.history import Reach
from peerpack.words.numbers import quarter_in_full

Reason = Literal["unit", "definition", "series"]
MOVED: dict[Reason, str] = {
    "unit": "the unit changed",
    "definition": "the definition was written anew",
    "series": "the figure is marked as a break in its series",
}
"""Why a figure is not like for like with those before it."""
REACH: dict[Reach, str] = {
    "first": "No pack came before this one, so the history of its figures begins here.",
    "whole": "Each row is what the pack of that quarter said. A later revision does not change it.",
    "kept none": "The pack before this one kept no history. What packs before that one said is "
    "not known here.",
    "unreadable": "The history that the pack before this one kept could not be read. What packs "
    "before that one said is not known here.",
}
"""How far the history of a pack goes back."""


@dataclass(frozen=True)
class Point:
    """A figure of a line as it was shown, and the quarter of the pack that showed it."""

    quarter: str
    value: float
    display: str


def line_title(title: str) -> str:
    """The title of a line of what packs said."""
    return f"{title}: what each pack said"


def line_alt(points: Sequence[Point], breaks: Sequence[str] = ()) -> str:
    """Alt text of such a line: from what to what, its range, and where it breaks.

    Nothing is said to have risen or fallen: whether a change is more than chance is not known here.
    """
    first, last = points[0], points[-1]
    moved = (
        f"at {first.display} in {_when(first)} and in {_when(last)}"
        if first.display == last.display
        else f"from {first.display} in {_when(first)} to {last.display} in {_when(last)}"
    )
    return " ".join([f"Line of {len(points)} figures, {moved}.", *_range(points), *breaks])


def break_sentence(quarter: str, why: Reason) -> str:
    """That figures from a quarter on are not like for like with those before."""
    since = quarter_in_full(quarter)
    return f"Figures from {since} on do not compare with earlier ones: {MOVED[why]}."


def _range(points: Sequence[Point]) -> list[str]:
    ordered = sorted(points, key=lambda point: point.value)
    low, high = ordered[0], ordered[-1]
    if low.display == high.display:
        return []
    return [f"The lowest is {low.display} ({_when(low)}), the highest {high.display} "
            f"({_when(high)})."]  # fmt: skip


def _when(point: Point) -> str:
    return quarter_in_full(point.quarter)
