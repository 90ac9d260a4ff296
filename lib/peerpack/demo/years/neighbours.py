"""Figures of twelve invented neighbours, as the performance team collects them each quarter."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from peerpack.demo.years.absences import SEASON
from peerpack.demo.years.chance import stream
from peerpack.vocab import Quarter

AREAS = tuple(f"Invented Neighbour {letter}" for letter in "ABCDEFGHIJKL")
MISSING_SHARE = 0.04
YEAR_END, WAVE = 4, 2


@dataclass(frozen=True)
class Published:
    """An indicator that neighbours publish: how they say it is computed, and where it lies.

    `only` is the one quarter of the year that has it, 0 where every quarter does; `season_pct` is
    how far winter lifts it.
    """

    indicator: str
    basis: str
    unit: str
    low: float
    high: float
    only: int = 0
    season_pct: int = 0


PUBLISHED = (
    Published("KF01", "Forecast outturn less revised net budget, as % of it", "%", 0.2, 2.8),
    Published("KF06", "General Fund balance as % of net revenue budget", "%", 3.5, 8.5),
    Published("KF07", "Unallocated and earmarked reserves as % of net budget", "%", 12, 34),
    Published("KF17", "QRC4 line 5, council tax", "%", 91, 97, only=YEAR_END),
    Published("KF19", "QRC4, business rates", "%", 94, 98.5, only=YEAR_END),
    Published("KW01", "Working days lost per average FTE, no schools", "days", 2.0, 3.1,
              season_pct=100),
    Published("KW03", "Working days lost in twelve months per average FTE, no schools", "days",
              8.5, 12.4),
    Published("KW06", "Leavers of twelve months as % of average headcount", "%", 9, 16),
    Published("KW08", "Vacant FTE as % of established FTE", "%", 5, 14),
    Published("KW12", "Responses as % of staff invited", "%", 38, 66, only=WAVE),
    Published("KR01", "Very or fairly satisfied, weighted, telephone, don't know excluded", "%",
              40, 58),
    Published("KR02", "Very or fairly satisfied, weighted, telephone, don't know excluded", "%",
              66, 80),
    Published("KC07", "Stage 1 and 2 closed in the Code's time, as % of closed", "%", 70, 95),
    Published("KG01", "Answered in 20 working days, as % of requests due", "%", 78, 98),
    Published("KG02", "Answered in time, as % of requests due", "%", 70, 96),
)  # fmt: skip
OTHER_BASIS = "By another definition: see the council's own note"


@dataclass(frozen=True)
class Figure:
    """One neighbour's figure in hundredths of the unit; nothing where it is not available."""

    area: str
    indicator: str
    period: Quarter
    basis: str
    value_c: int | None
    unit: str


def figures(root: str, quarter: Quarter) -> Iterator[Figure]:
    """Every neighbour's figures of a quarter; one is of the quarter before, one of other words."""
    chance = stream(root, f"neighbours {quarter}")
    known = [
        Figure(area, each.indicator, quarter, each.basis, _value(root, area, each, quarter),
               each.unit)
        for each in PUBLISHED
        for area in AREAS
        if each.only in (0, quarter.number)
    ]  # fmt: skip
    old, other = chance.sample(range(len(known)), 2)
    known[old] = replace(known[old], period=quarter.previous())
    known[other] = replace(known[other], basis=OTHER_BASIS)
    for each in known:
        yield replace(each, value_c=None) if chance.random() < MISSING_SHARE else each


def _value(root: str, area: str, published: Published, quarter: Quarter) -> int:
    """About the same place in the range each quarter, a little up or down."""
    place = stream(root, f"{area} {published.indicator}").random()
    moved = stream(root, f"{area} {published.indicator} {quarter}").uniform(-0.1, 0.1)
    value = published.low + (published.high - published.low) * min(max(place + moved, 0), 1)
    return round(100 * value * (1 + SEASON[quarter.number] * published.season_pct / 100))
