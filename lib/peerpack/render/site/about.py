"""How is this pack to be read, cited and checked? A page about the figures."""

from collections.abc import Iterator

from peerpack.handover.pack import PackContents
from peerpack.render.places import ABOUT
from peerpack.render.site.page import Page, Site
from peerpack.render.summary import regime_in_words, summary


def pages(contents: PackContents, _: Site) -> Iterator[Page]:
    """One page about the figures."""
    regime = contents.council.disclosure
    words = {
        "marks": summary(contents).marks,
        "regime": regime_in_words(regime),
        "regime_name": regime.name,
        "evidence_sha256": contents.evidence_sha256,
    }
    yield Page(ABOUT, "about.html.j2", words)
