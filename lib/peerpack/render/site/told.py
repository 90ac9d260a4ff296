"""How is a finding told? With its numbers as buttons, and the cards that they open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peerpack.handover.evidence import is_head
from peerpack.handover.records import Finding
from peerpack.render.cards import Card
from peerpack.render.rows import Row
from peerpack.render.site.page import Site
from peerpack.words.briefing import linked

BESIDE_N = 3


@dataclass(frozen=True)
class Part:
    """Words of a finding; with a card where they are a number of the evidence."""

    text: str
    card: Card | None = None


@dataclass(frozen=True)
class Told:
    """A finding in parts. `beside`: its headline figures that its words do not print."""

    parts: tuple[Part, ...]
    beside: tuple[Card, ...]

    @property
    def cards(self) -> Iterator[Card]:
        """Every card that it opens."""
        yield from (part.card for part in self.parts if part.card)
        yield from self.beside


def told(finding: Finding, site: Site) -> Told:
    """A finding with its numbers; a headline figure stands for its parts."""
    rows = [site.known[id_] for id_ in finding.evidence_ids if id_ in site.known]
    pieces = linked(finding.text, rows)
    led = {piece.evidence_id for piece in pieces if piece.evidence_id}
    heads = [row for row in rows if is_head(row["breakdown"])] or rows[:1]
    beside = [row for row in heads if row["evidence_id"] not in led]
    return Told(
        parts=tuple(_part(piece.text, site.known.get(piece.evidence_id), site) for piece in pieces),
        beside=tuple(map(site.cards.card, beside[: max(0, BESIDE_N - len(led))])),
    )


def _part(text: str, row: Row | None, site: Site) -> Part:
    return Part(text, site.cards.card(row) if row else None)


def each_once(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Cards in the order first met, one to a number."""
    return tuple({card.anchor: card for card in cards}.values())
