"""Sentences of payments: a few evidence rows in, words out."""

import math

import pandas as pd
import pytest
from test_sentences import shown

from peerpack.errors import RecordRefused
from peerpack.words import paid as words

ALL = [words.payments_sentence, words.classes_sentence, words.suppliers_sentence,
       words.concentration_sentence, words.legal_sentence, words.classes_title,
       words.repeats_sentence, words.units_title]  # fmt: skip


def paid(label, pounds):
    return {"breakdown": "supplier", "group": label, "value": pounds}


def figure(measure, value, display, **said):
    return {"evidence_id": f"KF35/measure={measure}", "breakdown": "measure", "value": value,
            "display": display} | said  # fmt: skip


@pytest.mark.parametrize("say", ALL)
def test_words_of_payments_are_made_of_shown_tables_only(say):
    with pytest.raises(RecordRefused, match="A sentence was asked of a DataFrame"):
        say(pd.DataFrame({"value": [1]}))


def test_payments_are_said_with_their_period_and_lines():
    row = {"display": "£3,100.50", "period": "2024-04-01 to 2025-03-31", "rows_n": 1234.0}
    assert words.payments_sentence(shown(row)) == (
        "Payments from 1 April 2024 to 31 March 2025 come to £3,100.50, from 1,234 published lines."
    )


def test_every_class_is_said_with_its_money():
    table = shown(paid("Suppliers in the trade sense", 2e6), paid("Pensions", 3000.0))
    assert words.classes_sentence(table) == (
        "Payments by class of payee: Suppliers in the trade sense (£2.0m) and Pensions (£3,000)."
    )
    assert words.classes_title(table) == (
        "Payments by class of payee: £2.0m to suppliers in the trade sense"
    )


def test_the_payees_paid_most_are_named_and_those_not_named_are_told_as_a_sum():
    rows = [paid(f"Firm {n} Ltd", n * 1e6) for n in (5, 4, 3, 2)]
    together = [paid("All other payees", 9e6),
                paid("Payees not named here, who may be individuals", 8e6)]  # fmt: skip
    assert words.suppliers_sentence(shown(*rows, *together)) == (
        "Of the payees named, those paid most are Firm 5 Ltd (£5.0m), Firm 4 Ltd (£4.0m) and "
        "Firm 3 Ltd (£3.0m). £8.0m went to payees whose names do not show that they are "
        "organisations; they are not named."
    )


def test_concentration_is_said_of_what_it_is_a_share():
    row = figure("ten_largest_suppliers", 27.9, "27.9%", denominator=274.3e6,
                 note="Suppliers: 2,118. No comparator: none.")  # fmt: skip
    assert words.concentration_sentence(shown(row)) == (
        "The ten suppliers paid most had 27.9% of the £274.3m that went to suppliers in the trade "
        "sense. Suppliers: 2,118."
    )
    assert "nan" not in words.concentration_sentence(shown(row | {"value": math.nan}))


def alike(n, pounds):
    said = {"note": "Payments of £500 or more, at most 6 days apart. No comparator: none."}
    return shown(figure("repeats_n", n, f"{n:.0f}", **said), figure("repeats_gbp", pounds, "£"))


def test_repeats_are_worth_a_look_and_are_never_called_wrong():
    text = words.repeats_sentence(alike(29.0, 1.03e7))
    assert text.startswith("29 payments, £10.3m together, came a few days after another to the")
    assert words.repeats_sentence(alike(1.0, 600.0)).startswith("1 payment, £600 together")
    assert "the evidence behind their number names the lines." in text
    assert text.endswith("Payments of £500 or more, at most 6 days apart.")
    assert not {"duplicate", "error", "wrong", "mistake"} & set(text.casefold().split())


def test_where_no_payment_is_like_another_that_is_said():
    assert words.repeats_sentence(alike(0.0, 0.0)) == (
        "No payment is like another in payee and amount. Payments of £500 or more, at most 6 days "
        "apart."
    )


def test_legal_payments_that_cannot_be_told_are_no_sum_of_nought():
    row = figure("external_legal", 0.0, "£0.00", numerator=0.0, note="No line has one.")
    assert words.legal_sentence(shown(row)) == (
        "No payment to lawyers outside the council can be told. No line has one."
    )
    told = row | {"value": 3.06e6, "numerator": 3.06e6, "display": "£3,060,000.00"}
    assert words.legal_sentence(shown(told)).startswith("£3.1m went to lawyers outside the council")
