"""A position statement as `statement` resolves it and `render` shows it: blocks of pieces."""

from dataclasses import dataclass
from typing import TypeAlias

FILE = "position-statement.md"
"""What a council calls it in its quarter's folder, and a pack calls it too."""


@dataclass(frozen=True)
class Piece:
    """Words of one kind. `evidence_id`: the evidence they are, to link to; `href`: another page."""

    text: str
    evidence_id: str = ""
    href: str = ""
    strong: bool = False
    emphasis: bool = False


Pieces: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of a level from 1."""

    level: int
    pieces: Pieces


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    pieces: Pieces


@dataclass(frozen=True)
class Listing:
    """A list, numbered from `start`, or with bullets where that is None."""

    start: int | None
    items: "tuple[tuple[Block, ...], ...]"


@dataclass(frozen=True)
class Table:
    """A table: the cells of its head, and of each row."""

    head: tuple[Pieces, ...]
    rows: tuple[tuple[Pieces, ...], ...]


Block: TypeAlias = Heading | Paragraph | Listing | Table


@dataclass(frozen=True)
class Statement:
    """A position statement whose every reference, figure and claim stands on evidence.

    `own`: whether the council wrote it; otherwise it is the default of the reference data.
    """

    blocks: tuple[Block, ...]
    own: bool
