"""What residents say, in sentences: each with its interval and its base."""

import pandas as pd

from peerpack.handover.evidence import Shown
from peerpack.words.numbers import SUPPRESSED, beside, display, listed, said
from peerpack.words.sentences import spread

SAYS = {
    "KR01": "are satisfied with the way the council runs things",
    "KR02": "are satisfied with their local area as a place to live",
    "KR03": "say that the council gives value for money",
    "KR04": "say that the council acts on the concerns of residents",
    "KR05": "feel that the council keeps them informed",
    "KR06": "trust the council",
}


@said
def positive_sentence(shown: Shown) -> str:
    """How many residents say so, with its interval and base, and beside what it stands."""
    whole = shown.headline
    says = SAYS[whole["indicator"]]
    if whole["display"] == SUPPRESSED:
        return f"How many residents {says} is not shown: it rests on too few people."
    if pd.isna(whole["value"]):
        return f"How many residents {says} is not known: {_why(whole)}."
    return (
        f"{whole['display']} of residents {says} ({_interval(whole)}{whole['base_n']:,.0f} "
        f"answers).{beside(whole)}"
    )


def _why(row: pd.Series) -> str:
    return "the survey did not ask" if "x" in row["status"] else "nobody gave an opinion"


def _interval(row: pd.Series) -> str:
    if pd.isna(row["lower"]):
        return ""
    return f"95% interval {display(row['lower'], '%', 1)} to {display(row['upper'], '%', 1)}, "


@said
def parts_sentence(shown: Shown, cut: str) -> str:
    """Which parts stand clearly above or below the whole council, and how many do not."""
    own = shown.parts[shown.parts["breakdown"] == cut]
    rows = own[own["value"].notna()]
    if rows.empty:
        return ""
    told = []
    for standing, where in (("higher", "above"), ("lower", "below")):
        apart = rows[rows["standing"] == standing].sort_values("value", ascending=where == "below")
        named = [f"{row.label} ({row.display})" for row in apart.itertuples()]
        told += [f"clearly {where} the whole council: {listed(named)}"] if named else []
    it = "it" if told else "the whole council"
    rest = int((~rows["standing"].isin(["higher", "lower"])).sum())
    told += [f"{rest} of the {len(rows)} shown not clearly different from {it}"] if rest else []
    hidden = f" Not shown: {len(own) - len(rows)}." if len(own) > len(rows) else ""
    return f"{CUT_NAMES.get(cut, cut)}: {'; '.join(told)}.{hidden}"


NO_CLEAR_CHANGE = "no clear change"
CUT_NAMES = {"ward": "By ward", "age_band": "By age", "sex": "By sex"}


@said
def change_sentence(shown: Shown, what: str) -> str:
    """What changed since the wave before; `rose` or `fell` only where the interval earns it."""
    row = shown.headline
    if pd.isna(row["value"]):
        return f"{what}: no change since the wave before can be told."
    word = moved_word(row)
    told = f"{what} {word}" if word != NO_CLEAR_CHANGE else f"{what} shows {word}"
    mode = " The way of interviewing changed too, which alone can move it." if (
        "b" in row["status"].split(";")) else ""  # fmt: skip
    return f"{told} since the wave before: {difference(row)}.{mode}"


def difference(row: pd.Series) -> str:
    """A difference with its interval: `+4.1 percentage points, 95% interval +0.4 to +7.8`."""
    if pd.isna(row["lower"]):
        return f"{_signed(row['value'])} percentage points"
    span = f"{_signed(row['lower'])} to {_signed(row['upper'])}"
    return f"{_signed(row['value'])} percentage points, 95% interval {span}"


def moved_word(row: pd.Series) -> str:
    """`rose`, `fell`, or that there is no clear change, from the interval of a difference."""
    if row["lower"] > 0:
        return "rose"
    return "fell" if row["upper"] < 0 else NO_CLEAR_CHANGE


def _signed(points: float) -> str:
    number = display(points, "", 1)
    return number if number.startswith("-") or points == 0 else f"+{number}"


@said
def firmness_sentence(shown: Shown) -> str:
    """What the answers are worth, and how far the figure may be off either way."""
    base, half = (shown.only(measure=m).headline for m in ("effective_base", "half_width_pp"))
    if pd.isna(base["value"]):
        return ""
    worth = (
        f"The {base['base_n']:,.0f} answers are worth as much as a simple random sample of "
        f"{base['display']}"
    )
    if pd.isna(half["value"]):
        return f"{worth}; no margin can be given."
    return f"{worth}: the figure may be off by {half['display']} either way, by chance alone."


@said
def each_sentence(shown: Shown, what: str) -> str:
    """Each of a few questions with its share, interval and base, in the measure's order."""
    rows = shown.known.rows[shown.known.rows["breakdown"] == "question"]
    told = [
        f"{row['label'].lower()} {row['display']} ({_interval(row)}{row['base_n']:,.0f} answers)"
        for _, row in rows.iterrows()
    ]
    return f"{what}: {listed(told)}." if told else ""


@said
def ranked_sentence(shown: Shown, what: str) -> str:
    """Of several questions, the one with the highest and the one with the lowest share."""
    rows = shown.known.rows[shown.known.rows["breakdown"] == "question"].sort_values("value")
    if rows.empty:
        return ""
    low, high = rows.iloc[0], rows.iloc[-1]
    if len(rows) == 1:
        return f"{what}: {high['label']}, {high['display']}."
    apart = "" if low["upper"] < high["lower"] else " Their intervals overlap."
    some = ", of what is shown" if (shown.rows["display"] == SUPPRESSED).any() else ""
    return (
        f"{what}{some}: highest {high['label']} ({high['display']}), lowest {low['label']} "
        f"({low['display']}).{apart}"
    )


@said
def title(shown: Shown, what: str, cut: str = "ward") -> str:
    """Title of a chart: what it shows, and from where to where it goes.

    Where fewer than two parts are shown, the whole council's figure.
    """
    return f"{what}: {spread(shown, cut) or shown.headline['display'] + ' overall'}"


@said
def dots_alt(shown: Shown, what: str, cut: str = "question") -> str:
    """Alt text of a chart of dots: what, how many, lowest and highest, what is not shown."""
    rows = shown.rows[shown.rows["breakdown"] == cut]
    hidden_n = int((rows["display"] == SUPPRESSED).sum())
    rows = rows[rows["value"].notna()].sort_values("value")
    if rows.empty:
        return f"Chart of {what}: no dot can be shown."
    low, high = rows.iloc[0], rows.iloc[-1]
    hidden = f" {hidden_n} not shown, marked [c] in the table." if hidden_n else ""
    ends = f"{low['label']} at {low['display']}"
    if len(rows) > 1:
        ends = f"from {ends} to {high['label']} at {high['display']}"
    dots = "1 dot" if len(rows) == 1 else f"{len(rows)} dots"
    return f"Chart of {what}, {dots} with 95% intervals, {ends}.{hidden}"
