"""Sickness absence as the payroll system lists it: one line per spell and position."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from peerpack.demo.council import (
    FIRST_DAY,
    LAST_DAY,
    RUN_DAY,
    TINY_TEAM,
    working_days_n,
)
from peerpack.demo.files import csv_bytes, uk_date
from peerpack.demo.people import Position
from peerpack.demo.truth import Headcount, SicknessRate, SicknessTruth

FILE = "absence spells (invented).csv"
HEADER = (
    "Personal Reference", "Position Reference", "Absence Type", "Reason", "Absence Start",
    "Start Part Day", "Absence End", "End Part Day", "Days Lost", "Certification",
)  # fmt: skip

STRESS = "Stress, anxiety and depression"
MUSCLES = "Musculoskeletal"
COLD = "Cold, cough and influenza"
# Share of short spells and of long ones, in per cent.
REASONS = {
    COLD: (34, 2),
    "Stomach and digestive": (22, 3),
    "Headache and migraine": (11, 1),
    MUSCLES: (9, 22),
    STRESS: (6, 38),
    "Chest and respiratory": (6, 6),
    "Surgery and recovery": (3, 18),
    "Covid-19": (5, 2),
    "Not stated": (4, 8),
}


@dataclass(frozen=True)
class Spell:
    """One absence from start to end, both days included; from_noon and to_noon are half days."""

    start: date
    end: date | None
    reason: str = COLD
    from_noon: bool = False
    to_noon: bool = False


@dataclass(frozen=True)
class Line:
    """A spell against one of the posts that the person held."""

    position: Position
    spell: Spell


def day(text: str) -> date:
    """A day of 2024 written mm-dd."""
    return date.fromisoformat(f"2024-{text}")


# Spells that a careless count gets wrong, each given to a person with no other spell.
AWKWARD = (
    Spell(day("03-18"), day("04-05"), MUSCLES),  # starts before the quarter
    Spell(day("06-24"), day("07-03")),  # runs past it
    Spell(day("02-12"), day("07-02"), STRESS),  # straddles both ends
    Spell(date(2023, 12, 4), None, STRESS),  # straddles both ends and is open
    Spell(day("06-10"), None, "Surgery and recovery"),  # open
    Spell(day("03-04"), day("03-08")),  # wholly before
    Spell(day("03-25"), day("03-31")),  # wholly before, to the last day
    Spell(day("07-01"), day("07-02")),  # wholly after
    Spell(day("07-04"), None),  # wholly after, open
    Spell(day("05-14"), day("05-14"), from_noon=True),  # an afternoon
    Spell(day("05-21"), day("05-21"), to_noon=True),  # a morning
    Spell(day("06-03"), day("06-06"), from_noon=True, to_noon=True),
    Spell(day("04-13"), day("04-14")),  # a weekend
    Spell(day("03-28"), day("04-02"), COLD),  # over Easter Monday
    Spell(day("04-01"), day("04-01")),  # Easter Monday only
    Spell(day("05-03"), day("05-07")),  # over the May holiday
    Spell(day("05-27"), day("05-29"), from_noon=True),  # a half day on a bank holiday
    Spell(day("03-28"), day("06-28"), "Not stated", from_noon=True),  # half day before the quarter
    Spell(day("06-26"), day("07-04"), MUSCLES, to_noon=True),  # half day after the quarter
)
TINY_TEAM_SPELLS = (
    Spell(day("04-15"), day("05-10"), STRESS),
    Spell(day("05-29"), day("05-30"), "Stomach and digestive"),
    Spell(day("06-18"), day("06-18"), "Headache and migraine", to_noon=True),
)
TWO_POST_SPELL = Spell(day("06-05"), day("07-01"), MUSCLES)
CASUAL_SPELL = Spell(day("04-22"), day("04-26"))
SCHOOL_SPELL = Spell(day("04-29"), day("05-10"), STRESS)
# Nobody closed this one when the person left on LEAVER_END, so its half day is never reached.
LEAVER_SPELL = Spell(day("05-07"), day("05-31"), STRESS, to_noon=True)
LEAVER_END = day("05-17")


def spells(rng: random.Random, positions: Sequence[Position]) -> tuple[Line, ...]:
    """Rows: one per spell and position, in the order of person, post and start."""
    by_person = [
        list(held) for ref, held in groupby(positions, lambda post: post.person_ref) if ref
    ]
    lines = list(awkward_lines(rng, by_person))
    given = {line.position.person_ref for line in lines}
    for held in by_person:
        if held[0].person_ref not in given and held[0].team.name != TINY_TEAM:
            lines += lines_of(held, chance_spells(rng))
    return tuple(sorted(lines, key=in_print))


def in_print(line: Line) -> tuple[str, str, date]:
    """The order in which the system prints its lines."""
    return (line.position.person_ref, line.position.position_ref, line.spell.start)


def lines_of(held: Iterable[Position], taken: Iterable[Spell]) -> list[Line]:
    """A person's spells, each against every post held throughout it."""
    posts = list(held)
    return [
        Line(post, spell)
        for spell in taken
        for post in posts
        if post.covers(spell.start, spell.end or RUN_DAY)
    ]


def awkward_lines(rng: random.Random, by_person: Sequence[Sequence[Position]]) -> Iterator[Line]:
    """The arranged spells, each against a different person's post."""
    single = [held[0] for held in by_person if len(held) == 1]
    throughout = [post for post in single if post.covers(date(2023, 12, 1), RUN_DAY)]
    council = [post for post in throughout if post.team.location_type == "Council"]
    tiny = [post for post in council if post.team.name == TINY_TEAM]
    paid = [post for post in council if post.fte_pct and post not in tiny]
    double = [held for held in by_person if all(p.covers(LAST_DAY, LAST_DAY) for p in held[:2])]
    yield from map(Line, rng.sample(paid, len(AWKWARD)), AWKWARD)
    yield from lines_of(next(held for held in double if len(held) > 1), [TWO_POST_SPELL])
    yield Line(next(post for post in council if not post.fte_pct), CASUAL_SPELL)
    yield Line(next(post for post in throughout if post not in council), SCHOOL_SPELL)
    yield from map(Line, tiny, TINY_TEAM_SPELLS)
    yield from (Line(post, LEAVER_SPELL) for post in single if post.end == LEAVER_END)


def chance_spells(rng: random.Random) -> list[Spell]:
    """None, one or two spells of a person that do not touch each other."""
    drawn = [chance_spell(rng) for _ in range(rng.choices([0, 1, 2], [49, 36, 15])[0])]
    apart: list[Spell] = []
    for spell in sorted(drawn, key=lambda one: one.start):
        if not apart or (apart[-1].end and apart[-1].end + timedelta(days=1) < spell.start):
            apart.append(spell)
    return apart


def chance_spell(rng: random.Random) -> Spell:
    """A spell begun on a working day from March to early July; open if not over by RUN_DAY."""
    start = chance_start(rng)
    is_long = rng.random() < 0.08
    short_n = rng.choices([1, 2, 3, 4, 5], [34, 26, 19, 12, 9])[0]
    days_n = rng.randrange(8, 50) if is_long else short_n
    end = start + timedelta(days=days_n - 1)
    half = 1.0 if is_long else rng.random()
    reason = rng.choices(list(REASONS), [share[is_long] for share in REASONS.values()])[0]
    if end >= RUN_DAY:
        return Spell(start, None, reason)
    return Spell(start, end, reason, half < 0.05, 0.05 <= half < 0.11)


def chance_start(rng: random.Random) -> date:
    """A working day, mostly in the quarter."""
    month_start, days_n = rng.choices(
        [(day("03-04"), 28), (FIRST_DAY, 91), (day("07-01"), 4)], [9, 89, 2]
    )[0]
    while True:
        start = month_start + timedelta(days=rng.randrange(days_n))
        if working_days_n(start, start):
            return start


def half_days_n(spell: Spell, first: date, last: date) -> int:
    """Working half days of a spell from first to last; an open spell lasts to the end."""
    begin, end = max(spell.start, first), min(spell.end or last, last)
    halves_n = 2 * working_days_n(begin, end)
    if spell.from_noon and begin == spell.start <= end:
        halves_n -= working_days_n(begin, begin)
    if spell.to_noon and begin <= end == spell.end:
        halves_n -= working_days_n(end, end)
    return halves_n


def lost_in_quarter(line: Line) -> int:
    """Half days lost in the quarter while the post was held, times FTE in hundredths."""
    post = line.position
    first, last = max(FIRST_DAY, post.start), min(LAST_DAY, post.end or LAST_DAY)
    return half_days_n(line.spell, first, last) * post.fte_pct


def rate(lines: Iterable[Line], positions: Iterable[Position]) -> SicknessRate:
    """KW01 of some lines and positions: FTE days lost, average FTE, days per FTE."""
    days_lost_fte = sum(lost_in_quarter(line) for line in lines) / 200
    fte_pct = sum(
        post.fte_pct * (post.covers(FIRST_DAY, FIRST_DAY) + post.covers(LAST_DAY, LAST_DAY))
        for post in positions
    )
    return SicknessRate(days_lost_fte, fte_pct / 200, days_lost_fte / (fte_pct / 200))


def headcount(positions: Iterable[Position]) -> Headcount:
    """Distinct people of some posts, on any day of the quarter and on its last day."""
    held = [
        post
        for post in positions
        if post.start <= LAST_DAY and (post.end is None or post.end >= FIRST_DAY)
    ]
    last = {post.person_ref for post in held if post.covers(LAST_DAY, LAST_DAY)}
    return Headcount(len({post.person_ref for post in held}), len(last))


def truth(lines: Iterable[Line], positions: Iterable[Position]) -> SicknessTruth:
    """KW01 overall, by directorate and by team; schools and vacant posts are left out."""
    posts = [p for p in positions if p.team.location_type == "Council" and not p.is_vacant]
    own = [line for line in lines if line.position.team.location_type == "Council"]
    directorates = dict.fromkeys(post.team.directorate for post in posts)
    teams = dict.fromkeys(post.team.name for post in posts)
    return SicknessTruth(
        rate(own, posts),
        {
            name: rate(
                (line for line in own if line.position.team.directorate == name),
                (post for post in posts if post.team.directorate == name),
            )
            for name in sorted(directorates)
        },
        {
            name: rate(
                (line for line in own if line.position.team.name == name),
                (post for post in posts if post.team.name == name),
            )
            for name in sorted(teams)
        },
        {name: headcount(p for p in posts if p.team.name == name) for name in sorted(teams)},
    )


def certification(spell: Spell) -> str:
    """Self-certified to seven days, a fit note beyond."""
    days_n = ((spell.end or RUN_DAY) - spell.start).days + 1
    return "Self Certified" if days_n <= 7 else "Fit Note"


def cells(line: Line) -> tuple[str, ...]:
    """One printed line; Days Lost is the system's own count, whole spell and not times FTE."""
    spell = line.spell
    days_lost = half_days_n(spell, spell.start, spell.end or RUN_DAY) / 2
    return (
        line.position.person_ref,
        line.position.position_ref,
        "Sickness",
        spell.reason,
        uk_date(spell.start),
        "PM" if spell.from_noon else "Full",
        uk_date(spell.end),
        "" if spell.end is None else "AM" if spell.to_noon else "Full",
        f"{days_lost:.2f} Day(s)",
        certification(spell),
    )


def export(lines: Iterable[Line]) -> bytes:
    """UTF-8 with a mark, CRLF; dates dd/mm/yyyy text, as HEADER."""
    return csv_bytes(HEADER, map(cells, lines), "utf-8-sig", "\r\n")
