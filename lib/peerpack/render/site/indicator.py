"""What is known of one indicator? A page to each that the pack has evidence of."""

from collections.abc import Iterator

from peerpack.handover.pack import PackContents
from peerpack.render.places import indicator_page
from peerpack.render.rows import grouped
from peerpack.render.site.page import Page, Site
from peerpack.render.themes import charts_of, measure
from peerpack.vocab import THEMES


def pages(contents: PackContents, site: Site) -> Iterator[Page]:
    """A page to each indicator with evidence, in the order of the evidence."""
    figures = grouped([row for row in site.rows if row["kind"] != "claim"], "indicator")
    for id_, rows in figures.items():
        known = contents.indicators.get(id_)
        words = {
            "indicator": id_,
            "definition": known,
            "theme": rows[0]["theme"],
            "theme_title": THEMES.get(rows[0]["theme"], ""),
            "measure": measure(rows, charts_of(site.charts, rows), site.cards),
        }
        yield Page(indicator_page(id_), "indicator.html.j2", words)
