"""A pack, and its position statement, from the first page to the last: as HTML for pandoc."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from itertools import count
from urllib.parse import unquote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from peerpack.catalogue.models import Indicator, Term
from peerpack.handover.briefing import ThemeBriefing
from peerpack.handover.pack import PackContents
from peerpack.handover.statement import Block, Heading, Listing, Paragraph, Pieces, Statement
from peerpack.render.cards import Card
from peerpack.render.documents.cover import PACK, STATEMENT, Cover, cover
from peerpack.render.documents.safe import harmless
from peerpack.render.documents.themes import Theme, themes
from peerpack.render.glossed import Glossed
from peerpack.render.numbers import capital, counted
from peerpack.render.quality import dataset_qualities
from peerpack.render.revised import revised_figures
from peerpack.render.site.page import Site
from peerpack.render.statement import captioned, kind, stepped
from peerpack.render.summary import regime_in_words
from peerpack.vocab import THEMES
from peerpack.words.numbers import quarter_in_full

PARTS = {"summary": "Summary"} | THEMES | {
    "revised": "Revised since the pack before",
    "quality": "The data and its quality",
    "not-shown": "What is not shown, and why",
    "definitions": "What each figure means",
    "glossary": "Marks and words",
    "cite": "How to cite and check a figure",
}  # fmt: skip
ROWS_SHOWN = 12
TALL_CELL = 600
"""Letters of a cell that fill half a page where its column is narrow."""
_CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", re.DOTALL)


@dataclass(frozen=True)
class Linear:
    """A document as HTML for pandoc; `stem`: its file's name without the ending.

    `pages`: the ids of the parts that begin on a page of their own.
    """

    stem: str
    day: date
    cover: Cover
    html: str
    pages: tuple[str, ...] = ()

    @property
    def has_tall_rows(self) -> bool:
        """Whether a cell of a table may be taller than a page."""
        return any(len(cell) > TALL_CELL for cell in _CELL.findall(self.html))


@dataclass(frozen=True)
class Medium:
    """What a format asks of the HTML.

    `pictures`: where each chart is, by its anchor, and the crest. `opening`: whether the document
    says itself that a council is invented and which parts it has, for its cover does not.
    """

    pictures: Mapping[str, str]
    opening: bool = False


def warm_words() -> None:
    """Compile the templates of these documents."""
    for name in ("pack.html.j2", "statement.html.j2", "parts.html.j2", "base.html.j2"):
        _templates().get_template(name)


def linear(site: Site, medium: Medium) -> Iterator[Linear]:
    """The pack, and its position statement."""
    yield _pack(site, medium)
    if site.contents.statement:
        yield _statement(site, site.contents.statement, medium)


def _pack(site: Site, medium: Medium) -> Linear:
    contents = site.contents
    front, told = cover(contents, PACK), themes(contents, site)
    own = {"themes": told, "lines": [_line(each, site) for each in told]}
    words = _words_of(contents, front, medium) | _pack_words(contents, site) | own
    pages = ("summary", *(each.id for each in told if not each.emptiness), "quality")
    html = _rendered("pack.html.j2", words)
    return Linear(f"{_stem(contents)}-pack", contents.as_at, front, html, pages)


@dataclass(frozen=True)
class Line:
    """A theme in the summary: what is said of it first, and the figure furthest behind, if any."""

    title: str
    emptiness: str
    briefing: ThemeBriefing
    worst: Card | None


def _line(theme: Theme, site: Site) -> Line:
    own = site.contents.briefing.of(theme.id)
    row = site.known.get(own.worst)
    return Line(theme.title, theme.emptiness, own, site.cards.card(row) if row else None)


def _pack_words(contents: PackContents, site: Site) -> dict[str, object]:
    return {
        "titles": PARTS,
        "parts": [
            each for each in PARTS.items() if each[0] != "revised" or len(contents.revisions)
        ],
        "prose": _Prose(contents.glossary),
        "briefing": contents.briefing,
        "summary": site.summary,
        "revised": list(revised_figures(contents, site.known)),
        "datasets": dataset_qualities(contents.receipts),
        "stopped": [each for each in contents.withheld if each.stopped],
        "not_supplied": [each for each in contents.withheld if not each.stopped],
        "unsaid": [each for each in contents.notebooks if each.without],
        "not_used": contents.not_used,
        "regime": regime_in_words(contents.council.disclosure),
        "definitions": _definitions(site),
    }


class _Prose:
    """Prose with the first use of each word of the glossary led to the glossary of the document."""

    def __init__(self, glossary: tuple[Term, ...]) -> None:
        self._glossary, self._glossed = glossary, Glossed(glossary, page="")

    def __call__(self, text: str) -> Markup:
        return self._glossed(harmless(text))

    @property
    def used(self) -> list[Term]:
        """The words that were led to, in the order of the glossary."""
        return [term for term in self._glossary if term.id in self._glossed.used]


def _statement(site: Site, statement: Statement, medium: Medium) -> Linear:
    contents = site.contents
    front = cover(contents, STATEMENT)
    told = replace(statement, blocks=stepped(statement.blocks))
    own = {"statement": told, "cited": _cited(site, told)}
    html = _rendered("statement.html.j2", _words_of(contents, front, medium) | own)
    return Linear(f"{_stem(contents)}-position-statement", contents.as_at, front, html)


def _stem(contents: PackContents) -> str:
    return f"{contents.council.slug}-{contents.quarter}"


def _words_of(contents: PackContents, told: Cover, medium: Medium) -> dict[str, object]:
    has_sheets = "spreadsheet" in contents.documents
    return {
        "cover": told,
        "opening": medium.opening,
        "pictures": medium.pictures,
        "council_name": contents.council.name,
        "quarter": contents.quarter,
        "period": quarter_in_full(contents.quarter),
        "evidence_sha256": contents.evidence_sha256,
        "every_row": "the spreadsheet of tables" if has_sheets else "evidence.csv in the pack",
        "rows_shown": ROWS_SHOWN,
        "next_table": partial(next, count(1)),
        "next_chart": partial(next, count(1)),
    }


def _definitions(site: Site) -> list[Indicator]:
    """The indicators that the pack shows, in the order of its evidence."""
    shown, known = dict.fromkeys(row["indicator"] for row in site.rows), site.contents.indicators
    return [known[name] for name in shown if name in known]


def _cited(site: Site, statement: Statement) -> list[Card]:
    cited = dict.fromkeys(_evidence_of(statement.blocks))
    return [site.cards.card(site.known[id_]) for id_ in cited if id_ in site.known]


def _evidence_of(blocks: Iterable[Block]) -> Iterator[str]:
    for pieces in _pieces(blocks):
        yield from (piece.evidence_id for piece in pieces if piece.evidence_id)


def _pieces(blocks: Iterable[Block]) -> Iterator[Pieces]:
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.pieces
        elif isinstance(block, Listing):
            for item in block.items:
                yield from _pieces(item)
        else:
            yield from block.head
            yield from (cell for row in block.rows for cell in row)


def _sentence(text: str) -> str:
    """A note of the catalogue as a sentence: a capital, and a full stop."""
    said = capital(text.strip())
    return said if said.endswith((".", "?", "!")) else f"{said}."


def _rendered(template: str, words: Mapping[str, object]) -> str:
    return _templates().get_template(template).render(words)


@lru_cache
def _templates() -> Environment:
    """The one place where text of others becomes harmless: seen, breakable, escaped."""
    made = Environment(
        loader=PackageLoader("peerpack.render", "templates/documents"),
        autoescape=True,
        finalize=harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"counted": counted, "capital": capital, "readable": unquote}
    made.filters |= {"kind": kind, "captioned": captioned, "sentence": _sentence}
    return made
