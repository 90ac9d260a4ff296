"""What could we not show, and why? The most important first; of hidden figures never a value."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from peerpack.catalogue.models import Indicator
from peerpack.handover.evidence import is_head
from peerpack.handover.pack import PackContents
from peerpack.handover.receipt import Check, Receipt
from peerpack.render.cards import Card, is_suppressed
from peerpack.render.places import NOT_SHOWN
from peerpack.render.rows import Row, grouped
from peerpack.render.site.page import Page, Site
from peerpack.vocab import THEMES
from peerpack.words.numbers import listed

STOPPED = "did not pass its checks"
CONTENTS = (
    ("stopped", "return that did not pass its checks", "returns that did not pass their checks"),
    ("unanswered", "question not answered because of that",
     "questions not answered because of that"),
    ("not-supplied", "question for which nobody supplied data",
     "questions for which nobody supplied data"),
    ("partly", "question answered in part", "questions answered in part"),
    ("unknown", "figure that could not be worked out", "figures that could not be worked out"),
    ("hidden", "indicator with figures hidden to protect people",
     "indicators with figures hidden to protect people"),
    ("uncompared", "figure with nothing to stand beside", "figures with nothing to stand beside"),
    ("targets", "target that may not be shown", "targets that may not be shown"),
    ("wanted", "indicator that a missing return would bring",
     "indicators that missing returns would bring"),
    ("absent", "indicator that the workbook does not work out yet",
     "indicators that the workbook does not work out yet"),
    ("not-used", "file that was not used", "files that were not used"),
)  # fmt: skip
"""The parts of the page in their order, the most important first: id, one of it, several."""


@dataclass(frozen=True)
class Stopped:
    """A return that did not pass, the checks that stopped it, and the questions it leaves open."""

    receipt: Receipt
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Partly:
    """A question that was answered in part: what is missing, and whether a gate stopped it."""

    name: str
    question: str
    missing: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Hidden:
    """How many figures of an indicator are not shown, of how many."""

    indicator: str
    title: str
    hidden_n: int
    all_n: int


@dataclass(frozen=True)
class Absent:
    """An indicator without evidence, and why; `wanted`: only data for it is missing."""

    indicator: Indicator
    why: str
    wanted: bool


def pages(contents: PackContents, site: Site) -> Iterator[Page]:
    """One page of what is withheld, not supplied, hidden or left out."""
    yield Page(NOT_SHOWN, "not_shown.html.j2", words_of(contents, site))


def words_of(contents: PackContents, site: Site) -> dict[str, Any]:
    """All that the page says, by the name of its part."""
    figures = [row for row in site.rows if row["kind"] == "indicator"]
    heads = [row for row in figures if is_head(row["breakdown"])]
    absent = tuple(absences(contents))
    words: dict[str, Any] = {
        "stopped": tuple(stopped(contents.receipts)),
        "unanswered": [each for each in contents.withheld if each.stopped],
        "not_supplied": [each for each in contents.withheld if not each.stopped],
        "partly": tuple(partly(contents)),
        "unknown": [site.cards.card(row) for row in heads if _is_unknown(row)],
        "hidden": tuple(hidden(figures, contents.indicators)),
        "uncompared": _by_reason(site.cards.card(row) for row in heads if _is_uncompared(row)),
        "heads_n": len(heads),
        "untargeted_n": sum(row["target"] is None for row in heads),
        "held_targets": tuple(held_targets(contents)),
        "wanted": [each for each in absent if each.wanted],
        "absent": _by_theme(each for each in absent if not each.wanted),
        "not_used": contents.not_used,
    }
    return words | {"contents_list": [(id_, _n(words, id_), *said) for id_, *said in CONTENTS]}


def _n(words: dict[str, Any], id_: str) -> int:
    """How many things a part of the page lists, those of its groups together."""
    own = words.get(id_.replace("-", "_"), words["held_targets"])
    grouped_by = id_ in ("uncompared", "absent")
    return sum(len(each) for _, each in own) if grouped_by else len(own)


def stopped(receipts: Iterable[Receipt]) -> Iterator[Stopped]:
    """The returns that did not pass, with the checks that stopped them."""
    for receipt in receipts:
        if receipt.verdict.outcome == "stop":
            checks = (c for c in receipt.verdict.checks if not c.passed and c.severity == "stop")
            yield Stopped(receipt, tuple(checks))


def partly(contents: PackContents) -> Iterator[Partly]:
    """Questions answered in part: of each what is missing, and why in a few words."""
    titles = {r.title for r in contents.receipts if r.verdict.outcome == "stop"}
    for page in contents.notebooks:
        if page.without:
            pairs = (sentence.partition(": ")[::2] for sentence in page.without)
            missing = ((what, STOPPED if what in titles else why) for what, why in pairs)
            yield Partly(page.name, page.question, tuple(missing))


def hidden(figures: list[Row], indicators: dict[str, Indicator]) -> Iterator[Hidden]:
    """How many figures of each indicator are suppressed; never which of them is the smallest."""
    for id_, rows in grouped(figures, "indicator").items():
        n = sum(map(is_suppressed, rows))
        if n:
            yield Hidden(id_, _title(id_, indicators), n, len(rows))


def absences(contents: PackContents) -> Iterator[Absent]:
    """The catalogue's indicators without evidence, in its order, each with the reason."""
    shown = set(contents.evidence["indicator"])
    supplied = {r.dataset: r.verdict.outcome for r in contents.receipts}
    for id_, indicator in contents.indicators.items():
        if id_ not in shown:
            why = _needs(indicator, supplied, contents.declared) or indicator.not_yet
            unsaid = "Its data was supplied, but not all that it takes."
            yield Absent(indicator, why or unsaid, wanted=not indicator.not_yet)


def held_targets(contents: PackContents) -> Iterator[tuple[str, str]]:
    """Targets of the council that may not stand here: of which indicator, and why."""
    for target in contents.council.targets:
        why = target.withheld(contents.as_at)
        if why:
            yield _title(target.indicator, contents.indicators), why


def _needs(indicator: Indicator, supplied: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """Which of the datasets it is computed from were not supplied, or did not pass."""
    own = {name: titles.get(name, name) for name in indicator.computed_from}
    missing = [title for name, title in own.items() if name not in supplied]
    failed = [title for name, title in own.items() if supplied.get(name) == "stop"]
    said = (
        missing and not indicator.not_yet and f"Not supplied: {listed(missing)}.",
        failed and f"Did not pass its checks: {listed(failed)}.",
    )
    return " ".join(each for each in said if each)


def _title(id_: str, indicators: dict[str, Indicator]) -> str:
    return indicators[id_].title if id_ in indicators else id_


def _is_unknown(row: Row) -> bool:
    return row["value"] is None and not is_suppressed(row)


def _is_uncompared(row: Row) -> bool:
    return row["comparator_value"] is None and not is_suppressed(row)


def _by_reason(cards: Iterable[Card]) -> list[tuple[str, list[Card]]]:
    """Figures by why nothing stands beside them; the reason that holds for most comes first."""
    reasons: dict[str, list[Card]] = {}
    for card in cards:
        reasons.setdefault(card.no_comparator or "no reason is recorded.", []).append(card)
    return sorted(reasons.items(), key=lambda pair: -len(pair[1]))


def _by_theme(absent: Iterable[Absent]) -> list[tuple[str, list[Absent]]]:
    themes: dict[str, list[Absent]] = {}
    for each in absent:
        themes.setdefault(each.indicator.theme, []).append(each)
    return [(title, themes[id_]) for id_, title in THEMES.items() if id_ in themes]
