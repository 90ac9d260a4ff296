"""Collection of council tax and business rates: two rates never mixed, arrears, a point's worth.

The in-year rate is of this year's tax alone; the crude rate is of all tax that came in. Each has
its own function and reads its own columns; neither takes the other's place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from peerpack.errors import RecordRefused
from peerpack.handover.evidence import Comparison
from peerpack.measures.compare import group_median
from peerpack.measures.rounding import Interval, implied, propagate
from peerpack.measures.table import PER_CENT, measured, rows_in
from peerpack.vocab import Quarter

COUNCIL_TAX, BUSINESS_RATES = "Council tax", "Business rates"
DUE, OWED, DWELLINGS = "net_collectable_debit_gbp", "arrears_carried_forward_gbp", "dwellings_n"
THIS_YEAR = ("receipts_current_year_gbp",)
ALL_YEARS = ("receipts_current_year_gbp", "receipts_arrears_gbp", "prepayments_gbp")
IN_YEAR = ("KF17", "KF19")
AMOUNTS = (DUE, *ALL_YEARS, OWED)
# A statement prints its rate to one decimal or two; half of the last is no contradiction.
PRINTED_WITHIN_PP = 0.05
MILLION = 1_000_000
WHOLE_BILL = "Of the whole bill: police, fire and parish shares are in, not the council's alone."
ONLY_LATE = "Part of a gap is only late, for arrears are collected in later years."
EARLIER_YEARS = "Debt of earlier years only: what is unpaid of this year is added at 31 March."
CRUDE = (
    "All receipts since 1 April, those for arrears and for next year too, so it can pass 100%; "
    "not to be set beside the in-year rate."
)


@dataclass(frozen=True)
class Position:
    """What the statement's one row of a tax and day gives, or why there is none.

    `given`: its amounts, without those that are missing; `rows`: the source rows looked at.
    """

    given: Mapping[str, float]
    rows: np.ndarray
    why_not: str = ""


def in_year_rate(statement: pd.DataFrame, quarter: str, tax: str = COUNCIL_TAX) -> pd.DataFrame:
    """Receipts of this year's tax by the quarter's last day, of what the year is due (KF17, KF19).

    100 × receipts for this year's tax, prepayments before 1 April in, arrears and prepayments for
    next year out ÷ net collectable debit of the year. Before the fourth quarter it is the rate to
    date, and the note says so. Missing where the statement has no row, or two, for that day, where
    an amount is not given, or where nothing is due. The rate that the statement prints is never
    taken; where it differs, the note says so.
    Rows: one. Columns: value (%, 0 to about 100); numerator and denominator (GBP); note.
    Source: line 5 of the quarterly return QRC4.
    """
    return measured([_rate(statement, tax, Quarter.parse(quarter).last_day, THIS_YEAR)])


def in_year_path(statement: pd.DataFrame, quarter: str, tax: str = COUNCIL_TAX) -> pd.DataFrame:
    """The in-year rate as it stood at each quarter's end of the year so far (KF17, KF19).

    Each is cumulative from 1 April, so they are no parts of a sum: the cut is `wave`, which names
    another figure, and not the quarter. Rows: one per quarter's end, earliest first. Columns: wave
    (the date, `2024-06-30`); the others as of `in_year_rate`.
    """
    return _path(statement, quarter, tax, THIS_YEAR)


def beside(figures: pd.DataFrame | None, indicator: str, quarter: str) -> Comparison | None:
    """The neighbours' median of a collection rate at the same date, where there is one.

    None for an in-year rate (KF17, KF19) before the fourth quarter, whatever was supplied: no
    council's is published then, and one that stood there would be a crude rate.
    """
    within = Quarter.parse(quarter).number < 4
    return None if within and indicator in IN_YEAR else group_median(figures, indicator, quarter)


def crude_rate(statement: pd.DataFrame, quarter: str, tax: str = COUNCIL_TAX) -> pd.DataFrame:
    """All receipts since 1 April, whatever year they are for, of the tax due for the year (KF18).

    100 × (receipts for this year + of arrears + for next year) ÷ net collectable debit. It can
    pass 100, and is missing where the statement leaves one of the three out. What was prepaid
    before 1 April cannot be told apart in the statement, and stays in.
    Rows: one. Columns: value (%, 0 and up); numerator and denominator (GBP); note.
    Source: LG Inform metric 3409.
    """
    return measured([_rate(statement, tax, Quarter.parse(quarter).last_day, ALL_YEARS)])


def crude_path(statement: pd.DataFrame, quarter: str, tax: str = COUNCIL_TAX) -> pd.DataFrame:
    """The crude rate as it stood at each quarter's end of the year so far (KF18).

    Rows and columns: as of `in_year_path`.
    """
    return _path(statement, quarter, tax, ALL_YEARS)


def _path(statement: pd.DataFrame, quarter: str, tax: str, receipts: Sequence[str]) -> pd.DataFrame:
    asked = Quarter.parse(quarter)
    ends = [Quarter(asked.year, number).last_day for number in range(1, asked.number + 1)]
    rows = [_rate(statement, tax, day, receipts) | {"wave": str(day)} for day in ends]
    return measured(rows, ["wave"])


def _rate(statement: pd.DataFrame, tax: str, day: date, receipts: Sequence[str]) -> dict[str, Any]:
    at = _position(statement, tax, day)
    row = _share(at, receipts, DUE, PER_CENT)
    if receipts == ALL_YEARS:
        return row | {"note": _sentences(row["note"], CRUDE)}
    printed = _printed_otherwise(at, row["value"])
    return row | {"note": _sentences(row["note"], _so_far(day), printed)}


def _so_far(day: date) -> str:
    if (day.month, day.day) == (3, 31):
        return ""
    return f"The rate to {_words(day)}, not the year's; no such rate is published of any council."


def _printed_otherwise(at: Position, rate: float | None) -> str:
    printed = at.given.get("in_year_collection_pct")
    if rate is None or printed is None or abs(printed - rate) <= PRINTED_WITHIN_PP:
        return ""
    return f"The statement prints {printed:.2f}%, which its own amounts do not make."


def arrears(statement: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Council tax still owed at the quarter's last day, by two measures (KF20).

    At 31 March what is unpaid of the year itself is in; before, only earlier years' debt is, and
    the note says so.
    Rows: measure `per_dwelling` (GBP; dwellings on the valuation list) and
    `of_net_collectable_debit` (%). Columns: measure; value; numerator (GBP); denominator (count of
    dwellings; GBP); note.
    Source: section 2 of the quarterly return QRC4.
    """
    asked = Quarter.parse(quarter)
    at = _position(statement, COUNCIL_TAX, asked.last_day)
    measures = {"per_dwelling": (DWELLINGS, 1.0), "of_net_collectable_debit": (DUE, PER_CENT)}
    rows = [_share(at, (OWED,), of, by) | {"measure": name} for name, (of, by) in measures.items()]
    early = "" if asked.number == 4 else EARLIER_YEARS
    return measured([r | {"note": _sentences(r["note"], early)} for r in rows], ["measure"])


def value_of_a_point(statement: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """What one percentage point of council tax collection is worth (KF21).

    Net collectable debit × 0.01, with the range that the precision of the statement's amounts
    allows (whole thousands stand for half a thousand either side). It is of the whole bill, the
    shares of police, fire and parishes in.
    Rows: one. Columns: value, lower, upper (GBP m); numerator (GBP); note.
    Source: local return.
    """
    at = _position(statement, COUNCIL_TAX, Quarter.parse(quarter).last_day)
    due = _interval(at, DUE, statement)
    point = propagate(lambda x: x[0] / 100, [due]) if due else None
    row = {"numerator": float(point.value) if point else None, "numerator_rows": at.rows}
    return measured([row | _in_millions(point) | {"note": _sentences(at.why_not, WHOLE_BILL)}])


def value_of_gap(
    statement: pd.DataFrame, quarter: str, comparator: Comparison | None, decimals: int = 2
) -> pd.DataFrame:
    """What the gap between the year's in-year rate and its comparator is worth (KF21).

    (Comparator − rate) × value of a point, with the range that rounding allows: the figures that
    the comparator is of are printed to `decimals`, so it lies within half of the last. Below zero
    where the council collects more. Missing before the fourth quarter, for a gap in the rate to
    date is mostly a matter of when bills fall due.
    Rows: one, measure `gap_to_comparator`. Columns: measure; value, lower, upper (GBP m);
    numerator (percentage points); denominator (GBP, a point); note; denominator_rows (the
    comparator's).
    Errors: RecordRefused for a comparator of another figure, such as the crude rate.
    """
    asked = Quarter.parse(quarter)
    _refuse_other_rates(comparator, asked)
    at = _position(statement, COUNCIL_TAX, asked.last_day)
    due, paid = _interval(at, DUE, statement), _interval(at, THIS_YEAR[0], statement)
    row: dict[str, Any] = _in_millions(None)
    why_not = at.why_not or _no_gap(comparator, asked)
    if comparator and due and paid and due.lower > 0 and not why_not:
        row = _gap(due, paid, comparator, decimals)
    theirs = np.array(comparator.rows if comparator else (), dtype="int64")
    said = {"measure": "gap_to_comparator", "numerator_rows": at.rows, "denominator_rows": theirs}
    return measured(
        [row | said | {"note": _sentences(why_not, ONLY_LATE, WHOLE_BILL)}], ["measure"]
    )


def _gap(due: Interval, paid: Interval, other: Comparison, decimals: int) -> dict[str, Any]:
    rate = propagate(lambda x: 100 * x[0] / x[1], [paid, due])
    point = propagate(lambda x: x[0] / 100, [due])
    theirs = implied(Fraction(str(other.value)), decimals, "=")
    operands = {
        "numerator": float(theirs.value - rate.value),
        "denominator": float(point.value),
    }
    return operands | _in_millions(worth_of_gap(rate, theirs, point))


def worth_of_gap(rate: Interval, comparator: Interval, point: Interval) -> Interval:
    """A gap in collection in money: (comparator − rate) × the worth of a point.

    86% and 93% to the nearest point, at £2.2m a point: £15.4m, from £12.9m to £18.0m.
    """
    return propagate(lambda x: (x[1] - x[0]) * x[2], [rate, comparator, point])


def _refuse_other_rates(comparator: Comparison | None, quarter: Quarter) -> None:
    if comparator and (comparator.indicator, comparator.period) != ("KF17", str(quarter)):
        raise RecordRefused(
            f"A gap in collection was asked to {comparator.indicator} of {comparator.period}. Only "
            f"the in-year rate of the same year (KF17, {quarter}) may stand beside the in-year "
            "rate. Give that comparator, or None."
        )


def _no_gap(comparator: Comparison | None, quarter: Quarter) -> str:
    if quarter.number != 4:
        return "There is no year's rate before 31 March, and so no gap."
    if comparator is None:
        return "No comparator was given."
    return f"The comparator is not like for like: {comparator.unlike}." if comparator.unlike else ""


def _in_millions(amount: Interval | None) -> dict[str, Any]:
    if amount is None:
        return {"value": None}
    return {
        "value": float(amount.value / MILLION),
        "lower": float(amount.lower / MILLION),
        "upper": float(amount.upper / MILLION),
        "interval": "range that the rounding of its operands implies",
    }


def _interval(at: Position, column: str, statement: pd.DataFrame) -> Interval | None:
    """An amount as the statement prints it: half a unit of its last digit either side."""
    if column not in at.given:
        return None
    pence = Fraction(round(at.given[column] * 100), 100)
    return implied(pence, _decimals(statement), "=")


def _decimals(statement: pd.DataFrame) -> int:
    """Decimals to which a statement prints its amounts: 2 pence, 0 pounds, −3 thousands, −5, −6.

    All its amounts are whole thousands only where it prints thousands.
    """
    amounts = statement[list(AMOUNTS)].to_numpy(dtype="float64").ravel()
    pence = np.round(amounts[~np.isnan(amounts)] * 100).astype("int64")
    units = {-6: 10**8, -5: 10**7, -3: 10**5, 0: 100}
    return next((d for d, unit in units.items() if pence.any() and not (pence % unit).any()), 2)


def _position(statement: pd.DataFrame, tax: str, day: date) -> Position:
    own = statement[statement["tax"] == tax]
    there = own[own["period_end"] == pd.Timestamp(day)]
    if len(there) == 1:
        numbers = there.select_dtypes("number").iloc[0].dropna()
        return Position({str(name): float(n) for name, n in numbers.items()}, rows_in(there))
    if len(there):
        two = f"{len(there)} rows stand for {_words(day)}; which one holds is not said."
        return Position({}, rows_in(there), two)
    if own.empty:
        return Position({}, rows_in(statement), f"The statement has no row of {tax.lower()}.")
    last = _words(own["period_end"].max().date())
    none = f"The statement has no row for {_words(day)}; its last is of {last}."
    return Position({}, rows_in(own), none)


def _share(at: Position, parts: Sequence[str], of: str, times: float) -> dict[str, Any]:
    """Amounts of a position over another of it; missing, and why, where it cannot be."""
    whole = at.given.get(of)
    missing = [name for name in (*parts, of) if name not in at.given]
    part = None if set(parts) & set(missing) else round(sum(at.given[p] for p in parts), 2)
    known = part is not None and whole is not None and whole > 0
    return {
        "value": times * part / whole if known and part is not None and whole else None,
        "numerator": part,
        "denominator": whole,
        "note": at.why_not or _why_no_share(missing, whole, of),
        "numerator_rows": at.rows,
        "denominator_rows": at.rows,
    }


def _why_no_share(missing: Sequence[str], whole: float | None, of: str) -> str:
    if missing:
        return f"The statement does not give {', '.join(_plain(name) for name in missing)}."
    return "" if whole and whole > 0 else f"There is no share of {_plain(of)} that is not above 0."


def _plain(column: str) -> str:
    return column.removesuffix("_gbp").removesuffix("_n").replace("_", " ")


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _sentences(*said: str) -> str:
    return " ".join(filter(None, said))
