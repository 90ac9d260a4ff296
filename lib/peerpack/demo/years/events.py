"""What happens to the council: an event strains a directorate in its quarter and in the next."""

import random
from collections.abc import Iterable
from dataclasses import dataclass

from peerpack.demo.years.shape import HAPPENINGS
from peerpack.vocab import Quarter

LIKELY = 0.6
LATER = 0.5


@dataclass(frozen=True)
class Event:
    """Something that strains a directorate: `strength` 0.3 is thirty per cent more of the bad."""

    quarter: Quarter
    directorate: str
    what: str
    strength: float


def events(rng: random.Random, quarters: Iterable[Quarter]) -> tuple[Event, ...]:
    """At most one event a quarter, in order."""
    return tuple(
        Event(quarter, *rng.choice(HAPPENINGS), rng.uniform(0.2, 0.6))
        for quarter in quarters
        if rng.random() < LIKELY
    )


def strain(known: Iterable[Event], directorate: str, quarter: Quarter) -> float:
    """How much events strain a directorate in a quarter: in full at first, by half in the next."""
    return sum(
        event.strength * (1.0 if event.quarter == quarter else LATER)
        for event in known
        if event.directorate == directorate and event.quarter in (quarter, quarter.previous())
    )
