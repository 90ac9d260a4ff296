"""The charts of a pack as files that a document can hold."""

from peerpack.handover.pack import PackContents
from peerpack.render.charts import chart

_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" stroke-linejoin="round" '


def drawings(contents: PackContents) -> dict[str, bytes]:
    """Each chart as an SVG file, by its anchor: what `render.svg` lets into a page, and no more."""
    charts = (chart(each, n) for n, each in enumerate(contents.exhibits, start=1))
    return {each.anchor: _file(str(each.drawing)) for each in charts}


def _file(drawing: str) -> bytes:
    return f"{_HEAD}{drawing.removeprefix('<svg ')}".encode()
