"""Savings agreed for a year, and how much of each is delivered by the end of a quarter."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peerpack.demo.years.shape import OWN_SERVICES, Service

WHATS = ("Renegotiate contracts", "Fewer vacant buildings", "Join up front desks",
         "Grow fees in line with costs", "Digital by default", "Redesign the team")  # fmt: skip

# A twentieth of it, the least that a quarter delivers of any, is still a thousand pounds.
LEAST_GBP = 20_000


@dataclass(frozen=True)
class Saving:
    """A saving of one financial year: whole pounds, and the share delivered of it in the end."""

    ref: str
    year: int
    service: Service
    title: str
    target_gbp: int
    share_pct: int

    def delivered_gbp(self, quarter_number: int) -> int:
        """Delivered by the end of a quarter of the year, in even steps."""
        return self.target_gbp * self.share_pct * quarter_number // 400

    @property
    def forecast_gbp(self) -> int:
        """What will have been delivered at the end of the year."""
        return self.delivered_gbp(4)


def savings(rng: random.Random, years: Iterable[int], scale: float) -> tuple[Saving, ...]:
    """Some savings of each own service in each year."""
    return tuple(saving for year in years for saving in _of_year(rng, year, scale))


def _of_year(rng: random.Random, year: int, scale: float) -> Iterator[Saving]:
    number = 0
    for service in OWN_SERVICES:
        for _ in range(rng.randrange(1, 3 + round(4 * min(scale, 1.0)))):
            number += 1
            yield Saving(
                f"SAV-{year % 100}-{number:03d}",
                year,
                service,
                rng.choice(WHATS),
                max(LEAST_GBP, round(rng.randrange(20, 900) * 1_000 * scale)),
                rng.choice((100, 100, 100, 90, 75, 50, 20, 0)),
            )
