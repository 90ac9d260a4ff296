"""Where is it? Everything a pack holds as one list, and as an index for a search without a server.

The index is a script, because a page opened from disk can fetch nothing; `assets/site.js` reads it.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from peerpack.catalogue.models import Term
from peerpack.handover.evidence import is_head
from peerpack.handover.pack import PackContents
from peerpack.render import places
from peerpack.render.numbers import capital
from peerpack.render.quality import dataset_anchor
from peerpack.render.seen import seen
from peerpack.render.site.page import Page, Site
from peerpack.vocab import THEMES
from peerpack.words.numbers import label

INDEX = "assets/search-index.js"
KINDS = {
    "Page": "Pages", "Theme": "Themes", "Question": "Questions", "Figure": "Figures",
    "Part of a figure": "Parts of figures", "Published figure": "Published figures",
    "Finding": "Findings", "Dataset": "Datasets", "Word": "Words",
}  # fmt: skip
"""What an entry may be of, and many of it, in the order of the list; the index names a kind by its
place here."""
_ORDER = {kind: at for at, kind in enumerate(KINDS)}
LONGEST_TITLE, LONGEST_TEXT = 200, 500


@dataclass(frozen=True)
class Entry:
    """One thing that can be found: what it is, where it stands, and words it is found by.

    `shown`: its number as the page shows it. `of`: the title of the figure that it is a part of.
    """

    kind: str
    title: str
    place: str
    text: str = ""
    shown: str = ""
    of: str = ""


def pages(contents: PackContents, site: Site) -> Iterator[Page]:
    """One page of everything there is, by kind and then from A to Z."""
    listed = sorted(entries(contents, site), key=_by_kind_and_letter)
    kinds = {kind: list(found) for kind, found in groupby(listed, lambda each: each.kind)}
    yield Page(places.SEARCH, "search.html.j2", {"kinds": kinds, "names": KINDS})


def index(contents: PackContents, site: Site) -> bytes:
    """The script that holds the index: plain data, in which no sign can end a script early."""
    found = [_packed(each) for each in entries(contents, site)]
    told = {"kinds": list(KINDS), "entries": found}
    text = json.dumps(told, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return f"window.peerpackIndex={text};\n".encode("ascii")


def _packed(each: Entry) -> list[object]:
    """Kind, title, place, text, shown, of; what is empty at the end is left out."""
    said = map(seen, (each.title, each.place, each.text, each.shown, each.of))
    told = [_ORDER[each.kind], *said]
    while told[-1] == "":
        told.pop()
    return told


def _by_kind_and_letter(each: Entry) -> tuple[int, str, str, str]:
    return (_ORDER[each.kind], each.title.casefold(), each.of, each.place)


@lru_cache(maxsize=1)  # asked for by the page and by the index
def entries(contents: PackContents, site: Site) -> list[Entry]:
    """Everything of a pack that can be found, in the order in which equals are shown."""
    found = (
        *_pages(contents),
        *(Entry("Theme", title, places.theme_page(id_), id_) for id_, title in THEMES.items()),
        *_questions(contents),
        *_figures(contents, site),
        *_findings(contents),
        *_datasets(contents),
        *_words(contents.glossary),
    )
    forms = _Forms(contents.glossary)
    return [_bounded(each, forms) for each in found]


def _pages(contents: PackContents) -> Iterator[Entry]:
    yield from (Entry("Page", name, path) for path, name in places.PAGES)
    yield Entry("Page", "Published figures, tested", places.PUBLISHED)
    if contents.statement:
        yield Entry("Page", "Position statement", places.STATEMENT)


def _questions(contents: PackContents) -> Iterator[Entry]:
    for run in contents.notebooks:
        yield Entry("Question", run.question, places.question_page(run.name), run.theme)
    for held in contents.withheld:
        text = f"{held.theme} withheld {held.why}"
        yield Entry("Question", held.question, places.question_page(held.notebook), text)


def _figures(contents: PackContents, site: Site) -> Iterator[Entry]:
    for row in site.rows:
        id_, (title, group) = row["evidence_id"], site.cards.named(row)
        place, shown = places.place_of(id_), row["display"]
        if row["kind"] == "claim":
            yield Entry("Published figure", title, place, f"{id_} {row['note']}", shown)
        elif is_head(row["breakdown"]):
            text = f"{row['indicator']} {_definition(contents, row['indicator'])}"
            yield Entry(
                "Figure", capital(f"{title}: {group}" if group else title), place, text, shown
            )
        else:
            yield Entry("Part of a figure", label(group), place, "", shown, title)


def _definition(contents: PackContents, indicator: str) -> str:
    known = contents.indicators.get(indicator)
    return f"{known.title}. {known.numerator} {known.denominator} {known.lof}" if known else ""


def _findings(contents: PackContents) -> Iterator[Entry]:
    for each in contents.findings:
        first = each.evidence_ids[0] if each.evidence_ids else ""
        place = places.place_of(first) if first else places.theme_page(each.theme)
        yield Entry("Finding", each.text, place)


def _datasets(contents: PackContents) -> Iterator[Entry]:
    for each in contents.receipts:
        text = f"{each.dataset} {' '.join(file.name for file in each.files)}"
        place = f"{places.QUALITY}#{dataset_anchor(each)}"
        yield Entry("Dataset", each.title, place, text)


def _words(glossary: Iterable[Term]) -> Iterator[Entry]:
    for each in glossary:
        place = f"{places.GLOSSARY}#{each.id}"
        yield Entry("Word", each.term, place, f"{'; '.join(each.forms)}. {each.meaning}")


class _Forms:
    """Which other words mean what a text says, by the glossary: `FTE` of `full-time equivalent`."""

    def __init__(self, glossary: Iterable[Term]) -> None:
        self._all = [(each, _pattern(each)) for each in glossary if each.forms]

    def of(self, text: str) -> list[str]:
        """Other forms of the terms that a text holds, that it does not hold itself."""
        held = text.casefold()
        met = (each for each, pattern in self._all if pattern.search(held))
        forms = (form for each in met for form in each.spellings)
        return list(dict.fromkeys(form for form in forms if form.casefold() not in held))


def _pattern(term: Term) -> re.Pattern[str]:
    spelt = "|".join(re.escape(form.casefold()) for form in term.spellings)
    return re.compile(rf"(?<!\w)(?:{spelt})(?!\w)")


def _bounded(each: Entry, forms: _Forms) -> Entry:
    """An entry no longer than an index can hold, with the other forms of its words."""
    also = (
        [] if each.kind in ("Word", "Part of a figure") else forms.of(f"{each.title} {each.text}")
    )
    text = " ".join([each.text[:LONGEST_TEXT], *also])[: 2 * LONGEST_TEXT].strip()
    cut = {name: getattr(each, name)[:LONGEST_TITLE] for name in ("title", "shown", "of")}
    return replace(each, text=text, **cut)
