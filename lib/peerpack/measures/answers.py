"""How well residents are answered: complaints, requests for information, the Ombudsman's findings.

One log holds them all, one row per case and stage. Three choices stand behind every figure here.

A case is *counted* on one of two bases. `closed`: it was answered in the quarter. `received`: it
came in the quarter and, on the quarter's last day, was answered or its time was up; one still
within its time is no failure and is counted apart, in the note. What was answered after that day
was open on it, so that a log printed later gives the same figure.

A case is *in time* when it was answered by its last day by law, counted here from its own dates
(`peerpack.measures.timeliness`), never by the day that the casework system prints; how far that
differs is a measure of its own (`by_system_date`).

A case is *left out*, and the note says so, where no time limit follows from the row: another
procedure, no stage, answered before it came.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from peerpack.measures.table import PER_CENT, measured, ratio, rows_in
from peerpack.measures.timeliness import corresponding_day, working_day_after
from peerpack.vocab import Quarter

BASES = ("received", "closed")
STAGE_WORKING_DAYS_N = {"Stage 1": 10, "Stage 2": 20}
ACKNOWLEDGED_IN_WORKING_DAYS_N = 5
REQUEST_WORKING_DAYS_N = 20
OWN_DATA_MONTHS_N, OWN_DATA_EXTENDED_MONTHS_N = 1, 3
NO_DIRECTORATE = "Directorate not given"
Days = Collection[date]


def complaints_in_time(cases: pd.DataFrame, quarter: str, not_worked: Days) -> pd.DataFrame:
    """Complaints answered in 10 working days at stage 1, or 20 at stage 2 (KC07).

    The clock runs from the acknowledgement; from receipt where none is listed, or one before it.
    Statutory complaints, other stages and complaints without a stage are left out.

    Rows, for each basis (`closed`, `received`): all of them, by stage, by directorate; then
    measure `with_extensions` (an extended case has twice the days) and `by_system_date`. Then
    measure `acknowledged` (in five working days of receipt, of those received in the quarter),
    and of the last day: `open` with its cuts, `overdue`, `open_age`.
    Columns: basis, measure, stage, directorate; value (% 0 to 100, count, or days: the median
    since receipt); numerator and denominator (cases); rows of both.
    Source: Local Government and Social Care Ombudsman, Complaint Handling Code (applied from 1
    April 2026; a yardstick before).
    """
    log = cases[cases["case_type"].isin(["Complaint", "Statutory complaint"])]
    own = log[(log["case_type"] == "Complaint") & log["stage"].isin(list(STAGE_WORKING_DAYS_N))]
    limit_n = own["stage"].map(STAGE_WORKING_DAYS_N)
    begun = own["acknowledged_date"].where(own["acknowledged_date"] >= own["received_date"])
    start = begun.fillna(own["received_date"])
    timed = own.assign(
        unacknowledged=begun.isna(),
        due=working_day_after(start, limit_n, not_worked),
        extended_due=working_day_after(start, 2 * limit_n, not_worked),
    )
    left = {"of a statutory procedure": int((log["case_type"] != "Complaint").sum())}
    left["of another stage or of none"] = len(log) - len(own) - sum(left.values())
    clocks = {"": "due", "with_extensions": "lawful_due", "by_system_date": "due_date"}
    rows = _rows(timed, Quarter.parse(quarter), clocks, "stage", left, cases)
    rows.insert(-1, _acknowledged(timed, Quarter.parse(quarter), not_worked))
    return measured(rows, ["basis", "measure", "stage", "directorate"])


def requests_in_time(cases: pd.DataFrame, quarter: str, not_worked: Days) -> pd.DataFrame:
    """Freedom of information and environmental requests answered in 20 working days (KG01).

    Day one is the first working day after receipt. `not_worked` are the bank holidays of any part
    of the United Kingdom: that is the Act's own definition of a working day. `with_extensions`
    gives an extended request 40 working days: the limit for environmental requests, and what the
    Commissioner expects of an extension to weigh the public interest.
    Rows and columns as of `complaints_in_time`, by case_type (FOI, EIR), without `acknowledged`.
    Source: Freedom of Information Act 2000, section 10; Environmental Information Regulations
    2004, regulations 5 and 7.
    """
    own = cases[cases["case_type"].isin(["FOI", "EIR"])]
    limit_n = REQUEST_WORKING_DAYS_N
    timed = own.assign(
        due=working_day_after(own["received_date"], limit_n, not_worked),
        extended_due=working_day_after(own["received_date"], 2 * limit_n, not_worked),
    )
    clocks = {"": "due", "with_extensions": "lawful_due", "by_system_date": "due_date"}
    rows = _rows(timed, Quarter.parse(quarter), clocks, "case_type", {}, cases)
    return measured(rows, ["basis", "measure", "case_type", "directorate"])


def own_data_requests_in_time(cases: pd.DataFrame, quarter: str, not_worked: Days) -> pd.DataFrame:
    """Requests for one's own data answered in a month, or three where extended (KG02).

    The last day bears the number of the day of receipt, one month on or three; in a shorter month
    it is the last; on a day not worked it is the next working day.
    Rows and columns as of `complaints_in_time`, by directorate alone; measure
    `without_extensions` (one month for every request) in place of `with_extensions`.
    Source: UK General Data Protection Regulation, article 12(3); the Commissioner's guidance.
    """
    own = cases[cases["case_type"] == "SAR"]
    months_n = (OWN_DATA_MONTHS_N, OWN_DATA_EXTENDED_MONTHS_N)
    one, three = (corresponding_day(own["received_date"], n, not_worked) for n in months_n)
    timed = own.assign(due=one, extended_due=three)
    clocks = {"": "lawful_due", "without_extensions": "due", "by_system_date": "due_date"}
    rows = _rows(timed, Quarter.parse(quarter), clocks, "", {}, cases)
    return measured(rows, ["basis", "measure", "directorate"])


def upheld_by_the_ombudsman(cases: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Complaints the Ombudsman upheld, in part or whole, of those investigated in detail (KC08).

    Investigated in detail: closed in the quarter at the Ombudsman's stage with a finding; one
    closed without a finding was not, and the note counts it.
    Rows: one. Columns: value (%, missing without a finding), lower, upper (95% Wilson interval:
    the cases are few); numerator and denominator (cases).
    Source: Local Government and Social Care Ombudsman, annual review letters, which publish these
    counts for every council however small.
    """
    stage = cases[cases["stage"] == "Ombudsman"]
    closed = stage[_within(stage["closed_date"], Quarter.parse(quarter))]
    found = closed[closed["upheld"].notna()]
    upheld = found[found["upheld"] != "Not upheld"]
    lower, upper = _wilson(len(upheld), len(found))
    row = _share(upheld, found) | {
        "lower": lower,
        "upper": upper,
        "interval": "95% interval (Wilson) for a rate seen in so few cases",
        "note": _told({"closed without a finding": len(closed) - len(found)}, "Not counted: "),
    }
    none = {"note": "The log lists no finding of the Ombudsman in the quarter.",
            "denominator_rows": rows_in(cases)}  # fmt: skip
    return measured([row if len(found) else row | none])


def _wilson(part_n: int, whole_n: int) -> tuple[float, float]:
    from scipy.stats import binomtest

    if not whole_n:
        return float("nan"), float("nan")
    found = binomtest(part_n, whole_n).proportion_ci(method="wilson")
    return PER_CENT * float(found.low), PER_CENT * float(found.high)


def _rows(
    timed: pd.DataFrame,
    period: Quarter,
    clocks: Mapping[str, str],
    kind: str,
    left: Mapping[str, int],
    log: pd.DataFrame,
) -> list[dict[str, Any]]:
    """Every row of one procedure: shares in time on both bases, then what is open of the log."""
    timed = timed.fillna({"directorate": NO_DIRECTORATE})
    backwards = timed["closed_date"] < timed["received_date"]
    own = timed[~backwards]
    own = own.assign(lawful_due=own["due"].where(own["extended"] != "Yes", own["extended_due"]))
    left = {**left, "answered before they came": int(backwards.sum())}
    cuts = [name for name in (kind, "directorate") if name]
    rows = [r for basis in BASES for r in _on_basis(own, period, basis, clocks, cuts, left)]
    return [*rows, *_open(own, period, cuts, log)]


def _on_basis(
    own: pd.DataFrame,
    period: Quarter,
    basis: str,
    clocks: Mapping[str, str],
    cuts: list[str],
    left: Mapping[str, int],
) -> Iterator[dict[str, Any]]:
    for measure, clock in clocks.items():
        facets = {"basis": basis} | ({"measure": measure} if measure else {})
        counted = _counted(own, clock, period, basis)
        note = "" if measure else _note(own, counted, period, basis, left)
        yield _in_time(counted) | facets | {"note": note}
        for cut in cuts if not measure else ():
            for name, part in counted.groupby(cut, sort=True):
                yield _in_time(part) | facets | {cut: str(name)}


def _counted(own: pd.DataFrame, clock: str, period: Quarter, basis: str) -> pd.DataFrame:
    """The cases of a basis, with `in_time` by one of the clocks."""
    end = pd.Timestamp(period.last_day)
    answered = own["closed_date"] <= end
    if basis == "closed":
        chosen = answered & _within(own["closed_date"], period)
    else:
        chosen = _within(own["received_date"], period) & (answered | (own[clock] <= end))
    counted = own[chosen & own[clock].notna()]
    return counted.assign(in_time=counted["closed_date"] <= counted[clock])


def _in_time(counted: pd.DataFrame) -> dict[str, Any]:
    return _share(counted[counted["in_time"]], counted)


def _share(part: pd.DataFrame, whole: pd.DataFrame) -> dict[str, Any]:
    return {
        "value": PER_CENT * ratio(len(part), len(whole)),
        "numerator": len(part),
        "denominator": len(whole),
        "numerator_rows": rows_in(part),
        "denominator_rows": rows_in(whole),
    }


def _acknowledged(timed: pd.DataFrame, period: Quarter, not_worked: Days) -> dict[str, Any]:
    """Of complaints received in the quarter: acknowledged in five days, of those with five days."""
    facet = {"measure": "acknowledged"}
    if timed["acknowledged_date"].isna().all():
        return facet | {"status": "x", "note": "The log gives no day of acknowledgement."}
    limit_n, end = ACKNOWLEDGED_IN_WORKING_DAYS_N, pd.Timestamp(period.last_day)
    by = working_day_after(timed["received_date"], limit_n, not_worked)
    done = timed["acknowledged_date"]
    chosen = _within(timed["received_date"], period) & ((done <= end) | (by <= end))
    return _share(timed[chosen & (done <= by)], timed[chosen]) | facet


def _open(
    own: pd.DataFrame, period: Quarter, cuts: list[str], log: pd.DataFrame
) -> list[dict[str, Any]]:
    """What was open on the last day: how many, how many past their last day by law, how old.

    That none is open is known from the whole log, so all of it stands behind the count.
    """
    end = pd.Timestamp(period.last_day)
    came = own[own["received_date"] <= end]
    still = came[came["closed_date"].isna() | (came["closed_date"] > end)]
    parts = [(cut, part) for cut in cuts for part in still.groupby(cut, sort=True)]
    overdue = still[still["lawful_due"] <= end]
    age_days = float((end - still["received_date"]).dt.days.median())
    return [
        _count(still) | {"measure": "open", "note": _since(own, period),
                         "denominator_rows": rows_in(log)},
        *(_count(part) | {"measure": "open", cut: str(name)} for cut, (name, part) in parts),
        _count(overdue) | {"measure": "overdue"},
        {"measure": "open_age", "value": age_days, "base_n": len(still),
         "numerator_rows": rows_in(still)},
    ]  # fmt: skip


def _count(cases: pd.DataFrame) -> dict[str, Any]:
    return {"value": len(cases), "numerator": len(cases), "numerator_rows": rows_in(cases)}


def _within(days: pd.Series, period: Quarter) -> "pd.Series[bool]":
    return days.between(pd.Timestamp(period.first_day), pd.Timestamp(period.last_day))


def _note(
    own: pd.DataFrame,
    counted: pd.DataFrame,
    period: Quarter,
    basis: str,
    left: Mapping[str, int],
) -> str:
    """What a reader must know of the cases behind a share; nothing where there is nothing."""
    told = _told(left, "Left out of the log: ")
    if basis == "received":
        waiting_n = int(_within(own["received_date"], period).sum()) - len(counted)
        told += _told({"still within their time on the last day": waiting_n}, "Not counted: ")
    odd = {
        "without an acknowledgement, timed from receipt": counted.get("unacknowledged"),
        "whose due date in the log is another than by law": counted["due_date"].notna()
        & (counted["due_date"] != counted["lawful_due"]),
        "reopened, each a case of its own": counted["case_ref"].str.endswith("/1"),
    }
    counts = {words: int(each.sum()) for words, each in odd.items() if each is not None}
    since = _since(own, period) if basis == "closed" else ""
    return f"{told}{_told(counts, 'Of those counted: ')}{since}".strip()


def _told(counts: Mapping[str, int], before: str) -> str:
    told = [f"{n:,} {words}" for words, n in counts.items() if n]
    return f"{before}{'; '.join(told)}. " if told else ""


def _since(own: pd.DataFrame, period: Quarter) -> str:
    """A log that starts with the quarter holds no older case, closed or open."""
    if own.empty or (own["received_date"] < pd.Timestamp(period.first_day)).any():
        return ""
    return "The log lists no case received before the quarter, so older ones are not counted."
