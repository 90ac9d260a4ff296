"""What is known of one indicator? A page to each that the pack has evidence of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from peerpack.catalogue.models import Polarity
from peerpack.handover.pack import PackContents
from peerpack.render.cards import Card
from peerpack.render.measure import charts_of, measure
from peerpack.render.places import indicator_page
from peerpack.render.rows import Row, grouped
from peerpack.render.site.line import line
from peerpack.render.site.page import Page, Site
from peerpack.render.site.past import Past, Pasts, breaks
from peerpack.render.site.used import used
from peerpack.vocab import THEMES
from peerpack.words.history import REACH, break_sentence

BETTER: dict[Polarity, str] = {
    "higher": "A higher figure is better.",
    "lower": "A lower figure is better.",
    "context": "Neither a higher nor a lower figure is better in itself: read it with others.",
}


@dataclass(frozen=True)
class History:
    """What packs said of one figure: a row each, a line where there are two or more, its breaks."""

    card: Card
    pasts: tuple[Past, ...]
    drawing: Markup
    breaks: tuple[str, ...]


def pages(contents: PackContents, site: Site) -> Iterator[Page]:
    """A page to each indicator with evidence, in the order of the evidence."""
    pasts = Pasts(contents.history, contents.quarter, contents.evidence_sha256)
    figures = grouped([row for row in site.rows if row["kind"] != "claim"], "indicator")
    for id_, rows in figures.items():
        yield Page(indicator_page(id_), "indicator.html.j2", _words(id_, rows, site, pasts))


def _words(id_: str, rows: list[Row], site: Site, pasts: Pasts) -> dict[str, Any]:
    contents = site.contents
    known = contents.indicators.get(id_)
    shown = measure(rows, charts_of(site.charts, rows), site.cards)
    heads = {card.evidence_id for card in shown.headlines}
    return {
        "indicator": id_,
        "definition": known,
        "better": BETTER[known.polarity] if known else "",
        "computed_from": _titles(contents, known.computed_from) if known else (),
        "theme": rows[0]["theme"],
        "theme_title": THEMES.get(rows[0]["theme"], ""),
        "measure": shown,
        "histories": [
            _history(row, site, pasts, f"line-{number}")
            for number, row in enumerate(rows, start=1)
            if row["evidence_id"] in heads
        ],
        "has_before": contents.history.reach != "first",
        "reach": REACH[contents.history.reach],
        "used": used(rows, contents, shown.charts),
    }


def _titles(contents: PackContents, datasets: Iterable[str]) -> tuple[str, ...]:
    """What datasets are called: by their receipts, where this pack has them."""
    every = (*contents.own, *contents.receipts)
    titles = {receipt.dataset: receipt.title for receipt in every}
    return tuple(titles.get(each, each.replace("_", " ")) for each in datasets)


def _history(row: Row, site: Site, pasts: Pasts, id_: str) -> History:
    card = site.cards.card(row)
    told = pasts.of(row, site.cards.decimals(row))
    moved = tuple(break_sentence(quarter, why) for quarter, why in breaks(told))
    drawing = line(told, card.name, id_) if told else Markup()
    return History(card, told, drawing, moved)
