"""The documents of a small drawn pack by their digests, for a process of its own."""

import hashlib
import json
import sys

from drawn_packs import claim_row, drawn_exhibit, drawn_pack, drawn_receipt, evidence_row

from peerpack import render
from peerpack.catalogue.models import Council
from peerpack.handover.records import Finding
from peerpack.handover.statement import Heading, Listing, Paragraph, Piece, Statement, Table
from peerpack.render.documents import makers
from peerpack.render.site.page import Site

HOSTILE = (
    '<script>alert(1)</script> =cmd() #import "x": y; $x^2$ \\input{/etc/passwd} `raw` @label '
    "<label> [link](http://e) #set page(width: 1pt) *b* _i_ // \u202etfel\u202c \x00\x1b \ufffe "
    "\U0001f600 漢字 https://e.example"
)
LONG = "W" * 10_000


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


def hostile(word=HOSTILE):
    """A pack where all that others write is this."""
    told = dict.fromkeys(("title", "display", "note", "comparator_source", "period"), word)
    cut = {"evidence_id": "KF01/team=1", "breakdown": "team", "group": word}
    return contents(
        council=Council(slug="x", name=word),
        rows=[evidence_row(**told), evidence_row(**cut), claim_row(title=word, agreement=word)],
        exhibits=(drawn_exhibit(title=word, alt=word, source=word),),
        receipts=(drawn_receipt(title=word, owner=word),),
        findings=(Finding(text=word, theme="T4", evidence_ids=("KF01",), cell="says"),),
        not_used=(word,),
        statement=statement(word),
    )


def made(kind, of):
    """The documents of one kind, by the names of their files."""
    return {name: work() for maker in makers([kind]) for name, work in maker.making(Site(of))}


def documents(of):
    """The documents among everything that a pack holds, by their paths in it."""
    made = render.everything(of)
    return {path: content for path, content in made.items() if path.startswith("documents/")}


def digests(of):
    """Each document by its name."""
    both = made("pdf", of) | made("word", of)
    return {name: hashlib.sha256(content).hexdigest() for name, content in both.items()}


if __name__ == "__main__":
    json.dump(digests(contents()), sys.stdout)
