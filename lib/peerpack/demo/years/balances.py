"""What rolls from one quarter to the next: reserves, and council tax with its arrears."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from peerpack.demo.years.span import month_end, months_of, year_to_date
from peerpack.vocab import Quarter

# Code, class, name, purpose, opening balance of the first year in £000 at scale 1.
RESERVES = (
    ("9001", "Unallocated", "General Fund Balance", "Whatever nobody foresaw", 14_000),
    ("9101", "Earmarked", "Insurance Fund", "Claims not yet settled", 6_200),
    ("9102", "Earmarked", "Transformation Reserve", "Projects that save later", 9_400),
    ("9103", "Earmarked", "Business Rates Volatility", "Appeals and closures", 7_800),
    ("9104", "Earmarked", "Elections Reserve", "Elections every fourth year", 450),
    ("9105", "Earmarked", "Adult Care Market Reserve", "Providers that fail", 3_900),
    ("9106", "Earmarked", "Winter Service Reserve", "Hard winters", 700),
    ("9107", "Earmarked", "Legal Reserve", "Cases in court", 1_300),
    ("9201", "Schools", "Schools Balances", "Held by schools", 11_500),
    ("9202", "Schools", "High Needs Deficit", "Carried under the override", -8_300),
    ("9301", "Public health", "Public Health Reserve", "Grant not yet spent", 2_600),
    ("9401", "Capital", "Capital Receipts Unapplied", "Sales of land", 16_700),
    ("9402", "Capital", "Capital Grants Unapplied", "Grants for schemes to come", 12_100),
)


@dataclass(frozen=True)
class Balance:
    """A reserve from 1 April to the end of a quarter, in pence."""

    ref: str
    kind: str
    name: str
    purpose: str
    opening_p: int
    in_p: int
    out_p: int

    @property
    def closing_p(self) -> int:
        """Opening balance with transfers in, less transfers out."""
        return self.opening_p + self.in_p - self.out_p


def reserves(
    rng: random.Random, years: Iterable[int], scale: float
) -> dict[Quarter, tuple[Balance, ...]]:
    """Every reserve in every quarter; a year opens with the closing balance of the one before."""
    found: dict[Quarter, list[Balance]] = {}
    opening = {row[0]: round(row[4] * 100_000 * scale) + rng.randrange(9_999) for row in RESERVES}
    for year in years:
        for ref, kind, name, purpose, thousands in RESERVES:
            flow = abs(thousands) * 100_000 * scale
            paid_in, paid_out = 0, 0
            for quarter in (Quarter(year, number) for number in (1, 2, 3, 4)):
                paid_in += rng.choice((0, 0, round(flow * rng.uniform(0, 0.10))))
                paid_out += rng.choice((0, round(flow * rng.uniform(0, 0.08))))
                balance = Balance(ref, kind, name, purpose, opening[ref], paid_in, paid_out)
                found.setdefault(quarter, []).append(balance)
            opening[ref] = balance.closing_p
    return {quarter: tuple(rows) for quarter, rows in found.items()}


@dataclass(frozen=True)
class Collected:
    """A tax from 1 April to a month's end, in pence; numbers of households where they apply."""

    tax: str
    month_end: date
    due_p: int
    received_p: int
    arrears_received_p: int
    prepaid_p: int
    refunds_p: int
    written_off_p: int
    owed_before_p: int
    owed_after_p: int
    dwellings_n: int | None
    claimants_n: int | None

    @property
    def rate_c(self) -> int:
        """Received over due, in hundredths of a per cent."""
        return round(10_000 * self.received_p / self.due_p)


TAXES = (("Council tax", 31_000_000_000, 0.933), ("Business rates", 16_500_000_000, 0.962))


def collection(
    rng: random.Random, years: Iterable[int], scale: float
) -> dict[Quarter, tuple[Collected, ...]]:
    """Both taxes at every month's end of every year to date; what is owed rolls into next year."""
    found: dict[Quarter, list[Collected]] = {}
    owed = {tax: round(due_p * scale * 0.08) for tax, due_p, _ in TAXES}
    for year in years:
        for tax, due_p, share in TAXES:
            rows = list(_year_of(rng, year, tax, round(due_p * scale), share, owed[tax]))
            owed[tax] = rows[-1].owed_after_p
            for number in (1, 2, 3, 4):
                found.setdefault(Quarter(year, number), []).extend(rows[: 3 * number])
    return {quarter: tuple(rows) for quarter, rows in found.items()}


def _year_of(
    rng: random.Random, year: int, tax: str, due_p: int, share: float, owed_p: int
) -> Iterator[Collected]:
    """Twelve month ends; ten instalments from April, the rest in February and March."""
    quarters = year_to_date(Quarter(year, 4))
    ends = [month_end(month) for quarter in quarters for month in months_of(quarter)]
    is_homes = tax == "Council tax"
    dwellings_n = max(40, round(due_p / 163_000)) if is_homes else None
    parts = {"received": 0, "arrears": 0, "prepaid": 0, "refunds": 0, "written": 0}
    for at, end in enumerate(ends, start=1):
        parts["received"] = round(due_p * share * min(at / 10.4, 1) * rng.uniform(0.995, 1.0))
        for name, part in (("arrears", owed_p / 60), ("prepaid", due_p / 2_000),
                           ("refunds", due_p / 1_500), ("written", owed_p / 150)):  # fmt: skip
            parts[name] += round(part * rng.uniform(0.7, 1.3))
        unpaid_p = due_p - parts["received"] if at == 12 else 0
        yield Collected(
            tax, end, due_p, parts["received"], parts["arrears"], parts["prepaid"],
            parts["refunds"], parts["written"], owed_p,
            owed_p - parts["arrears"] - parts["written"] + unpaid_p,
            dwellings_n, round(dwellings_n * 0.14) if dwellings_n else None,
        )  # fmt: skip
