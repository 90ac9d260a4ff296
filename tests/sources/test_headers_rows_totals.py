"""Where a table begins, where each raw row goes, and totals against the detail they sum."""

import csv

import pytest
from drawn_returns import LEDGER, PAYMENTS, csv_bytes, table, write_csv, write_xlsx
from hypothesis import given
from hypothesis import strategies as st

from peerpack.catalogue.load import dataset
from peerpack.errors import ReturnRefused
from peerpack.sources import read
from peerpack.sources.header import find_header
from peerpack.sources.tabular import Grid

BUDGET = dataset("budget_monitoring")
SPEND = dataset("supplier_spend")
HEAD = " | ".join(LEDGER)
PAID = ["30/04/2024", "Highways", "Invented Ltd", "30/04/2024", "T1", "10"]


def ledger(tmp_path, drawn):
    return read([write_csv(tmp_path / "ledger.csv", table(drawn))], BUDGET)


def aside(reading):
    return {each.reason: each.lines for each in reading.set_aside}


def test_a_header_alone_gives_no_row_and_loses_none(tmp_path):
    reading = ledger(tmp_path, HEAD)
    assert (len(reading.frame), reading.rows_in, aside(reading)) == (0, 1, {"header": (1,)})
    assert list(reading.frame.columns) == [*(c.name for c in BUDGET.columns), "source_row"]


@pytest.mark.parametrize("content", [b"", b"\r\n", b"\xef\xbb\xbf", b",,,\r\n"])
def test_an_empty_file_has_no_columns(tmp_path, content):
    path = tmp_path / "empty.csv"
    path.write_bytes(content)
    with pytest.raises(ReturnRefused, match=r"none of empty.csv has its columns"):
        read([path], BUDGET)


def test_one_row_is_read_under_titles_and_keeps_the_line_it_stands_on(tmp_path):
    reading = ledger(
        tmp_path,
        f"""
Budget report | Run date 07/07/2024
|
{HEAD}
Adults | Older People | 01234 | 104,000 | 104,000 | 102,760 | (1,240)
""",
    )
    row = reading.frame.loc[1_000_000_004]
    assert (row.cost_centre, row.original_budget_gbp, row.variance_gbp) == ("01234", 104000, -1240)
    assert aside(reading) == {"title": (1,), "header": (3,), "blank": (2,)}


def test_a_merged_heading_is_read_with_the_words_above_it(tmp_path):
    rows = table(f"| | | Full year | | |\n{HEAD}\nA | B | 1 | 1 | 1 | 1 | 0")
    reading = read([write_csv(tmp_path / "merged.csv", rows)], BUDGET)
    assert aside(reading) == {"title": (1,), "header": (2,)}


def test_a_heading_repeated_on_each_page_is_set_aside_whatever_its_case(tmp_path):
    reading = ledger(
        tmp_path,
        f"""
{HEAD}
Adults | Homecare | 1 | 5 | 5 | 5 | 0
{HEAD.upper()} |
Adults | Homecare | 2 | 7 | 7 | 7 | 0
""",
    )
    assert aside(reading) == {"header": (1,), "repeated header": (3,)}
    assert list(reading.frame.original_budget_gbp) == [5, 7]


def test_two_columns_of_one_heading_are_refused_only_in_a_table_that_fits(tmp_path):
    twice = write_csv(tmp_path / "twice.csv", [[*LEDGER, "Variance"], list("ABC1234")])
    with pytest.raises(
        ReturnRefused, match=r"twice.csv: two columns are headed 'Variance', and eith"
    ):
        read([twice], BUDGET)
    other = write_csv(tmp_path / "other.csv", [["Directorate", "Directorate"], ["A", "B"]])
    with pytest.raises(ReturnRefused, match=r"none of other.csv has its columns"):
        read([other], BUDGET)


def test_a_title_about_payments_over_some_amount_is_no_unit(tmp_path):
    rows = [["Payments over £5,000 and £500"], list(PAYMENTS), PAID]
    assert len(read([write_csv(tmp_path / "paid.csv", rows)], SPEND).frame) == 1


def test_labels_printed_once_are_carried_down_but_no_service_into_another_directorate(tmp_path):
    reading = ledger(
        tmp_path,
        f"""
{HEAD}
Adults   | Homecare | 1 | 1 | 1 | 1 | 0
         |          | 2 | 1 | 1 | 1 | 0
Adults   |          | 3 | 1 | 1 | 1 | 0
Children |          | 4 | 1 | 1 | 1 | 0
         | Schools  | 5 | 1 | 1 | 1 | 0
""",
    )
    assert list(reading.frame.directorate) == ["Adults"] * 3 + ["Children"] * 2
    services = [None if each != each else each for each in reading.frame.service]
    assert services == ["Homecare"] * 3 + [None, "Schools"]


def test_words_without_amounts_are_quarantined_but_a_heading_still_names_its_group(tmp_path):
    reading = ledger(
        tmp_path,
        f"""
{HEAD}
Adults |          |   |   |   |   |
       | Homecare | 1 | 5 | 5 | 5 | 0
Source: the ledger |  |  |  |  |  |
""",
    )
    assert [(q.row, q.found, q.expected) for q in reading.quarantined] == [
        (2, "Adults", "an amount or a code"),
        (4, "Source: the ledger", "an amount or a code"),
    ]
    assert list(reading.frame.directorate) == ["Adults"]


def test_a_coded_line_without_amounts_is_left_for_the_gate_to_stop(tmp_path):
    reading = ledger(tmp_path, f"{HEAD}\nAdults | Homecare | 1 | | | |")
    assert reading.quarantined == ()
    assert reading.frame.original_budget_gbp.isna().all()


@pytest.mark.parametrize("cell", ["#REF!", "#N/A", "TBC", "1 240", "[x]"])
def test_an_amount_that_cannot_be_read_quarantines_its_row_with_what_was_found(tmp_path, cell):
    reading = ledger(
        tmp_path, f"{HEAD}\nA | B | 1 | {cell} | {cell} | 5 | 0\nA | B | 2 | 5 | 5 | 5 | 0"
    )
    assert list(reading.frame.cost_centre) == ["2"]
    assert {(q.row, q.column, q.found) for q in reading.quarantined} == {
        (2, "original_budget_gbp", cell), (2, "revised_budget_gbp", cell)
    }  # fmt: skip


def test_what_stood_in_a_quarantined_cell_of_personal_data_is_not_shown(tmp_path):
    head = "Personal Ref | Position Ref | Reason | Absence Start | Absence End"
    rows = table(f"{head}\nP1 | X1 | Stress | soon after Ada fell ill |")
    reading = read([write_csv(tmp_path / "a.csv", rows)], dataset("absence_spells"))
    assert [q.found for q in reading.quarantined] == ["not shown: this dataset holds personal data"]


def test_a_comma_that_moves_the_cells_of_a_row_quarantines_it(tmp_path):
    shifted = ["30/04/2024", "Highways", "Smith", " Jones", "30/04/2024", "T1", "10"]
    reading = read([write_csv(tmp_path / "p.csv", [list(PAYMENTS), PAID, shifted, PAID])], SPEND)
    assert len(reading.frame) == 2
    assert "no cell beyond those of the other rows" in [q.expected for q in reading.quarantined]


def test_a_column_without_heading_beyond_every_row_moves_nothing(tmp_path):
    rows = [list(PAYMENTS), [*PAID, "#N/A"], [*PAID, "#N/A"]]
    assert len(read([write_csv(tmp_path / "p.csv", rows)], SPEND).frame) == 2


def test_a_moved_cell_is_seen_where_the_file_has_columns_without_a_word(tmp_path):
    shifted = ["30/04/2024", "Highways", "Smith", " Jones", "30/04/2024", "T1", "10", "", ""]
    rows = [[*PAYMENTS, "", "", ""], [*PAID, "", "", ""], shifted, [*PAID, "", "", ""]]
    reading = read([write_csv(tmp_path / "p.csv", rows)], SPEND)
    assert {q.row for q in reading.quarantined} == {3}
    assert "no cell beyond those of the other rows" in [q.expected for q in reading.quarantined]


def test_a_column_without_heading_that_many_rows_fill_moves_nothing(tmp_path):
    rows = [[*PAYMENTS, ""], *[[*PAID, "a remark"]] * 4, *[[*PAID, ""]] * 6]
    assert len(read([write_csv(tmp_path / "p.csv", rows)], SPEND).frame) == 10


def test_lines_under_a_label_that_cannot_be_read_are_not_given_the_label_before_it(tmp_path):
    rows = table(f"""
{HEAD}
Adults   | Other  | 1 | 100 | 100 | 110 | 10
         |        | 2 | 100 | 100 | 100 | -
#REF!    | Early  | 3 | 50  | 50  | 50  | -
         |        | 4 | 50  | 50  | 50  | -
Place    | Parks  | 5 | 50  | 50  | 50  | -
""")
    reading = read([write_csv(tmp_path / "l.csv", rows)], BUDGET)
    assert list(reading.frame.directorate) == ["Adults", "Adults", "Place"]
    assert {(q.row, q.column) for q in reading.quarantined} == {
        (4, "directorate"), (5, "directorate"),
    }  # fmt: skip


TOTALS = f"""
{HEAD}
Adults   | Other     | 1 | 100 | 100 | 110 | 10
Adults   | Other     | 2 | 100 | 100 | 100 | -
         | Total Other | | 200 | 200 | 210 | 10
Total Adults |       |   | 200 | 200 | 210 | 10
Children | Other     | 3 | 50  | 50  | 50  | -
         | Total Other | | 50  | 50  | 52  | -
Grand Total |        |   | 250 | 250 | 260 | 10
"""


def test_each_total_is_set_beside_the_detail_of_its_own_group(tmp_path):
    reading = ledger(tmp_path, TOTALS)
    assert aside(reading)["total"] == (4, 5, 7, 8)
    off = [(r.row, r.column, r.printed, r.detail) for r in reading.reconciliations if r.difference]
    assert off == [(7, "forecast_outturn_gbp", 52, 50)]
    assert not all(r.within_tolerance for r in reading.reconciliations)


@pytest.mark.parametrize("service", ["Totally Free Travel", "Subtotally"])
def test_a_service_that_only_begins_like_a_total_is_detail(tmp_path, service):
    assert len(ledger(tmp_path, f"{HEAD}\nPlace | {service} |   | 5 | 5 | 5 | 0").frame) == 1


def test_a_coded_line_whose_name_says_total_is_detail(tmp_path):
    assert len(ledger(tmp_path, f"{HEAD}\nPlace | Total Place | 7 | 5 | 5 | 5 | 0").frame) == 1


PAID_HEAD = ["Body", "Name of Body", "Date", "Ref", "Amount", "Supplier", "Expense Area"]
ROADS = ["18", "Northby", "30/04/2024", "T1", " 1,000.00 ", "Total Roads Ltd", "Highways"]
CARE = ["18", "Northby", "30/04/12", "T2", "-0.50", "Invented Ltd", "Care"]


def payments(tmp_path, *rows, head=PAID_HEAD):
    return read([write_csv(tmp_path / "paid.csv", [head, *rows])], SPEND)


@pytest.mark.parametrize(("printed", "off"), [
    ("999.50", 0), (" 999.51 ", 0.01), ("£1,000", 0.5), ("1090", 90.5)
])  # fmt: skip
def test_an_amount_alone_under_payments_is_a_total_even_when_it_is_off(tmp_path, printed, off):
    reading = payments(tmp_path, ROADS, CARE, [""] * 7, ["", "", "", "", printed, "", ""])
    assert aside(reading) == {"header": (1,), "blank": (4,), "total": (5,)}
    assert [r.difference for r in reading.reconciliations] == [off]


def test_an_amount_alone_far_from_every_sum_is_no_total_and_goes_into_quarantine(tmp_path):
    reading = payments(tmp_path, ROADS, CARE, ["", "", "", "", "640.00", "", ""])
    assert (len(reading.frame), aside(reading), reading.reconciliations) == (
        2,
        {"header": (1,)},
        (),
    )
    assert [(q.row, q.found, q.expected) for q in reading.quarantined] == [
        (4, "640.00, alone in its row",
         "a payment with its date, or the total of the rows above: 999.50")
    ]  # fmt: skip


def test_subtotals_and_a_grand_total_without_words_are_each_set_beside_their_own_rows(tmp_path):
    alone = [["", "", "", "", amount, "", ""] for amount in ("1,000", "(0.50)", "999.50")]
    reading = payments(tmp_path, ROADS, alone[0], CARE, alone[1], alone[2])
    assert aside(reading)["total"] == (3, 5, 6)
    assert [(r.detail, r.difference) for r in reading.reconciliations] == [
        (1000, 0), (-0.5, 0), (999.5, 0)
    ]  # fmt: skip


@pytest.mark.parametrize("row", [
    ["18", "Northby", "", "", "999.50", "Total", ""], ["Grand Total", "", "", "", "999.50", "", ""]
])  # fmt: skip
def test_a_total_may_say_so_in_any_column_and_repeat_the_council(tmp_path, row):
    reading = payments(tmp_path, ROADS, CARE, row)
    assert (aside(reading)["total"], len(reading.reconciliations)) == ((4,), 1)


@pytest.mark.parametrize("row", [
    ["18", "Northby", "", "", "", "", ""], ["", "", "", "", "0.00", "", ""],
    ["18", "Northby", "", "", " -   ", "", ""], ["0", "", "", "", "£0", "", "-"],
])  # fmt: skip
def test_a_row_of_zeros_or_of_what_every_row_says_is_padding(tmp_path, row):
    assert aside(payments(tmp_path, ROADS, row, CARE)) == {"header": (1,), "padding": (3,)}


@pytest.mark.parametrize("row", [
    ["18", "Northby", "", "T3", "", "", ""], ["18", "Northby", "", "", "5", "Invented Ltd", ""],
    ["18", "Northby", "", "", "999.50", "Total", "Highways"], ["", "", "", "", "TBC", "", ""],
    ["Source: the ledger", "", "", "", "", "", ""], ["18", "Northby", "1/4/24", "", "0", "", ""],
])  # fmt: skip
def test_a_row_that_says_anything_of_its_own_is_neither_total_nor_padding(tmp_path, row):
    reading = payments(tmp_path, ROADS, row, CARE)
    assert aside(reading) == {"header": (1,)}
    assert len(reading.frame) + len({q.row for q in reading.quarantined}) == 3


def test_a_supplier_called_total_is_paid_in_a_file_that_has_no_dates(tmp_path):
    head = ["Directorate", "Supplier", "Net Amount", "Account"]
    reading = payments(tmp_path, ["Place", "TOTAL ROADS LTD", "5", "Materials"], head=head)
    assert (aside(reading), len(reading.frame)) == ({"header": (1,)}, 1)


def test_a_year_of_two_digits_is_read_where_the_contract_says_it_can_be_one_only(tmp_path):
    days = [*payments(tmp_path, ROADS, CARE).frame.payment_date.dt.year]
    assert days == [2024, 2012]
    reading = ledger_of_absences(tmp_path, "30/04/12")
    assert [q.column for q in reading.quarantined] == ["absence_start"]


def ledger_of_absences(tmp_path, start):
    head = "Personal Ref | Position Ref | Reason | Absence Start | Absence End"
    rows = table(f"{head}\nP1 | X1 | Stress | {start} |")
    return read([write_csv(tmp_path / "a.csv", rows)], dataset("absence_spells"))


def test_a_mark_of_byte_order_encoded_twice_hides_no_heading(tmp_path):
    rows = [["Organisation Name", *PAID_HEAD[2:]], ["Northby", *ROADS[2:]]]
    content = "ï»¿".encode() + csv_bytes(rows, quoting=csv.QUOTE_ALL)
    (tmp_path / "twice.csv").write_bytes(content)
    reading = read([tmp_path / "twice.csv"], SPEND)
    assert {h.column: h.heading for h in reading.headers}["organisation"] == "Organisation Name"


@pytest.mark.parametrize(("head", "read_as"), [
    (["DatePaid", "NetAmount", "BenificiaryName", "ServiceLabel"], "DatePaid"),
    (["Transaction Date", "Payment Date", "Net Amount £", "Vendor Name", "Dept"], "Payment Date"),
])  # fmt: skip
def test_headings_are_known_with_and_without_spaces_and_the_first_listed_is_read(head, read_as):
    header = find_header(grid_of([head]), SPEND)
    assert header.headings["payment_date"] == read_as


@pytest.mark.parametrize("head", [
    ["Date", "Amount", "Merchant", "Supplier", "Directorate", "Purpose"],
    ["Transaction Date", "Supplier Name", "Net Amount", "Department", "Card Holder"],
    ["Contract Reference", "Date", "Supplier Name", "Amount"],
    ["Invoice Date", "Supplier Name", "Amount", "Directorate", "Purpose"],
    ["Supplier Name", "Amount", "Directorate"],
    ["Date", "Amount", "Directorate", "Purpose"],
    ["Date", "Supplier", "Gross Amount", "Directorate"],
])  # fmt: skip
def test_cards_contracts_invoices_and_grosses_are_not_taken_for_payments(head):
    assert find_header(grid_of([head]), SPEND) is None


def grid_of(rows):
    return Grid("drawn.csv", "", "", "", "utf-8", list(range(1, len(rows) + 1)), rows)


CELLS = st.sampled_from(
    ["", " ", "Adults", "Total Adults", "01", "5", "(5)", "-", "#REF!", "x", *LEDGER]
)


@given(st.lists(st.lists(CELLS, max_size=9), max_size=12))
def test_every_raw_row_is_admitted_set_aside_or_quarantined_once(tmp_path_factory, drawn):
    path = tmp_path_factory.mktemp("grid") / "ledger.csv"
    rows = [["Report"], list(LEDGER), *drawn]
    reading = read([write_csv(path, rows)], BUDGET)
    aside_n = sum(len(each.lines) for each in reading.set_aside)
    apart_n = len({q.row for q in reading.quarantined})
    assert reading.rows_in == len(rows) == len(reading.frame) + aside_n + apart_n
    assert reading.frame.index.is_unique
    assert list(reading.frame.source_row) == list(reading.frame.index)


ALONE = st.sampled_from(
    ["", " ", "0", "-", "5", "-5", "Total", "18", "Northby", "30/04/2024", "TBC", "#N/A", "T1"]
)


@given(st.lists(st.lists(ALONE, max_size=8), max_size=12))
def test_every_raw_row_of_payments_ends_in_one_place_and_no_pound_of_a_payment_is_lost(
    tmp_path_factory, drawn
):
    path = tmp_path_factory.mktemp("grid") / "paid.csv"
    reading = read([write_csv(path, [PAID_HEAD, *drawn])], SPEND)
    lines = [line for each in reading.set_aside for line in each.lines]
    lines += {q.row for q in reading.quarantined}
    lines += [row - 1_000_000_000 for row in reading.frame.index]
    assert sorted(lines) == list(range(1, reading.rows_in + 1))
    told = {r.row for r in reading.reconciliations} | {q.row for q in reading.quarantined}
    assert told >= set(aside(reading).get("total", ()))


def test_a_sheet_keeps_its_own_row_numbers_and_its_name(tmp_path):
    rows = [[None], ["Report"], list(LEDGER), ["A", "B", "01", "1,240-", 1240.0, 1240, 0]]
    reading = read([write_xlsx(tmp_path / "b.xlsx", {"P3": rows})], BUDGET)
    assert list(reading.frame.source_row) == [1_000_000_004]
    assert reading.frame.original_budget_gbp.item() == -1240
    assert (reading.files[0].sheet, reading.rows_in) == ("P3", 4)


def test_every_heading_of_a_file_is_used_by_a_column_or_told_as_not_read(tmp_path):
    head = ["", "Supplier", "Vendor Name", "Paid on", "Amount", "Date", "Ledger Year", "Body"]
    row = ["1", "Invented Ltd", "V1", "x", "5.00", "30/04/2024", "", "Northby"]
    reading = payments(tmp_path, row, head=head)
    assert [each.heading for each in reading.not_read] == ["Vendor Name", "Paid on", "Ledger Year"]
    told = {h.heading for h in reading.headers} | {h.heading for h in reading.not_read}
    assert told == set(filter(None, head))
