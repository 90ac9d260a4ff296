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
from peerpack.demo.years.rows import STATEMENTS
from peerpack.vocab import Quarter

INDICATORS: dict[str, tuple[str, dict[str, str]]] = {
    "q1_local_area": ("KR02", {}),
    "q2_council_runs_things": ("KR01", {}),
    "q3_value_for_money": ("KR03", {}),
    "q4_acts_on_concerns": ("KR04", {}),
    "q5_keeps_informed": ("KR05", {}),
    "q6_trust": ("KR06", {}),
}
SERVICES = tuple(name for name in voices.QUESTIONS if name.startswith("q8"))
POSITIVE = voices.AGREEMENT[:2]
RECOMMENDS = "q5_recommend_employer"


def residents(
    rows: Rows, quarter: Quarter, events: Iterable[Event]
) -> Iterator[tuple[str, Figure]]:
    """KR01 to KR06, KR07 by day and after dark, KR08 by service; each for the council and by ward.

    Don't know and no answer are outside the base.
    """
    loss = voices.loss_in(quarter, events)
    asked = INDICATORS | {name: ("KR07", {"measure": name[3:]}) for name in SAFETY}
    asked |= {name: ("KR08", {"question": name}) for name in SERVICES}
    for question, (indicator, facet) in asked.items():
        for cut, own in whole_and_parts(rows, "ward"):
            yield named(indicator, **facet, **cut), _share(own, question, loss, cut.get("ward"))


SAFETY = ("q7_safe_after_dark", "q7_safe_by_day")


def _share(rows: Rows, question: str, loss: float, ward: str | None) -> Figure:
    best = voices.QUESTIONS[question][0][:2]
    valid = [row for row in rows if text(row, question) not in ("", voices.DONT_KNOW)]
    content = sum(number(row, "weight") for row in valid if row[question] in best) / 10_000
    whole = sum(number(row, "weight") for row in valid) / 10_000
    return Figure(
        100 * content / whole if whole else None,
        content,
        whole,
        expected=100 * _expected(question, loss, (ward,) if ward else tuple(WARDS)),
    )


def _expected(question: str, loss: float, wards: Iterable[str]) -> float:
    """The share among all residents, of whom the weights make the sample a picture."""
    content = everyone = 0.0
    for ward in wards:
        for age_band, share in AGES.items():
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
    for cut, own in whole_and_parts(rows, "directorate"):
        answered = [row for row in own if row["completed"] != "Not started"]
        yield named("KW12", **cut), per_cent(len(answered), len(own))
        for question in STATEMENTS:
            valid = [row for row in answered if text(row, question) in voices.AGREEMENT]
            agree = [row for row in valid if row[question] in POSITIVE]
            share = per_cent(len(agree), len(valid))
            yield named("KW13", question=question, **cut), share
            if question == RECOMMENDS:
                yield named("KW14", **cut), share


def figures(
    wave: Rows | None, staff_wave: Rows | None, quarter: Quarter, events: Iterable[Event]
) -> Figures:
    """Every figure of the surveys that came."""
    found = dict(residents(wave, quarter, events)) if wave else {}
    return found | (dict(staff(staff_wave)) if staff_wave else {})
