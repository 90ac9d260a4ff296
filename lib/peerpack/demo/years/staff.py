"""Posts and who held them when: every post is held, empty or not yet filled on every day."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

from peerpack.demo.years.shape import GRADE_SHARES, ON_COSTS_PCT, SALARY_GBP, Team
from peerpack.demo.years.span import days_within

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
        yield Post(
            f"{team.cost_centre[1:]}-{number + 1:03d}",
            team,
            rng.choice(team.service.post_titles),
            rng.choices(list(SALARY_GBP), GRADE_SHARES)[0],
            "Casual" if casual else rng.choice(CONTRACTS),
            0 if casual else rng.choice(PART_TIME_FTE_C) if part_time else 100,
        )


def _history(
    rng: random.Random, post: Post, people: Iterator[str], first: date, last: date
) -> Iterator[Holding]:
    """One holder after the other, with a vacancy between, until nobody knows any further."""
    start = first - timedelta(days=rng.randrange(30, 9_000))
    end = first + timedelta(days=int(rng.expovariate(1 / STAY_DAYS)))
    while True:
        sex = rng.choices(["Female", "Male"], [68, 32])[0]
        yield Holding(post, next(people), sex, start, end if end <= last else None)
        if end > last:
            return
        vacant_from, start = end + timedelta(days=1), end + timedelta(days=rng.randrange(15, 130))
        yield Holding(post, "", "", vacant_from, start - timedelta(days=1))
        end = start + timedelta(days=60 + int(rng.expovariate(1 / STAY_DAYS)))


def _second_posts(
    rng: random.Random, main: Sequence[Holding], refs: Iterator[int], first: date, last: date
) -> Iterator[Holding]:
    """A second post, in another team, of some people who are there from first to last."""
    standing = [h for h in main if h.person_ref and h.on(first) and h.on(last)]
    for held in rng.sample(standing, round(SECOND_POST_SHARE * len(standing))):
        other = rng.choice(standing).post
        post = replace(other, ref=f"S{next(refs)}", fte_c=rng.choice((20, 30, 40, 50)))
        yield replace(held, post=post)


def as_known(held: Holding, day: date) -> Holding:
    """The holding as its system knows it on a day: an end in the future is not known."""
    return held if held.end is None or held.end <= day else replace(held, end=None)
