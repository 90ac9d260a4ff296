"""The workforce around absence, in sentences: its size, leavers, vacancies, referrals."""

import pandas as pd

from peerpack.handover.evidence import Shown
from peerpack.words.absence import highest, last_day, overall, withheld
from peerpack.words.numbers import SUPPRESSED, beside, display, own_note, said
from peerpack.words.sentences import bars_alt, spread


@said
def size_sentence(shown: Shown) -> str:
    """People and full-time equivalents on the last day."""
    people, fte = (shown.only(measure=name).headline for name in ("headcount", "fte"))
    if SUPPRESSED in (people["display"], fte["display"]):
        return withheld("The size of the workforce")
    if pd.isna(people["value"]):
        return "Nobody was in post on the last day."
    return (
        f"On {last_day(people)} the council employed {people['display']} outside schools, "
        f"{fte['display']}. A person with several posts is one person."
    )


@said
def turnover_sentence(shown: Shown) -> str:
    """How many left in twelve months, of how many."""
    whole = shown.headline
    if whole["display"] == SUPPRESSED:
        return withheld("Staff turnover")
    if pd.isna(whole["value"]):
        return "Nobody was in post in the twelve months, so there is no turnover."
    return (
        f"{display(whole['numerator'], 'people', 0)} left the council in the twelve months to "
        f"{last_day(whole)}, {whole['display']} of the average headcount."
        f"{beside(whole)}{highest(shown, 'directorate')}"
    )


@said
def voluntary_sentence(shown: Shown) -> str:
    """How much of that is resignations, or why this cannot be said."""
    whole = shown.headline
    if whole["display"] == SUPPRESSED:
        return withheld("Voluntary turnover")
    if pd.isna(whole["value"]):
        return f"How much of the turnover is voluntary cannot be said. {own_note(whole)}".strip()
    most = whole["upper"]
    unsaid = "" if pd.isna(most) else (
        f" It may be up to {display(most, '%', 1)}, as some leavers have no reason recorded."
    )  # fmt: skip
    return f"{whole['display']} of the average headcount resigned in the twelve months.{unsaid}"


@said
def vacancy_sentence(shown: Shown) -> str:
    """How much of the establishment has no holder."""
    whole = shown.headline
    if whole["display"] == SUPPRESSED:
        return withheld("The vacancy rate")
    if pd.isna(whole["value"]):
        return "No post is established, so there is no vacancy rate."
    return (
        f"{display(whole['numerator'], 'FTE', 1)} of {display(whole['denominator'], 'FTE', 1)} "
        f"established had no holder on the last day, {whole['display']}.{beside(whole)}"
        f"{highest(shown, 'directorate')} {own_note(whole)}"
    ).strip()


@said
def referrals_sentence(shown: Shown) -> str:
    """Referrals to occupational health, the people behind them, and the rate."""
    whole = shown.headline
    if whole["display"] == SUPPRESSED:
        return withheld("The rate of referrals to occupational health")
    if pd.isna(whole["value"]):
        return "No full-time equivalent was in post, so referrals have no rate."
    return (
        f"{whole['numerator']:,.0f} referrals to occupational health, of about "
        f"{whole['base_n']:,.0f} people, are {whole['display']} per 100 full-time equivalents. "
        "More of them may mean more illness, or better support."
    )


@said
def turnover_title(shown: Shown) -> str:
    """Title of the chart of turnover."""
    ends = spread(shown, "directorate")
    return f"Turnover: {ends}" if ends else f"Turnover by directorate{overall(shown)}"


@said
def turnover_alt(shown: Shown) -> str:
    """Alt text of that chart."""
    return bars_alt(shown, "turnover in twelve months", "directorate")


@said
def vacancy_title(shown: Shown) -> str:
    """Title of the chart of vacancies."""
    ends = spread(shown, "directorate")
    return (
        f"Vacant posts: {ends}" if ends else f"Vacant posts, % of established FTE{overall(shown)}"
    )


@said
def vacancy_alt(shown: Shown) -> str:
    """Alt text of that chart."""
    return bars_alt(shown, "the vacancy rate", "directorate")
