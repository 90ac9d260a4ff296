"""HR positions as the payroll system lists them: one row per position, so people repeat."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from peerpack.demo.council import TEAMS, TINY_TEAM, Team
from peerpack.demo.files import csv_bytes, uk_date

FILE = "hr positions (invented).csv"
HEADER = (
    "Personal Reference", "Position Reference", "Name", "Post Title", "Directorate", "Service",
    "Team", "Location Type", "Contract Type", "Basis", "FTE", "Position Start", "Position End",
    "Sex",
)  # fmt: skip

OPEN_END = "31/12/4712"
TINY_TEAM_FTE_PCT = (100, 100, 81, 60)
PART_TIME_FTE_PCT = (40, 50, 54, 60, 68, 80, 81, 90)
CONTRACTS = ("Permanent", "Permanent", "Permanent", "Permanent", "Permanent", "Fixed Term")

# The first and the last are the edges of the quarter: in post on the day itself.
LEAVING_DAYS = tuple(
    date(2024, month, day)
    for month, day in ((4, 1), (4, 12), (4, 30), (5, 3), (5, 17), (5, 31), (6, 7), (6, 14),
                       (6, 21), (6, 28), (6, 30))
)  # fmt: skip
STARTING_DAYS = tuple(
    date(2024, month, day)
    for month, day in ((4, 1), (4, 2), (4, 15), (4, 22), (5, 1), (5, 7), (5, 13), (5, 20),
                       (6, 3), (6, 10), (6, 17), (6, 30))
)  # fmt: skip
PAST_LEAVING_DAYS = (date(2023, 12, 31), date(2024, 1, 19), date(2024, 2, 29), date(2024, 3, 31))
FUTURE_STARTING_DAYS = (date(2024, 7, 1), date(2024, 7, 15), date(2024, 9, 2))
MOVING_DAYS = (date(2024, 5, 1), date(2024, 5, 13), date(2024, 6, 3))
CASUALS_N = 12
VACANCIES_N = 18

# First and second post of people who hold two, FTE in hundredths; the fourth is over one in all.
TWO_POSTS_FTE_PCT = ((50, 50), (60, 40), (40, 40), (80, 40), (50, 30), (54, 40), (60, 20), (50, 50))

COUNCIL_TEAMS = tuple(team for team in TEAMS if team.location_type == "Council")
OPEN_TEAMS = tuple(team for team in COUNCIL_TEAMS if team.name != TINY_TEAM)


@dataclass(frozen=True)
class Position:
    """A post and who holds it from start to end, both days included; vacant where nobody does."""

    person_ref: str
    position_ref: str
    sex: str
    team: Team
    post_title: str
    contract: str
    fte_pct: int
    start: date
    end: date | None

    @property
    def is_vacant(self) -> bool:
        """Whether nobody holds the post."""
        return not self.person_ref

    def covers(self, first: date, last: date) -> bool:
        """Whether it is held on every day from first to last."""
        return self.start <= first and (self.end is None or last <= self.end)


@dataclass
class Register:
    """Where new people and new posts get their numbers."""

    rng: random.Random
    people: Iterator[str]
    posts: Iterator[str]

    def filled(self, team: Team, **known: Any) -> Position:
        """A new person in a new post of a team, appointed before the quarter, with no end."""
        fte_pct = self.rng.choice(PART_TIME_FTE_PCT) if self.rng.random() < 0.38 else 100
        position = Position(
            next(self.people),
            next(self.posts),
            self.rng.choices(["Female", "Male"], [68, 32])[0],
            team,
            self.rng.choice(team.post_titles),
            self.rng.choice(CONTRACTS),
            fte_pct,
            date(2024, 2, 28) - timedelta(days=self.rng.randrange(9000)),
            None,
        )
        return replace(position, **known)


def positions(rng: random.Random) -> tuple[Position, ...]:
    """Rows: one per position, in the order of person then post; vacant posts first."""
    numbers = list(range(1, 1000))
    rng.shuffle(numbers)
    posts = (f"POS{n}" for n in range(20001, 30000))
    register = Register(rng, (f"{n:06d}" for n in numbers), posts)
    standing = [post for team in TEAMS for post in continuing(register, team)]
    left = leavers(register)
    everyone = [
        *second_posts(register, standing),
        *movers(register),
        *left,
        *successors(register, left),
        *past_leavers(register),
        *starters(register),
        *casuals(register),
        *vacancies(register),
    ]
    return tuple(sorted(everyone, key=lambda post: (post.person_ref, post.position_ref)))


def continuing(register: Register, team: Team) -> list[Position]:
    """The people of a team who are in post throughout the quarter."""
    if team.name == TINY_TEAM:
        return [
            register.filled(team, fte_pct=pct, contract="Permanent") for pct in TINY_TEAM_FTE_PCT
        ]
    return [fixed_end(register.filled(team)) for _ in range(team.in_post_n)]


def fixed_end(post: Position) -> Position:
    """Fixed-term contracts end with the financial year."""
    return replace(post, end=date(2025, 3, 31)) if post.contract == "Fixed Term" else post


def second_posts(register: Register, standing: Sequence[Position]) -> list[Position]:
    """The standing posts; the holders of some have a second post in the next council team."""
    able = [post for post in standing if post.team in OPEN_TEAMS and post.contract == "Permanent"]
    chosen = register.rng.sample(able, len(TWO_POSTS_FTE_PCT))
    changed = list(standing)
    for post, (first_pct, second_pct) in zip(chosen, TWO_POSTS_FTE_PCT, strict=True):
        changed[standing.index(post)] = replace(post, fte_pct=first_pct)
        other = OPEN_TEAMS[(OPEN_TEAMS.index(post.team) + 1) % len(OPEN_TEAMS)]
        held = register.filled(other, fte_pct=second_pct, contract="Permanent", start=post.start)
        changed.append(replace(held, person_ref=post.person_ref, sex=post.sex))
    return changed


def leavers(register: Register) -> list[Position]:
    """One person in each of eleven council teams who leaves during the quarter."""
    return [
        register.filled(team, end=day, contract="Permanent")
        for team, day in zip(OPEN_TEAMS, LEAVING_DAYS, strict=False)
    ]


def past_leavers(register: Register) -> list[Position]:
    """People who had left before the quarter and are still listed."""
    return [
        register.filled(team, start=date(2019, 9, 2), end=day)
        for team, day in zip(register.rng.sample(OPEN_TEAMS, 4), PAST_LEAVING_DAYS, strict=True)
    ]


def starters(register: Register) -> list[Position]:
    """People who start during the quarter, and three who have yet to start."""
    teams = register.rng.sample(OPEN_TEAMS, len(STARTING_DAYS))
    started = [
        register.filled(team, start=day) for team, day in zip(teams, STARTING_DAYS, strict=True)
    ]
    return started + [register.filled(OPEN_TEAMS[0], start=day) for day in FUTURE_STARTING_DAYS]


def successors(register: Register, left: Sequence[Position]) -> list[Position]:
    """New people in the posts that were left in May: the position reference repeats."""
    return [
        replace(
            register.filled(old.team, start=old.end + timedelta(days=10), fte_pct=old.fte_pct),
            position_ref=old.position_ref,
            post_title=old.post_title,
        )
        for old in left
        if old.end and old.end.month == 5
    ]


def movers(register: Register) -> list[Position]:
    """People who change team during the quarter: one post ends, the next starts the day after."""
    moved = []
    for day in MOVING_DAYS:
        before, after = register.rng.sample(OPEN_TEAMS, 2)
        old = register.filled(before, end=day - timedelta(days=1), contract="Permanent")
        new = register.filled(after, start=day, fte_pct=old.fte_pct, contract="Permanent")
        moved += [old, replace(new, person_ref=old.person_ref, sex=old.sex)]
    return moved


def casuals(register: Register) -> list[Position]:
    """Casual workers: a post of no FTE."""
    return [
        register.filled(register.rng.choice(OPEN_TEAMS), fte_pct=0, contract="Casual")
        for _ in range(CASUALS_N)
    ]


def vacancies(register: Register) -> list[Position]:
    """Posts that nobody holds, with the FTE they would have."""
    return [
        replace(
            register.filled(register.rng.choice(OPEN_TEAMS), contract="Permanent"),
            person_ref="",
            sex="",
        )
        for _ in range(VACANCIES_N)
    ]


def export(rng: random.Random, listed: Iterable[Position]) -> bytes:
    """cp1252, CRLF; FTE with two decimals, dates dd/mm/yyyy text, as HEADER."""
    return csv_bytes(HEADER, (cells(rng, post) for post in listed), "cp1252", "\r\n")


def cells(rng: random.Random, post: Position) -> tuple[str, ...]:
    """One printed position: open ends as a far date or blank, a few directorates padded."""
    open_end = OPEN_END if rng.random() < 0.7 else ""
    return (
        post.person_ref,
        post.position_ref,
        f"Invented Person {post.person_ref[-4:]}" if post.person_ref else "",
        post.post_title,
        post.team.directorate + "  " * (rng.random() < 0.02),
        post.team.service,
        post.team.name,
        post.team.location_type,
        post.contract,
        basis(post),
        f"{post.fte_pct / 100:.2f}",
        uk_date(post.start),
        uk_date(post.end) if post.end else open_end,
        post.sex,
    )


def basis(post: Position) -> str:
    """The basis that the FTE implies."""
    if post.fte_pct == 0:
        return "Casual"
    return "Full Time" if post.fte_pct == 100 else "Part Time"
