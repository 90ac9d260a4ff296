"""Can the data be relied on? Every dataset in the words of its owner."""

from collections.abc import Iterator

from peerpack.handover.pack import PackContents
from peerpack.render.places import QUALITY
from peerpack.render.quality import dataset_qualities, quality_summary
from peerpack.render.site.page import Page, Site


def pages(contents: PackContents, _: Site) -> Iterator[Page]:
    """One page of the data and its quality."""
    datasets = dataset_qualities(contents.receipts)
    words = {
        "datasets": datasets,
        "summary": quality_summary(datasets) if datasets else "",
        "to_do": [each for each in datasets if each.to_do],
        "earlier": dataset_qualities(contents.earlier, dated=True),
        "own": dataset_qualities(contents.own),
        "not_used": contents.not_used,
    }
    yield Page(QUALITY, "quality.html.j2", words)
