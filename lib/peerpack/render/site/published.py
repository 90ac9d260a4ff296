"""Do published figures hold? Each as printed, and as recomputed."""

from collections.abc import Iterator

from peerpack.handover.pack import PackContents
from peerpack.render.places import PUBLISHED
from peerpack.render.site.page import Page, Site
from peerpack.render.themes import themes


def pages(contents: PackContents, site: Site) -> Iterator[Page]:
    """One page of all published figures tested; none where none was."""
    tested = [each for each in themes(contents, site) if each.claims]
    if tested:
        yield Page(PUBLISHED, "published.html.j2", {"themes": tested})
