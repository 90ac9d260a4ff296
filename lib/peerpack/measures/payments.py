"""Payments: what was paid, when, by which unit, to whom, and what is worth a second look."""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from peerpack.catalogue.models import Payees
from peerpack.measures.payees import NOT_NAMED, lines_fitting, payee_classes, payee_names
from peerpack.measures.table import PER_CENT, measured, money_sum, ratio, rows_in
from peerpack.vocab import Quarter

NO_UNIT = "Unit not given"
OTHERS = "All other payees"
TOP_N, TEN = 20, 10
OF_TEN_THOUSAND = 10_000


def payments(spend: pd.DataFrame) -> pd.DataFrame:
    """All payments to suppliers in the period, credit notes taken off (KF35).

    Rows: one. Columns: value and numerator (GBP, exact to the penny; missing without a line).
    Source: the amounts as published; lawful repeats stay.
    """
    return measured([_paid(spend)])


def payments_by_financial_quarter(spend: pd.DataFrame) -> pd.DataFrame:
    """Payments to suppliers by the financial quarter of the payment date (KF35).

    Rows: one per quarter, earliest first. Columns: financial_quarter (`2024-25-Q1`); value (GBP).
    """
    days = spend["payment_date"]
    quarter = days.map({day: str(Quarter.of(day)) for day in days.unique()})
    return _cut(spend, "financial_quarter", quarter, order=lambda row: row["financial_quarter"])


def payments_by_unit(spend: pd.DataFrame) -> pd.DataFrame:
    """Payments to suppliers by the unit responsible (KF35).

    Rows: one per unit, largest first, ties by name; the council's label `NA` is a unit like any
    other, with a note that the council does not state it. Payments whose unit is missing from the
    return stand together, as "Unit not given".
    Columns: organisational_unit; value in GBP.
    """
    units = spend["organisational_unit"].fillna(NO_UNIT)
    return _cut(spend, "organisational_unit", units, _unstated)


def payments_by_class(spend: pd.DataFrame, payees: Payees) -> pd.DataFrame:
    """Payments by the class of the payee (KF35): tax, pensions, precepts, … and suppliers.

    Rows: one per class that was paid, largest first. Columns: payee_class; value (GBP).
    Source: the words of the payee's name, `payee_classes.yml`.
    """
    return _cut(spend, "payee_class", payee_classes(spend, payees))


def payments_by_supplier(spend: pd.DataFrame, payees: Payees) -> pd.DataFrame:
    """Payments to the twenty payees paid most, and to all others together (KF35).

    No payee who may be an individual is named: those whose class is not named stand together under
    its name, and those without a sign of an organisation as `NOT_NAMED`.
    Rows: at most twenty payees, largest first, ties by name; "All other payees"; the unnamed.
    Columns: supplier (the name as published, up to a "trading as"); value (GBP).
    """
    names = payee_names(spend, payees)
    together = [OTHERS, NOT_NAMED, *_classes_together(payees)]
    paid = _sums(spend[~names.isin(together)], names)
    top = set(paid.sort_values(ascending=False, kind="stable").index[:TOP_N])
    names = names.where(names.isin([*top, *together]), OTHERS)
    own_order = {name: at for at, name in enumerate(together, start=1)}
    return _cut(
        spend, "supplier", names, lambda name: _AS_ONE.get(name, ""),
        order=lambda row: (own_order.get(row["supplier"], 0), -row["value"], row["supplier"]),
    )  # fmt: skip


_AS_ONE = {
    NOT_NAMED: "No word of the name says that it is an organisation's, so it may be a person's."
}


def _classes_together(payees: Payees) -> list[str]:
    return [payees.not_given, *(each.payee_class for each in payees.classes if not each.named)]


def concentration(spend: pd.DataFrame, payees: Payees) -> pd.DataFrame:
    """How much of what suppliers in the trade sense are paid goes to the ten paid most (KF35).

    Payees are told apart by their names as published, so one firm under two names counts as two.
    The note gives the Herfindahl index: the squared shares of payees summed, 0 to 10,000; payees
    whose credits outweigh what they were paid are outside it.
    Rows: one, measure `ten_largest_suppliers`. Columns: value (%, 0 to 100); numerator (GBP, the
    ten); denominator (GBP, all suppliers in the trade sense).
    """
    trade = spend[payee_classes(spend, payees) == payees.unmatched]
    names = trade["supplier"].map(lambda name: " ".join(name.split()).casefold())
    paid = _sums(trade, names)
    ten = trade[names.isin(paid.sort_values(ascending=False, kind="stable").index[:TEN])]
    whole, largest = money_sum(trade["amount_gbp"]), money_sum(ten["amount_gbp"])
    row = {
        "measure": "ten_largest_suppliers",
        "value": PER_CENT * ratio(largest, max(whole, 0)),
        "numerator": largest,
        "denominator": whole,
        "note": _herfindahl(paid),
        "numerator_rows": rows_in(ten),
        "denominator_rows": rows_in(trade),
    }
    return measured([row], ["measure"])


def _herfindahl(paid: pd.Series) -> str:
    above = paid[paid > 0]
    if above.empty:
        return "No supplier was paid more than it gave back."
    index = OF_TEN_THOUSAND * ((above / above.sum()) ** 2).sum()
    return f"Suppliers: {len(above):,}. Herfindahl index {index:,.0f} of 10,000."


def external_legal(spend: pd.DataFrame, payees: Payees) -> pd.DataFrame:
    """Payments for lawyers outside the council (KF35): by category, purpose or payee of the line.

    Payees of public classes are outside it: another council's lawyers are no firm's.
    Rows: one, measure `external_legal`. Columns: value and numerator (GBP); the note says what told
    the lines, what went to redacted payees, and the largest line, which may be a purchase that
    passed through a lawyer's account.
    Source: the rules `external_legal` of `payee_classes.yml`.
    """
    classes = payee_classes(spend, payees)
    public = {each.payee_class for each in payees.classes if each.named}
    found = lines_fitting(spend, payees.external_legal).mask(classes.isin(public))
    legal = spend[found.notna()]
    together = legal[classes[legal.index].isin(_classes_together(payees))]
    total = money_sum(legal["amount_gbp"]) if len(spend) else None
    row = {
        "measure": "external_legal",
        "value": total,
        "numerator": total,
        "note": _legal_note(legal, together, found.dropna().map(_columns(payees))),
        "numerator_rows": rows_in(legal),
        "denominator_rows": rows_in(spend),
    }
    return measured([row], ["measure"])


AS_SAID = {"category": "category", "purpose": "purpose", "supplier": "payee"}


def _columns(payees: Payees) -> dict[str, str]:
    return {rule.id: rule.column for rule in payees.external_legal}


def _legal_note(legal: pd.DataFrame, together: pd.DataFrame, told_by: pd.Series) -> str:
    if legal.empty:
        return "No line has a category, a purpose or a payee of lawyers."
    parts = legal["amount_gbp"].groupby(told_by.to_numpy())
    told = ", ".join(f"£{money_sum(part):,.0f} by {AS_SAID[str(name)]}" for name, part in parts)
    hidden = money_sum(together["amount_gbp"])
    kept = f"£{hidden:,.0f} of it went to redacted payees. " if hidden else ""
    return (
        f"Told from the lines: {told}. {kept}"
        f"The largest line is £{legal['amount_gbp'].max():,.0f}: it may be no fee."
    )


def repeats_worth_a_look(
    spend: pd.DataFrame, payees: Payees, days_apart: int = 6, least_gbp: float = 500.0
) -> pd.DataFrame:
    """Payments alike in payee and amount, few days apart, under different numbers (KF35).

    A payment is the lines of one payee and transaction number, summed, on its first date. One is
    counted when the payment of that payee and amount before it is at most `days_apart` days older.
    Most are lawful: fees for two pupils, rent of two rooms. Six days keep weekly payments out.
    Payees not told apart (redacted) and amounts under `least_gbp` are outside it.
    Rows: measure `repeats_n` (count of payments) and `repeats_gbp` (GBP, what they come to). Their
    source rows are those of the payments and of the ones they are like.
    """
    hidden = _classes_together(payees)
    told_apart = spend[~payee_classes(spend, payees).isin(hidden)]
    paid = _transactions(told_apart.dropna(subset=["transaction_number", "payment_date"]))
    paid = paid[paid["pence"] >= round(least_gbp * 100)]
    repeats = _repeats(paid, days_apart)
    like = paid[repeats | repeats.shift(-1, fill_value=False)]
    rows = _rows_of(told_apart, like)
    shared = {
        "numerator_rows": rows,
        "denominator_rows": rows_in(spend),
        "note": f"Payments of £{least_gbp:,.0f} or more, at most {days_apart} days apart.",
    }
    values = (int(repeats.sum()), int(paid.loc[repeats, "pence"].sum()) / 100)
    known = dict(zip(REPEATS, values if len(spend) else (None, None), strict=True))
    found = ({"measure": name, "value": v, "numerator": v} for name, v in known.items())
    return measured([row | shared for row in found], ["measure"])


REPEATS = ("repeats_n", "repeats_gbp")
_BY = ["supplier", "pence", "payment_date", "transaction_number"]


def _transactions(lines: pd.DataFrame) -> pd.DataFrame:
    """Lines summed to payments: supplier, transaction_number, payment_date, pence; in order."""
    pence = (lines["amount_gbp"] * 100).round().astype("int64")
    summed = (
        lines.assign(pence=pence)
        .groupby(["supplier", "transaction_number"], as_index=False)
        .agg(pence=("pence", "sum"), payment_date=("payment_date", "min"))
    )
    return summed.sort_values(_BY).reset_index(drop=True)


def _repeats(paid: pd.DataFrame, days_apart: int) -> pd.Series:
    """Whether the payment before, in order, is of that payee and amount and not much older."""
    before = paid.shift()
    alike = (paid["supplier"] == before["supplier"]) & (paid["pence"] == before["pence"])
    return alike & ((paid["payment_date"] - before["payment_date"]).dt.days <= days_apart)


def _rows_of(lines: pd.DataFrame, paid: pd.DataFrame) -> Any:
    keys = ["supplier", "transaction_number"]
    wanted = pd.MultiIndex.from_frame(paid[keys])
    return rows_in(lines[pd.MultiIndex.from_frame(lines[keys]).isin(wanted)])


def _cut(
    spend: pd.DataFrame,
    cut: str,
    labels: pd.Series,
    note: Callable[[str], str] = lambda _: "",
    order: Callable[[dict[str, Any]], Any] | None = None,
) -> pd.DataFrame:
    """Payments by one label of each line: every line is in one row. Largest first, ties by name."""
    parts = [_paid(part) | {cut: name, "note": note(name)} for name, part in _by(spend, labels)]
    parts.sort(key=order or (lambda row: (-row["value"], row[cut])))
    return measured(parts, [cut])


def _by(frame: pd.DataFrame, labels: pd.Series) -> Iterable[tuple[str, pd.DataFrame]]:
    needed = frame[["amount_gbp", "source_row"]]
    return ((str(name), part) for name, part in needed.groupby(labels.to_numpy(), sort=True))


def _sums(lines: pd.DataFrame, labels: pd.Series) -> pd.Series:
    """What each label was paid, in whole pence; in the order of the labels."""
    pence = (lines["amount_gbp"] * 100).round().astype("int64")
    return pence.groupby(labels[lines.index].to_numpy(), sort=True).sum()


def _unstated(unit: str) -> str:
    if unit == NO_UNIT:
        return "The return gives no unit for these payments."
    return "Unit not stated by the council, which prints NA." if unit == "NA" else ""


def _paid(lines: pd.DataFrame) -> dict[str, Any]:
    total = money_sum(lines["amount_gbp"]) if len(lines) else None
    return {"value": total, "numerator": total, "numerator_rows": rows_in(lines)}
