"""How is this pack to be read, cited and checked, and who can use it? A page about the figures."""

from collections.abc import Iterator

from peerpack.handover.evidence import is_head
from peerpack.handover.pack import PackContents
from peerpack.render.badges import explained
from peerpack.render.cards import Card
from peerpack.render.places import ABOUT
from peerpack.render.site.page import Page, Site
from peerpack.render.summary import regime_in_words
from peerpack.vocab import STATUS_MARKS


def pages(contents: PackContents, site: Site) -> Iterator[Page]:
    """One page about the figures."""
    regime = contents.council.disclosure
    words = {
        "marks": STATUS_MARKS.items(),
        "badges": explained(),
        "regime": regime_in_words(regime),
        "regime_name": regime.name,
        "example": _example(site),
        "evidence_sha256": contents.evidence_sha256,
    }
    yield Page(ABOUT, "about.html.j2", words)


def _example(site: Site) -> Card | None:
    """The figure that shows how to cite one: the first headline figure, else the first of all."""
    heads = [row for row in site.rows if is_head(row["breakdown"])]
    return next((site.cards.card(row) for row in (*heads, *site.rows)), None)
