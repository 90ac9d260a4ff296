"""What does each theme show? A page to each of the five."""

from collections.abc import Iterator

from peerpack.handover.pack import PackContents
from peerpack.render.places import theme_page
from peerpack.render.site.page import Page, Site
from peerpack.render.themes import themes


def pages(contents: PackContents, site: Site) -> Iterator[Page]:
    """A page to each theme, always all five."""
    for each in themes(contents, site):
        yield Page(theme_page(each.id), "theme.html.j2", {"theme": each})
