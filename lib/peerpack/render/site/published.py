"""Do published figures hold? Each as printed, and as recomputed."""

from collections.abc import Iterator
from dataclasses import dataclass

from peerpack.handover.pack import PackContents
from peerpack.render.cards import Card
from peerpack.render.places import PUBLISHED
from peerpack.render.site.page import Page, Site
from peerpack.vocab import THEMES
from peerpack.words.claims import MEANS


@dataclass(frozen=True)
class Tested:
    """The published figures of one theme."""

    id: str
    title: str
    claims: tuple[Card, ...]


def pages(_: PackContents, site: Site) -> Iterator[Page]:
    """One page of all published figures tested; it says so where none was."""
    claims = [row for row in site.rows if row["kind"] == "claim"]
    cards = {row["evidence_id"]: site.cards.card(row) for row in claims}
    told = (
        Tested(id_, title, tuple(cards[r["evidence_id"]] for r in claims if r["theme"] == id_))
        for id_, title in THEMES.items()
    )
    verdicts = {row["agreement"] for row in claims}
    words = {
        "themes": [each for each in told if each.claims],
        "documents": {c.document_id: c.document for c in cards.values() if c.document},
        "tallies": site.summary.agreements,
        "meanings": [means for verdict, means in MEANS.items() if verdict in verdicts],
    }
    yield Page(PUBLISHED, "published.html.j2", words)
