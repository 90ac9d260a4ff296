"""The charts of a pack as files that a document can hold."""

import re

from peerpack.render.site.page import Site

_WORDS = re.compile(r"<title .*?</title><desc .*?</desc>", re.DOTALL)
_SPACE = '<svg xmlns="http://www.w3.org/2000/svg" '


def drawings(site: Site) -> dict[str, bytes]:
    """Each chart as an SVG file, by its anchor: what `render.svg` lets into a page, and no more."""
    return {each.anchor: _file(str(each.drawing)) for each in site.charts}


def _file(drawing: str) -> bytes:
    """Without its words: a document says them itself, and what they hold may be no XML."""
    shapes = _WORDS.sub("", drawing, count=1)
    return f"{_SPACE}{shapes.removeprefix('<svg ')}".encode()
