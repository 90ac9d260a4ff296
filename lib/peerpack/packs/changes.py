"""What changed since the pack before, for the page that tells it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from peerpack.catalogue.models import Indicator
from peerpack.handover.changes import Changes, FigureMoved, FigureNamed, How, InputChanged, Of
from peerpack.handover.difference import EvidenceMoved
from peerpack.handover.evidence import is_head
from peerpack.packs.attack import pairs
from peerpack.packs.causes import moved_inputs
from peerpack.packs.diff.figures import Row, by_id, figures_moved
from peerpack.packs.opened import OpenedPack
from peerpack.packs.versions import Version
from peerpack.vocab import days_of
from peerpack.words.numbers import display

Files = Mapping[str, Mapping[str, str]]
OF_EVERY_QUARTER = frozenset(
    ("returns", "earlier_returns", "not_used", "parameters", "as_at", "previous_pack")
)
"""Inputs that each quarter has anew: that they moved is no news."""
A_QUARTERS_DAYS_DIFFER = 3
HIDDEN = ("hidden in B", "shown in B")
HOW: Mapping[str, How] = {
    "improving": "better", "worsening": "worse", "increasing": "higher", "decreasing": "lower",
    "no clear change": "no clear change",
}  # fmt: skip


def changes(
    evidence: pd.DataFrame,
    previous: Version | None,
    inputs: Mapping[str, Any],
    files: Files,
    indicators: Mapping[str, Indicator],
    definitions: Mapping[str, str],
) -> Changes | None:
    """What is not as in the pack before; None where there is none.

    `evidence`: of the pack in the making, with its directions of travel. `files`: digests of the
    checkout's own files by kind and name, `definitions` those of what its indicators mean, as its
    manifest will state them. Of figures that either pack hides, and of those no longer shown, no
    number is handed on.
    """
    if previous is None:
        return None
    then, now = by_id(OpenedPack(previous.folder).evidence), by_id(evidence)
    found = tuple(figures_moved(then, now))
    redefined = _redefined(previous.manifest().get("definitions", {}), definitions)
    moved = tuple(
        _moved(each, then[each.evidence_id], now[each.evidence_id], indicators, redefined)
        for each in found
        if _is_news(each)
    )
    hidden = _named(found, then | now, HIDDEN)
    return Changes(
        previous=previous.folder.parent.name,
        digest=previous.digest,
        moved=moved,
        came=_named(found, now, ("appeared",)),
        went=_named(found, then, ("vanished",)),
        hidden=hidden,
        alike_n=len(then.keys() & now.keys()) - len(moved) - len(hidden),
        inputs=tuple(_inputs(previous.manifest(), inputs, files)),
        redefined=redefined,
    )


def _redefined(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Indicators of both packs whose definition is another; of older packs nothing is known."""
    return tuple(id_ for id_ in now if then.get(id_, now[id_]) != now[id_])


def _is_news(each: EvidenceMoved) -> bool:
    """Whether a figure's value moved, or its rating or its target did."""
    beside = any(field.name in ("rag", "target") for field in each.fields)
    return each.what == "moved" or (each.what == "said otherwise" and beside)


def _named(
    found: tuple[EvidenceMoved, ...], rows: Mapping[str, Row], what: tuple[str, ...]
) -> tuple[FigureNamed, ...]:
    return tuple(_name(rows[each.evidence_id]) for each in found if each.what in what)


def _name(row: Row) -> FigureNamed:
    whole: Of = "whole" if is_head(row["breakdown"]) else "part"
    of: Of = "published" if row["kind"] == "claim" else whole
    return FigureNamed(row["evidence_id"], row["title"], row["theme"], of)


def _moved(
    each: EvidenceMoved,
    then: Row,
    now: Row,
    indicators: Mapping[str, Indicator],
    redefined: tuple[str, ...],
) -> FigureMoved:
    return FigureMoved(
        figure=_name(now),
        then=then["display"],
        now=now["display"],
        period_then=then["period"],
        period_now=now["period"],
        by=_signed(_in_words(each.change, each.change_unit, now, indicators)),
        how="other" if now["indicator"] in redefined else _how(each, now),
        rating_then=then["rag"],
        rating_now=now["rag"],
        target_then=_in_words(then["target"], then["unit"], now, indicators),
        target_now=_in_words(now["target"], now["unit"], now, indicators),
    )


def _how(each: EvidenceMoved, now: Row) -> How:
    """Better or worse only of the same length of time, and beyond either figure's own interval."""
    if each.what != "moved" or each.old is None or each.new is None:
        return ""
    if abs(_days(each.old.period) - _days(each.new.period)) > A_QUARTERS_DAYS_DIFFER:
        return "longer"
    alike = each.beyond == "within" or each.old.display == each.new.display
    return "no clear change" if alike else HOW.get(now["direction"], "other")


def _days(period: str) -> int:
    """How long a period is, to its last day; none where it is not written as days."""
    try:
        first, last = map(date.fromisoformat, days_of(period).split(" to "))
    except ValueError:
        return 0
    return (last - first).days


def _signed(difference: str) -> str:
    """A difference with its sign: `+3`, `-3`, and `0` for one that the display does not show."""
    told = difference.strip("-£0.,")[:1].isdigit()
    return difference if difference.startswith("-") or not told else f"+{difference}"


def _in_words(value: float | None, unit: str, row: Row, indicators: Mapping[str, Indicator]) -> str:
    """A number beside a figure, to as many decimals as its definition gives it."""
    if value is None:
        return ""
    known = indicators.get(row["indicator"])
    measure = dict(pairs(row["evidence_id"])).get("measure", "")
    decimals = known.as_shown(measure).decimals if known else int(row["stated_decimals"] or 0)
    return display(value, unit, decimals)


def _inputs(
    manifest: Mapping[str, Any], inputs: Mapping[str, Any], files: Files
) -> Iterator[InputChanged]:
    """What else moved, by its kind; definitions and reference data by the names of their files."""
    moved = [
        each
        for each in moved_inputs(manifest.get("inputs", {}), inputs)
        if each.given not in OF_EVERY_QUARTER
    ]
    before = manifest.get("files", {})
    for given in dict.fromkeys(each.given for each in moved):
        names = [each.name for each in moved if each.given == given]
        if given in before:
            then, now = before[given], files[given]
            names = sorted(name for name in {*then, *now} if then.get(name) != now.get(name))
        yield InputChanged(given, tuple(names))
