"""Amounts in thousands or millions: read in pounds, told, and refused where two places disagree."""

# ruff: noqa: E501 (a drawn table is read along its rows)

from decimal import Decimal

import pytest
from drawn_returns import LEDGER, PAYMENTS, write_csv, write_xlsx
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpack.catalogue.load import dataset
from peerpack.catalogue.models import Column
from peerpack.errors import ReturnRefused
from peerpack.sources import read
from peerpack.sources.units import SAID, scales_of_heading, scales_of_title, without_unit
from peerpack.sources.values import Unreadable, reader

BUDGET, SPEND = dataset("budget_monitoring"), dataset("supplier_spend")
LINE = ["A", "B", "1", "12.3", "5", "(5)", "£0.1"]
POUNDS = [12_300.0, 5_000.0, -5_000.0, 100.0]
MONEY = ["original_budget_gbp", "revised_budget_gbp", "forecast_outturn_gbp", "variance_gbp"]
WITH_K = [*LEDGER[:3], *(f"{heading} £k" for heading in LEDGER[3:])]
PAID = ["30/04/2024", "Highways", "Invented Ltd", "30/04/2024", "T1", "10"]


def ledger(tmp_path, *rows):
    return read([write_csv(tmp_path / "ledger.csv", rows)], BUDGET)


def amounts(reading):
    return [list(row) for row in reading.frame[MONEY].itertuples(index=False)]


@pytest.mark.parametrize(("heading", "scale", "bare"), [
    ("Target £k", 1_000, "Target"), ("Target (£000)", 1_000, "Target"),
    ("Budget £'000", 1_000, "Budget"), ("Budget £’000s", 1_000, "Budget"),
    ("Budget 000s", 1_000, "Budget"), ("Spend ('000)", 1_000, "Spend"),
    ("Budget (£ thousand)", 1_000, "Budget"), ("GBP k", 1_000, ""), ("£(000)", 1_000, ""),
    ("Cost £1,000s", 1_000, "Cost"), ("Cost (£m)", 10**6, "Cost"), ("Budget (m)", 10**6, "Budget"),
    ("Value in £ millions", 10**6, "Value"), ("Debt £bn", 10**9, "Debt"),
    ("Target £", 1, "Target"), ("Net £ (£000)", 1_000, "Net"),
])  # fmt: skip
def test_a_heading_says_in_what_its_amounts_are(heading, scale, bare):
    assert (list(scales_of_heading(heading)), without_unit(heading)) == ([scale], bare)


@pytest.mark.parametrize("heading", [
    "Payments over £500", "Amount excluding VAT", "Movement", "Marks", "amount_gbp", "Target",
    "Cost per 1000", "Ward m2",
])  # fmt: skip
def test_a_heading_that_names_no_unit_says_nothing(heading):
    assert scales_of_heading(heading) == {}


@pytest.mark.parametrize(("title", "scale"), [
    ("Data are reported in £ thousand", 1_000), ("All figures £000", 1_000), ("£'000s", 1_000),
    ("Amounts (£ million)", 10**6), ("All figures in thousands", 1_000), ("Figures in £", 1),
    ("Figures in whole pounds", 1), ("Net revenue (£k)", 1_000),
])  # fmt: skip
def test_a_title_says_in_what_all_amounts_are(title, scale):
    assert list(scales_of_title(title)) == [scale]


@pytest.mark.parametrize("title", [
    "Payments over £5,000 and £500", "payments over £500k", "Saved £3 million of £4 million",
    "Savings of 3 million pounds", "Population in thousands", "Target £", "Payments over 5,000 pounds",
])  # fmt: skip
def test_a_title_about_one_amount_is_no_unit(title):
    assert scales_of_title(title) == {}
    assert scales_of_title(f"{title} (£k)").keys() == {1_000}


@pytest.mark.parametrize("title", ["All figures in £000", "£'000s", "Data are in £ thousand"])
def test_amounts_under_a_title_are_read_in_pounds_and_the_receipt_says_so(tmp_path, title):
    reading = ledger(tmp_path, [title], LEDGER, LINE)
    assert amounts(reading) == [POUNDS]
    assert {h.column: h.scale for h in reading.headers if h.scale != 1} == dict.fromkeys(
        MONEY, 1_000
    )


def test_headings_with_units_are_known_and_scaled_to_the_penny(tmp_path):
    reading = ledger(tmp_path, WITH_K, LINE)
    assert amounts(reading) == [POUNDS]
    assert {h.heading for h in reading.headers} == set(WITH_K)


@pytest.mark.parametrize("units", [
    ["", "", "", *["£000"] * 4], ["", "", "", "£k", "(£000)", "£'000", "£ thousand"],
])  # fmt: skip
@pytest.mark.parametrize("below", [True, False])
def test_a_row_of_units_above_or_under_the_headings_is_read(tmp_path, units, below):
    rows = [LEDGER, units] if below else [units, LEDGER]
    reading = ledger(tmp_path, *rows, LINE)
    assert amounts(reading) == [POUNDS]
    assert reading.quarantined == ()


def test_each_column_may_have_a_unit_of_its_own(tmp_path):
    head = [
        *LEDGER[:3],
        "Original Budget £m",
        "Revised Budget £k",
        "Forecast Outturn £",
        "Variance",
    ]
    assert amounts(ledger(tmp_path, head, LINE)) == [[12_300_000.0, 5_000.0, -5.0, 0.1]]
    above = ["", "", "", "£m", "£k", "£000", "£000"]
    assert amounts(ledger(tmp_path, above, LEDGER, LINE)) == [
        [12_300_000.0, 5_000.0, -5_000.0, 100]
    ]


def test_a_note_under_the_table_speaks_for_all_of_it(tmp_path):
    reading = ledger(tmp_path, LEDGER, LINE, ["Note: all amounts are in £000"])
    assert amounts(reading) == [POUNDS]
    assert [q.row for q in reading.quarantined] == [3]


def test_the_name_of_a_sheet_may_say_the_unit(tmp_path):
    rows = [list(LEDGER), ["A", "B", "1", 12.3, 5, -5, 0.1]]
    reading = read([write_xlsx(tmp_path / "b.xlsx", {"Budget £000": rows})], BUDGET)
    assert amounts(reading) == [POUNDS]


@pytest.mark.parametrize(("title", "heading"), [
    ("All figures £m", "Variance £000"), ("All figures £000", "Variance £"),
    ("All figures in pounds", "Variance £k"),
])  # fmt: skip
def test_a_title_and_a_heading_that_disagree_are_refused_in_a_sentence(tmp_path, title, heading):
    with pytest.raises(ReturnRefused, match=rf"under {heading!r} one place says '.*', in (£|pounds).*, and "
                       r"another '.*', in .*Correct one of them"):  # fmt: skip
        ledger(tmp_path, [title], [*LEDGER[:6], heading], LINE)


def test_two_titles_that_disagree_are_refused(tmp_path):
    with pytest.raises(
        ReturnRefused, match=r"says '£000', in £ thousand, and another 'in £m', in £ mil"
    ):
        ledger(tmp_path, ["All £000"], [""], ["Data in £m"], LEDGER, LINE)


@pytest.mark.parametrize("cell", ["£1.2m", "5k", "(3m)"])
def test_a_cell_with_a_unit_of_its_own_in_a_scaled_column_could_mean_either(tmp_path, cell):
    reading = ledger(tmp_path, WITH_K, [*LINE[:6], cell], LINE)
    assert [(q.row, q.found) for q in reading.quarantined] == [(2, cell)]
    assert (
        "an amount in £ thousand, as the heading or title says" in reading.quarantined[0].expected
    )
    assert amounts(ledger(tmp_path, LEDGER, [*LINE[:6], "£1.2m"]))[0][3] == 1_200_000


def test_a_total_reconciles_in_pounds_and_its_rounding_is_not_hidden(tmp_path):
    exact = ["Total A", "", "", "24.6", "10", "(10)", "0.2"]
    off = [*exact[:5], "(11)", "0.2"]
    assert {r.difference for r in ledger(tmp_path, WITH_K, LINE, [*LINE[:2], "2", *LINE[3:]], exact)
            .reconciliations} == {0}  # fmt: skip
    told = ledger(tmp_path, WITH_K, LINE, [*LINE[:2], "2", *LINE[3:]], off).reconciliations
    assert [(r.printed, r.detail, r.within_tolerance) for r in told if r.difference] == [
        (-11_000, -10_000, False)
    ]


def test_a_title_about_payments_over_some_amount_scales_nothing(tmp_path):
    rows = [["Payments over £5,000 and £500"], list(PAYMENTS), PAID]
    reading = read([write_csv(tmp_path / "paid.csv", rows)], SPEND)
    assert (list(reading.frame.amount_gbp), {h.scale for h in reading.headers}) == ([10.0], {1})


@settings(deadline=None)
@given(st.decimals(0, 10**7, places=3), st.sampled_from(sorted(SAID)), st.booleans())
def test_a_scaled_amount_is_exact_whether_text_or_the_number_of_a_sheet(size, scale, of_a_sheet):
    column = Column(name="a_gbp", kind="money", description="Drawn.")
    cell = float(size) if of_a_sheet else f"£{size:,}"
    assert reader(column, scale)(cell) == float(Decimal(size) * scale)


def test_what_is_no_number_is_none_in_any_unit():
    column = Column(name="a_gbp", kind="money", description="Drawn.")
    for cell in (float("nan"), float("inf"), "12,5", "TBC"):
        with pytest.raises(Unreadable, match=r"number"):
            reader(column, 1_000)(cell)
