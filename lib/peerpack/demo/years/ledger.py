"""The ledger: what posts, payments and savings cost, by cost centre, in pence."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from peerpack.demo.years.chance import pence_around
from peerpack.demo.years.payments import Payment
from peerpack.demo.years.savings import Saving
from peerpack.demo.years.shape import OWN_SERVICES, Service, Team
from peerpack.demo.years.span import year_to_date
from peerpack.demo.years.staff import Holding
from peerpack.vocab import Quarter

EMPLOYEES, SUPPLIES, INCOME, SAVED = "Employees", "Supplies and services", "Income", "Savings"
# A budget foresees less than comes: the pressure that mitigations are for.
DEMAND_FORESEEN = 0.95
# A budget for staff leaves out the posts that will be vacant.
POSTS_FILLED = 0.94


@dataclass(frozen=True)
class LedgerLine:
    """A cost centre to the end of a quarter, in pence; income and savings are negative.

    `what` says what the line adds up: a team's posts, a service's payments, income or savings.
    """

    service: Service
    code: str | None
    name: str
    what: str
    original_p: int
    forecast_p: int
    actual_p: int
    profiled_p: int
    commitments_p: int = 0
    virements_p: int = 0

    @property
    def revised_p(self) -> int:
        """Original budget with its virements."""
        return self.original_p + self.virements_p

    @property
    def variance_p(self) -> int:
        """Forecast less revised budget: positive is an overspend."""
        return self.forecast_p - self.revised_p


def ledger(
    rng: random.Random,
    quarter: Quarter,
    teams: Iterable[Team],
    held: Iterable[Holding],
    payments: Mapping[Quarter, tuple[Payment, ...]],
    savings: Iterable[Saving],
    scale: float,
) -> tuple[LedgerLine, ...]:
    """Every cost centre in the order of services; virements are nil together.

    `rng` is that of the financial year, so that a budget is the same in each of its quarters.
    """
    own = [team for team in teams if team.service in OWN_SERVICES]
    lines = [
        *_employees(rng, quarter, own, held),
        *_supplies(rng, quarter, payments),
        *_income(rng, quarter, scale),
        *_saved(quarter, savings),
    ]
    order = {service.name: at for at, service in enumerate(OWN_SERVICES)}
    lines.sort(key=lambda line: (order[line.service.name], line.code or "~"))
    return tuple(_with_virements(rng, lines))


def _employees(
    rng: random.Random, quarter: Quarter, teams: Iterable[Team], held: Iterable[Holding]
) -> Iterator[LedgerLine]:
    """A line for each team: the pay and on-costs of its posts, quarter by quarter."""
    by_team = defaultdict(list)
    for holding in held:
        by_team[holding.post.team.cost_centre].append(holding)
    for team in teams:
        own = by_team[team.cost_centre]
        posts = {h.post.ref: h.cost_of_year_p() for h in own}
        original_p = pence_around(rng, POSTS_FILLED * sum(posts.values()), 0.02)
        spent = [sum(h.cost_p(q.first_day, q.last_day) for h in own) for q in year_to_date(quarter)]
        yield LedgerLine(
            team.service, team.cost_centre, f"{team.name} - {EMPLOYEES}", EMPLOYEES, original_p,
            sum(spent) + spent[-1] * (4 - quarter.number), sum(spent),
            original_p * quarter.number // 4,
        )  # fmt: skip


def _supplies(
    rng: random.Random, quarter: Quarter, payments: Mapping[Quarter, tuple[Payment, ...]]
) -> Iterator[LedgerLine]:
    """A line for each service: its payments of the year to date, to the penny."""
    whole_year = [Quarter(quarter.year, number) for number in (1, 2, 3, 4)]
    to_date = set(year_to_date(quarter))
    for service in OWN_SERVICES:
        by_quarter = {
            q: sum(p.amount_p for p in payments[q] if p.service is service) for q in whole_year
        }
        original_p = pence_around(rng, sum(by_quarter.values()) * DEMAND_FORESEEN, 0.06)
        actual_p = sum(amount for q, amount in by_quarter.items() if q in to_date)
        ahead_p = original_p * (4 - quarter.number) // 4
        yield LedgerLine(
            service, f"0{service.code}901", f"{service.name.partition('-')[2]} - {SUPPLIES}",
            SUPPLIES, original_p, actual_p + ahead_p, actual_p, original_p * quarter.number // 4,
            pence_around(rng, original_p / 20, 0.5),
        )  # fmt: skip


def _income(rng: random.Random, quarter: Quarter, scale: float) -> Iterator[LedgerLine]:
    """A line for each service, negative, and one that nobody has coded."""
    for service in OWN_SERVICES:
        original_p = -round(scale * rng.randrange(20_000_000, 400_000_000))
        actual_p = pence_around(rng, original_p * quarter.number / 4, 0.08)
        yield LedgerLine(
            service, f"0{service.code}902", f"{service.name.partition('-')[2]} - {INCOME}",
            INCOME, original_p, actual_p + original_p * (4 - quarter.number) // 4, actual_p,
            original_p * quarter.number // 4,
        )  # fmt: skip
    yield LedgerLine(
        OWN_SERVICES[-1], None, "Suspense - journals awaiting coding", "Suspense", 0, 4_512_35,
        4_512_35, 0,
    )  # fmt: skip


def _saved(quarter: Quarter, savings: Iterable[Saving]) -> Iterator[LedgerLine]:
    """A line for each service: its savings of the year, as the tracker has them."""
    for service in OWN_SERVICES:
        own = [s for s in savings if s.service is service and s.year == quarter.year]
        target_p = -100 * sum(s.target_gbp or 0 for s in own)
        yield LedgerLine(
            service, f"0{service.code}903", f"{service.name.partition('-')[2]} - {SAVED}", SAVED,
            target_p, -100 * sum(s.forecast_gbp for s in own),
            -100 * sum(s.delivered_gbp(quarter.number) for s in own),
            target_p * quarter.number // 4,
        )  # fmt: skip


def _with_virements(rng: random.Random, lines: list[LedgerLine]) -> list[LedgerLine]:
    """The lines after virements, each from one supplies line to another: together they are nil."""
    able = [at for at, line in enumerate(lines) if line.what == SUPPLIES]
    rng.shuffle(able)
    for giver, taker in zip(able[0::2], able[1::2], strict=False):
        amount_p = rng.randrange(4, 180) * 50_000
        lines[giver] = replace(lines[giver], virements_p=-amount_p)
        lines[taker] = replace(lines[taker], virements_p=amount_p)
    return lines
