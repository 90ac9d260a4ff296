"""What does a document say of each theme? Findings, figures with cuts and charts, claims."""

from dataclasses import dataclass

from peerpack.handover.pack import NotebookPage, PackContents, Withheld
from peerpack.render.cards import Card
from peerpack.render.charts import Chart
from peerpack.render.measure import Measure, Said, measure, said
from peerpack.render.rows import Row, grouped
from peerpack.render.site.page import Site
from peerpack.vocab import THEMES


@dataclass(frozen=True)
class Theme:
    """One theme's section; `charts` are those of no indicator in it."""

    id: str
    title: str
    notebooks: tuple[NotebookPage, ...]
    withheld: tuple[Withheld, ...]
    findings: tuple[Said, ...]
    measures: tuple[Measure, ...]
    claims: tuple[Card, ...]
    charts: tuple[Chart, ...]

    @property
    def has_stops(self) -> bool:
        """Whether a gate stopped any of its questions."""
        return any(each.stopped for each in self.withheld)

    @property
    def emptiness(self) -> str:
        """Why it shows nothing; no text where it shows something."""
        if self.findings or self.measures or self.claims or self.charts:
            return ""
        stopped = "Nothing is shown: what was supplied did not pass its checks."
        return stopped if self.has_stops else "No evidence supplied."


def themes(contents: PackContents, site: Site) -> tuple[Theme, ...]:
    """The five themes, always all five, in their order."""
    return tuple(_theme(id_, contents, site) for id_ in THEMES)


def _theme(id_: str, contents: PackContents, site: Site) -> Theme:
    maker = site.cards
    own = [row for row in site.rows if row["theme"] == id_]
    figures = grouped([row for row in own if row["kind"] != "claim"], "indicator")
    drawn = _by_indicator([c for c in site.charts if c.theme == id_], figures)
    return Theme(
        id=id_,
        title=THEMES[id_],
        notebooks=tuple(n for n in contents.notebooks if n.theme == id_),
        withheld=tuple(w for w in contents.withheld if w.theme == id_),
        findings=tuple(said(f) for f in contents.findings if f.theme == id_),
        measures=tuple(measure(f, drawn.get(i, []), maker) for i, f in figures.items()),
        claims=tuple(maker.card(row) for row in own if row["kind"] == "claim"),
        charts=tuple(drawn.get("", [])),
    )


def _by_indicator(charts: list[Chart], figures: dict[str, list[Row]]) -> dict[str, list[Chart]]:
    """Charts by the indicator of their first evidence in the theme, else under no name."""
    owner = {row["evidence_id"]: name for name, rows in figures.items() for row in rows}
    placed: dict[str, list[Chart]] = {}
    for each in charts:
        name = next((owner[e] for e in each.evidence_ids if e in owner), "")
        placed.setdefault(name, []).append(each)
    return placed
