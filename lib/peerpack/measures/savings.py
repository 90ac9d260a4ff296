"""Savings: how much of what was promised is found, and by which of four means.

Planned savings, substitutes, one-off mitigations and the use of reserves are never mixed: only the
first was promised, only the first two save again next year.
"""

import re
from collections.abc import Collection, Iterator
from typing import Any

import numpy as np
import pandas as pd

from peerpack.measures.table import PER_CENT, measured, money_sum, ratio, rows_in
from peerpack.vocab import Quarter

PLANNED, ALTERNATIVE, ONE_OFF, FROM_RESERVES = (
    "Planned saving", "Alternative saving", "One-off mitigation", "Use of reserves",
)  # fmt: skip
PLANNED_ONCE = "Planned saving, this year only"
NO_CATEGORY = "Category not given"
NOT_COVERED = "Not covered"
FOUR_CLASSES = (PLANNED, ALTERNATIVE, ONE_OFF, FROM_RESERVES)
HELPS_ONCE = (ONE_OFF, FROM_RESERVES)
STANDS_IN = (ALTERNATIVE, *HELPS_ONCE)
BASES = {"delivered": "delivered_gbp", "forecast": "forecast_gbp"}

_YEAR = re.compile(r"\s*(?:20)?(\d\d)\s*[/–-]\s*(?:20)?(\d\d)\s*")


def delivered_as_planned(tracker: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Recurrent savings delivered in the way the budget approved, as a share of the target (KF03).

    A planned saving that the tracker says is not recurrent counts in the target alone. The target
    is that of the savings promised: what stands in for one has none of its own.
    Rows: by `basis` (`delivered` since 1 April; `forecast` for the year, marked [f]) the council,
    then each directorate by name. Columns: basis; directorate; value (%, missing without a target
    above zero or without a category on any row); numerator, denominator (GBP).
    Source: indicator KF03; rows of the quarter's own financial year.
    """
    return _of_target(tracker, quarter, (PLANNED,))


def delivered_with_substitutes(tracker: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Planned savings delivered and the substitutes for others, as a share of the target (KF04).

    Rows and columns as of `delivered_as_planned`. Neither a one-off mitigation nor a use of
    reserves is a substitute.
    Source: indicator KF04.
    """
    return _of_target(tracker, quarter, (PLANNED, ALTERNATIVE))


def by_class(tracker: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """What meets the savings target: the four classes in pounds, and what nothing covers (KF04).

    Every pound of the target stands in one class: planned, alternative, one-off mitigation, use of
    reserves; where the tracker has such rows, planned for this year only and without a category;
    and `Not covered`, negative where more is found than was asked.
    Rows: by `measure` (`delivered_by_class` since 1 April; `forecast_by_class` for the year, marked
    [f]) the council's target, its classes, each directorate's target, its classes; a directorate's
    class without a row is left out. Columns: measure; directorate; category; value, numerator
    (GBP); denominator (the target, GBP).
    Source: the classes that the LGA's reviewers asked Liverpool for in July 2024.
    """
    own = of_year(tracker, quarter)
    told = [
        row | cut | {"measure": f"{basis}_by_class"}
        for basis in BASES
        for cut, part in _whole_and_directorates(own)
        for row in _classes(part, basis, all_four=not cut)
    ]
    _say_of_whole(told, tracker)
    return measured(told, ["measure", "directorate", "category"])


def at_risk(tracker: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Savings rated red or amber, as a share of the whole programme, both by target (KF05).

    Savings without a rating count in the programme and are named in the note.
    Rows: the council, then each directorate by name. Columns: directorate; value (%, missing
    without a target above zero or without any rating); numerator, denominator (GBP).
    Source: indicator KF05; rows of the quarter's own financial year.
    """
    own = of_year(tracker, quarter)
    told = [_risk(part) | cut for cut, part in _whole_and_directorates(own)]
    _say_of_whole(told, tracker)
    return measured(told, ["directorate"])


def of_year(tracker: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """The tracker's rows of the quarter's financial year; all of them where none states a year.

    `2024/25`, `2024-25`, `24/25` and `2024/2025` are one year. A row without a year among others
    that have one is left out, and the note of the council's row says so.
    Columns: the tracker's, and `means`, by which the money is found: its category, which for a
    planned saving that does not recur is one of its own.
    """
    own = tracker[_years(tracker) == Quarter.parse(quarter).financial_year]
    own = tracker if tracker["financial_year"].isna().all() else own
    means = own["category"].astype("object").fillna(NO_CATEGORY)
    return own.assign(
        means=means.mask((means == PLANNED) & (own["recurrent"] == "No"), PLANNED_ONCE)
    )


def target_gbp(rows: pd.DataFrame) -> float:
    """The target of the savings promised in a year, GBP; missing where a planned one has none.

    A negative target takes back an earlier saving. A target printed beside a substitute or a
    mitigation is not counted: the saving it stands in for has it already.
    """
    promised = rows[~rows["category"].isin(STANDS_IN)]
    if promised.loc[promised["category"] == PLANNED, "target_gbp"].isna().any():
        return float("nan")
    return money_sum(promised["target_gbp"].dropna())


def found_gbp(rows: pd.DataFrame, classes: Collection[str], column: str) -> float:
    """What rows of some classes find, GBP; missing where not one of them says how much."""
    amounts = rows.loc[rows["means"].isin(classes), column]
    return float("nan") if len(amounts) and amounts.isna().all() else money_sum(amounts.dropna())


def rows_of(rows: pd.DataFrame, classes: Collection[str]) -> np.ndarray:
    """The source rows of some classes."""
    return rows_in(rows[rows["means"].isin(classes)])


def doubts(rows: pd.DataFrame, column: str = "") -> str:
    """What a reader must know of the rows before trusting a sum of them; one sentence each.

    `column` is the amount that is summed, if any.
    """
    promised = ~rows["category"].isin(STANDS_IN)
    said = (
        _told(rows[rows["category"].isna()], "without a category", "in no class of delivery"),
        _told(rows[(rows["category"] == PLANNED) & rows["target_gbp"].isna()],
              "without a target", "so the target is not known"),
        _told(rows[~promised & rows["target_gbp"].fillna(0).ne(0)],
              "that only stand in for others with a target of their own", "not counted again"),
        _told(_repeated(rows), "under a reference that stands elsewhere too", "all counted"),
        _told(rows[rows[column].isna()] if column else rows.head(0),
              f"without an amount {_WORD.get(column)}", "counted as nothing"),
    )  # fmt: skip
    return " ".join(each for each in said if each)


_WORD = {"delivered_gbp": "delivered", "forecast_gbp": "forecast"}


def _of_target(tracker: pd.DataFrame, quarter: str, classes: Collection[str]) -> pd.DataFrame:
    own = of_year(tracker, quarter)
    told = [
        _share(part, basis, classes) | cut | {"basis": basis}
        for basis in BASES
        for cut, part in _whole_and_directorates(own)
    ]
    _say_of_whole(told, tracker)
    return measured(told, ["basis", "directorate"])


def _share(rows: pd.DataFrame, basis: str, classes: Collection[str]) -> dict[str, Any]:
    found = found_gbp(rows, classes, BASES[basis])
    found = float("nan") if rows["category"].isna().all() else found
    target = target_gbp(rows)
    value = PER_CENT * ratio(found, max(target, 0))
    return {
        "value": value,
        "numerator": found,
        "denominator": target,
        "status": _mark(basis, value),
        "note": " ".join((_no_target(target), doubts(rows, BASES[basis]))).strip(),
        "numerator_rows": rows_of(rows, classes),
        "denominator_rows": _promised_rows(rows),
    }


def _classes(rows: pd.DataFrame, basis: str, *, all_four: bool) -> Iterator[dict[str, Any]]:
    """The target, then its classes in their order, then what is left of it."""
    column, target = BASES[basis], target_gbp(rows)
    present = {*rows["means"], *(FOUR_CLASSES if all_four else ())}
    shared = {"denominator": target, "denominator_rows": _promised_rows(rows)}
    yield _money(target, basis) | shared | {"note": doubts(rows, column)}
    left = target
    for name in (PLANNED, PLANNED_ONCE, *STANDS_IN, NO_CATEGORY):
        if name in present:
            found = found_gbp(rows, (name,), column)
            left = round(left - (0 if np.isnan(found) else found), 2)
            own = {"category": name, "numerator_rows": rows_of(rows, (name,))}
            yield _money(found, basis) | shared | own
    yield _money(left, basis) | shared | {"category": NOT_COVERED, "numerator_rows": rows_in(rows)}


def _money(amount: float, basis: str) -> dict[str, Any]:
    return {"value": amount, "numerator": amount, "status": _mark(basis, amount)}


def _risk(rows: pd.DataFrame) -> dict[str, Any]:
    promised = rows[~rows["category"].isin(STANDS_IN)]
    unrated = promised[promised["rag"].isna()]
    risky = promised[promised["rag"].isin(("Red", "Amber"))]
    at_stake = money_sum(risky["target_gbp"].dropna())
    at_stake = float("nan") if len(unrated) == len(promised) else at_stake
    target = target_gbp(rows)
    said = (_no_target(target), _told(unrated, "without a rating", "in the programme all the same"),
            doubts(rows))  # fmt: skip
    return {
        "value": PER_CENT * ratio(at_stake, max(target, 0)),
        "numerator": at_stake,
        "denominator": target,
        "note": " ".join(each for each in said if each),
        "numerator_rows": rows_in(risky),
        "denominator_rows": rows_in(promised),
    }


def _whole_and_directorates(rows: pd.DataFrame) -> Iterator[tuple[dict[str, str], pd.DataFrame]]:
    yield {}, rows
    for name, part in rows.groupby("directorate", sort=True):
        yield {"directorate": str(name)}, part


def _promised_rows(rows: pd.DataFrame) -> np.ndarray:
    return rows_in(rows[~rows["category"].isin(STANDS_IN)])


def _mark(basis: str, value: float) -> str:
    return "f" if basis == "forecast" and not np.isnan(value) else ""


def _no_target(target: float) -> str:
    return "The target is not above zero: no share of it." if target <= 0 else ""


def _say_of_whole(told: list[dict[str, Any]], tracker: pd.DataFrame) -> None:
    """Rows left out for want of a year stand behind no part, so the whole's own rows name them."""
    some_year = tracker["financial_year"].notna().any()
    said = _told(tracker[_years(tracker) == ""], "without a year that can be read", "left out")
    for row in told:
        if some_year and said and "directorate" not in row and "category" not in row:
            row["note"] = f"{row['note']} {said}".strip()


def _years(tracker: pd.DataFrame) -> np.ndarray:
    """The year of each row as `2024-25` in whichever way it is written, or nothing."""
    found = (_YEAR.fullmatch(str(said)) for said in tracker["financial_year"])
    return np.array([f"20{each[1]}-{each[2]}" if each else "" for each in found], dtype="object")


def _repeated(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["saving_ref"].notna() & rows["saving_ref"].duplicated(keep=False)]


def _told(rows: pd.DataFrame, what: str, then: str) -> str:
    """Rows counted with their target: `2 rows without a rating, target £30,000: counted`."""
    counted = "1 row" if len(rows) == 1 else f"{len(rows):,} rows"
    pounds = money_sum(rows["target_gbp"].dropna())
    return f"{counted} {what}, target £{pounds:,.0f}: {then}." if len(rows) else ""
