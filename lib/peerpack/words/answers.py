"""How well residents are answered, in words: in time on two bases, what is open, the Ombudsman."""

import pandas as pd

from peerpack.handover.evidence import Shown
from peerpack.words.numbers import listed, period_in_full, said

GOOD_PCT, ADEQUATE_PCT = 95, 90
LEAST_TO_NAME_N = 10


@said
def complaints_sentence(shown: Shown) -> str:
    """Complaints in time, of those answered and of those received; extensions apart."""
    limit = "within 10 working days at stage 1 or 20 at stage 2"
    lawful = _of(shown, basis="closed", measure="with_extensions")
    told = f"{_in_time(shown, 'complaints', limit)}{_extended(shown, lawful)}"
    return f"{told}{_by_the_system(shown, lawful)}"


@said
def requests_sentence(shown: Shown) -> str:
    """Requests for information in time, on both bases, and the Commissioner's band for them."""
    told = _in_time(shown, "requests for information", "within 20 working days")
    lawful = _of(shown, basis="closed", measure="with_extensions")
    band = _band(_of(shown, basis="closed"))
    return f"{told}{band}{_extended(shown, lawful)}{_by_the_system(shown, lawful)}"


@said
def own_data_sentence(shown: Shown) -> str:
    """Requests for one's own data in time, on both bases."""
    limit = "within a month, or three where that was extended"
    told = _in_time(shown, "requests for own data", limit)
    strict = _of(shown, basis="closed", measure="without_extensions")
    own = _of(shown, basis="closed")
    one = f" Without extensions it would be {strict['display']} of those answered."
    differs = strict["display"] != own["display"] and not pd.isna(strict["value"])
    return f"{told}{one if differs else ''}{_by_the_system(shown, own)}"


@said
def open_sentence(shown: Shown, what: str) -> str:
    """What was open on the quarter's last day, what of it was overdue, and how long it waited."""
    still, overdue, age = (_of(shown, measure=m) for m in ("open", "overdue", "open_age"))
    day = period_in_full(str(still["period"]).split(" to ")[-1])
    if not still["value"]:
        return f"On {day} none of the {what} in the log was open."
    late = overdue["display"] if overdue["value"] else "none"
    return (
        f"Of the {what} in the log {still['display']} stood open on {day}, {late} of them past the "
        f"last day the law allows; half had waited {age['display']} or more."
    )


@said
def acknowledged_sentence(shown: Shown) -> str:
    """Complaints acknowledged in five working days, or that the log does not say."""
    row = _of(shown, measure="acknowledged")
    if pd.isna(row["value"]):
        return "No share of complaints acknowledged in five working days can be given from the log."
    return (
        f"{row['display']} of {row['denominator']:,.0f} complaints received were acknowledged "
        "within five working days."
    )


@said
def upheld_sentence(shown: Shown) -> str:
    """What the Ombudsman upheld, with its counts and the interval of so few."""
    row = shown.headline
    if pd.isna(row["value"]):
        return "The log lists no complaint that the Ombudsman decided in the quarter."
    what = "complaint" if row["denominator"] == 1 else "complaints"
    return (
        f"The Ombudsman upheld {row['numerator']:,.0f} of {row['denominator']:,.0f} {what} "
        f"investigated in the quarter, {row['display']}. With so few cases, the rate in the long "
        f"run may be anything from {row['lower']:.0f}% to {row['upper']:.0f}%."
    )


@said
def slowest_sentence(shown: Shown, what: str) -> str:
    """Which directorates were behind, of those that answered ten or more; nothing of none."""
    own = shown.only(basis="closed")
    rows = own.rows[own.rows["breakdown"] == "basis&directorate"]
    known = rows[rows["denominator"] >= LEAST_TO_NAME_N]
    behind = known[known["standing"] == "lower"].sort_values(["value", "group"], kind="stable")
    if behind.empty:
        return ""
    named = [
        f"{row.label} ({row.display}, {row.numerator:,.0f} of {row.denominator:,.0f})"
        for row in behind.head(2).itertuples()
    ]
    return f"The smallest shares of {what} answered in time are in {listed(named)}."


@said
def in_time_title(shown: Shown, what: str) -> str:
    """Title of a chart of shares in time by directorate, of those received and those closed."""
    closed, received = (_of(shown, basis=b)["display"] for b in ("closed", "received"))
    return f"{what} in time: {closed} of those closed, {received} of those received"


@said
def in_time_alt(shown: Shown, what: str) -> str:
    """Alt text of that chart: on each basis the whole, and the directorates at either end."""
    told = [_panel_alt(shown.only(basis=basis).rows, basis) for basis in ("received", "closed")]
    return f"Dots of {what} answered in time by directorate, on two bases. {' '.join(told)}"


def _panel_alt(rows: pd.DataFrame, basis: str) -> str:
    parts = rows[(rows["breakdown"] == "basis&directorate") & rows["value"].notna()]
    if parts.empty:
        return f"Of those {basis}: no dot."
    parts = parts.sort_values(["value", "group"], kind="stable")
    low, high = parts.iloc[0], parts.iloc[-1]
    return (
        f"Of those {basis}: {rows.iloc[0]['display']} overall, a dashed line; from "
        f"{low['display']} in {low['label']} to {high['display']} in {high['label']}."
    )


def _of(shown: Shown, **facets: str) -> pd.Series:
    """The row of a figure: the first with these facets is the plain one."""
    return shown.only(**facets).headline


def _in_time(shown: Shown, what: str, limit: str) -> str:
    closed, received = _of(shown, basis="closed"), _of(shown, basis="received")
    if pd.isna(closed["value"]):
        return f"The log lists none of the {what} as answered in the quarter."
    first = (
        f"Of {closed['denominator']:,.0f} {what} answered in the quarter, {closed['display']} "
        f"({closed['numerator']:,.0f}) were answered in time, {limit}."
    )
    if pd.isna(received["value"]):
        return first
    return (
        f"{first} Of {received['denominator']:,.0f} received in it that were answered or due by "
        f"its end, {received['display']} were answered in time."
    )


def _extended(shown: Shown, lawful: pd.Series) -> str:
    """The share with lawful extensions, where a reader would see a difference."""
    if pd.isna(lawful["value"]) or lawful["display"] == _of(shown, basis="closed")["display"]:
        return ""
    return (
        f" With lawful extensions allowed for, {lawful['display']} of those answered were in time."
    )


def _by_the_system(shown: Shown, lawful: pd.Series) -> str:
    """The share by the casework system's own due dates, where it is another than by law."""
    printed = _of(shown, basis="closed", measure="by_system_date")
    if pd.isna(printed["value"]) or printed["display"] == lawful["display"]:
        return ""
    return f" By the due dates that the casework system prints it would be {printed['display']}."


def _band(row: pd.Series) -> str:
    """The Information Commissioner's words for a share; his toolkit looks at the latest quarter."""
    if pd.isna(row["value"]):
        return ""
    good, adequate = row["value"] >= GOOD_PCT, row["value"] >= ADEQUATE_PCT
    band = "good" if good else "adequate" if adequate else "unsatisfactory"
    return (
        f" By the Information Commissioner's toolkit {row['display']} in the latest quarter is "
        f"{band}: it calls {GOOD_PCT}% and over good, {ADEQUATE_PCT}% and over adequate."
    )
