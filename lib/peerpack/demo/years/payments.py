"""Payments to suppliers, month by month; the ledger's supplies lines are their sums."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

from peerpack.demo.years.events import Event, strain
from peerpack.demo.years.shape import (
    CATEGORIES,
    OWN_SERVICES,
    PAYMENTS_PER_MONTH_N,
    PURPOSES,
    REDACTED,
    SUPPLIERS,
    Service,
)
from peerpack.demo.years.span import month_end
from peerpack.vocab import Quarter

MOST_P = 150_000_000


@dataclass(frozen=True)
class Payment:
    """One line of a payment; a credit note is negative."""

    ref: str
    day: date
    service: Service
    supplier: str
    supplier_id: str
    amount_p: int
    purpose: str
    category: str


def payments_of_month(
    rng: random.Random, month: date, scale: float, events: Iterable[Event]
) -> tuple[Payment, ...]:
    """The month's payments by day; a few are lawful repeats, alike but for their number."""
    known = tuple(events)
    refs = (f"{month:%y%m}{number:06d}" for number in count(1))
    lines = [
        line for service in OWN_SERVICES for line in _of_service(rng, month, service, scale, known)
    ]
    repeated = [line for line in lines for _ in range(1 + (rng.random() < 0.02))]
    in_order = sorted(repeated, key=lambda line: line.day)
    return tuple(replace(line, ref=next(refs)) for line in in_order)


def _of_service(
    rng: random.Random, month: date, service: Service, scale: float, events: tuple[Event, ...]
) -> Iterator[Payment]:
    lines_n = PAYMENTS_PER_MONTH_N * scale * service.payment_share
    more = 1 + strain(events, service.directorate, Quarter.of(month)) / 4
    for _ in range(max(4, round(lines_n * more * rng.uniform(0.9, 1.1)))):
        number = rng.randrange(len(SUPPLIERS))
        redacted = rng.random() < 0.06
        yield Payment(
            "",
            month + timedelta(days=rng.randrange((month_end(month) - month).days + 1)),
            service,
            REDACTED if redacted else SUPPLIERS[number],
            "" if redacted else f"{70_000 + number}",
            _amount_p(rng),
            rng.choice(PURPOSES),
            rng.choice(CATEGORIES),
        )


def _amount_p(rng: random.Random) -> int:
    """From £500 up, most of them small; one in thirty is a credit note."""
    pence = min(50_000 + int(100 * rng.lognormvariate(7.0, 1.4)), MOST_P)
    return -pence // 4 if rng.random() < 0.033 else pence
