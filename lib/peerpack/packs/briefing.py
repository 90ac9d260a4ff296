"""What is said first of a pack: per theme the findings to read, the worst gap, what moved."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from peerpack.handover.briefing import (
    GONE,
    NEW,
    REVISED,
    SAME,
    Briefing,
    Fact,
    Figure,
    Gone,
    NotEvidenced,
    ThemeBriefing,
)
from peerpack.handover.changes import FigureMoved
from peerpack.handover.evidence import NUMBER_COLUMNS, is_head
from peerpack.handover.pack import PackContents
from peerpack.handover.records import Finding
from peerpack.measures import compare
from peerpack.packs.attack import pairs
from peerpack.packs.harvest import polarity
from peerpack.vocab import THEMES
from peerpack.words import briefing as words

FINDINGS_N = 3
_RATED = ("red", "amber")
_WITHOUT_VALUE = {"c": "too few people to show", "x": "not available"}
Row = Mapping[Any, Any]


def briefing(contents: PackContents) -> Briefing:
    """The briefing of a pack, from its evidence and what changed since the pack before.

    Only headline figures of indicators are compared and counted, never a part of one and never a
    published figure.
    """
    made = _Maker(contents)
    return Briefing(
        facts=tuple(made.facts()),
        themes=tuple(made.theme(theme) for theme in THEMES),
        previous=contents.changes.previous if contents.changes else "",
    )


def furthest_behind(gaps: Mapping[str, compare.Gap | None]) -> str:
    """The evidence with the largest adverse gap for its size, ties by id; none, where none is."""
    behind = {id_: each for id_, each in gaps.items() if each and each.adverse}
    return min(behind, key=lambda id_: (-behind[id_].relative, id_), default="")


class _Maker:
    """Looks up what a briefing is made of; its tables by evidence id."""

    def __init__(self, contents: PackContents) -> None:
        self._contents, self._changes = contents, contents.changes
        self._sampled = {r.dataset for r in contents.receipts if r.base_of == "survey"}
        self._rows = _by_id(contents.evidence)
        self._heads = {id_: row for id_, row in self._rows.items() if _is_headline(row)}
        moved = self._changes.moved if self._changes else ()
        self._moved = {each.figure.evidence_id: each for each in moved}
        self._gaps = {id_: self._gap(row) for id_, row in self._heads.items()}
        self._figures = {id_: self._figure(row) for id_, row in self._heads.items()}

    def theme(self, theme: str) -> ThemeBriefing:
        """What is said first of a theme."""
        own = {id_: row for id_, row in self._heads.items() if row["theme"] == theme}
        figures = tuple(self._figures[id_] for id_ in own)
        gone = tuple(self._gone(theme))
        worst = furthest_behind({id_: self._gaps[id_] for id_ in own})
        none = words.no_gap_words(sum(bool(each.gap) for each in figures))
        missing = tuple(self._not_evidenced(theme, own))
        return ThemeBriefing(
            theme=theme,
            findings=self._findings(theme),
            worst=worst,
            worst_said=self._figures[worst].gap if worst else none,
            targets=words.targets_told([row["rag"] for row in own.values()]),
            moved=words.moved_told([*(each.moved for each in figures), *(GONE for _ in gone)]),
            missing=words.missing_words([each.kind for each in missing]),
            figures=figures,
            gone=gone,
            not_evidenced=missing,
        )

    def facts(self) -> Iterator[Fact]:
        """Counts over the whole pack."""
        figures = self._figures.values()
        rated = [row["rag"] for row in self._heads.values() if row["rag"]]
        compared = [each.adverse for each in figures if each.gap]
        moved = [each.moved for each in figures if each.moved not in ("", NEW)]
        answered_n = len(self._contents.notebooks)
        yield words.targets_fact(rated.count("red"), len(rated))
        yield words.comparators_fact(sum(compared), len(compared))
        yield words.moved_fact(moved.count("worse"), len(moved), first=not self._changes)
        yield words.answered_fact(answered_n, answered_n + len(self._contents.withheld))
        tested = [row["agreement"] for row in self._rows.values() if row["kind"] == "claim"]
        if tested:
            yield words.published_fact(tested.count("cannot be"), len(tested))

    def _comparable(self, row: Row) -> bool:
        """Whether it stands beside a comparator, and firmly enough to say how."""
        known: bool = not pd.isna(row["value"]) and not pd.isna(row["comparator_value"])
        firm = not {"c", "u"} & set(_marks(row))
        return known and firm and row["indicator"] in self._contents.indicators

    def _gap(self, row: Row) -> compare.Gap | None:
        if not self._comparable(row):
            return None
        better = polarity(self._contents.indicators[row["indicator"]], row["evidence_id"])
        return compare.gap(*_beside(row), better, sampled=row["dataset"] in self._sampled)

    def _figure(self, row: Row) -> Figure:
        id_ = row["evidence_id"]
        gap, then = self._gaps[id_], self._moved.get(id_)
        return Figure(
            evidence_id=id_,
            gap=self._gap_words(row) if self._comparable(row) else "",
            adverse=bool(gap and gap.adverse),
            moved=self._what_became(row),
            before=words.before_words(then) if then and _had_value(then) else "",
        )

    def _gap_words(self, row: Row) -> str:
        gap = self._gaps[row["evidence_id"]]
        stood = compare.standing(*_beside(row), sampled=row["dataset"] in self._sampled)
        measure = dict(pairs(row["evidence_id"])).get("measure", "")
        decimals = self._contents.indicators[row["indicator"]].as_shown(measure).decimals
        return words.gap_words(row, stood, gap.size if gap else None, decimals)

    def _what_became(self, row: Row) -> str:
        """What became of a figure since the pack before; nothing of one that is not shown."""
        if self._changes is None or pd.isna(row["value"]):
            return ""
        id_ = row["evidence_id"]
        if "r" in _marks(row):
            return REVISED
        came = {each.evidence_id for each in (*self._changes.came, *self._changes.hidden)}
        then = self._moved.get(id_)
        if id_ in came or (then and not _had_value(then)):
            return NEW
        return then.how or SAME if then else SAME

    def _gone(self, theme: str) -> Iterator[Gone]:
        """Headline figures that the pack before shows and this one does not."""
        if self._changes is None:
            return
        moved = (each.figure for each in self._changes.moved if _had_value(each))
        for each in (*moved, *self._changes.hidden, *self._changes.went):
            now = self._heads.get(each.evidence_id)
            if (
                each.theme == theme
                and each.of == "whole"
                and (now is None or pd.isna(now["value"]))
            ):
                yield Gone(each.evidence_id, each.title, _why_not(now))

    def _findings(self, theme: str) -> tuple[Finding, ...]:
        """Those to read first: at most one to a leading figure, while there are others.

        In this order: about a figure that misses its target, or nearly; the furthest behind its
        comparator; with a target or comparator; with a value; then as the notebooks have them.
        """
        own = [f for f in self._contents.findings if f.theme == theme and not self._hidden(f)]
        ranked = sorted(own, key=self._rank)
        led: dict[str, Finding] = {}
        for each in ranked:
            led.setdefault(self._lead(each) or each.text, each)
        first = list(led.values())
        rest = [each for each in ranked if each not in first]
        return tuple([*first, *rest][:FINDINGS_N])

    def _rank(self, finding: Finding) -> tuple[int, float, bool, bool]:
        heads = [self._heads[id_] for id_ in finding.evidence_ids if id_ in self._heads]
        rated = [_RATED.index(row["rag"]) for row in heads if row["rag"] in _RATED]
        gaps = [gap for row in heads if (gap := self._gaps[row["evidence_id"]]) and gap.adverse]
        judged = any(row["rag"] or not pd.isna(row["comparator_value"]) for row in heads)
        rows = [self._rows[id_] for id_ in finding.evidence_ids if id_ in self._rows]
        known = any(not pd.isna(row["value"]) for row in rows)
        behind = max((gap.relative for gap in gaps), default=0.0)
        return min(rated, default=len(_RATED)), -behind, not judged, not known

    def _lead(self, finding: Finding) -> str:
        """The first headline figure that a finding rests on."""
        return next((id_ for id_ in finding.evidence_ids if id_ in self._heads), "")

    def _hidden(self, finding: Finding) -> bool:
        """Whether all that a finding rests on is suppressed."""
        rows = [self._rows[id_] for id_ in finding.evidence_ids if id_ in self._rows]
        return bool(rows) and all("c" in _marks(row) for row in rows)

    def _not_evidenced(self, theme: str, heads: Mapping[str, Row]) -> Iterator[NotEvidenced]:
        for each in self._contents.withheld:
            if each.theme == theme:
                kind = "withheld" if each.stopped else "unanswered"
                yield NotEvidenced(kind, each.question, each.why)
        for page in self._contents.notebooks:
            for sentence in page.without if page.theme == theme else ():
                what, _, why = sentence.partition(": ")
                yield NotEvidenced("source", what, why)
        for row in heads.values():
            for mark in _marks(row):
                if mark in _WITHOUT_VALUE:
                    yield NotEvidenced("figure", str(row["title"]), _WITHOUT_VALUE[mark])


def _by_id(evidence: pd.DataFrame) -> dict[str, Row]:
    """Rows by evidence id: a missing text is empty, a missing number is not a number."""
    texts = [name for name in evidence.columns if name not in NUMBER_COLUMNS]
    numbers = {name: evidence[name].astype("float64") for name in NUMBER_COLUMNS}
    whole = evidence.assign(**numbers, **{name: evidence[name].fillna("") for name in texts})
    return {row["evidence_id"]: row for row in whole.to_dict("records")}


def _is_headline(row: Row) -> bool:
    return row["kind"] == "indicator" and is_head(row["breakdown"])


def _marks(row: Row) -> list[str]:
    return [mark for mark in row["status"].split(";") if mark]


def _beside(row: Row) -> tuple[float, float, float, float]:
    return row["value"], row["lower"], row["upper"], row["comparator_value"]


def _had_value(moved: FigureMoved) -> bool:
    """Whether the pack before shows a number of it, not a mark such as `[x]`."""
    return not moved.then.startswith("[")


def _why_not(now: Row | None) -> str:
    marks = _marks(now) if now else []
    return next((_WITHOUT_VALUE[m] for m in marks if m in _WITHOUT_VALUE), "not in this pack")
