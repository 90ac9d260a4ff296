"""Absence of people in post: spells, which belong to days on which the post was held."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from peerpack.demo.years.events import Event, strain
from peerpack.demo.years.shape import REASONS
from peerpack.demo.years.span import on_a_weekday, weekdays
from peerpack.demo.years.staff import Holding
from peerpack.vocab import Quarter

DAYS_BETWEEN = 210
LONG_SHARE = 0.07
LONG_DAYS = 28
# How much more often people fall ill in a quarter of the year: colds come in winter.
SEASON = {1: -0.05, 2: -0.15, 3: 0.2, 4: 0.35}


@dataclass(frozen=True)
class Spell:
    """An absence of a person from one post; from_noon and to_noon are half days."""

    holding: Holding
    start: date
    end: date
    reason: str
    from_noon: bool
    to_noon: bool

    def days_on(self, day: date) -> float:
        """Weekdays lost by the end of a day, half days halved; the system's own count."""
        last = min(self.end, day)
        lost = sum(1 for _ in weekdays(self.start, last))
        return lost - 0.5 * self.from_noon - 0.5 * (self.to_noon and last == self.end)

    @property
    def is_long(self) -> bool:
        """Whether it lasts 28 days or more."""
        return (self.end - self.start).days + 1 >= LONG_DAYS


def spells(
    rng: random.Random,
    held: Sequence[Holding],
    first: date,
    last: date,
    events: Iterable[Event],
) -> tuple[Spell, ...]:
    """Every spell that begins from first to last, against each post the person held throughout."""
    known = tuple(events)
    people = sorted((h for h in held if h.person_ref), key=lambda h: h.person_ref)
    return tuple(
        spell
        for _, posts in groupby(people, lambda h: h.person_ref)
        for spell in _of_person(rng, list(posts), first, last, known)
    )


def _of_person(
    rng: random.Random,
    posts: list[Holding],
    first: date,
    last: date,
    events: tuple[Event, ...],
) -> Iterator[Spell]:
    main = posts[0]
    day = max(first, main.start)
    until = min(last, main.end or last)
    while True:
        directorate, quarter = main.post.team.service.directorate, Quarter.of(day)
        gap = DAYS_BETWEEN / (1 + strain(events, directorate, quarter) + SEASON[quarter.number])
        start = on_a_weekday(day + timedelta(days=1 + int(rng.expovariate(1 / gap))))
        if start > until:
            return
        end, reason, half = _drawn(rng, start, until)
        for post in posts:
            yield Spell(post, start, end, reason, half == "PM", half == "AM")
        day = end + timedelta(days=2)


def _drawn(rng: random.Random, start: date, until: date) -> tuple[date, str, str]:
    """The end of a spell, its reason, and whether it has a half day."""
    is_long = rng.random() < LONG_SHARE
    short_n = rng.choices([1, 2, 3, 4, 5], [34, 26, 19, 12, 9])[0]
    days_n = rng.randrange(10, 120) if is_long else short_n
    end = min(start + timedelta(days=days_n - 1), until)
    reason = rng.choices(list(REASONS), [share[is_long] for share in REASONS.values()])[0]
    half = rng.choices(["", "PM", "AM"], [89, 5, 6])[0] if not is_long else ""
    return end, reason, half
