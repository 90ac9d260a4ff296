"""True figures of the budget, savings, reserves, collection and payments."""

from collections.abc import Iterator, Mapping
from datetime import date

from peerpack.demo.years.known.figures import (
    Figure,
    Figures,
    Rows,
    gbp,
    named,
    number,
    parts,
    per_cent,
    text,
    whole_and_parts,
)
from peerpack.demo.years.rows import Row, Value
from peerpack.demo.years.savings import ALTERNATIVE, ONE_OFF, PLANNED, RESERVES
from peerpack.vocab import Quarter

FORECAST, BUDGET = "forecast_outturn_gbp", "revised_budget_gbp"
ONLY_THIS_YEAR = (ONE_OFF, RESERVES)
BASES = {"delivered": "delivered_gbp", "forecast": "forecast_gbp"}


def forecast_variance(budget: Rows) -> Iterator[tuple[str, Figure]]:
    """KF01: forecast less revised budget, of the budget; by directorate, and by its services."""
    for cut, rows in (*whole_and_parts(budget, "directorate"),
                      *parts(budget, "directorate", "service")):  # fmt: skip
        over = round(gbp(rows, FORECAST) - gbp(rows, BUDGET), 2)
        yield named("KF01", **cut), per_cent(over, gbp(rows, BUDGET))


def variance_before(budget: Rows, tracker: Rows) -> Iterator[tuple[str, Figure]]:
    """KF02: the same with what helps this year alone put back."""
    helps = [row for row in tracker if row["category"] in ONLY_THIS_YEAR]
    for cut, rows in whole_and_parts(budget, "directorate"):
        own = [row for row in helps if _is_of(row, cut)]
        over = gbp(rows, FORECAST) + gbp(own, "forecast_gbp") - gbp(rows, BUDGET)
        yield named("KF02", **cut), per_cent(round(over, 2), gbp(rows, BUDGET))


def savings(tracker: Rows) -> Iterator[tuple[str, Figure]]:
    """KF03 and KF04 as delivered and as forecast, KF05; the council and each directorate."""
    for cut, rows in whole_and_parts(tracker, "directorate"):
        promised = [row for row in rows if row["category"] == PLANNED]
        target = gbp(promised, "target_gbp")
        planned = [row for row in promised if row["recurrent"] != "No"]
        instead = [row for row in rows if row["category"] == ALTERNATIVE]
        for basis, column in BASES.items():
            found = gbp(planned, column)
            yield named("KF03", basis=basis, **cut), per_cent(found, target)
            found = round(found + gbp(instead, column), 2)
            yield named("KF04", basis=basis, **cut), per_cent(found, target)
            yield from _met_by(rows, cut, basis, target)
        risky = [row for row in promised if row["rag"] in ("Red", "Amber")]
        yield named("KF05", **cut), per_cent(gbp(risky, "target_gbp"), target)


def _met_by(
    rows: Rows, cut: dict[str, str], basis: str, target: float
) -> Iterator[tuple[str, Figure]]:
    """The pounds of each of the four categories, and what no row covers."""
    covered = 0.0
    for category in (PLANNED, ALTERNATIVE, *ONLY_THIS_YEAR):
        own = [row for row in rows if row["category"] == category]
        found = gbp(own, BASES[basis])
        covered += found
        if own or not cut:
            yield _met(cut, basis, found, target, category)
    yield _met(cut, basis, round(target - covered, 2), target, "Not covered")
    yield named("KF04", measure=f"{basis}_by_class", **cut), Figure(target, target, target)


def _met(
    cut: dict[str, str], basis: str, found: float, target: float, category: str
) -> tuple[str, Figure]:
    name = named("KF04", measure=f"{basis}_by_class", category=category, **cut)
    return name, Figure(found, found, target)


def reserves(listed: Rows, budget: Rows) -> Iterator[tuple[str, Figure]]:
    """KF06 over the revised budget, KF07 over the forecast net expenditure; two balances each."""
    for indicator, kinds, column in (
        ("KF06", ("Unallocated",), BUDGET),
        ("KF07", ("Unallocated", "Earmarked"), FORECAST),
    ):
        own = [row for row in listed if row["reserve_class"] in kinds]
        for basis in ("closing", "opening"):
            balance = gbp(own, f"{basis}_gbp") if own else None
            yield named(indicator, basis=basis), per_cent(balance, gbp(budget, column))


def forecast_accuracy(midyear: Rows, outturn: Rows) -> Iterator[tuple[str, Figure]]:
    """KF33: the forecast of the second quarter less the fourth's, of the fourth's budget."""
    for cut, last in whole_and_parts(outturn, "directorate"):
        first = [row for row in midyear if _is_of(row, cut)]
        if first:
            off = round(gbp(first, FORECAST) - gbp(last, FORECAST), 2)
            yield named("KF33", **cut), per_cent(off, gbp(last, BUDGET))


def payments(paid: Rows) -> Iterator[tuple[str, Figure]]:
    """KF35: every line's amount; by the quarter of its day, and by unit."""
    for row in paid:
        row["financial_quarter"] = str(Quarter.of(row["payment_date"]))  # type: ignore[arg-type]
        row["organisational_unit"] = text(row, "organisational_unit") or "Unit not given"
    for cut, rows in whole_and_parts(paid, "financial_quarter", "organisational_unit"):
        total = gbp(rows, "amount_gbp")
        yield named("KF35", **cut), Figure(total, total)


CRUDE = ("receipts_current_year_gbp", "receipts_arrears_gbp", "prepayments_gbp")


def collection(listed: Rows, quarter: Quarter) -> Iterator[tuple[str, Figure]]:
    """KF17 to KF21 at the quarter's last day; the rates also at each quarter's end before it."""
    homes = {row["period_end"]: row for row in listed if row["tax"] == "Council tax"}
    rates = {row["period_end"]: row for row in listed if row["tax"] == "Business rates"}
    for indicator, rows, columns in (
        ("KF17", homes, CRUDE[:1]),
        ("KF18", homes, CRUDE),
        ("KF19", rates, CRUDE[:1]),
    ):
        for day in _ends(rows, quarter):
            received = round(sum(gbp([rows[day]], name) for name in columns), 2)
            rate = per_cent(received, _due(rows[day]))
            yield named(indicator, wave=str(day)), rate
            if day == quarter.last_day:
                yield indicator, rate
    if quarter.last_day in homes:
        yield from _owed(homes[quarter.last_day])


def _ends(rows: Mapping[Value, Row], quarter: Quarter) -> list[date]:
    """The quarter ends of the year so far that the statement has a row for."""
    days = [Quarter(quarter.year, number).last_day for number in range(1, quarter.number + 1)]
    return [day for day in days if day in rows]


def _due(row: Row) -> float:
    return gbp([row], "net_collectable_debit_gbp")


def _owed(homes: Row) -> Iterator[tuple[str, Figure]]:
    """KF20 by two measures, and KF21 in millions."""
    owed, dwellings_n = gbp([homes], "arrears_carried_forward_gbp"), number(homes, "dwellings_n")
    each = owed / dwellings_n if dwellings_n else None
    yield named("KF20", measure="per_dwelling"), Figure(each, owed, dwellings_n)
    yield named("KF20", measure="of_net_collectable_debit"), per_cent(owed, _due(homes))
    point = _due(homes) / 100
    yield "KF21", Figure(point / 1_000_000, point)


def _is_of(row: Row, cut: dict[str, str]) -> bool:
    return all(row.get(name) == label for name, label in cut.items())


def figures(returns: Mapping[str, Rows], quarter: Quarter, midyear: Rows | None) -> Figures:
    """Every figure that these returns of a quarter allow."""
    budget, tracker = returns.get("budget_monitoring"), returns.get("savings_tracker")
    listed, tax = returns.get("reserves"), returns.get("council_tax_collection")
    paid = returns.get("supplier_spend")
    found: list[Iterator[tuple[str, Figure]]] = []
    found += [forecast_variance(budget)] if budget else []
    found += [variance_before(budget, tracker)] if budget and tracker else []
    found += [savings(tracker)] if tracker else []
    found += [reserves(listed, budget)] if listed and budget else []
    found += [forecast_accuracy(midyear, budget)] if midyear and budget else []
    found += [payments(paid)] if paid else []
    found += [collection(tax, quarter)] if tax else []
    return dict(pair for each in found for pair in each)
