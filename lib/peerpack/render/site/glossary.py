"""What do the words mean? Every word of the glossary, by its first letter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from peerpack.catalogue.models import Term
from peerpack.handover.pack import PackContents
from peerpack.render.places import GLOSSARY
from peerpack.render.site.page import Page, Site


@dataclass(frozen=True)
class Entry:
    """A word as the page explains it: `also` are its other forms, `see` other entries."""

    term: Term
    also: tuple[str, ...]
    see: tuple[Term, ...]


def pages(contents: PackContents, _: Site) -> Iterator[Page]:
    """One page of words."""
    letters = [
        (letter, list(entries))
        for letter, entries in groupby(entries_of(contents), lambda each: each.term.term[0].upper())
    ]
    yield Page(GLOSSARY, "glossary.html.j2", {"letters": letters})


def entries_of(contents: PackContents) -> Iterator[Entry]:
    """Every word, in the order of the glossary."""
    by_id = {each.id: each for each in contents.glossary}
    for each in contents.glossary:
        yield Entry(each, tuple(_also(each)), tuple(by_id[name] for name in each.see))


def _also(term: Term) -> Iterator[str]:
    """Its other forms, but not one that only says it of several."""
    told = {term.term.casefold()}
    for form in term.forms:
        one = form.casefold()
        if told.isdisjoint({one.removesuffix("s"), re.sub("ies$", "y", one)}):
            yield form
        told.add(one)
