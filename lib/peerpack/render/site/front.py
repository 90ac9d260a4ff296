"""How is this council doing? The first page."""

from collections.abc import Iterator
from dataclasses import dataclass

from peerpack.handover.briefing import ThemeBriefing
from peerpack.handover.pack import PackContents
from peerpack.render.cards import Card
from peerpack.render.places import FRONT, downloads
from peerpack.render.rows import grouped
from peerpack.render.site.page import Page, Site
from peerpack.render.site.strip import Strip, strip
from peerpack.render.site.told import Told, each_once, told
from peerpack.vocab import THEMES


@dataclass(frozen=True)
class ThemeLine:
    """One theme on the first page: its briefing, and the figure furthest behind, if any is."""

    id: str
    title: str
    briefing: ThemeBriefing
    worst: Card | None
    strip: Strip | None
    findings: tuple[Told, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is shown of it."""
        return not self.findings and not self.briefing.figures

    @property
    def cards(self) -> Iterator[Card]:
        """Every card that it opens."""
        yield from [self.worst] if self.worst else []
        for each in self.findings:
            yield from each.cards


def pages(contents: PackContents, site: Site) -> Iterator[Page]:
    """The first page."""
    lines = [_line(theme, site) for theme in THEMES]
    words = {
        "briefing": contents.briefing,
        "stopped": [each for each in contents.withheld if each.stopped],
        "lines": lines,
        "drawn_any": any(each.strip for each in lines),
        "cards": each_once(card for each in lines for card in each.cards),
        "downloads": downloads(contents.council.slug, contents.quarter, contents.documents),
        "questions": contents.notebooks,
        "indicators": [(id_, site.cards.title(id_) or id_) for id_ in _indicators(site)],
        "claims_n": sum(row["kind"] == "claim" for row in site.rows),
    }
    yield Page(FRONT, "front.html.j2", words)


def _indicators(site: Site) -> list[str]:
    """Every indicator that the pack has a page of, in the order of the evidence."""
    return list(grouped([row for row in site.rows if row["kind"] != "claim"], "indicator"))


def _line(theme: str, site: Site) -> ThemeLine:
    own = site.contents.briefing.of(theme)
    row = site.known.get(own.worst)
    return ThemeLine(
        id=theme,
        title=THEMES[theme],
        briefing=own,
        worst=site.cards.card(row) if row else None,
        strip=strip(row, site.cards.comparators(own.worst)) if row else None,
        findings=tuple(told(each, site) for each in own.findings),
    )
