"""What changed since the pack before? What moved and what it means, what came, what is gone."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peerpack.handover.changes import Changes, FigureMoved, FigureNamed, InputChanged
from peerpack.handover.pack import PackContents
from peerpack.render.badges import HOW, Badge
from peerpack.render.numbers import counted
from peerpack.render.places import CHANGED
from peerpack.render.revised import revised_figures
from peerpack.render.site.page import Page, Site
from peerpack.vocab import THEMES
from peerpack.words.numbers import listed, period_in_full, quarter_in_full
from peerpack.words.revisions import rating

PARTS_SHOWN = 40
INPUTS = {
    "corrections": "Written corrections",
    "suites": "Checks of the data",
    "notebooks": "How questions are worked out",
    "reference": "Definitions and reference data",
    "council_files": "The council’s own settings",
    "code": "The workbook itself",
    "lock": "The software that the workbook uses",
}
REFERENCE = {
    "indicators.yml": "the definitions of indicators",
    "glossary.yml": "the glossary",
    "regimes.yml": "the rules for what is hidden",
    "bank_holidays.yml": "bank holidays",
    "documents.yml": "the list of published documents",
    "payee_classes.yml": "the classes of payees",
    "position-statement.md": "the outline of a position statement",
}
FOLDERS = {"neighbours": "groups of neighbour councils", "targets": "targets"}


@dataclass(frozen=True)
class Moved:
    """A figure that moved, in words; `meaning` is empty where only its rating or target did."""

    figure: FigureNamed
    then: str
    now: str
    period_then: str
    period_now: str
    by: str
    meaning: Badge | None
    besides: tuple[str, ...]


@dataclass(frozen=True)
class ThemeMoved:
    """What moved in a theme; `more_n` figures for parts are not listed."""

    id: str
    title: str
    whole: tuple[Moved, ...]
    parts: tuple[Moved, ...]
    more_n: int
    published: tuple[Moved, ...]


@dataclass(frozen=True)
class Named:
    """Figures that are only named; of others than headline figures their number is told."""

    whole: tuple[FigureNamed, ...]
    parts_n: int
    published_n: int

    @property
    def any(self) -> bool:
        """Whether there is one."""
        return bool(self.whole or self.parts_n or self.published_n)


def pages(contents: PackContents, site: Site) -> Iterator[Page]:
    """One page of what moved."""
    told = contents.changes
    revised = list(revised_figures(contents, site.known))
    words: dict[str, object] = {"revised": revised, "changes": told}
    if told:
        own = {each["evidence_id"] for each in contents.revisions.to_dict("records")}
        moved = [each for each in told.moved if each.figure.evidence_id not in own]
        words |= {
            "before": quarter_in_full(told.previous),
            "summary": summary(told, moved),
            "themes": list(_themes(moved)),
            "came": _named(told.came),
            "went": _named(told.went),
            "hidden": told.hidden,
            "redefined": [(id_, contents.indicators[id_].title) for id_ in told.redefined],
            "inputs": [(INPUTS[each.given], input_names(each, contents)) for each in told.inputs],
        }
    yield Page(CHANGED, "changed.html.j2", words)


def summary(told: Changes, moved: Iterable[FigureMoved]) -> tuple[str, ...]:
    """The page in a few sentences: how many whole figures moved, and what that means."""
    found = Counter[str](each.how for each in moved if each.how and each.figure.of == "whole")
    said = [f"{found[how]:,} {badge.text.lower()}" for how, badge in HOW.items() if found[how]]
    came, went = _named(told.came), _named(told.went)
    sentences = (
        said and f"{counted(sum(found.values()), 'headline figure')} moved: {listed(said)}.",
        len(came.whole) and f"{_are(len(came.whole))} new.",
        len(went.whole) and f"{_are(len(went.whole))} no longer here.",
        f"{counted(told.alike_n, 'figure')} of any kind {_is(told.alike_n)} the same.",
    )
    return tuple(each for each in sentences if each)


def _are(n: int) -> str:
    return f"{counted(n, 'headline figure')} {_is(n)}"


def _is(n: int) -> str:
    return "is" if n == 1 else "are"


def _themes(moved: list[FigureMoved]) -> Iterator[ThemeMoved]:
    for id_, title in THEMES.items():
        own = [_told(each) for each in moved if each.figure.theme == id_]
        whole, parts, published = (
            tuple(each for each in own if each.figure.of == of)
            for of in ("whole", "part", "published")
        )
        if own:
            more_n = max(0, len(parts) - PARTS_SHOWN)
            yield ThemeMoved(id_, title, whole, parts[:PARTS_SHOWN], more_n, published)


def _told(each: FigureMoved) -> Moved:
    return Moved(
        each.figure, each.then, each.now, period_in_full(each.period_then),
        period_in_full(each.period_now), each.by, HOW.get(each.how), tuple(_besides(each)),
    )  # fmt: skip


def _besides(each: FigureMoved) -> Iterator[str]:
    """What became of its rating and its target, where they are not what they were."""
    if each.rating_then != each.rating_now:
        yield rating(each.rating_then, each.rating_now)
    if each.target_then != each.target_now:
        yield f"The target was {each.target_then or 'none'} and is {each.target_now or 'none'}."


def _named(figures: Iterable[FigureNamed]) -> Named:
    every = tuple(figures)
    found = Counter(each.of for each in every)
    return Named(
        tuple(each for each in every if each.of == "whole"), found["part"], found["published"]
    )


def input_names(each: InputChanged, contents: PackContents) -> tuple[str, ...]:
    """Which of a kind of input moved, as a reader would call them; of code nobody would."""
    if each.given in ("code", "lock"):
        return ()
    questions = {each.name: each.question for each in contents.notebooks}
    questions |= {each.notebook: each.question for each in contents.withheld}
    return tuple(dict.fromkeys(_input(name, questions, contents.declared) for name in each.names))


def _input(name: str, questions: dict[str, str], titles: dict[str, str]) -> str:
    folder, _, file = name.rpartition("/")
    stem = file.rpartition(".")[0]
    known = REFERENCE.get(name) or FOLDERS.get(folder) or questions.get(stem) or titles.get(stem)
    return known or name
