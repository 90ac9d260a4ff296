"""Savings, reserves and collection as finance and revenues teams export them, drawn here."""

from datetime import date

import pytest
import xlsxwriter
from drawn_returns import table, write_csv, write_xlsx

from peerpack.catalogue.load import dataset, datasets
from peerpack.errors import ReturnRefused
from peerpack.intake.period import checks_of_period
from peerpack.intake.sums import checks_of_sums
from peerpack.sources import fits, read

SAVINGS, RESERVES = dataset("savings_tracker"), dataset("reserves")
COLLECTION = dataset("council_tax_collection")

TRACKER = """
Savings programme 2024/25: position at month 3 | | | | | | | | | |
Ref     | Title               | Directorate | Lead Officer   | Year    | Target  | Delivered | Forecast | Type          | Recurring Y/N | RAG
ASC01   | Care packages       | Adults      | Head of Care   | 2024/25 | 500,000 | 120,000   | 400,000  | Planned       | Y             | A
ASC02   | Vacancies held      |             | Head of Care   | 2024/25 | -       | 30,000    | 60,000   | In-year mitigation | N        | Green
        | B/fwd from 2023/24  |             | Head of Care   | 2024/25 | 200,000 | -         | 50,000   | Original      | Recurring     |
        | Total Adults        |             |                |         | 700,000 | 150,000   | 510,000  |               |               |
RES01   | Offices given up    | Resources   | Head of Assets | 2024/25 | £80,000 | 80,000    | 80,000   | Planned       | Y             | Complete
RES02   | Restructure undone  |             | Head of People | 2024/25 | (25,000) | 0        | (25,000) | PLANNED SAVING | y            | Red
RES03   | Shared service      |             | Head of People | 2024/25 | 40,000  | 0         | 0        | To be agreed  | Y             | Amber
RES04   | Print contract      |             | Head of People | 2024/25 |         | 20,000    | 40,000   | Substitute    | Y             | G
        | Total savings       |             |                |         | 795,000 | 250,000   | 605,000  |               |               |
"""  # noqa: E501 (a drawn table is read along its rows)

ROLL_FORWARD = """
Usable reserves, forecast at quarter 1 | | | | | |
Type of Reserve     | Reserve              | Balance at 1 April 2024 | Transfers In | Transfers Out | Forecast Balance at 31 March 2025 | Next Review
General Fund balance | General Fund        | 12,000,000 | 500,000 | -       | 12,500,000  |
Earmarked reserves  |                      |            |         |         |             |
                    | Insurance            | 3,000,000  | -       | 400,000 | 2,600,000   | 28/02/2025
                    | Transformation       | 5,000,000  | 250,000 | 750,000 | 4,500,000   | 30/09/2024
                    | Total earmarked reserves | 8,000,000 | 250,000 | 1,150,000 | 7,100,000 |
DSG                 | Schools' deficit     | (4,000,000) | -      | 900,000 | (4,900,000) |
Public Health       | Public health grant  | 1,000,000  | -       | -       | 1,000,000   |
HRA                 | Housing balance      | 2,000,000  | -       | -       | 2,000,000   |
                    | Total usable reserves | 19,000,000 | 750,000 | 2,050,000 | 17,700,000 |
"""  # noqa: E501


def frame_of(reading):
    return reading.frame.reset_index(drop=True)


def totals_off(reading):
    return [(t.label, t.column) for t in reading.reconciliations if not t.within_tolerance]


def quarantined(reading):
    return [(q.row, q.column, q.found) for q in reading.quarantined]


@pytest.fixture
def tracker(tmp_path):
    return read([write_xlsx(tmp_path / "tracker.xlsx", {"Tracker": table(TRACKER)})], SAVINGS)


@pytest.fixture
def roll_forward(tmp_path):
    return read([write_csv(tmp_path / "reserves.csv", table(ROLL_FORWARD))], RESERVES)


def test_every_row_of_a_tracker_has_its_place_and_its_totals_reconcile(tracker):
    aside = {each.reason: each.lines for each in tracker.set_aside}
    assert aside == {"title": (1,), "header": (2,), "total": (6, 11)}
    assert (tracker.rows_in, len(tracker.frame), quarantined(tracker)) == (11, 7, [])
    assert totals_off(tracker) == []


def test_a_directorate_in_merged_cells_is_the_directorate_of_each_row_beside_it(tmp_path):
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Savings")
        sheet.write_row(0, 0, ["Directorate", "Ref", "Saving", "Target", "Achieved"])
        for at in range(1, 5):
            sheet.write_row(at, 1, [f"S{at}", "A saving", at * 1_000, 0])
        sheet.merge_range(1, 0, 3, 0, "Adults")
        sheet.write(4, 0, "Resources")
    frame = frame_of(read([path], SAVINGS))
    assert list(frame.directorate) == ["Adults", "Adults", "Adults", "Resources"]
    assert frame.target_gbp.sum() == 10_000


@pytest.mark.parametrize("words", ["Total", "Grand total", "TOTAL SAVINGS"])
def test_a_total_that_stands_where_references_stand_is_no_saving(tmp_path, words):
    rows = table(f"""
Ref     | Title     | Directorate | Target | Delivered
S1      | A saving  | Adults      | 5,000  | 1,000
Total 7 | A seventh | Adults      | 6,000  | -
TOTAL01 | Another   | Adults      | 7,000  | -
{words} |           |             | 18,000 | 1,000
""")
    reading = read([write_csv(tmp_path / "s.csv", rows)], SAVINGS)
    assert list(reading.frame.title) == ["A saving", "A seventh", "Another"]
    assert [(t.row, t.difference) for t in reading.reconciliations] == [(5, 0), (5, 0)]


def test_a_sum_brought_forward_is_kept_though_it_has_no_reference(tracker):
    row = tracker.frame.loc[1_000_000_005]
    assert (row.title, row.target_gbp, row.delivered_gbp) == ("B/fwd from 2023/24", 200_000, 0)
    assert row.saving_ref != row.saving_ref


def test_a_negative_target_takes_back_a_saving_and_a_blank_one_stays_missing(tracker):
    targets = tracker.frame.set_index("saving_ref").target_gbp
    assert targets["RES02"] == -25_000
    assert targets["RES04"] != targets["RES04"]


def test_a_rating_given_by_colour_alone_is_a_gap(tmp_path):
    path = tmp_path / "colours.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Savings")
        sheet.write_row(0, 0, ["Ref", "Saving", "Directorate", "Target", "Delivered", "RAG"])
        sheet.write_row(1, 0, ["S1", "A saving", "Adults", 5_000, 0])
        sheet.write_blank(1, 5, None, book.add_format({"bg_color": "red"}))
        sheet.write_row(2, 0, ["S2", "Another", "Adults", 5_000, 0, "R"])
    assert frame_of(read([path], SAVINGS)).rag.fillna("gap").tolist() == ["gap", "Red"]


def test_the_words_of_a_council_stand_for_values_of_the_closed_list(tracker):
    frame = tracker.frame
    assert list(frame.category[:3]) == ["Planned saving", "One-off mitigation", "Planned saving"]
    assert list(frame.recurrent) == ["Yes", "No", "Yes", "Yes", "Yes", "Yes", "Yes"]
    assert frame.rag.fillna("gap").tolist() == [
        "Amber", "Green", "gap", "Blue", "Red", "Amber", "Green"
    ]  # fmt: skip


def test_a_word_that_no_list_knows_stays_as_printed_for_the_gate_to_name(tracker):
    assert tracker.frame.category.loc[1_000_000_009] == "To be agreed"


@pytest.mark.parametrize("heading", ["Target 2024/25", "2024-25 target", "TARGET 2024/2025"])
def test_a_year_in_a_heading_is_any_year(tmp_path, heading):
    rows = [["Ref", "Title", "Directorate", heading, "Delivered"], ["S1", "A", "B", "5000", "0"]]
    assert frame_of(read([write_csv(tmp_path / "s.csv", rows)], SAVINGS)).target_gbp[0] == 5_000


def test_a_heading_in_pounds_is_never_taken_for_a_percentage_as_well(tmp_path):
    rows = [["Tax", "As at", "NCD", "Collected"], ["CT", "30/06/2024", "120000000", "33000000"]]
    frame = frame_of(read([write_csv(tmp_path / "c.csv", rows)], COLLECTION))
    assert frame.receipts_current_year_gbp[0] == 33_000_000
    assert frame.in_year_collection_pct.isna().all()


@pytest.mark.parametrize("unit", ["£k", "£000", "(£'000)"])
def test_thousands_that_each_heading_names_are_pounds_in_every_amount(tmp_path, unit):
    head = ["Ref", "Title", "Directorate", *(f"{n} {unit}" for n in ("Target", "Delivered"))]
    path = write_csv(tmp_path / "k.csv", [head, ["S1", "A", "B", "1,250.5", "(40)"]])
    frame = frame_of(read([path], SAVINGS))
    assert (frame.target_gbp[0], frame.delivered_gbp[0]) == (1_250_500, -40_000)


def test_targets_of_two_years_side_by_side_are_refused_by_both_headings(tmp_path):
    head = ["Ref", "Title", "Directorate", "Target 2024/25", "Target 2025/26", "Delivered"]
    path = write_csv(tmp_path / "wide.csv", [head, ["S1", "A", "B", "5000", "6000", "0"]])
    with pytest.raises(ReturnRefused, match=r"wide.csv: two columns are headed 'Target 2024/25' "
                       r"and 'Target 2025/26', and either could be target_gbp"):  # fmt: skip
        read([path], SAVINGS)


def test_a_hidden_copy_of_the_tracker_is_refused_and_a_hidden_list_is_not_read(tmp_path):
    sheets = {"Tracker": table(TRACKER), "Lists": [["RAG"], ["Red"], ["Amber"]]}
    assert (
        len(read([write_xlsx(tmp_path / "a.xlsx", sheets, hidden=["Lists"])], SAVINGS).frame) == 7
    )
    sheets = {"Tracker": table(TRACKER), "Old": table(TRACKER)}
    with pytest.raises(ReturnRefused, match=r"the sheet 'Old' is hidden .* should its rows count"):
        read([write_xlsx(tmp_path / "b.xlsx", sheets, hidden=["Old"])], SAVINGS)


def test_savings_as_planned_leave_out_mitigations_and_those_with_substitutes_count_them(tracker):
    frame = tracker.frame
    planned = frame[(frame.category == "Planned saving") & (frame.recurrent == "Yes")]
    substitutes = frame[frame.category == "Alternative saving"]
    delivered = planned.delivered_gbp.sum()
    assert (delivered, frame.target_gbp.sum()) == (200_000, 795_000)
    assert delivered + substitutes.delivered_gbp.sum() == 220_000
    assert frame[frame.rag.isin(["Red", "Amber"])].target_gbp.sum() == 515_000


def test_a_class_printed_once_is_the_class_of_each_reserve_under_it(roll_forward):
    frame = roll_forward.frame.set_index("reserve_name")
    assert frame.reserve_class.to_dict() == {
        "General Fund": "Unallocated",
        "Insurance": "Earmarked",
        "Transformation": "Earmarked",
        "Schools' deficit": "Schools",
        "Public health grant": "Public health",
        "Housing balance": "Housing revenue account",
    }
    assert quarantined(roll_forward) == [(4, "", "Earmarked reserves")]


def test_totals_by_class_and_the_total_over_them_reconcile(roll_forward):
    assert totals_off(roll_forward) == []
    assert {
        t.label: t.detail for t in roll_forward.reconciliations if t.column == "closing_gbp"
    } == {
        "Total earmarked reserves": 7_100_000,
        "Total usable reserves": 17_700_000,
    }


def test_a_total_that_leaves_a_reserve_out_does_not_reconcile(tmp_path):
    rows = table(ROLL_FORWARD.replace("17,700,000", "16,700,000"))
    off = totals_off(read([write_csv(tmp_path / "r.csv", rows)], RESERVES))
    assert off == [("Total usable reserves", "closing_gbp")]


def test_reserves_that_a_council_can_use_are_the_unallocated_and_the_earmarked(roll_forward):
    closing = roll_forward.frame.groupby("reserve_class").closing_gbp.sum()
    assert closing["Unallocated"] == 12_500_000
    assert closing["Unallocated"] + closing["Earmarked"] == 19_600_000


def test_each_reserve_closes_at_what_it_opened_with_and_what_went_in_and_out(roll_forward):
    assert [(c.id, c.passed) for c in checks_of_sums(roll_forward.frame, RESERVES)] == [
        ("closing-is-opening-plus-in-less-out", True)
    ]


def test_transfers_out_printed_negative_are_told_row_by_row_and_not_turned_round(tmp_path):
    head, *rows = table(ROLL_FORWARD)[1:]
    out = head.index("Transfers Out")
    rows = [[*r[:out], f"({r[out]})" if r[out] > "-" else r[out], *r[out + 1 :]] for r in rows]
    reading = read([write_csv(tmp_path / "r.csv", [head, *rows])], RESERVES)
    assert reading.frame.transfers_out_gbp.min() == -900_000
    check = checks_of_sums(reading.frame, RESERVES)[0]
    assert (check.passed, check.failing_rows) == (
        False,
        (1_000_000_004, 1_000_000_005, 1_000_000_007),
    )
    assert totals_off(reading) == []


def statement(tmp_path, rows):
    """A statement under a merged heading, with dates as a spreadsheet keeps them."""
    path = tmp_path / "statement.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("QRC")
        sheet.write(0, 0, "Collection statement at 30 June 2024")
        sheet.merge_range(2, 8, 2, 9, "Receipts")
        sheet.write_row(3, 0, [
            "Tax", "Quarter ended", "Net collectable debit", "Refunds", "Write-offs",
            "Arrears b/fwd", "LCTS claimants", "% collected", "Current year", "Arrears",
        ])  # fmt: skip
        for at, row in enumerate(rows, 4):
            for place, cell in enumerate(row):
                sheet.write(at, place, cell)
    return path


QUARTERS = [
    ["Council Tax", date(2023, 6, 30), 114e6, 2e5, 4e4, 13e6, 14_500, "28.16%", 32.1e6, 9e5],
    ["CTAX", date(2024, 6, 30), 120.4e6, 2.1e5, 5e4, 14e6, 14_100, "28.07", 33.8e6, 1.1e6],
    ["NNDR", date(2024, 6, 30), 60e6, "", "", 2e6, "", 29, 17.4e6, 2e5],
]


def test_a_statement_with_a_merged_heading_is_read_by_both_of_its_lines(tmp_path):
    reading = read([statement(tmp_path, QUARTERS)], COLLECTION)
    row = reading.frame.iloc[1]
    assert (row.tax, row.receipts_current_year_gbp, row.receipts_arrears_gbp) == (
        "Council tax", 33_800_000, 1_100_000
    )  # fmt: skip
    assert list(reading.frame.in_year_collection_pct) == [28.16, 28.07, 29]
    assert (reading.rows_in, len(reading.frame), quarantined(reading)) == (7, 3, [])


def test_the_printed_rate_is_the_receipts_over_the_debit_of_its_own_row(tmp_path):
    frame = read([statement(tmp_path, QUARTERS)], COLLECTION).frame
    rate = 100 * frame.receipts_current_year_gbp / frame.net_collectable_debit_gbp
    assert list((rate - frame.in_year_collection_pct).round(2)) == [0, 0, 0]


YEAR_END = """
Revenue Type | Period Ended | NCD | In Year Receipts | Prior Year Receipts | Prepayments | Arrears C/fwd | Dwellings
CTAX | 31 March 2025 | 120,000,000 | 115,200,000 | 2,400,000 | 1,200,000 | 15,150,000 | 101,000
NNDR | 31 March 2025 | 60,000,000  | 58,500,000  | 300,000   | -         | 3,000,000  |
"""  # noqa: E501


def test_each_rate_of_collection_can_be_had_from_the_statement_at_the_year_end(tmp_path):
    path = write_csv(tmp_path / "year.csv", table(YEAR_END))
    row = read([path], COLLECTION).frame.set_index("tax").loc
    tax, rates = row["Council tax"], row["Business rates"]
    due = tax.net_collectable_debit_gbp
    received = tax.receipts_current_year_gbp + tax.receipts_arrears_gbp + tax.prepayments_gbp
    assert 100 * tax.receipts_current_year_gbp / due == 96  # collected in the year it was due
    assert 100 * received / due == 99  # crude rate
    assert 100 * rates.receipts_current_year_gbp / rates.net_collectable_debit_gbp == 97.5
    assert tax.arrears_carried_forward_gbp / tax.dwellings_n == 150
    assert due * 0.01 == 1_200_000  # worth of a point


def test_last_years_quarter_beside_this_years_is_told_and_stays(tmp_path):
    frame = read([statement(tmp_path, QUARTERS)], COLLECTION).frame
    check = checks_of_period(frame, COLLECTION, (date(2024, 4, 1), date(2024, 6, 30)))[0]
    assert (check.id, check.failing_rows) == ("period-end-in-period", (1_000_000_005,))
    assert len(frame) == 3


def test_a_quarter_that_is_no_date_is_quarantined_with_what_was_found(tmp_path):
    reading = read([statement(tmp_path, [["CT", "Quarter 1", 120e6]])], COLLECTION)
    assert quarantined(reading) == [(5, "period_end", "Quarter 1")]


def test_each_drawn_return_fits_its_own_dataset_among_all_and_no_other(tmp_path):
    files = {
        "savings_tracker": write_csv(tmp_path / "b.csv", table(TRACKER)),
        "reserves": write_csv(tmp_path / "a.csv", table(ROLL_FORWARD)),
        "council_tax_collection": statement(tmp_path, QUARTERS),
    }
    assigned = fits(files.values(), datasets(), {})
    assert assigned.files == {name: (path,) for name, path in files.items()}


@pytest.mark.parametrize("head", [
    "Ref | KPI | Description | Directorate | Target | Achieved | RAG",
    "Ref | Title | Directorate | Indicator | Target | Delivered",
    "Fund | Type | Opening Balance | Closing Balance",
    "Period End | Net Debit | Target",
    "Directorate | Service | Cost Centre | Target | Forecast | Variance",
])  # fmt: skip
def test_tables_that_only_look_alike_are_taken_for_none(tmp_path, head):
    path = write_csv(tmp_path / "other.csv", table(f"{head}\n1 | 2 | 3 | 4 | 5 | 6 | 7"))
    assert [left.path for left in fits([path], datasets(), {}).not_used] == [path]
