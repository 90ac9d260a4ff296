"""The reviewer's site: a module and a template to each kind of page."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

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
from peerpack.render.templating import templates

KINDS = (
    front, theme, question, indicator, published, quality, glossary, changed, not_shown, about,
    search, statement,
)  # fmt: skip


def warm() -> None:
    """Compile the templates of the site."""
    for name in templates().list_templates(filter_func=lambda name: name.startswith("site/")):
        templates().get_template(name)


@lru_cache(maxsize=1)  # asked for by the pack and by its one file
def site(whole: Site) -> dict[str, bytes]:
    """Every file of the site by its path in the pack. Same contents, same bytes."""
    return made(_pages(whole), whole) | assets.files(whole)


def _pages(whole: Site) -> Iterator[Page]:
    return chain.from_iterable(kind.pages(whole.contents, whole) for kind in KINDS)
