"""Payments: published lines in, what was paid, when, by whom and to whom out."""

from decimal import Decimal

import pandas as pd
import pytest
from drawn import FILE, drawn, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpack.catalogue.load import payees as of_reference
from peerpack.catalogue.places import project_root
from peerpack.measures.payees import NOT_NAMED, payee_classes, payee_names
from peerpack.measures.payments import (
    OTHERS,
    concentration,
    external_legal,
    payments,
    payments_by_class,
    payments_by_financial_quarter,
    payments_by_supplier,
    payments_by_unit,
    repeats_worth_a_look,
)

SPEND = "organisational_unit|payment_date|amount_gbp\n"
PAID = "supplier|payment_date|transaction_number|amount_gbp|category|purpose|organisational_unit\n"
CUTS = {
    "financial_quarter": payments_by_financial_quarter,
    "organisational_unit": payments_by_unit,
    "payee_class": lambda spend: payments_by_class(spend, of_reference()),
    "supplier": lambda spend: payments_by_supplier(spend, of_reference()),
}
TRAFFORD = (project_root().parent / "shared" / "real" / "trafford" / "2024-25-Q4"
            / "trafford-supplier-spend-2024-25.zip")  # fmt: skip
PERSONS = "Individuals and redacted payees"
TRADE = "Suppliers in the trade sense"


def paid(text):
    return drawn(PAID + text)


def to(*payees):
    return paid("".join(f"{name}|2024-04-01|T{at}|{amount}|||\n"
                        for at, (name, amount) in enumerate(payees)))  # fmt: skip


def values(table, cut):
    return dict(zip(table[cut], table["value"], strict=True))


def by_supplier(*payees):
    return values(payments_by_supplier(to(*payees), of_reference()), "supplier")


def classes(*names):
    found = payee_classes(to(*((name, 1) for name in names)), of_reference())
    return dict(zip(names, found, strict=True))


def names(*given_names):
    return payee_names(to(*((name, 1) for name in given_names)), of_reference()).tolist()


@pytest.mark.parametrize("cut", CUTS)
def test_of_no_line_no_part_is_made(cut):
    assert CUTS[cut](paid("X|2024-04-01|1|1|||\n").iloc[:0]).empty


@pytest.mark.parametrize("measure", [concentration, external_legal, repeats_worth_a_look])
def test_of_no_line_nothing_is_known(measure):
    empty = paid("X|2024-04-01|1|1|||\n").iloc[:0]
    assert payments(empty)["value"].isna().all()
    assert measure(empty, of_reference())["value"].isna().all()


def test_ten_pence_ten_times_is_a_pound_exactly():
    spend = drawn(SPEND + "NA|2024-04-01|0.1\n" * 10)
    assert payments(spend)["value"].tolist() == [1.0]


def test_a_credit_note_is_taken_off_and_a_lawful_repeat_stays():
    spend = drawn(SPEND + "Roads|2024-04-01|100\nRoads|2024-04-01|100\nRoads|2024-05-01|-30\n")
    assert payments(spend)["value"].tolist() == [170.0]


def test_payments_fall_in_the_quarter_of_their_date():
    spend = drawn(SPEND + "A|2025-03-31|1\nA|2024-04-01|2\nA|2024-06-30|4\nA|2024-07-01|8\n")
    assert values(payments_by_financial_quarter(spend), "financial_quarter") == {
        "2024-25-Q1": 6.0, "2024-25-Q2": 8.0, "2024-25-Q4": 1.0,
    }  # fmt: skip


def test_the_label_na_is_a_unit_and_says_that_the_council_states_none():
    found = payments_by_unit(drawn(SPEND + "NA|2024-04-01|5\nRoads|2024-04-01|9\n"))
    assert found["organisational_unit"].tolist() == ["Roads", "NA"]
    assert found["note"].tolist() == ["", "Unit not stated by the council, which prints NA."]


def test_payments_without_a_unit_stand_together_and_none_is_lost_from_the_breakdown():
    found = payments_by_unit(drawn(SPEND + "|2024-04-01|5\nRoads|2024-04-01|9\n|2024-04-02|6\n"))
    assert values(found, "organisational_unit") == {"Unit not given": 11.0, "Roads": 9.0}
    assert found["note"].tolist()[0] == "The return gives no unit for these payments."


def test_a_payee_is_of_the_first_class_that_its_name_fits():
    assert classes(
        "HMRC CUMBERNAULD", "Teachers Pensions", "Pensions Institute",
        "Northshire Combined Authori", "Little Hamlet Parish Council",
        "Northshire County Council", "Northshire NHS University FT",
        "Hill Primary School", "Hill School Supplies Ltd", "Redacted", "REDACTED PERSONAL DATA",
        "Redactive Events Ltd", "Brown Bread Ltd", "",
    ) == {
        "HMRC CUMBERNAULD": "Tax and statutory deductions",
        "Teachers Pensions": "Pensions",
        "Pensions Institute": TRADE,
        "Northshire Combined Authori": "Precepts and levies",
        "Little Hamlet Parish Council": "Precepts and levies",
        "Northshire County Council": "Other public bodies",
        "Northshire NHS University FT": "Other public bodies",
        "Hill Primary School": "Schools, colleges and universities",
        "Hill School Supplies Ltd": TRADE,
        "Redacted": PERSONS,
        "REDACTED PERSONAL DATA": PERSONS,
        "Redactive Events Ltd": TRADE,
        "Brown Bread Ltd": TRADE,
        "": "Payee not given",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["Mr A Nobody", "MRS A NOBODY T/A CARE LTD", "Dr A Nobody & Partners", "Nobody, Ms A",
     "Estate of A Nobody", "A Nobody (Foster Carer)", "Miss Nobody Ltd"],
)  # fmt: skip
def test_a_name_with_a_title_or_a_standing_of_a_person_is_an_individuals(name):
    assert classes(name)[name] == PERSONS
    assert names(name) == [PERSONS]


@pytest.mark.parametrize(
    "name",
    ["Ann Nobody", "NOBODY A", "A. Nobody", "Ann Nobody t/a Clean Services Ltd",
     "Ann Nobody – Harbour Chambers", "Ann Nobody (Cleaning Services)", "Ann Church", "Ann Banks",
     "Ann Nobody c/o Northshire Council"],
)  # fmt: skip
def test_a_name_that_may_be_a_persons_is_not_printed(name):
    assert names(name) == [NOT_NAMED]


def test_what_may_be_a_person_behind_an_organisation_is_left_off_its_name():
    told = ["Bright Care Ltd", "Bright Nursery", "Bright Hotels", "Bright (North) Ltd"]
    assert names("Bright Care Ltd t/a Ann Nobody", "Bright Nursery (Ann Nobody)",
                 "Bright Hotels - Ann Nobody", "Bright (North) Ltd") == told  # fmt: skip


def test_no_part_of_a_payee_who_may_be_a_person_stands_in_any_table():
    spend = to(("Mr Secretname", 900), ("Ann Secretname", 900), ("Bright Ltd t/a Secretname", 9))
    tables = [payments_by_supplier, payments_by_class, concentration, external_legal,
              repeats_worth_a_look]  # fmt: skip
    told = "".join(measure(spend, of_reference()).to_csv() for measure in tables)
    assert "secretname" not in told.casefold()
    assert "Bright Ltd" in told


def test_the_twenty_paid_most_are_named_and_all_others_stand_as_one_row():
    many = [(f"Firm {n} Ltd", n) for n in range(1, 26)]
    found = by_supplier(*many, ("Redacted", 1000), ("Mrs X", 1), ("Ann Nobody", 500))
    assert list(found)[:2] == ["Firm 25 Ltd", "Firm 24 Ltd"]
    assert list(found)[20:] == [OTHERS, NOT_NAMED, PERSONS]
    assert [found[name] for name in (OTHERS, NOT_NAMED, PERSONS)] == [15.0, 500.0, 1001.0]


def test_a_payee_in_large_letters_and_in_small_is_one_and_ties_stand_by_name():
    assert by_supplier(("ROCK LTD", 1), ("Rock  Ltd", 2), ("Ash Ltd", 3)) == {
        "Ash Ltd": 3.0, "ROCK LTD": 3.0,
    }  # fmt: skip


def test_a_payment_without_a_payee_is_in_a_row_of_its_own():
    assert by_supplier(("", 5), ("Ash Ltd", 3)) == {"Ash Ltd": 3.0, "Payee not given": 5.0}


PAYMENT = st.tuples(
    st.sampled_from(["Redacted", "HMRC", "Ash Ltd", "ASH LTD", "Ann Nobody", "Mr X", "", "NA",
                     *(f"Firm {n} Ltd" for n in range(25))]),
    st.dates(pd.Timestamp("2024-04-01").date(), pd.Timestamp("2025-03-31").date()),
    st.integers(-10**9, 10**9),
)  # fmt: skip


@settings(max_examples=12)
@given(st.lists(PAYMENT, min_size=1, max_size=60), st.randoms(use_true_random=False))
def test_every_cut_parts_the_total_to_the_penny_in_whatever_order_the_rows_stand(
    drawn_rows, chance
):
    frame = paid("".join(f"{name}|{day}|{at}|{pence / 100}|||{name}\n"
                         for at, (name, day, pence) in enumerate(drawn_rows)))  # fmt: skip
    order = list(frame.index)
    chance.shuffle(order)
    pence = sum(each[2] for each in drawn_rows)
    for cut, measure in CUTS.items():
        table = measure(frame)
        assert round(sum(round(v * 100) for v in table["value"])) == pence, cut
        assert sorted(row for rows in table["numerator_rows"] for row in rows) == list(frame.index)
        assert table[cut].is_unique
        assert values(measure(frame.loc[order]), cut) == values(table, cut)


def test_concentration_is_of_suppliers_in_the_trade_sense_alone():
    many = [(f"Firm {n} Ltd", 10) for n in range(20)]
    found = concentration(to(*many, ("HMRC", 9999), ("Redacted", 9999)), of_reference()).iloc[0]
    assert (found["value"], found["numerator"], found["denominator"]) == (50.0, 100.0, 200.0)
    assert found["note"] == "Suppliers: 20. Herfindahl index 500 of 10,000."


def test_a_supplier_that_gave_back_more_than_it_was_paid_is_outside_the_index():
    found = concentration(to(("A Ltd", 100), ("B Ltd", -40)), of_reference()).iloc[0]
    assert found["note"] == "Suppliers: 1. Herfindahl index 10,000 of 10,000."


def test_legal_payments_are_told_by_category_purpose_or_payee_and_public_bodies_are_not_firms():
    found = external_legal(paid(
        "A Ltd|2024-04-01|1|100|LEGAL SERVICES : General|Legal fees|\n"
        "B Ltd|2024-04-01|2|40|LEGAL SERVICES : Elections||\n"
        "C Ltd|2024-04-01|3|30|NA|Legal fees for a lease|\n"
        "D Solicitors|2024-04-01|4|7|||\n"
        "Northshire Council|2024-04-01|5|900|LEGAL SERVICES : General||\n"
        "Redacted|2024-04-01|6|5|LEGAL SERVICES : General||\n"
    ), of_reference()).iloc[0]  # fmt: skip
    assert found["value"] == 142.0
    assert lines(found["numerator_rows"]) == [1, 3, 4, 6]
    assert found["note"] == (
        "Told from the lines: £105 by category, £30 by purpose, £7 by payee. £5 of it "
        "went to redacted payees. The largest line is £100: it may be no fee."
    )


def test_where_nothing_is_legal_the_sum_is_nought_and_not_missing():
    assert external_legal(to(("A Ltd", 5)), of_reference())["value"].tolist() == [0.0]


def repeats(text, **said):
    table = repeats_worth_a_look(paid(text), of_reference(), **said)
    return table.set_index("measure")["value"].to_dict(), lines(table.loc[0, "numerator_rows"])


def test_alike_in_payee_and_amount_within_days_under_another_number_is_worth_a_look():
    text = (
        "A Ltd|2024-04-01|1|600|||\n"
        "A Ltd|2024-04-05|2|600|||\n"  # four days on: counted
        "A Ltd|2024-04-12|3|600|||\n"  # a week on: a standing payment
        "A Ltd|2024-04-05|4|601|||\n"
        "B Ltd|2024-04-01|5|600|||\n"
        "Redacted|2024-04-01|6|600|||\nRedacted|2024-04-01|7|600|||\n"
        "A Ltd|2024-04-01|8|20|||\nA Ltd|2024-04-01|9|20|||\n"
    )
    assert repeats(text) == ({"repeats_n": 1.0, "repeats_gbp": 600.0}, [1, 2])
    assert repeats(text, days_apart=7)[0] == {"repeats_n": 2.0, "repeats_gbp": 1200.0}
    assert repeats(text, least_gbp=20)[0] == {"repeats_n": 2.0, "repeats_gbp": 620.0}


def test_lines_of_one_payment_are_one_and_not_alike():
    text = "A Ltd|2024-04-01|1|300|||\nA Ltd|2024-04-02|1|300|||\nA Ltd|2024-04-01|2|600|||\n"
    assert repeats(text) == ({"repeats_n": 1.0, "repeats_gbp": 600.0}, [1, 2, 3])


def test_a_payment_without_a_number_is_like_no_other():
    assert repeats("A Ltd|2024-04-01||600|||\nA Ltd|2024-04-01|1|600|||\n")[1] == []


@pytest.mark.parametrize("measure", [payments_by_supplier, concentration, external_legal,
                                     repeats_worth_a_look])  # fmt: skip
def test_a_measure_of_payments_leaves_its_table_as_it_was(measure):
    spend = to(("Ash Ltd", 600), ("Ash Ltd", 600), ("Mr X", 1))
    before = spend.copy(deep=True)
    measure(spend, of_reference())
    payments_by_unit(spend)
    payments_by_financial_quarter(spend)
    assert spend.equals(before)
    assert spend.index[0] == FILE + 1


@pytest.mark.skipif(not TRAFFORD.is_file(), reason="../shared/real is missing here")
def test_a_real_year_of_payments_is_parted_to_the_penny_and_names_no_person():
    wanted = {"BeneficiaryName": "supplier", "Amount": "amount_gbp"}
    real = pd.read_csv(TRAFFORD, usecols=list(wanted), dtype="str", keep_default_na=False)
    pence = sum(int(Decimal(amount) * 100) for amount in real["Amount"])
    rows = range(FILE + 1, FILE + 1 + len(real))
    spend = real.rename(columns=wanted).astype({"amount_gbp": "float64"})
    spend = spend.assign(source_row=list(rows)).set_index("source_row", drop=False)
    for cut in ("payee_class", "supplier"):
        table = CUTS[cut](spend)
        assert round(sum(round(v * 100) for v in table["value"])) == pence
        assert sum(len(rows) for rows in table["numerator_rows"]) == len(real) == 210_068
    told = table.set_index("supplier")
    assert not told.index.str.contains(r"(?i)\b(?:mr|mrs|miss|ms|dr)\b").any()
    assert told.loc["HMRC CUMBERNAULD", "value"] == 45_879_152.48
    assert told.loc[PERSONS, "value"] > 90e6
