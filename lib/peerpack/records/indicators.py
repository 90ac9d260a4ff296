"""Rows of evidence from a measure's table of an indicator, under disclosure control."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote, unquote

import numpy as np
import pandas as pd

from peerpack.catalogue.models import Council, Facet, Indicator, Regime
from peerpack.errors import RecordRefused
from peerpack.handover.receipt import Receipt
from peerpack.measures import disclosure
from peerpack.measures.table import as_rows, cuts_of, distinct, not_in
from peerpack.vocab import FACETS, Quarter
from peerpack.words.numbers import SUPPRESSED, display, label

NUMBERS = (
    "value", "numerator", "denominator", "lower", "upper", "base_n", "effective_n",
)  # fmt: skip
COUNTS = ("count", "people")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
Receipts = tuple[Receipt, Receipt]
"""The receipts of the numerator's dataset and of the denominator's."""


def hidden_rows(
    table: pd.DataFrame,
    indicator: str,
    receipts: Receipts,
    council: Council,
    *,
    also: Collection[disclosure.Key] = (),
    first: Collection[disclosure.Key] = (),
) -> np.ndarray:
    """Which rows may not be shown: none of a dataset without people in it.

    `also`: cuts that would show what another table hides; `first`: cuts that other tables hide, to
    be hidden before others.
    """
    bases = {r.base_of for r in receipts if r.personal}
    if not bases:
        return np.zeros(len(table), dtype=bool)
    for at in _figures(table):
        _refuse_no_base(table.iloc[at], parts_of(table), bases)
    wanted = [
        key_in(id_) for id_ in council.disclosure.also_hide if id_.partition("/")[0] == indicator
    ]
    return disclosure.suppressed(
        table,
        cuts_of(table),
        council.disclosure,
        "staff" if "staff" in bases else "survey",
        of_its_base=_return(receipts[0]) == _return(receipts[1]),
        also=[*wanted, *also],
        first=first,
    )


def key_in(evidence_id: str) -> disclosure.Key:
    """The cuts that an evidence id names."""
    pairs = (pair.partition("=") for pair in evidence_id.partition("/")[2].split("&") if pair)
    return tuple((name, unquote(value)) for name, _, value in pairs)


def unranked(table: pd.DataFrame, hidden: np.ndarray) -> np.ndarray:
    """The order in which rows are shown: where they stand by rank, hidden parts last, by name.

    A hidden row between two shown ones of a table sorted by value would be bounded by them.
    """
    keys = [disclosure.key_of(row, cuts_of(table)) for row in as_rows(table)]
    levels = {tuple(name for name, _ in key) for key in keys}
    by_name = all(
        own == sorted(own)
        for own in ([k for k in keys if tuple(n for n, _ in k) == level] for level in levels)
    )
    last = [
        () if by_name or not flag or not key else (key,)
        for flag, key in zip(hidden, keys, strict=True)
    ]
    return np.array(sorted(range(len(keys)), key=lambda at: (last[at] != (), last[at], at)))


def _return(receipt: Receipt) -> tuple[str, str]:
    """One return: two waves of a survey are of one dataset, and no part of each other."""
    return receipt.dataset, receipt.quarter


def _figures(table: pd.DataFrame) -> list[np.ndarray]:
    """The rows of each figure in a table of several: each has a headline and parts of its own."""
    facets = [cut for cut in cuts_of(table) if cut in FACETS]
    if not facets:
        return [np.arange(len(table))]
    groups = table.reset_index(drop=True).groupby(facets, dropna=False, sort=False)
    return [part.index.to_numpy() for _, part in groups]


def parts_of(table: pd.DataFrame) -> tuple[str, ...]:
    """The cuts of a table that are parts of a sum."""
    return tuple(cut for cut in cuts_of(table) if cut not in FACETS)


def _refuse_no_base(table: pd.DataFrame, cuts: Sequence[str], bases: Collection[str]) -> None:
    if set(bases) - {"staff", "survey"} or table["base_n"].isna().any():
        raise RecordRefused(
            "A figure of personal data needs base_n, the people it rests on, on every row, and a "
            "dataset that says base_of. Add them in the measure and in data/reference/datasets."
        )
    if table[list(cuts)].notna().any(axis=1).all():
        raise RecordRefused(
            "Parts of personal data without their total: what the total gives away cannot be "
            "judged. Give the measure's whole table, its headline row too."
        )


def evidence_rows(
    table: pd.DataFrame,
    hidden: np.ndarray,
    indicator: Indicator,
    receipts: Receipts,
    council: Council,
) -> list[dict[str, Any]]:
    """One row of evidence per row of the measure, without its comparator."""
    cuts = cuts_of(table)
    rows = []
    for at, row in enumerate(as_rows(table)):
        keys = disclosure.key_of(row, cuts)
        cut = tuple(pair for pair in keys if pair[0] not in FACETS)
        own = indicator.as_shown(dict(keys).get("measure", ""))
        counted = own.unit in COUNTS and bool(cut)
        said = _hide() if hidden[at] else _controlled(row, cut, receipts, council.disclosure)
        if counted and not hidden[at] and "staff" in {r.base_of for r in receipts}:
            said |= _rounded(said, council.disclosure)
        rows.append(_identity(keys, indicator, own) | said | _display(said, own))
    return rows


def _identity(keys: disclosure.Key, indicator: Indicator, figure: Facet) -> dict[str, Any]:
    own = sorted(keys)
    cut = "&".join(f"{name}={quote(value, safe='')}" for name, value in own)
    named = [label(value) for name, value in keys if name != "measure" or not indicator.measures]
    facets = tuple(pair for pair in own if pair[0] in FACETS)
    return {
        "facets": facets,
        "head": len(facets) == len(own),
        "decimals": figure.decimals,
        "polarity": figure.polarity,
        "evidence_id": f"{indicator.id}/{cut}" if cut else indicator.id,
        "kind": "indicator",
        "indicator": indicator.id,
        "title": ": ".join([figure.title, *named]),
        "period": _period(dict(keys)),
        "breakdown": "&".join(name for name, _ in own),
        "group": keys[-1][1] if keys else "",
        "label": label(keys[-1][1]) if keys else "",
        "unit": figure.unit,
        "theme": indicator.theme,
    }


def _period(keys: dict[str, str]) -> str:
    """The period of a part that is a quarter, or of a figure as it stood on a day of the year.

    Otherwise it is the dataset's, which is filled in later.
    """
    if "financial_quarter" in keys:
        part = Quarter.parse(keys["financial_quarter"])
        return f"{part.first_day} to {part.last_day}"
    if _DAY.match(keys.get("wave", "")):
        day = date.fromisoformat(keys["wave"])
        return f"{Quarter.of(day).year_start} to {day}"
    return ""


def _hide() -> dict[str, Any]:
    nothing: dict[str, Any] = dict.fromkeys((*NUMBERS, "rows_n"))
    return nothing | {"interval": "", "status": "c", "note": "", "hidden": True, "sampled": False}


def _controlled(
    row: dict[str, Any], keys: disclosure.Key, receipts: Receipts, regime: Regime
) -> dict[str, Any]:
    numbers = {name: _number(row[name]) for name in NUMBERS}
    bases = {r.base_of for r in receipts}
    rows_n: float = _rows_n(row, receipts)
    if "staff" in bases and numbers["base_n"] is not None:
        numbers["base_n"] = disclosure.rounded(numbers["base_n"], regime.rounding_base)
        # The number of rows of a part is its number of people, or nearly.
        rows_n = disclosure.rounded(rows_n, regime.rounding_base) if keys else rows_n
    personal = any(r.personal for r in receipts)
    return numbers | {
        "interval": row["interval"] if numbers["lower"] is not None else "",
        "status": _marks(row, "survey" in bases, regime),
        "note": without_small_counts(row["note"], regime) if personal else row["note"],
        "rows_n": rows_n,
        "hidden": False,
        "sampled": "survey" in bases,
    }


def _rounded(said: dict[str, Any], regime: Regime) -> dict[str, Any]:
    """A head count of a part of the council, to the regime's base: the whole is said exactly."""
    numbers = {name: said[name] for name in ("value", "numerator") if said[name] is not None}
    return {name: disclosure.rounded(n, regime.rounding_base) for name, n in numbers.items()}


_COUNTED = re.compile(
    r"(?<![\w.,£/-])([1-9]\d*)(?=( [a-z-]+){0,2} (people|persons?|members?|employees|staff|posts?|"
    r"positions?|spells?|absences?|rows?|answers?|respondents|residents|cases?|leavers?|referrals?)\b)"
)


def without_small_counts(note: str, regime: Regime) -> str:
    """A note about personal data with each count of people or cases under the threshold unsaid."""

    def told(found: re.Match[str]) -> str:
        return f"fewer than {regime.threshold}" if int(found[1]) < regime.threshold else found[1]

    return _COUNTED.sub(told, note)


def _marks(row: dict[str, Any], sampled: bool, regime: Regime) -> str:
    """The measure's own marks; `z` where there is nothing to divide by, `u` on a small sample."""
    own = [row["status"]] if row["status"] else []
    if _number(row["value"]) is None:
        return ";".join(own or ["z"])
    unsure = sampled and row["base_n"] < regime.min_base_survey
    return ";".join([*own, "u"] if unsure else own)


def _rows_n(row: dict[str, Any], receipts: Receipts) -> int:
    above, below = distinct(row["numerator_rows"]), distinct(row["denominator_rows"])
    if receipts[0].dataset != receipts[1].dataset:
        return len(above) + len(below)
    return len(below) + len(not_in(above, below))


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _display(said: dict[str, Any], figure: Facet) -> dict[str, Any]:
    if said["hidden"]:
        return {"display": SUPPRESSED}
    return {"display": display(said["value"], figure.unit, figure.decimals)}
