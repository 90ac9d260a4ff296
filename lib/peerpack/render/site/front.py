"""How is this council doing? The first page."""

from collections.abc import Iterator

from peerpack.handover.pack import PackContents
from peerpack.render.places import FRONT
from peerpack.render.site.page import Page, Site
from peerpack.render.summary import summary
from peerpack.render.themes import themes


def pages(contents: PackContents, site: Site) -> Iterator[Page]:
    """The first page."""
    yield Page(
        FRONT,
        "front.html.j2",
        {
            "stopped": [w for w in contents.withheld if w.stopped],
            "not_supplied": [w for w in contents.withheld if not w.stopped],
            "summary": summary(contents),
            "themes": themes(contents, site),
        },
    )
