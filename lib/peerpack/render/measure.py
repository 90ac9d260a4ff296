"""What is shown of one indicator, or one finding? Headline figures, cuts, charts, links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peerpack.handover.evidence import is_head
from peerpack.handover.records import Finding
from peerpack.render.cards import Card, CardMaker
from peerpack.render.charts import Chart
from peerpack.render.numbers import capital
from peerpack.render.rows import Row, cut_of, grouped
from peerpack.vocab import FACETS

CUTS_SHOWN = 15
LINKS_SHOWN = 4
_OPTIONAL = ("base", "interval", "comparator", "rating", "status")


@dataclass(frozen=True)
class Cuts:
    """One breakdown of an indicator. `first` have cards; `rest` stand in a plain table.

    `columns` are those of the optional columns that any of its rows can fill.
    """

    anchor: str
    caption: str
    by: str
    first: tuple[Card, ...]
    rest: tuple[Card, ...]
    columns: frozenset[str]


@dataclass(frozen=True)
class Measure:
    """One indicator of a theme: its headline figures, its cuts and the charts drawn of it."""

    indicator: str
    title: str
    headlines: tuple[Card, ...]
    cuts: tuple[Cuts, ...]
    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class Said:
    """A finding with the numbers to look at first; `more_n` others stand behind it too."""

    text: str
    evidence_ids: tuple[str, ...]
    more_n: int
    cell: str


def said(finding: Finding) -> Said:
    """Headlines stand for their cuts."""
    heads = [each for each in finding.evidence_ids if _is_head(each)] or finding.evidence_ids
    return Said(
        finding.text, tuple(heads[:LINKS_SHOWN]), max(0, len(heads) - LINKS_SHOWN), finding.cell
    )


def _is_head(evidence_id: str) -> bool:
    cuts = filter(None, evidence_id.partition("/")[2].split("&"))
    return is_head("&".join(cut.partition("=")[0] for cut in cuts))


def charts_of(charts: Iterable[Chart], rows: list[Row]) -> list[Chart]:
    """The charts that show any of these figures."""
    own = {row["evidence_id"] for row in rows}
    return [each for each in charts if own & set(each.evidence_ids)]


def measure(rows: list[Row], charts: list[Chart], maker: CardMaker) -> Measure:
    """One indicator's rows as its headline figures, its cuts and its charts."""
    # An indicator of several figures has no single headline: each of its figures is one.
    headlines = [row for row in rows if is_head(row["breakdown"])]
    parts = [row | {"cut": cut_of(row)} for row in rows if not is_head(row["breakdown"])]
    return Measure(
        indicator=rows[0]["indicator"],
        title=(len(headlines) > 1 and maker.title(rows[0]["indicator"]))
        or maker.card(rows[0]).title,
        headlines=tuple(maker.card(row) for row in headlines),
        cuts=tuple(_cuts(each, maker) for each in grouped(parts, "cut").values()),
        charts=tuple(charts),
    )


def _cuts(rows: list[Row], maker: CardMaker) -> Cuts:
    cards = tuple(maker.card(row) for row in rows)
    names = [name for name in rows[0]["breakdown"].split("&") if name not in FACETS]
    by = " and ".join(names).replace("_", " ")
    return Cuts(
        anchor=f"cuts-{cards[0].anchor}",
        caption=f"{cards[0].title}, by {by}",
        by=capital(by),
        first=cards[:CUTS_SHOWN],
        rest=cards[CUTS_SHOWN:],
        columns=frozenset(_filled(cards)),
    )


def _filled(cards: Sequence[Card]) -> Iterable[str]:
    return (name for name in _OPTIONAL if any(getattr(card, name) for card in cards))
