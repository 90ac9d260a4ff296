"""What staff say, in sentences: who answered, how many agree, and what changed."""

import pandas as pd

from peerpack.handover.evidence import Shown
from peerpack.words.numbers import SUPPRESSED, display, listed, said
from peerpack.words.residents import NO_CLEAR_CHANGE, change_sentence, dots_alt, moved_word
from peerpack.words.sentences import spread


@said
def response_sentence(shown: Shown) -> str:
    """How many of the staff invited answered, and where fewest did."""
    whole = shown.headline
    if whole["display"] == SUPPRESSED:
        return "The response rate is not shown: it rests on too few people."
    if pd.isna(whole["value"]):
        return whole["note"].partition(" No comparator")[0]
    parts = shown.parts[shown.parts["value"].notna()].sort_values("value")
    least = (
        f" Of the directorates shown, fewest answered in {parts.iloc[0]['label']}, "
        f"{parts.iloc[0]['display']}."
        if len(parts) > 1
        else ""
    )
    return f"{whole['display']} of the staff invited answered the survey.{least}"


@said
def scores_sentence(shown: Shown) -> str:
    """The statements with most and with least agreement."""
    rows = shown.rows[(shown.rows["breakdown"] == "question") & shown.rows["value"].notna()]
    if rows.empty:
        return "No statement of the survey can be shown."
    rows = rows.sort_values("value")
    low, high = rows.iloc[0], rows.iloc[-1]
    apart = "" if low["upper"] < high["lower"] else " Their intervals overlap."
    return (
        f"Of the statements shown, most staff with an opinion agree to “{high['label']}” "
        f"({_firm(high)}), and fewest to “{low['label']}” ({_firm(low)}).{apart}"
    )


def _firm(row: pd.Series) -> str:
    if pd.isna(row["lower"]):
        return str(row["display"])
    low, high = (display(row[end], "%", 0) for end in ("lower", "upper"))
    return f"{row['display']}, 95% interval {low} to {high}"


@said
def recommend_sentence(shown: Shown) -> str:
    """How many would recommend the council as an employer; a share, and no net score."""
    whole = shown.headline
    if whole["display"] == SUPPRESSED:
        return "How many would recommend the council is not shown: it rests on too few people."
    if pd.isna(whole["value"]):
        return "The survey did not ask whether staff would recommend the council as an employer."
    return (
        f"{_firm(whole)}: so many would recommend the council as an employer. It is a share, not "
        "an employee net promoter score."
    )


@said
def recommend_change_sentence(shown: Shown) -> str:
    """What changed in recommending the council since the wave before."""
    return change_sentence(shown, "The share who would recommend the council")


@said
def scores_title(shown: Shown) -> str:
    """Title of the chart of agreement with each statement: the least and the most agreed with."""
    ends = spread(shown, "question")
    return f"Staff who agree: {ends}" if ends else "Staff who agree with each statement"


@said
def changes_title(shown: Shown) -> str:
    """Title of the chart of changes since the wave before: from the lowest to the highest."""
    ends = spread(shown, "measure&question")
    return f"Change since the wave before: {ends}" if ends else "Change since the wave before"


@said
def scores_alt(shown: Shown) -> str:
    """Alt text of the chart of agreement with each statement."""
    return dots_alt(shown, "staff who agree with each statement")


@said
def changes_alt(shown: Shown) -> str:
    """Alt text of the chart of changes since the wave before."""
    return dots_alt(shown, "change by statement, in percentage points", cut="measure&question")


@said
def changes_sentence(shown: Shown) -> str:
    """Which statements rose and fell since the wave before, as far as the intervals earn it."""
    rows = shown.known.rows
    if rows.empty:
        return "No statement was put in both waves, so no change can be told."
    told = []
    for word in ("rose", "fell"):
        own = [row for _, row in rows.iterrows() if moved_word(row) == word]
        named = [f"{row['label'].lower()} (by {_points(row)})" for row in own]
        told += [f"{word}: {listed(named)}"] if named else []
    rest = sum(moved_word(row) == NO_CLEAR_CHANGE for _, row in rows.iterrows())
    told += [f"{NO_CLEAR_CHANGE}: {rest} of {len(rows)} statements"] if rest else []
    return f"Since the wave before, {'; '.join(told)}."


def _points(row: pd.Series) -> str:
    return display(abs(row["value"]), "pp", 1)
