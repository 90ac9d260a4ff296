"""Posts and who held them when: every post is held, empty or not yet filled on every day."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

from peerpack.demo.years.shape import GRADE_SHARES, ON_COSTS_PCT, SALARY_GBP, Team
from peerpack.demo.years.span import days_within

# The days a part-timer works, by FTE; of other shares no days are named.
PATTERNS_BY_FTE_C = {40: "Mon, Tue", 60: "MTW--", 80: "Mon-Thu"}
FULL_TIME = ("Mon-Fri", "MTWTF", "5 days", "")
NO_DAYS_NAMED = ("3.5 days a week", "")
DAYS_OF_PATTERN = {
    "Mon-Fri": (0, 1, 2, 3, 4),
    "MTWTF": (0, 1, 2, 3, 4),
    "Mon-Thu": (0, 1, 2, 3),
    "MTW--": (0, 1, 2),
    "Mon, Tue": (0, 1),
}
"""The weekdays that a pattern names, Monday being 0."""
LEAVING_REASONS = {
    "Resignation": 62, "Retirement": 17, "End of contract": 10, "Redundancy": 4, "Dismissal": 4,
    "Transfer to another employer": 3,
}  # fmt: skip
PART_TIME_FTE_C = (40, 50, 54, 60, 68, 80, 81, 90)
CONTRACTS = ("Permanent", "Permanent", "Permanent", "Permanent", "Fixed Term")
STAY_DAYS = 2_900
SECOND_POST_SHARE = 0.02
CASUAL_SHARE = 0.01


@dataclass(frozen=True)
class Post:
    """A post of the establishment; `fte_c` is its FTE in hundredths, 0 for casual work."""

    ref: str
    team: Team
    title: str
    grade: str
    contract: str
    fte_c: int
    pattern: str = ""

    @property
    def salary_gbp(self) -> int:
        """What it pays a year for full time."""
        return SALARY_GBP[self.grade]


@dataclass(frozen=True)
class Holding:
    """A post and who holds it from start to end, both included; nobody where it is vacant."""

    post: Post
    person_ref: str
    sex: str
    start: date
    end: date | None
    leaving_reason: str = ""

    def on(self, day: date) -> bool:
        """Whether it goes on that day."""
        return self.start <= day and (self.end is None or day <= self.end)

    def within(self, first: date, last: date) -> bool:
        """Whether it goes on any day from first to last."""
        return self.start <= last and (self.end is None or self.end >= first)

    def cost_p(self, first: date, last: date) -> int:
        """Pay with on-costs from first to last in pence, whole; nothing while vacant."""
        if not self.person_ref:
            return 0
        days_n = days_within(self.start, self.end, first, last)
        pence = self.post.salary_gbp * self.post.fte_c * days_n * (100 + ON_COSTS_PCT)
        return pence // 36_500

    def cost_of_year_p(self) -> int:
        """Pay with on-costs of the whole year, as a budget plans it."""
        return self.post.salary_gbp * self.post.fte_c * (100 + ON_COSTS_PCT) // 100


def holdings(
    rng: random.Random, teams: Iterable[Team], first: date, last: date
) -> tuple[Holding, ...]:
    """Every holding and vacancy of every post from first to last, in the order of posts."""
    people = (f"{number:06d}" for number in count(1))
    posts = [post for team in teams for post in _posts(rng, team)]
    main = [each for post in posts for each in _history(rng, post, people, first, last)]
    refs = count(20_001 + len(posts))
    return (*main, *_second_posts(rng, main, refs, first, last))


def _posts(rng: random.Random, team: Team) -> Iterator[Post]:
    for number in range(team.posts_n):
        casual = rng.random() < CASUAL_SHARE
        part_time = rng.random() < 0.38
        fte_c = 0 if casual else rng.choice(PART_TIME_FTE_C) if part_time else 100
        yield Post(
            f"{team.cost_centre[1:]}-{number + 1:03d}",
            team,
            rng.choice(team.service.post_titles),
            rng.choices(list(SALARY_GBP), GRADE_SHARES)[0],
            "Casual" if casual else rng.choice(CONTRACTS),
            fte_c,
            _pattern(rng, fte_c),
        )


def _pattern(rng: random.Random, fte_c: int) -> str:
    """The working pattern as HR keeps it; of a casual worker it keeps none."""
    if not fte_c:
        return ""
    if fte_c == 100:
        return rng.choice(FULL_TIME)
    return PATTERNS_BY_FTE_C.get(fte_c) or rng.choice(NO_DAYS_NAMED)


def _history(
    rng: random.Random, post: Post, people: Iterator[str], first: date, last: date
) -> Iterator[Holding]:
    """One holder after the other, with a vacancy between, until nobody knows any further."""
    start = first - timedelta(days=rng.randrange(30, 9_000))
    end = first + timedelta(days=int(rng.expovariate(1 / STAY_DAYS)))
    while True:
        sex = rng.choices(["Female", "Male"], [68, 32])[0]
        reason = rng.choices(list(LEAVING_REASONS), list(LEAVING_REASONS.values()))[0]
        gone = end <= last
        yield Holding(post, next(people), sex, start, end if gone else None, reason * gone)
        if end > last:
            return
        vacant_from, start = end + timedelta(days=1), end + timedelta(days=rng.randrange(30, 330))
        yield Holding(post, "", "", vacant_from, start - timedelta(days=1))
        end = start + timedelta(days=60 + int(rng.expovariate(1 / STAY_DAYS)))


def _second_posts(
    rng: random.Random, main: Sequence[Holding], refs: Iterator[int], first: date, last: date
) -> Iterator[Holding]:
    """A second post, in another team, of some people who are there from first to last."""
    standing = [h for h in main if h.person_ref and h.on(first) and h.on(last)]
    for held in rng.sample(standing, round(SECOND_POST_SHARE * len(standing))):
        other = rng.choice(standing).post
        post = replace(other, ref=f"S{next(refs)}", fte_c=rng.choice((20, 30, 40, 50)), pattern="")
        yield replace(held, post=post)


def as_known(held: Holding, day: date) -> Holding:
    """The holding as its system knows it on a day: an end in the future is not known."""
    known = held.end is None or held.end <= day
    return held if known else replace(held, end=None, leaving_reason="")
