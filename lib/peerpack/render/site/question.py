"""What is the answer to each question, and what does it rest on? A page to each notebook."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from peerpack.errors import OurFault
from peerpack.handover.pack import PackContents, Withheld
from peerpack.handover.question import Question
from peerpack.handover.records import Used
from peerpack.render.badges import Badge
from peerpack.render.places import question_page
from peerpack.render.quality import DatasetQuality, dataset_qualities
from peerpack.render.questions import told
from peerpack.render.site.page import Page, Site
from peerpack.vocab import THEMES

CARDS_SHOWN, ROWS_FOLDED = 2, 45
"""Of a cut so many rows open a card; the others lead to where their number is at home, and what is
neither shown nor folded stands there alone."""
_STATES = {
    "supplied": Badge("Supplied", "tick", "good"),
    "stopped": Badge("Supplied, stopped by a check", "cross", "bad"),
    "missing": Badge("Not supplied", "dot", "plain"),
}


@dataclass(frozen=True)
class Asked:
    """A question by its notebook; `why` it was withheld, of one that was."""

    name: str
    question: str
    theme: str
    without: tuple[str, ...] = ()
    withheld: Withheld | None = None


def pages(contents: PackContents, site: Site) -> Iterator[Page]:
    """A page to each question, answered or withheld, by the names of their notebooks."""
    asked = _asked(contents)
    for before, each, after in zip((None, *asked), asked, (*asked[1:], None), strict=False):
        words = {"asked": each, "before": before, "after": after, "states": _STATES}
        yield Page(
            question_page(each.name), "question.html.j2", words | _words(each, contents, site)
        )


def _asked(contents: PackContents) -> list[Asked]:
    ran = [Asked(n.name, n.question, n.theme, n.without) for n in contents.notebooks]
    held = [Asked(w.notebook, w.question, w.theme, (), w) for w in contents.withheld]
    return sorted([*ran, *held], key=lambda each: each.name)


def _words(asked: Asked, contents: PackContents, site: Site) -> dict[str, Any]:
    found = (each for each in contents.questions if each.notebook == asked.name)
    question = next(found, Question(asked.name))
    return {
        "told": told(question, site),
        "question": question,
        "theme_title": THEMES[asked.theme],
        "data": [_data(used, contents) for used in question.used],
        "cards_shown": CARDS_SHOWN,
        "rows_folded": ROWS_FOLDED,
    }


def _data(used: Used, contents: PackContents) -> DatasetQuality:
    """The return as the page of the data's quality tells it."""
    of = (used.dataset, used.quarter, used.sha256)
    every = (*contents.receipts, *contents.earlier, *contents.own)
    found = [each for each in every if (each.dataset, each.quarter, each.sha256) == of]
    if not found:
        raise OurFault(f"{used.dataset} of {used.quarter} was used by a notebook, without receipt.")
    return dataset_qualities(found[:1], dated=found[0] in contents.earlier)[0]
