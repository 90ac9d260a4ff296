"""What is a page of the site? A place, a template and its words; what all pages say stands here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from peerpack.handover.pack import PackContents
from peerpack.render import places
from peerpack.render.cards import CardMaker
from peerpack.render.charts import Chart, chart
from peerpack.render.glossed import Glossed
from peerpack.render.rows import Row, rows_of
from peerpack.render.summary import Summary, summary
from peerpack.render.templating import rendered
from peerpack.words.numbers import day_in_full, quarter_in_full

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'"
)


@dataclass(frozen=True)
class Page:
    """One page: where it stands, its template under `templates/site/`, and its own words."""

    path: str
    template: str
    words: Mapping[str, Any] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """The way from this page to the folder of the pack: nothing, or `../`."""
        return "../" * self.path.count("/")


@dataclass(frozen=True, eq=False)
class Site:
    """A pack's contents with what several pages make of them, made once."""

    contents: PackContents

    @cached_property
    def cards(self) -> CardMaker:
        """The maker of evidence cards."""
        return CardMaker(self.contents)

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of the evidence, in the order of the pack."""
        return rows_of(self.contents.evidence)

    @cached_property
    def known(self) -> dict[str, Row]:
        """The rows of the evidence by their ids."""
        return {row["evidence_id"]: row for row in self.rows}

    @cached_property
    def summary(self) -> Summary:
        """The counts of the pack."""
        return summary(self.contents, self.rows)

    @cached_property
    def charts(self) -> tuple[Chart, ...]:
        """The exhibits; each drawing's ids are its own, so any of them may share a page."""
        return tuple(chart(each, n) for n, each in enumerate(self.contents.exhibits, start=1))

    @cached_property
    def everywhere(self) -> dict[str, Any]:
        """What every page says."""
        contents = self.contents
        return {
            "policy": POLICY,
            "council": contents.council,
            "council_name": contents.branding.name if contents.branding else contents.council.name,
            "crest": contents.branding.crest_file if contents.branding else "",
            "invented": contents.council.invented,
            "quarter": contents.quarter,
            "period": quarter_in_full(contents.quarter),
            "as_at": day_in_full(contents.as_at),
            "statement": contents.statement,
            "places": places,
        }


def made(pages: Iterable[Page], site: Site) -> dict[str, bytes]:
    """The pages as bytes, by where they stand."""
    return {page.path: _rendered(page, site) for page in pages}


def _rendered(page: Page, site: Site) -> bytes:
    own = {
        "root": page.root,
        "here": page.path,
        "glossed_here": Glossed(site.contents.glossary, page.root + places.GLOSSARY),
    }
    return rendered(f"site/{page.template}", **site.everywhere | own | dict(page.words))
