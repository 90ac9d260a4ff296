"""Savings agreed for a year, what each gives by the end of a quarter, and what stands in for it."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peerpack.demo.years.shape import OWN_SERVICES, Service

WHATS = ("Renegotiate contracts", "Fewer vacant buildings", "Join up front desks",
         "Grow fees in line with costs", "Digital by default", "Redesign the team")  # fmt: skip
PLANNED, ALTERNATIVE, ONE_OFF, RESERVES = (
    "Planned saving", "Alternative saving", "One-off mitigation", "Use of reserves",
)  # fmt: skip
# What stands in for a saving that falls short, how often, and which part of the gap it fills.
STANDS_IN = (
    (ALTERNATIVE, "Another way: less overtime", 0.35, 80),
    (ONE_OFF, "Posts held vacant this year", 0.5, 80),
    (RESERVES, "Drawn from the Transformation Reserve", 0.3, 100),
)

# A twentieth of it, the least that a quarter delivers of any, is still a thousand pounds.
LEAST_GBP = 20_000


@dataclass(frozen=True)
class Saving:
    """A saving of one financial year in whole pounds, or what stands in for one.

    `found_gbp` is what it gives in the end; a stand-in has no target of its own and says which
    saving it `replaces`.
    """

    ref: str
    year: int
    service: Service
    title: str
    category: str
    target_gbp: int | None
    found_gbp: int
    replaces: str = ""

    def delivered_gbp(self, quarter_number: int) -> int:
        """Delivered by the end of a quarter of the year, in even steps."""
        return self.found_gbp * quarter_number // 4

    @property
    def forecast_gbp(self) -> int:
        """What will have been delivered at the end of the year."""
        return self.delivered_gbp(4)

    @property
    def is_recurrent(self) -> bool:
        """Whether it saves in later years too."""
        return self.category in (PLANNED, ALTERNATIVE)

    @property
    def rag(self) -> str:
        """Green where nothing is missing of the target, red where more than half of it is."""
        if not self.target_gbp or self.found_gbp >= self.target_gbp:
            return "Green"
        return "Red" if self.found_gbp * 2 < self.target_gbp else "Amber"


def savings(rng: random.Random, years: Iterable[int], scale: float) -> tuple[Saving, ...]:
    """Some savings of each own service in each year, each followed by what stands in for it."""
    return tuple(saving for year in years for saving in _of_year(rng, year, scale))


def _of_year(rng: random.Random, year: int, scale: float) -> Iterator[Saving]:
    number = 0
    for service in OWN_SERVICES:
        for _ in range(rng.randrange(1, 3 + round(4 * min(scale, 1.0)))):
            number += 1
            ref = f"SAV-{year % 100}-{number:03d}"
            target = max(LEAST_GBP, round(rng.randrange(20, 900) * 1_000 * scale))
            found = target * rng.choice((100, 100, 100, 90, 75, 50, 20, 0)) // 100
            yield Saving(ref, year, service, rng.choice(WHATS), PLANNED, target, found)
            yield from _stand_ins(rng, ref, year, service, target - found)


def _stand_ins(
    rng: random.Random, ref: str, year: int, service: Service, short_gbp: int
) -> Iterator[Saving]:
    """What is done about a shortfall of a quarter of the target or more; reserves fill the rest."""
    for letter, (category, title, likely, part_pct) in zip("ABC", STANDS_IN, strict=True):
        found = short_gbp * part_pct // 100
        if rng.random() < likely and found >= LEAST_GBP // 5:
            short_gbp -= found
            yield Saving(f"{ref}{letter}", year, service, title, category, None, found, ref)
