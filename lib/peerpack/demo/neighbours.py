"""Three indicators of twelve invented neighbour councils, with one value of each missing."""

import random
from collections.abc import Iterable

from peerpack.demo.files import csv_bytes
from peerpack.demo.truth import NeighbourFigure

FILE = "neighbour figures (invented).csv"
HEADER = ("Area", "Indicator", "Period", "Statistic Basis", "Value", "Unit")
PERIOD = "2024-25-Q1"
AREAS = tuple(f"Invented Neighbour {letter}" for letter in "ABCDEFGHIJKL")
NOT_AVAILABLE = "[x]"

# Indicator: basis, unit, lowest, highest, decimals.
PUBLISHED = {
    "KF01": (
        "Forecast outturn less revised net budget, as % of revised net budget", "%", 0.2, 2.8, 1,
    ),
    "KW01": (
        "Working days lost in the quarter per average FTE, schools excluded", "days", 2.0, 3.1, 2,
    ),
    "KR01": (
        "Very or fairly satisfied, weighted, telephone, don't know excluded", "%", 40.0, 58.0, 1,
    ),
}  # fmt: skip


def figures(rng: random.Random) -> tuple[NeighbourFigure, ...]:
    """Rows: one per indicator and area, in that order; a different area is missing each time."""
    missing = dict(zip(PUBLISHED, rng.sample(AREAS, len(PUBLISHED)), strict=True))
    return tuple(
        NeighbourFigure(area, indicator, basis, value(rng, low, high, decimals), unit)
        if area != missing[indicator]
        else NeighbourFigure(area, indicator, basis, NOT_AVAILABLE, unit)
        for indicator, (basis, unit, low, high, decimals) in PUBLISHED.items()
        for area in AREAS
    )


def value(rng: random.Random, low: float, high: float, decimals: int) -> str:
    """A figure within its range, printed as the neighbour published it."""
    return f"{rng.uniform(low, high):.{decimals}f}"


def export(published: Iterable[NeighbourFigure]) -> bytes:
    """UTF-8, CRLF; Value is text in the unit beside it (% from 0 to 100, or days)."""
    rows = ((f.area, f.indicator, PERIOD, f.statistic_basis, f.value, f.unit) for f in published)
    return csv_bytes(HEADER, rows, "utf-8", "\r\n")
