"""What does each theme show? A page to each of the five."""

from collections.abc import Iterator
from dataclasses import dataclass

from peerpack.handover.briefing import Figure, Gone, NotEvidenced
from peerpack.handover.pack import NotebookPage, PackContents, Withheld
from peerpack.handover.records import Finding
from peerpack.render.badges import Badge, moved_badge
from peerpack.render.cards import Card
from peerpack.render.places import theme_page
from peerpack.render.site.page import Page, Site
from peerpack.render.site.strip import Strip, strip
from peerpack.render.site.told import Told, each_once, told
from peerpack.vocab import THEMES


@dataclass(frozen=True)
class Asked:
    """A question with what the evidence says on it for a theme; None: findings of no question."""

    question: NotebookPage | None
    findings: tuple[Told, ...]


@dataclass(frozen=True)
class FigureLine:
    """A headline figure: its card, and what the briefing says beside it."""

    card: Card
    indicator: str
    told: Figure
    strip: Strip | None
    moved: Badge | None


@dataclass(frozen=True)
class Theme:
    """All that the page of a theme says."""

    id: str
    title: str
    asked: tuple[Asked, ...]
    withheld: tuple[Withheld, ...]
    figures: tuple[FigureLine, ...]
    claims_n: int
    gone: tuple[Gone, ...]
    missing: tuple[NotEvidenced, ...]

    @property
    def emptiness(self) -> str:
        """Why it shows nothing; no text where it shows something."""
        if self.asked or self.figures or self.claims_n:
            return ""
        stopped = "Nothing is shown: what was supplied did not pass its checks."
        return stopped if any(each.stopped for each in self.withheld) else "No evidence supplied."


def pages(contents: PackContents, site: Site) -> Iterator[Page]:
    """A page to each theme, always all five."""
    for id_ in THEMES:
        made = _theme(id_, contents, site)
        findings = [each for asked in made.asked for each in asked.findings]
        opened = [card for each in findings for card in each.cards]
        words = {
            "theme": made,
            "briefing": contents.briefing.of(id_),
            "previous": contents.briefing.previous,
            "drawn_any": any(each.strip for each in made.figures),
            "cards": each_once([*opened, *(each.card for each in made.figures)]),
        }
        yield Page(theme_page(id_), "theme.html.j2", words)


def _theme(id_: str, contents: PackContents, site: Site) -> Theme:
    own = contents.briefing.of(id_)
    claims = [row for row in site.rows if row["theme"] == id_ and row["kind"] == "claim"]
    return Theme(
        id=id_,
        title=THEMES[id_],
        asked=tuple(_asked(id_, contents, site)),
        withheld=tuple(each for each in contents.withheld if each.theme == id_),
        figures=tuple(_figure(each, site) for each in own.figures),
        claims_n=len(claims),
        gone=own.gone,
        missing=own.not_evidenced,
    )


def _asked(theme: str, contents: PackContents, site: Site) -> Iterator[Asked]:
    """The questions of a theme, and those of others that say something of it."""
    own = [each for each in contents.findings if each.theme == theme]
    asked = {each.name: each for each in contents.notebooks}
    by_question: dict[str, list[Finding]] = {n: [] for n in asked if asked[n].theme == theme}
    for each in own:
        by_question.setdefault(getattr(each, "notebook", ""), []).append(each)
    for name, findings in by_question.items():
        yield Asked(asked.get(name), tuple(told(each, site) for each in findings))


def _figure(told_of_it: Figure, site: Site) -> FigureLine:
    row = site.known[told_of_it.evidence_id]
    return FigureLine(
        card=site.cards.card(row),
        indicator=row["indicator"],
        told=told_of_it,
        strip=strip(row, site.cards.comparators(row["evidence_id"])),
        moved=moved_badge(told_of_it.moved),
    )
