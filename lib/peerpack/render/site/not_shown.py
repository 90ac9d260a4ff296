"""What could we not show, and why? A page of it, most important first."""

from collections.abc import Iterator

from peerpack.handover.pack import PackContents
from peerpack.render.places import NOT_SHOWN
from peerpack.render.site.page import Page, Site


def pages(contents: PackContents, _: Site) -> Iterator[Page]:
    """One page of what is withheld, not supplied or left out."""
    words = {
        "stopped": [w for w in contents.withheld if w.stopped],
        "not_supplied": [w for w in contents.withheld if not w.stopped],
        "notebooks": [each for each in contents.notebooks if each.without],
    }
    yield Page(NOT_SHOWN, "not_shown.html.j2", words)
