"""The council over its quarters: one model that every export is taken from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from peerpack.demo.years import absences, balances, payments, savings, shape, staff
from peerpack.demo.years.absences import Spell
from peerpack.demo.years.balances import Balance, Collected
from peerpack.demo.years.chance import stream
from peerpack.demo.years.events import Event, events
from peerpack.demo.years.payments import Payment
from peerpack.demo.years.savings import Saving
from peerpack.demo.years.shape import Team
from peerpack.demo.years.span import months_of, quarters_from, run_day
from peerpack.demo.years.staff import Holding
from peerpack.vocab import Quarter

# Long absences began before the first quarter and are still there.
BEFORE_DAYS = 240


@dataclass(frozen=True)
class World:
    """What happened to the council in `quarters`; payments and staff cover their whole years.

    `root` names the council and the seed: all chance grows from it.
    """

    council: str
    root: str
    scale: float
    quarters: tuple[Quarter, ...]
    events: tuple[Event, ...]
    teams: tuple[Team, ...]
    holdings: tuple[Holding, ...]
    spells: tuple[Spell, ...]
    payments: Mapping[Quarter, tuple[Payment, ...]]
    savings: tuple[Saving, ...]
    reserves: Mapping[Quarter, tuple[Balance, ...]]
    collection: Mapping[Quarter, tuple[Collected, ...]]

    @property
    def name(self) -> str:
        """The council's name: Northborough Council."""
        return f"{self.council.replace('-', ' ').title()} Council"


def world(council: str, first: Quarter, quarters_n: int, seed: int, scale: float) -> World:
    """The council over so many quarters; scale 1 is about 6,000 staff."""
    quarters = quarters_from(first, quarters_n)
    years = range(quarters[0].year, quarters[-1].year + 1)
    covered = [Quarter(year, number) for year in years for number in (1, 2, 3, 4)]
    begin = covered[0].first_day - timedelta(days=BEFORE_DAYS)
    end = run_day(covered[-1])
    root = f"{council} {seed}"
    known = events(stream(root, "events"), covered)
    teams = shape.teams(scale)
    held = staff.holdings(stream(root, "staff"), teams, begin, end)
    return World(
        council,
        root,
        scale,
        quarters,
        known,
        teams,
        held,
        absences.spells(stream(root, "absence"), held, begin, end, known),
        {quarter: _paid(root, quarter, scale, known) for quarter in covered},
        savings.savings(stream(root, "savings"), years, scale),
        balances.reserves(stream(root, "reserves"), years, scale),
        balances.collection(stream(root, "council tax"), years, scale),
    )


def _paid(
    root: str, quarter: Quarter, scale: float, known: tuple[Event, ...]
) -> tuple[Payment, ...]:
    months = [(month, stream(root, f"payments {month:%Y-%m}")) for month in months_of(quarter)]
    return tuple(
        line
        for month, chance in months
        for line in payments.payments_of_month(chance, month, scale, known)
    )
