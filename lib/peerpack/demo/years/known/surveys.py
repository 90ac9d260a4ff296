"""True figures of the surveys: the weighted share of the sample, and what it varies about."""

from collections.abc import Iterable, Iterator

from peerpack.demo.residents import AGE_WEIGHT, AGES, WARDS
from peerpack.demo.years import voices
from peerpack.demo.years.events import Event
from peerpack.demo.years.known.figures import (
    Figure,
    Figures,
    Rows,
    named,
    number,
    per_cent,
    text,
    whole_and_parts,
)
from peerpack.vocab import Quarter

ASKED = {
    "q1_local_area": ("KR02", ""),
    "q2_council_runs_things": ("KR01", ""),
    "q3_value_for_money": ("KR03", ""),
    "q4_acts_on_concerns": ("KR04", ""),
    "q5_keeps_informed": ("KR05", ""),
    "q6_trust": ("KR06", ""),
    "q7_safe_after_dark": ("KR07", "After dark"),
    "q7_safe_by_day": ("KR07", "By day"),
    "q8_waste_collection": ("KR08", "Waste collection"),
    "q8_street_cleaning": ("KR08", "Street cleaning"),
    "q8_road_maintenance": ("KR08", "Road maintenance"),
    "q8_pavement_maintenance": ("KR08", "Pavement maintenance"),
    "q8_libraries": ("KR08", "Libraries"),
    "q8_sport_and_leisure": ("KR08", "Sport and leisure"),
    "q8_older_people": ("KR08", "Older people"),
    "q8_children_and_young_people": ("KR08", "Children and young people"),
    "q8_parks": ("KR08", "Parks and green spaces"),
}
STATEMENTS = {
    "q1_culture_improved": "Culture has improved",
    "q2_direction_positive": "Direction is positive",
    "q3_satisfied_overall": "Satisfied overall",
    "q4_morale_good": "Morale is good",
    "q5_recommend_employer": "Would recommend as employer",
    "q6_leaders_show_values": "Leaders show the values",
}
POSITIVE = voices.AGREEMENT[:2]
RECOMMENDS = "q5_recommend_employer"


def residents(
    rows: Rows, quarter: Quarter, events: Iterable[Event]
) -> Iterator[tuple[str, Figure]]:
    """KR01 to KR08, for the council and by ward, age band and sex.

    Don't know and no answer are outside the base.
    """
    loss = voices.loss_in(quarter, events)
    for question, (indicator, called) in ASKED.items():
        facet = {"question": called} if called else {}
        for cut, own in whole_and_parts(rows, "ward", "age_band", "sex"):
            yield named(indicator, **facet, **cut), _share(own, question, loss, cut)


def _share(rows: Rows, question: str, loss: float, cut: dict[str, str]) -> Figure:
    best = voices.QUESTIONS[question][0][:2]
    valid = [row for row in rows if text(row, question) not in ("", voices.DONT_KNOW)]
    content = sum(number(row, "weight") for row in valid if row[question] in best) / 10_000
    whole = sum(number(row, "weight") for row in valid) / 10_000
    return Figure(
        100 * content / whole if whole else None,
        content,
        whole,
        expected=100 * _expected(question, loss, cut),
    )


def _expected(question: str, loss: float, cut: dict[str, str]) -> float:
    """The share among all residents, of whom the weights make the sample a picture."""
    content = everyone = 0.0
    for ward in [cut["ward"]] if "ward" in cut else WARDS:
        for age_band in [cut["age_band"]] if "age_band" in cut else AGES:
            share = AGES[age_band]
            many = WARDS[ward] * share * _mean_weight(AGE_WEIGHT[age_band])
            lean = voices.lean(ward, age_band, loss)
            content += many * (voices.QUESTIONS[question][1] + lean)
            everyone += many
    return content / everyone


def _mean_weight(of_age: float) -> float:
    """The mean of a weight spread evenly about that of its age, and cut at both ends."""
    low, high = (of_age * part for part in voices.SPREAD)
    begin, end = max(low, voices.LEAST), min(high, voices.MOST)
    within = (end**2 - begin**2) / 2
    cut = voices.LEAST * (begin - low) + voices.MOST * (high - end)
    return (within + cut) / (high - low)


def staff(rows: Rows) -> Iterator[tuple[str, Figure]]:
    """KW12: who answered of those invited; KW13 by question and KW14: who agrees of who answers."""
    rows = [row | {"directorate": text(row, "directorate") or "Not stated"} for row in rows]
    for cut, own in whole_and_parts(rows, "directorate"):
        answered = [row for row in own if row["completed"] != "Not started"]
        yield named("KW12", **cut), per_cent(len(answered), len(own))
        for question, called in STATEMENTS.items():
            valid = [row for row in answered if text(row, question) in voices.AGREEMENT]
            share = per_cent(sum(1 for row in valid if row[question] in POSITIVE), len(valid))
            yield named("KW13", question=called, **cut), share
            if question == RECOMMENDS:
                yield named("KW14", **cut), share


def figures(
    wave: Rows | None, staff_wave: Rows | None, quarter: Quarter, events: Iterable[Event]
) -> Figures:
    """Every figure of the surveys that came."""
    found = dict(residents(wave, quarter, events)) if wave else {}
    return found | (dict(staff(staff_wave)) if staff_wave else {})
