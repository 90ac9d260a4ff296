"""What is collected, in sentences: the year's rate, the crude rate, arrears, a point's worth."""

import pandas as pd

from peerpack.handover.evidence import Shown
from peerpack.words.numbers import beside, day_in_full, display, listed, money, own_note, said

PART_ONLY_LATE = (
    "Part of a gap is only late, since arrears are collected in later years, and the money is of "
    "the whole bill: the shares of police, fire and parishes are in it."
)
WORTH_TELLING = 0.02
ALL_OWED = "This year's unpaid tax is in it."
EARLIER_OWED = "It is earlier years' debt alone; what is unpaid of this year is added at 31 March."


@said
def in_year_sentence(shown: Shown) -> str:
    """Tax of the year collected by the quarter's last day; before 31 March, the rate to date."""
    row = shown.headline
    tax, last = _tax(row), _last_day(row)
    if pd.isna(row["value"]):
        return f"How much of the year's {tax} was collected cannot be said. {own_note(row)}"
    came = (
        f"By {day_in_full(last)}, {row['display']} of the {tax} due for the year had come in: "
        f"{money(row['numerator'])} of {money(row['denominator'])}."
    )
    if last.month == 3:
        return f"{came}{beside(row)}"
    return f"{came} It is the rate to date, not the year's, so nothing stands beside it."


def _tax(row: pd.Series) -> str:
    return "business rates" if row["indicator"] == "KF19" else "council tax"


def _last_day(row: pd.Series) -> pd.Timestamp:
    return pd.Timestamp(row["period"].split(" to ")[-1])


@said
def crude_sentence(shown: Shown) -> str:
    """The crude rate, and why it does not stand beside the in-year rate."""
    row = shown.headline
    if pd.isna(row["value"]):
        return f"The crude rate of council tax cannot be given. {own_note(row)}"
    return (
        f"With what came in for earlier years and for next year, receipts since 1 April are "
        f"{row['display']} of the council tax due for the year. This crude rate counts old debt "
        f"and can pass 100%, so it must not be set beside the in-year rate.{beside(row)}"
    )


@said
def arrears_sentence(shown: Shown) -> str:
    """What is still owed, in all, for each dwelling and of the year's tax."""
    each = shown.only(measure="per_dwelling").headline
    share = shown.only(measure="of_net_collectable_debit").headline
    if pd.isna(share["numerator"]):
        return f"What council tax is still owed cannot be said. {own_note(share)}"
    told = [
        f"{row['display']} {what}"
        for row, what in ((each, "for each dwelling"), (share, "of the tax due for the year"))
        if pd.notna(row["value"])
    ]
    sized = f", {listed(told)}" if told else ""
    whose = ALL_OWED if _last_day(share).month == 3 else EARLIER_OWED
    return f"Council tax of {money(share['numerator'])} is still owed{sized}. {whose}"


@said
def point_sentence(shown: Shown) -> str:
    """What one percentage point of collection is worth, and whose money it is."""
    row = shown.headline
    if pd.isna(row["value"]):
        return f"What a percentage point of collection is worth cannot be said. {own_note(row)}"
    return (
        f"One percentage point of council tax is worth {_pounds(row['value'])} a year{_range(row)}"
        ". That is of the whole bill, with the shares of police, fire and parishes, and not the "
        "council's own money alone."
    )


@said
def gap_sentence(gap: Shown, rate: Shown) -> str:
    """What the gap between the rate and its comparator is worth, and that part is only late.

    `rate`: the in-year rate with its comparator. Nothing where there is no gap to tell.
    """
    row, own = gap.headline, rate.headline
    if pd.isna(row["value"]):
        return ""
    group = f"the {own['comparator_statistic']} of {own['comparator']}"
    other = f"{group}, {own['comparator_display']}"
    if row["lower"] <= 0 <= row["upper"]:
        return f"The rate and {other}, are alike within their rounding."
    points = f"{abs(row['numerator']):.2f} percentage points"
    worth = _pounds(abs(row["value"]))
    if row["value"] < 0:
        return f"The rate is {points} above {other}: worth {worth} in the year."
    return f"Reaching {other}, takes {points}: {worth} in the year{_range(row)}. {PART_ONLY_LATE}"


def _range(row: pd.Series) -> str:
    """The range that rounding implies, where it is more than a fiftieth of the amount."""
    if row["upper"] - row["lower"] < WORTH_TELLING * abs(row["value"]):
        return ""
    low, high = (_pounds(row[end]) for end in ("lower", "upper"))
    return f" (as far as its figures are printed, {low} to {high})"


def _pounds(millions: float) -> str:
    """Millions of pounds as said: two decimals of a million, or whole pounds under one."""
    return display(millions, "GBP m", 2) if abs(millions) >= 1 else money(millions * 1e6)


@said
def path_title(shown: Shown) -> str:
    """Title of the chart of a rate through the year."""
    known = shown.rows[shown.rows["value"].notna()]
    tax = _tax(shown.rows.iloc[0]).capitalize()
    if known.empty:
        return f"{tax} collected through the year: no rate is known"
    last = known.iloc[-1]
    return f"{tax} collected through the year: {last['display']} by {last['label']}"


@said
def path_alt(shown: Shown) -> str:
    """Alt text of that chart: every point, and the dates without one."""
    known = shown.rows[shown.rows["value"].notna()]
    pairs = zip(known["display"], known["label"], strict=True)
    points = listed([f"{text} by {day}" for text, day in pairs]) or "no point is known"
    missing = list(shown.rows.loc[shown.rows["value"].isna(), "label"])
    gaps = f" Not known: {listed(missing)}." if missing else ""
    tax = _tax(shown.rows.iloc[0])
    return f"Line of the share of the year's {tax} collected: {points}.{gaps}"
