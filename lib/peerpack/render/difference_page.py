"""The page of what moved between two packs: figures, charts side by side, returns, sentences."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from peerpack.errors import OurFault
from peerpack.handover.difference import Difference, Drawing, ExhibitMoved, NumberMoved
from peerpack.render.difference import groups, headline, loud, return_lines
from peerpack.render.svg import inlined

NUMBERS_SHOWN_N = 60
ROWS_SHOWN_N = 20
Sides = tuple[Drawing | None, Drawing | None]


@dataclass(frozen=True)
class Drawn:
    """One side of a chart: its drawing, or in words why there is none."""

    side: str
    title: str
    drawing: Markup | None
    said: str = ""


@dataclass(frozen=True)
class ChartsBeside:
    """A chart of both packs."""

    told: ExhibitMoved
    sides: tuple[Drawn, ...]
    numbers: tuple[NumberMoved, ...]
    more_n: int


def difference_words(told: Difference, drawings: Mapping[str, Sides]) -> dict[str, object]:
    """What the template says of a difference; `drawings`: the charts that may be shown, by id."""
    return {
        "told": told,
        "council_name": told.b.council if told.b.invented else told.a.council,
        "invented": told.a.invented or told.b.invented,
        "headline": headline(told),
        "loud": loud(told),
        "groups": groups(told),
        "charts": [_beside(each, drawings.get(each.id), n) for n, each in enumerate(told.exhibits)],
        "returns": [(each, list(return_lines(each))) for each in told.returns],
        "rows_shown_n": ROWS_SHOWN_N,
    }


def _beside(told: ExhibitMoved, sides: Sides | None, number: int) -> ChartsBeside:
    drawn = (
        tuple(_drawn(name, side, f"{name.lower()}{number}-")
              for name, side in zip("AB", sides, strict=True))
        if sides and told.drawing_moved
        else ()
    )  # fmt: skip
    shown = told.numbers[:NUMBERS_SHOWN_N]
    return ChartsBeside(told, drawn, shown, len(told.numbers) - len(shown))


def _drawn(side: str, drawing: Drawing | None, prefix: str) -> Drawn:
    """A drawing with ids of its own; one that a page may not hold is left out and said."""
    if drawing is None:
        return Drawn(side, "", None, f"{side} has no such chart.")
    try:
        return Drawn(side, drawing.title, inlined(drawing.svg, prefix, drawing.title, drawing.alt))
    except OurFault as fault:
        return Drawn(side, drawing.title, None, f"Not drawn here. {fault}")
