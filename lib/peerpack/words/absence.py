"""Who is off sick and why, in sentences: rates, teams, twelve months, long spells, reasons."""

import pandas as pd

from peerpack.handover.evidence import Shown
from peerpack.words.numbers import (
    SUPPRESSED,
    beside,
    day_in_full,
    display,
    listed,
    own_note,
    quarter_in_full,
    said,
)
from peerpack.words.sentences import bars_alt, spread

NAMED_N = 3


@said
def rate_sentence(shown: Shown) -> str:
    """The bottom line: days lost per full-time equivalent, and the directorate that lost most."""
    whole = shown.headline
    if whole["display"] == SUPPRESSED:
        return withheld("Sickness absence")
    if pd.isna(whole["value"]):
        return "No full-time equivalent was in post, so there is no rate of sickness absence."
    return (
        f"{whole['display']} were lost to sickness for each full-time equivalent in the quarter, "
        f"schools not counted.{beside(whole)}{highest(shown, 'directorate')}"
    )


def withheld(what: str) -> str:
    """That a figure is not shown, and why."""
    return f"{what} is not shown: it rests on too few people."


def highest(shown: Shown, cut: str) -> str:
    """Which part of a cut has the highest rate; of those shown, where some are not."""
    parts = shown.parts[shown.parts["breakdown"] == cut]
    rows = parts[parts["value"].notna()].sort_values(["value", "group"], ascending=[False, True])
    if len(rows) < 2:
        return ""
    most = rows.iloc[0]
    start = "Of those shown, the" if hides_some(shown) else "The"
    return f" {start} highest rate is in {most['label']}, {most['display']}."


def hides_some(shown: Shown) -> bool:
    """Whether a row of the table may not be shown."""
    return bool((shown.rows["display"] == SUPPRESSED).any())


@said
def teams_sentence(shown: Shown) -> str:
    """The teams with the highest rates, and how many teams are too small to show."""
    teams = shown.parts[shown.parts["breakdown"] == "directorate&team"]
    seen = teams[teams["value"].notna()].sort_values(["value", "group"], ascending=[False, True])
    if seen.empty:
        return "No team is large enough to be shown."
    told = [f"{row.label} ({row.display})" for row in seen.head(NAMED_N).itertuples()]
    hidden_n = int((teams["display"] == SUPPRESSED).sum())
    verb = "is" if hidden_n == 1 else "are"
    hidden = f" Of {len(teams):,} teams, {hidden_n:,} {verb} not shown." if hidden_n else ""
    return f"Of the teams shown, the rate is highest in {listed(told)}.{hidden}"


@said
def with_schools_sentence(shown: Shown) -> str:
    """The rate with schools, and that it is another figure."""
    whole = shown.headline
    if whole["display"] == SUPPRESSED:
        return withheld("Sickness absence with schools")
    if pd.isna(whole["value"]):
        return "With schools there is no rate either."
    return (
        f"With schools counted in, {whole['display']} were lost for each full-time equivalent. "
        "That counts other people, and must not be set beside the figure without schools."
        f"{beside(whole)}"
    )


@said
def year_sentence(shown: Shown) -> str:
    """Days lost over twelve months, and the quarter that lost most of them."""
    whole = shown.headline
    if whole["display"] == SUPPRESSED:
        return withheld("Sickness absence over twelve months")
    if pd.isna(whole["value"]):
        return "No full-time equivalent was in post, so there is no rate of twelve months."
    return (
        f"In the twelve months to {last_day(whole)}, {whole['display']} were lost for each "
        f"full-time equivalent.{beside(whole)}{_most_of_them(shown)} {own_note(whole)}"
    ).strip()


def last_day(row: pd.Series) -> str:
    """The last day of a row's period, in full."""
    return day_in_full(pd.Timestamp(str(row["period"]).split(" to ")[-1]).date())


def _most_of_them(shown: Shown) -> str:
    quarters = shown.parts[shown.parts["breakdown"] == "financial_quarter"]
    known = quarters[quarters["value"].notna()]
    if len(known) < len(quarters) or known["value"].nunique() < 2:
        return ""
    most = known.sort_values("value", kind="stable").iloc[-1]
    when = quarter_in_full(most["group"])
    return f" More of them fell in {when} than in any other quarter, {most['display']}."


@said
def long_sentence(shown: Shown) -> str:
    """How much of the absence is long term, by which rule, and by the other one."""
    whole = shown.headline
    if whole["display"] == SUPPRESSED:
        return withheld("The long-term share of sickness absence")
    if pd.isna(whole["value"]):
        return "No day was lost to sickness, so none was long term."
    return (
        f"{whole['display']} of the days lost belong to spells of more than 20 working days. "
        f"{own_note(whole)}"
    )


@said
def reasons_sentence(shown: Shown) -> str:
    """The reasons behind most days, of days with a reason; and how many days have none."""
    rows = shown.parts[(shown.parts["breakdown"] == "reason") & shown.parts["value"].notna()]
    rows = rows.sort_values(["value", "group"], ascending=[False, True])
    told = [f"{row.label} ({row.display})" for row in rows.head(NAMED_N).itertuples()]
    if not told:
        return "No reason can be shown: each rests on too few people."
    start = "Of those shown, the" if hides_some(shown) else "The"
    return (
        f"{start} largest shares of days with a reason stated were lost to {listed(told)}. These "
        f"are shares of days, not of spells.{_without_reason(shown)}"
    )


def _without_reason(shown: Shown) -> str:
    row = shown.only(measure="not_stated").headline
    if pd.isna(row["value"]) or not row["numerator"]:
        return ""
    days = display(row["numerator"], "days", 0)
    return f" A further {days} ({row['display']} of all) have no reason stated."


@said
def rate_title(shown: Shown) -> str:
    """Title of the chart by directorate: its lowest and its highest."""
    ends = spread(shown, "directorate")
    return f"Sickness per FTE: {ends}" if ends else f"Sickness per FTE{overall(shown)}"


def overall(shown: Shown) -> str:
    """The whole council's figure at the end of a title, where it may be shown."""
    whole = shown.headline["display"]
    return "" if whole == SUPPRESSED else f" ({whole} overall)"


@said
def rate_alt(shown: Shown) -> str:
    """Alt text of that chart."""
    return bars_alt(shown, "days lost per full-time equivalent", "directorate")


@said
def teams_title(shown: Shown) -> str:
    """Title of the small multiples: the lowest and the highest of all teams."""
    ends = spread(shown, "directorate&team")
    return f"Sickness per FTE: {ends}" if ends else f"Sickness of teams, per FTE{overall(shown)}"


@said
def teams_alt(shown: Shown) -> str:
    """Alt text of the small multiples: each directorate with its highest and lowest team."""
    heads = shown.parts[shown.parts["breakdown"] == "directorate"]
    heads = heads[heads["value"].notna()].sort_values(["value", "group"], ascending=[False, True])
    told = [_panel(shown, head) for _, head in heads.iterrows()]
    return f"Small multiples of bars, a panel for each directorate. {' '.join(told)}".strip()


def _panel(shown: Shown, head: pd.Series) -> str:
    teams = shown.only(directorate=str(head["group"])).rows
    teams = teams[(teams["breakdown"] != "directorate") & teams["value"].notna()]
    if teams.empty:
        return f"{head['label']} at {head['display']}, no team shown."
    teams = teams.sort_values(["value", "group"], ascending=[False, True])
    ends = [f"highest {teams.iloc[0]['label']} at {teams.iloc[0]['display']}"]
    if len(teams) > 1:
        ends.append(f"lowest {teams.iloc[-1]['label']} at {teams.iloc[-1]['display']}")
    return f"{head['label']} at {head['display']}, {listed(ends)}."


@said
def year_title(shown: Shown) -> str:
    """Title of the line through the four quarters."""
    return f"Days lost per FTE in each quarter of the year{overall(shown)}"


@said
def year_alt(shown: Shown) -> str:
    """Alt text of that line: every quarter with its days."""
    rows = shown.parts[shown.parts["breakdown"] == "financial_quarter"]
    told = [f"{quarter_in_full(str(row.group))} {row.display}" for row in rows.itertuples()]
    return f"Line of working days lost per full-time equivalent by quarter: {listed(told)}."


@said
def long_title(shown: Shown) -> str:
    """Title of the chart of long-term shares."""
    ends = spread(shown, "directorate")
    return f"Long-term share: {ends}" if ends else f"Long-term share of days lost{overall(shown)}"


@said
def long_alt(shown: Shown) -> str:
    """Alt text of that chart."""
    return bars_alt(shown, "the long-term share of days lost", "directorate")


@said
def reasons_title(shown: Shown) -> str:
    """Title of the chart of reasons: the largest, else how much of the days has one stated."""
    rows = shown.rows[(shown.rows["breakdown"] == "reason") & shown.rows["value"].notna()]
    if len(rows) > 1:
        most = rows.sort_values(["value", "group"], ascending=[False, True]).iloc[0]
        return f"Most days with a stated reason: {most['label'].lower()}, {most['display']}"
    whole = shown.headline["display"]
    stated = "" if whole == SUPPRESSED else f" ({whole} of all days have one stated)"
    return f"Days lost to sickness by reason{stated}"


@said
def reasons_alt(shown: Shown) -> str:
    """Alt text of that chart."""
    return bars_alt(shown.cut("reason"), "days lost by reason")
