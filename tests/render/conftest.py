"""A drawn pack, the makers of its rows, and a page parsed."""

from html.parser import HTMLParser

import pytest
from drawn_packs import (
    claim_row,
    drawn_exhibit,
    drawn_pack,
    drawn_receipt,
    evidence_row,
    suppressed_row,
)

from peerpack import render


@pytest.fixture(scope="session")
def draw():
    """`drawn_pack`: for modules that make one thing of a pack for several tests, too."""
    return drawn_pack


@pytest.fixture(scope="session")
def rows():
    """The makers of rows by name."""

    class Makers:
        figure = staticmethod(evidence_row)
        suppressed = staticmethod(suppressed_row)
        claim = staticmethod(claim_row)
        receipt = staticmethod(drawn_receipt)
        exhibit = staticmethod(drawn_exhibit)

    return Makers


def _spaced(pieces):
    return " ".join(" ".join(pieces).split())


class Page(HTMLParser):
    """A page as its tags with their attributes, and the text inside each element with an id."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.open, self.pieces = [], [], []
        self.feed(html.decode() if isinstance(html, bytes) else str(html))

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self.tags.append((tag, said))
        if tag not in ("meta", "link", "br", "img", "input"):
            self.open.append((tag, said.get("id")))

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag, f"</{tag}> closes what it did not open"

    def handle_data(self, data):
        inside = {id_ for _, id_ in self.open}
        if self.open and self.open[-1][0] != "style":
            self.pieces.append((inside, data))

    def all(self, attribute):
        return [said[attribute] for _, said in self.tags if attribute in said]

    @property
    def text(self):
        return _spaced(data for _, data in self.pieces)

    def text_of(self, id_):
        return _spaced(data for inside, data in self.pieces if id_ in inside)


@pytest.fixture
def read():
    """A page of a drawn pack's site, parsed: that of its one indicator, unless another is asked."""
    return lambda contents, path="indicators/KF01.html": Page(render.pages(contents)[path])


@pytest.fixture
def parse():
    return Page
