"""What stands on a document's first page, and at the head and foot of every other."""

from dataclasses import dataclass

from peerpack.handover.pack import PackContents
from peerpack.render.documents.safe import short
from peerpack.words.numbers import day_in_full, quarter_in_full

PACK, STATEMENT = "Peer challenge evidence", "Position statement"
COLOUR, ACCENT = "#12436d", "#28a197"


@dataclass(frozen=True)
class Cover:
    """The words of a cover, safe to show, and its look.

    `invented` is empty for a council that exists, `crest`, a file's name, for one without.
    """

    kind: str
    council: str
    title: str
    period: str
    as_at: str
    invented: str
    head: str
    foot: str
    colour: str
    accent: str
    crest: str


def cover(contents: PackContents, kind: str) -> Cover:
    """The cover of one kind of document: `PACK` or `STATEMENT`."""
    look = contents.branding
    name = short(look.name if look else contents.council.name)
    period = quarter_in_full(contents.quarter)
    mark = " (invented)" if contents.council.invented else ""
    return Cover(
        kind=kind,
        council=name,
        title=f"{name}{mark}, {period}: {kind.lower()}",
        period=f"{period}, quarter {contents.quarter}",
        as_at=f"Figures as at {day_in_full(contents.as_at)}.",
        invented=_invented(name) if mark else "",
        head=f"{name}{mark}, {period}",
        foot=f"sha256 of evidence.csv: {contents.evidence_sha256}",
        colour=look.colour if look else COLOUR,
        accent=look.accent if look else ACCENT,
        crest=look.crest_file if look else "",
    )


def _invented(name: str) -> str:
    return f"Invented council. {name} does not exist. Every figure in this document is made up."
