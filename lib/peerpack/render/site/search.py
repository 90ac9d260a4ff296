"""Where is it? Search, and a list of everything that works without a script."""

from collections.abc import Iterator

from peerpack.handover.pack import PackContents
from peerpack.render.places import SEARCH
from peerpack.render.site.page import Page, Site
from peerpack.render.themes import themes


def pages(contents: PackContents, site: Site) -> Iterator[Page]:
    """One page of everything there is."""
    yield Page(SEARCH, "search.html.j2", {"themes": themes(contents, site)})
