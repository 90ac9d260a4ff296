"""Can the data be relied on? Every dataset in the words of its owner."""

from collections.abc import Iterator

from peerpack.handover.pack import PackContents
from peerpack.render.places import QUALITY
from peerpack.render.quality import dataset_qualities
from peerpack.render.site.page import Page, Site


def pages(contents: PackContents, _: Site) -> Iterator[Page]:
    """One page of the data and its quality."""
    words = {"datasets": dataset_qualities(contents.receipts), "not_used": contents.not_used}
    yield Page(QUALITY, "quality.html.j2", words)
