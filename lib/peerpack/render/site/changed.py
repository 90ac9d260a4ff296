"""What changed since the pack before? A page of what moved."""

from collections.abc import Iterator

from peerpack.handover.pack import PackContents
from peerpack.render.places import CHANGED
from peerpack.render.revised import revised_figures
from peerpack.render.site.page import Page, Site


def pages(contents: PackContents, _: Site) -> Iterator[Page]:
    """One page of what moved."""
    yield Page(CHANGED, "changed.html.j2", {"revised": list(revised_figures(contents))})
