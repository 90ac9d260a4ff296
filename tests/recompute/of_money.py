"""Formulas of money: the budget, the national outturn and payments, written from the catalogue.

Each takes the traced lines and gives the value at full precision, None where there is none.
"""

from fractions import Fraction
from itertools import pairwise


def total(rows, column):
    return sum((row.money(column) or 0 for row in rows), Fraction(0))


def per_cent(part, whole):
    """A share of what is above nought; of a net income there is none."""
    return 100 * part / whole if whole > 0 else None


def forecast_variance(traced):
    """KF01: 100 × (forecast outturn − revised net budget) ÷ revised net budget."""
    over = total(traced.of("numerator"), "forecast_outturn_gbp")
    over -= total(traced.of("numerator"), "revised_budget_gbp")
    return per_cent(over, total(traced.of("denominator"), "revised_budget_gbp"))


def social_care_share(traced):
    """KF13: adult and children's social care, net, over the net cost of all services."""
    columns = ("adult_social_care_net_gbp", "children_social_care_net_gbp")
    spent = sum(total(traced.of("numerator"), column) for column in columns)
    return per_cent(spent, total(traced.of("denominator"), "total_services_net_gbp"))


def fees_share(traced):
    """KF14: sales, fees and charges over the expenditure of all services before income."""
    charged = total(traced.of("numerator"), "total_services_fees_gbp")
    return per_cent(charged, total(traced.of("denominator"), "total_services_gross_gbp"))


def spending_per_child(traced):
    """KF25: net current expenditure on children's social care per resident aged 0 to 17."""
    children = sum(row.number("population_n") for row in traced.of("denominator"))
    return total(traced.of("numerator"), "children_social_care_net_gbp") / children


def payments(traced):
    """KF35 and its measures."""
    measure = traced.cuts.get("measure", "")
    return _PAYMENTS[measure](traced)


def _paid(traced):
    return total(traced.of("numerator"), "amount_gbp")


def _ten_largest(traced):
    """The ten payees paid most are found anew among the lines of all suppliers in the trade sense.

    Payees are told apart by their names as published, whatever their capitals.
    """
    by_payee = {}
    for row in traced.of("denominator"):
        name = row.words("supplier").casefold()
        by_payee[name] = by_payee.get(name, 0) + row.money("amount_gbp")
    ten = sum(sorted(by_payee.values(), reverse=True)[:10])
    return per_cent(ten, sum(by_payee.values()))


DAYS_APART, LEAST_GBP = 6, 500


def _repeats(traced):
    """Payments like the one before of the same payee and amount, at most six days older.

    A payment is the lines of one payee and transaction number, summed, on its first date; from
    £500. The traced lines are those of such payments and of the ones they are like.
    """
    payments = {}
    for row in traced.of("numerator"):
        key = row.words("supplier"), row.words("transaction_number")
        amount, first = payments.get(key, (0, row.day("payment_date")))
        payments[key] = amount + row.money("amount_gbp"), min(first, row.day("payment_date"))
    told = sorted((payee, *paid, number) for (payee, number), paid in payments.items())
    return [
        after[1]
        for before, after in pairwise(told)
        if before[:2] == after[:2]
        and after[1] >= LEAST_GBP
        and (after[2] - before[2]).days <= DAYS_APART
    ]


_PAYMENTS = {
    "": _paid,
    "external_legal": _paid,
    "ten_largest_suppliers": _ten_largest,
    "repeats_n": lambda traced: len(_repeats(traced)),
    "repeats_gbp": lambda traced: sum(_repeats(traced)),
}

FORMULAS = {
    "KF01": forecast_variance,
    "KF13": social_care_share,
    "KF14": fees_share,
    "KF25": spending_per_child,
    "KF35": payments,
}
