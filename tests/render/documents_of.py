"""The documents of a small drawn pack by their digests, for a process of its own."""

import hashlib
import json
import sys

from conftest import drawn_pack
from peerpack.handover.statement import Heading, Listing, Paragraph, Piece, Statement, Table


def statement(words="Our forecast is "):
    """A statement of every kind of block, with one figure in it."""
    said = (Piece(words), Piece("2.4%", evidence_id="KF01"), Piece(" over.", strong=True))
    item = (Paragraph((Piece("First", emphasis=True),)),)
    blocks = (
        Heading(3, (Piece("Money"),)),
        Heading(6, (Piece("Budget"),)),
        Heading(2, (Piece(" "),)),
        Paragraph(said),
        Listing(1, (item, item)),
        Listing(None, (item,)),
        Table(((Piece("What"),), (Piece("How much"),)), (((Piece("Gap"),), (Piece("£2m"),)),)),
    )
    return Statement(blocks, own=True)


def contents(**said):
    """A drawn pack with a statement."""
    return drawn_pack(**({"statement": statement(), "evidence_sha256": "ab" * 32} | said))


def made(kind, of):
    """The documents of one kind."""
    from peerpack.render.documents import pdf, word

    return {"pdf": pdf, "word": word}[kind].made(of)


def digests(of):
    """Each document by its name."""
    both = made("pdf", of) | made("word", of)
    return {name: hashlib.sha256(content).hexdigest() for name, content in both.items()}


if __name__ == "__main__":
    json.dump(digests(contents()), sys.stdout)
