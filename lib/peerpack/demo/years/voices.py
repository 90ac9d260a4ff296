"""What people say and ask: residents, staff, and those who complain or request information."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from peerpack.demo.residents import AGE_CONTENT, AGE_WEIGHT, AGES, LABELS, WARD_CONTENT, WARDS
from peerpack.demo.years.absences import Spell
from peerpack.demo.years.chance import drawn
from peerpack.demo.years.events import Event, strain
from peerpack.demo.years.shape import DIRECTORATES, OWN_SERVICES, RESPONDENTS_N, Service
from peerpack.demo.years.span import months_after, on_a_weekday, working_days_after
from peerpack.demo.years.staff import Holding
from peerpack.vocab import Quarter

DONT_KNOW = "Don't know"
AGREEMENT = (
    "Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree",
)  # fmt: skip
VALUE = ("Strongly agree", "Tend to agree", AGREEMENT[2], "Tend to disagree", AGREEMENT[4])
AMOUNT = ("A great deal", "A fair amount", "Not very much", "Not at all")
INFORMED = tuple(f"{how} well informed" for how in ("Very", "Fairly", "Not very"))
INFORMED += ("Not well informed at all",)
SAFE = ("Very safe", "Fairly safe", "Neither safe nor unsafe", "Fairly unsafe", "Very unsafe")
# The answers of each question, best first, and the share that gives one of the first two.
QUESTIONS = {
    "q1_local_area": (LABELS, 0.70),
    "q2_council_runs_things": (LABELS, 0.48),
    "q3_value_for_money": (VALUE, 0.40),
    "q4_acts_on_concerns": (AMOUNT, 0.47),
    "q5_keeps_informed": (INFORMED, 0.46),
    "q6_trust": (AMOUNT, 0.50),
    "q7_safe_after_dark": (SAFE, 0.66),
    "q7_safe_by_day": (SAFE, 0.88),
    "q8_waste_collection": (LABELS, 0.71),
    "q8_street_cleaning": (LABELS, 0.55),
    "q8_road_maintenance": (LABELS, 0.28),
    "q8_pavement_maintenance": (LABELS, 0.37),
    "q8_libraries": (LABELS, 0.56),
    "q8_sport_and_leisure": (LABELS, 0.54),
    "q8_older_people": (LABELS, 0.36),
    "q8_children_and_young_people": (LABELS, 0.38),
    "q8_parks": (LABELS, 0.72),
}
LOSS_BY_STRAIN = 0.2
# How far a weight lies from that of its age, and where weights are cut.
SPREAD, LEAST, MOST = (0.5, 1.64), 0.3, 3.2
STAFF_WAVE = 2
GAIN_A_YEAR = 0.04
RESPONSE_SHARE = 0.45
REFERRED_SHARE = 0.6
CASES_PER_QUARTER_N = 900
COMPLAINT, STATUTORY = "Complaint", "Statutory complaint"
REQUESTS: dict[str, float] = {"FOI": 50, "EIR": 20, "SAR": 30}
# Working days for an answer: the Ombudsman's Code for complaints, the Acts for requests.
STAGE_DAYS = {"Stage 1": 10, "Stage 2": 20}
REQUEST_DAYS = 20
UPHELD: dict[str, float] = {"Upheld": 30, "Partly upheld": 25, "Not upheld": 45}
UPHELD_BY_THE_OMBUDSMAN: dict[str, float] = {"Upheld": 75, "Not upheld": 25}


def _label(rng: random.Random, labels: Sequence[str], content_share: float) -> str | None:
    """One answer; five in a hundred do not know, two in a hundred leave it blank."""
    kind = rng.random()
    if kind < 0.07:
        return DONT_KNOW if kind < 0.05 else None
    rest = 1 - content_share
    others = (0.4, 0.36, 0.24) if len(labels) == 5 else (0.6, 0.4)
    shares = (content_share * 0.24, content_share * 0.76, *(rest * part for part in others))
    return rng.choices(labels, shares)[0]


def lean(ward: str, age_band: str, loss: float) -> float:
    """How much more content than others somebody of a ward and age is, as a share from 0 to 1."""
    return AGE_CONTENT[age_band] + WARD_CONTENT.get(ward, 0.0) - loss


def loss_in(quarter: Quarter, events: Iterable[Event]) -> float:
    """How much content the events of a quarter cost."""
    known = tuple(events)
    return LOSS_BY_STRAIN * sum(strain(known, name, quarter) for name in DIRECTORATES)


@dataclass(frozen=True)
class Answer:
    """A resident's answers; weight_e4 is the weight in ten-thousandths."""

    day: date
    ward: str
    age_band: str
    sex: str
    q: tuple[str | None, ...]
    weight_e4: int


def answers(
    rng: random.Random, quarter: Quarter, scale: float, events: Iterable[Event]
) -> tuple[Answer, ...]:
    """A wave of the residents' survey: less content, the more events strain the council."""
    asked_n, loss = max(120, round(RESPONDENTS_N * scale)), loss_in(quarter, events)
    asked = [_answer(rng, quarter, loss) for _ in range(asked_n)]
    return tuple(sorted(asked, key=lambda one: one.day))


def _answer(rng: random.Random, quarter: Quarter, loss: float) -> Answer:
    ward, age_band = drawn(rng, WARDS), drawn(rng, AGES)
    more = lean(ward, age_band, loss)
    return Answer(
        quarter.first_day + timedelta(days=20 + rng.randrange(42)),
        ward,
        age_band,
        drawn(rng, {"Female": 52, "Male": 46, "Prefer not to say": 2}),
        tuple(_label(rng, labels, share + more) for labels, share in QUESTIONS.values()),
        round(10_000 * min(max(AGE_WEIGHT[age_band] * rng.uniform(*SPREAD), LEAST), MOST)),
    )


@dataclass(frozen=True)
class StaffAnswer:
    """What one member of staff answered to the survey's six statements; no day: not at all."""

    day: date | None
    holding: Holding
    q: tuple[str | None, ...]
    completed: str


def staff_answers(
    rng: random.Random, quarter: Quarter, held: Iterable[Holding], events: Iterable[Event]
) -> tuple[StaffAnswer, ...]:
    """Everyone in post on the last day of a wave's quarter; no other quarter has a wave."""
    if quarter.number != STAFF_WAVE:
        return ()
    known = tuple(events)
    day = quarter.last_day
    people = {h.person_ref: h for h in held if h.person_ref and h.on(day) and h.post.fte_c}
    invited = [h for h in people.values() if h.post.team.service in OWN_SERVICES]
    return tuple(_staff_answer(rng, quarter, h, known) for h in invited)


def _staff_answer(
    rng: random.Random, quarter: Quarter, held: Holding, events: tuple[Event, ...]
) -> StaffAnswer:
    """The answers of one person; strain in the directorate makes them sour."""
    if rng.random() >= RESPONSE_SHARE:
        return StaffAnswer(None, held, (None,) * 6, "Not started")
    loss = LOSS_BY_STRAIN * strain(events, held.post.team.service.directorate, quarter)
    content = 0.45 + GAIN_A_YEAR * (quarter.year - 2022)
    answered = tuple(_label(rng, AGREEMENT, content - loss) for _ in range(6))
    partial = rng.random() < 0.04
    given = answered[:3] + (None,) * 3 if partial else answered
    return StaffAnswer(
        quarter.last_day - timedelta(days=rng.randrange(21)),
        held,
        given,
        "Partial" if partial else "Complete",
    )


@dataclass(frozen=True)
class Referral:
    """A person's referral to occupational health, because of a long absence."""

    ref: str
    spell: Spell
    day: date
    appointment: date
    closed: date
    mode: str
    outcome: str


def referrals(rng: random.Random, spells: Iterable[Spell]) -> tuple[Referral, ...]:
    """Referrals of people absent for four weeks, once a spell, made while they were absent."""
    long = {(spell.holding.person_ref, spell.start): spell for spell in spells if spell.is_long}
    made = [_referral(rng, spell) for spell in long.values() if rng.random() < REFERRED_SHARE]
    return tuple(sorted(made, key=lambda each: (each.day, each.ref)))


def _referral(rng: random.Random, spell: Spell) -> Referral:
    day = spell.start + timedelta(days=rng.randrange(20, 28))
    seen = on_a_weekday(day + timedelta(days=rng.randrange(5, 30)))
    closed = on_a_weekday(seen + timedelta(days=rng.randrange(1, 60)))
    outcomes = ("Fit for work", "Fit with adjustments", "Not fit for work", "Did not attend")
    return Referral(
        f"OH{spell.start:%y%m%d}{spell.holding.person_ref}",
        spell,
        day,
        seen,
        closed,
        drawn(rng, {"Telephone": 60, "Face to face": 20, "Video": 16, "Paper review": 4}),
        rng.choice(outcomes),
    )


@dataclass(frozen=True)
class Case:
    """A complaint at one of its stages, or a request for information."""

    ref: str
    kind: str
    stage: str | None
    received: date
    acknowledged: date | None
    due: date
    closed: date
    service: Service
    outcome: str
    upheld: str | None
    exemption: str | None
    extended: bool
    reviewed: bool

    def belongs(self, quarter: Quarter) -> bool:
        """Whether it was received by the quarter's end, and open or due in it or later."""
        last = max(self.closed, self.due)
        return self.received <= quarter.last_day and last >= quarter.first_day


def cases(
    rng: random.Random, quarter: Quarter, scale: float, events: Iterable[Event]
) -> tuple[Case, ...]:
    """Cases received in a quarter, by day; complaints grow with strain, requests do not."""
    known = tuple(events)
    drawn_up = [
        case
        for service in OWN_SERVICES
        for case in _of_service(rng, quarter, service, scale, known)
    ]
    return tuple(sorted(drawn_up, key=lambda case: (case.received, case.ref)))


def _of_service(
    rng: random.Random, quarter: Quarter, service: Service, scale: float, events: tuple[Event, ...]
) -> Iterator[Case]:
    usual_n = CASES_PER_QUARTER_N * scale / len(OWN_SERVICES)
    complaints_n = usual_n * (0.6 + 1.5 * strain(events, service.directorate, quarter))
    requests_n = usual_n * 0.4
    number = 0
    for kinds, cases_n in ((_complaints(service), complaints_n), (REQUESTS, requests_n)):
        for _ in range(max(2, round(cases_n * rng.uniform(0.9, 1.1)))):
            number += 1
            ref = f"{quarter.year % 100}{quarter.number}{service.code}-{number:04d}"
            yield from _case(rng, quarter, service, drawn(rng, kinds), ref)


def _complaints(service: Service) -> dict[str, float]:
    """Social care has a complaints procedure of its own, which is statutory."""
    where = f"{service.directorate} {service.name}"
    return {COMPLAINT: 70, STATUTORY: 30} if "Social" in where else {COMPLAINT: 1}


def _case(
    rng: random.Random, quarter: Quarter, service: Service, kind: str, ref: str
) -> Iterator[Case]:
    """A case and, where a complaint goes on, its second stage and then the Ombudsman's."""
    days_n = (quarter.last_day - quarter.first_day).days
    day = quarter.first_day + timedelta(days=rng.randrange(days_n + 1))
    received = min(on_a_weekday(day), quarter.last_day)
    case = _stage(
        rng, service, kind, ref, "Stage 1" if kind in (COMPLAINT, STATUTORY) else None, received
    )
    yield case
    for stage, likely in (("Stage 2", 0.2), ("Ombudsman", 0.4)):
        later = on_a_weekday(case.closed + timedelta(days=rng.randrange(1, 5)))
        if kind != COMPLAINT or rng.random() >= likely or later > quarter.last_day:
            return
        case = _stage(rng, service, kind, ref, stage, later)
        yield case


def _stage(
    rng: random.Random, service: Service, kind: str, ref: str, stage: str | None, received: date
) -> Case:
    is_complaint = stage is not None
    extended = stage != "Ombudsman" and rng.random() < 0.08
    seen = working_days_after(received, rng.randrange(5)) if is_complaint else None
    due = _due(kind, stage, seen or received, extended)
    exempt = not is_complaint and rng.random() < 0.2
    decided = drawn(rng, UPHELD_BY_THE_OMBUDSMAN if stage == "Ombudsman" else UPHELD)
    return Case(
        ref,
        kind,
        stage,
        received,
        seen,
        due,
        _closed(rng, seen or received, due),
        service,
        "Resolved" if is_complaint else "Part disclosed" if exempt else "Disclosed",
        decided if is_complaint else None,
        rng.choice(("s40", "s43", "reg 12(4)(b)")) if exempt else None,
        extended,
        not is_complaint and rng.random() < 0.04,
    )


def _due(kind: str, stage: str | None, clock: date, extended: bool) -> date:
    """The day an answer is due: working days of the rules, months for own personal data."""
    if kind == "SAR":
        return months_after(clock, 3 if extended else 1)
    days_n = STAGE_DAYS.get(stage or "", REQUEST_DAYS)
    return working_days_after(clock, days_n * (2 if extended else 1))


def _closed(rng: random.Random, clock: date, due: date) -> date:
    """The day of the answer: in the later part of the time there is, or late."""
    allowed_n = (due - clock).days
    is_late = rng.random() < 0.15
    taken_n = allowed_n + rng.randrange(1, 40) if is_late else rng.randrange(2, allowed_n + 1)
    closed = on_a_weekday(clock + timedelta(days=taken_n))
    return closed if is_late else min(closed, due)
