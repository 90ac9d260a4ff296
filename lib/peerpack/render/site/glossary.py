"""What do the words mean? A page of terms."""

from collections.abc import Iterator

from peerpack.handover.pack import PackContents
from peerpack.render.places import GLOSSARY
from peerpack.render.site.page import Page, Site


def pages(_: PackContents, __: Site) -> Iterator[Page]:
    """One page of terms."""
    yield Page(GLOSSARY, "glossary.html.j2", {"terms": ()})
