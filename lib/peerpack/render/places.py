"""Where does each thing of a pack stand on its site? Paths and anchors, the same in every version.

A link made here is good for every version of a pack and for its later quarters: a figure's path
holds its indicator's id and its anchor holds its own, and nothing else does.
"""

import re
from collections.abc import Collection
from urllib.parse import quote, unquote

from peerpack.vocab import THEMES

FRONT, PUBLISHED, QUALITY = "index.html", "published-figures.html", "quality.html"
GLOSSARY, CHANGED, NOT_SHOWN = "glossary.html", "changed.html", "not-shown.html"
ABOUT, SEARCH, STATEMENT = "about.html", "search.html", "position-statement.html"
PAGES = (
    (FRONT, "Start"), (QUALITY, "Data quality"), (CHANGED, "What changed"),
    (NOT_SHOWN, "Not shown"), (GLOSSARY, "Glossary"), (ABOUT, "About"), (SEARCH, "Search"),
)  # fmt: skip
"""The pages that every page leads to, with their names."""
_SECTIONS = {"quality": QUALITY, "revised": CHANGED, "withheld": NOT_SHOWN, "about": ABOUT}
_INDICATOR = re.compile(r"[A-Z]{2}\d+")


def anchor(evidence_id: str) -> str:
    """The id of a number on its page, for deep links: `e-KF01`, `e-KF35%2Fward%3DNorth`."""
    return "e-" + quote(evidence_id, safe="")


def indicator_page(indicator: str) -> str:
    """`indicators/KF01.html`."""
    return f"indicators/{quote(indicator, safe='')}.html"


def theme_page(theme: str) -> str:
    """`themes/T4.html`."""
    return f"themes/{quote(theme, safe='')}.html"


def question_page(notebook: str) -> str:
    """`questions/02-where-will-the-budget-land.html`, by the notebook's name without ending."""
    return f"questions/{quote(notebook.removesuffix('.ipynb'), safe='')}.html"


def said_anchor(cell: str) -> str:
    """The id of what a cell found, on the page of its question: `said-finding-absence`."""
    return f"said-{quote(cell, safe='')}"


def block_anchor(number: int) -> str:
    """The id of a block of the position statement on its page, counted from 1."""
    return f"s-{number}"


_DOCUMENTS = (
    ("pdf", "pack.pdf", "Full pack, PDF"),
    ("pdf", "position-statement.pdf", "Position statement, PDF"),
    ("word", "pack.docx", "Full pack, Word"),
    ("word", "position-statement.docx", "Position statement, Word"),
    ("spreadsheet", "tables.xlsx", "All tables, Excel"),
    ("spreadsheet", "tables.ods", "All tables, OpenDocument"),
    ("html", "pack.html", "Full pack, one file for e-mail"),
)


def downloads(council: str, quarter: str, kinds: Collection[str]) -> list[tuple[str, str]]:
    """The documents of the kinds that a pack holds: where each stands, and what it is."""
    return [
        (f"documents/{council}-{quarter}-{name}", words)
        for kind, name, words in _DOCUMENTS
        if kind in kinds
    ]


def place_of(evidence_id: str) -> str:
    """Where a number is at home: its indicator's page, or the page of published figures tested.

    An indicator's id has two letters, a published figure's has one (`L05`).
    """
    indicator = _INDICATOR.match(evidence_id.partition("/")[0])
    page = indicator_page(evidence_id.partition("/")[0]) if indicator else PUBLISHED
    return f"{page}#{anchor(evidence_id)}"


def place_of_anchor(name: str) -> str:
    """Where an anchor of the pack stands, as a statement names it: a figure, a theme, a section."""
    if name in THEMES:
        return theme_page(name)
    if name.startswith("e-"):
        return place_of(unquote(name.removeprefix("e-")))
    return _SECTIONS.get(name, FRONT)
