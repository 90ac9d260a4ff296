"""The reviewer's site: a module and a template to each kind of page."""

from collections.abc import Iterator
from itertools import chain

from peerpack.handover.pack import PackContents
from peerpack.render.site import (
    about,
    assets,
    changed,
    front,
    glossary,
    indicator,
    not_shown,
    published,
    quality,
    question,
    search,
    statement,
    theme,
)
from peerpack.render.site.page import Page, Site, made

KINDS = (
    front, theme, question, indicator, published, quality, glossary, changed, not_shown, about,
    search, statement,
)  # fmt: skip


def site(contents: PackContents) -> dict[str, bytes]:
    """Every file of the site by its path in the pack. Same contents, same bytes."""
    whole = Site(contents)
    return made(_pages(whole), whole) | assets.files(whole)


def _pages(whole: Site) -> Iterator[Page]:
    return chain.from_iterable(kind.pages(whole.contents, whole) for kind in KINDS)
