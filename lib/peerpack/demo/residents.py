"""A telephone survey of residents: one row per respondent, with weights and unclean labels."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from peerpack.demo.files import csv_bytes, uk_date
from peerpack.demo.truth import SatisfactionTruth, SatisfiedShare

FILE = "resident survey (invented).csv"
HEADER = (
    "URN", "Mode", "Interview Date", "Ward", "Age Band", "Sex",
    "Q1 Local Area", "Q2 Council Runs Things", "Q3 Value For Money", "Weight",
)  # fmt: skip

# Respondents by ward: the quota of the last one was never filled.
WARDS = {
    "Abbey Green": 214,
    "Bridgefoot": 187,
    "Canalside": 162,
    "Docks and Quays": 139,
    "Eastmoor": 121,
    "Fellside": 104,
    "Hallam Cross": 98,
    "Saltmarsh": 22,
}

# The young answer the telephone least, so each counts for more; they are the least content.
AGES = {"18-34": 0.16, "35-54": 0.31, "55-64": 0.21, "65+": 0.32}
AGE_WEIGHT = {"18-34": 1.95, "35-54": 1.2, "55-64": 0.9, "65+": 0.62}
AGE_CONTENT = {"18-34": -0.05, "35-54": -0.02, "55-64": 0.02, "65+": 0.09}
WARD_CONTENT = {"Abbey Green": 0.05, "Docks and Quays": -0.06, "Hallam Cross": 0.04}

LABELS = (
    "Very satisfied",
    "Fairly satisfied",
    "Neither satisfied nor dissatisfied",
    "Fairly dissatisfied",
    "Very dissatisfied",
)
SATISFIED = LABELS[:2]
DONT_KNOW = "Don't know"
BLANK = ""

# Shares very or fairly satisfied: the local area, how the council runs things, value for money.
Q1_SATISFIED, Q2_SATISFIED, Q3_SATISFIED = 0.70, 0.46, 0.38


@dataclass(frozen=True)
class Answer:
    """One respondent; weight_e4 is the weight in ten-thousandths, as printed to four places."""

    ward: str
    age_band: str
    sex: str
    interviewed: date
    q1: str
    q2: str
    q3: str
    weight_e4: int


def answers(rng: random.Random) -> tuple[Answer, ...]:
    """Rows: one per respondent in the order of interview, as many in each ward as WARDS says."""
    asked = [answer(rng, ward) for ward, people_n in WARDS.items() for _ in range(people_n)]
    rng.shuffle(asked)
    return tuple(sorted(asked, key=lambda one: one.interviewed))


def answer(rng: random.Random, ward: str) -> Answer:
    """One respondent of a ward."""
    age_band = rng.choices(list(AGES), list(AGES.values()))[0]
    lean = AGE_CONTENT[age_band] + WARD_CONTENT.get(ward, 0.0)
    return Answer(
        ward,
        age_band,
        rng.choices(["Female", "Male", "Prefer not to say"], [52, 46, 2])[0],
        date(2024, 5, 7) + timedelta(days=rng.randrange(42)),
        label(rng, Q1_SATISFIED + lean),
        label(rng, Q2_SATISFIED + lean),
        label(rng, Q3_SATISFIED + lean),
        weight_e4(rng, age_band),
    )


def label(rng: random.Random, satisfied_share: float) -> str:
    """One answer; about 5 in 100 do not know, 2 in 100 were not asked or would not say."""
    other = 1 - satisfied_share
    shares = (satisfied_share * 0.24, satisfied_share * 0.76, other * 0.4, other * 0.36,
              other * 0.24)  # fmt: skip
    kind = rng.random()
    if kind < 0.07:
        return DONT_KNOW if kind < 0.05 else BLANK
    return rng.choices(LABELS, shares)[0]


def weight_e4(rng: random.Random, age_band: str) -> int:
    """A weight from 0.3 to 3.2, in ten-thousandths; the mean is not 1."""
    weight = AGE_WEIGHT[age_band] * rng.uniform(0.5, 1.64)
    return round(10_000 * min(max(weight, 0.3), 3.2))


def satisfied(chosen: Iterable[Answer]) -> SatisfiedShare:
    """Weighted % very or fairly satisfied (Q2) of those who gave an opinion, and their number."""
    base = [one for one in chosen if one.q2 in LABELS]
    content_e4 = sum(one.weight_e4 for one in base if one.q2 in SATISFIED)
    return SatisfiedShare(100 * content_e4 / sum(one.weight_e4 for one in base), len(base))


def truth(asked: Sequence[Answer]) -> SatisfactionTruth:
    """KR01 overall and by ward."""
    by_ward = {ward: satisfied(one for one in asked if one.ward == ward) for ward in WARDS}
    return SatisfactionTruth(satisfied(asked), by_ward)


def label_cell(rng: random.Random, text: str) -> str:
    """A label as exported: now and then with a trailing space or a curly apostrophe."""
    chance = rng.random()
    if text == DONT_KNOW and chance < 0.4:
        return "Don’t know"
    return f"{text} " if text and chance < 0.05 else text


def export(rng: random.Random, asked: Iterable[Answer]) -> bytes:
    """UTF-8 without a mark, LF; Weight to four places, dates dd/mm/yyyy, URN text."""
    rows = (
        (
            f"NB{number:05d}", "Telephone", uk_date(one.interviewed), one.ward, one.age_band,
            one.sex, *(label_cell(rng, text) for text in (one.q1, one.q2, one.q3)),
            f"{one.weight_e4 / 10_000:.4f}",
        )
        for number, one in enumerate(asked, start=1)
    )  # fmt: skip
    return csv_bytes(HEADER, rows, "utf-8", "\n")
