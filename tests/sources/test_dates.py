"""Dates that could be read two ways: the rest of their column decides, or nobody does."""

# ruff: noqa: DTZ001, E501 (a cell of a sheet has no zone; a drawn table is read along its rows)

import datetime

import pytest
import xlsxwriter
from drawn_returns import PAYMENTS, write_csv
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpack.catalogue.load import dataset
from peerpack.sources import read

SPEND, ABSENCE = dataset("supplier_spend"), dataset("absence_spells")
DAY_FIRST = [f"{day:02}/0{month}/2024" for month in (4, 5) for day in range(13, 31)]


def paid_on(tmp_path, *days):
    rows = [[day, "Highways", "Invented Ltd", day, f"T{at}", "10"] for at, day in enumerate(days)]
    return read([write_csv(tmp_path / "paid.csv", [list(PAYMENTS), *rows])], SPEND)


def quarantined(reading):
    return sorted({q.row for q in reading.quarantined})


def test_a_column_that_is_day_first_throughout_puts_nothing_in_doubt(tmp_path):
    reading = paid_on(
        tmp_path, "01/02/2024", "06/05/2024", "25/06/2024", "6 May 2024", "2024-05-06"
    )
    assert (quarantined(reading), reading.noticed) == ([], ())
    assert [f"{day:%d %b}" for day in reading.frame.payment_date] == [
        "01 Feb", "06 May", "25 Jun", "06 May", "06 May",
    ]  # fmt: skip


def test_dates_of_a_month_first_column_that_could_be_either_are_quarantined_and_it_is_said(
    tmp_path,
):
    reading = paid_on(
        tmp_path, "05/06/2024", "06/25/2024", "06/06/2024", "7 June 2024", "06/26/2024"
    )
    assert quarantined(reading) == [2, 3, 6]
    assert [f"{day:%d %b}" for day in reading.frame.payment_date] == ["06 Jun", "07 Jun"]
    told = [n.words for n in reading.noticed if n.column == "payment_date"]
    assert told == ["2 of its dates can only be month first (row 3), 0 only day first: 1 that could "
                    "be either are in quarantine."]  # fmt: skip
    in_doubt = [q for q in reading.quarantined if (q.row, q.column) == (2, "payment_date")]
    assert "row 3 of this column is month first" in in_doubt[0].expected


def test_a_column_of_two_styles_puts_what_could_be_either_in_doubt(tmp_path):
    reading = paid_on(tmp_path, *DAY_FIRST, "05/06/2024", "06/25/2024", "06/26/2024", "05/07/2024")
    assert quarantined(reading) == [38, 39, 40, 41]


def test_one_misprint_among_many_that_are_day_first_is_set_apart_alone_and_told(tmp_path):
    reading = paid_on(tmp_path, *DAY_FIRST[:20], "05/06/2024", "06/25/2024")
    assert quarantined(reading) == [23]
    assert "taken for a misprint" in reading.noticed[0].words
    assert reading.noticed[0].row == 23
    assert quarantined(paid_on(tmp_path, *DAY_FIRST[:19], "05/06/2024", "06/25/2024")) == [21, 22]


def test_a_year_of_two_digits_counts_as_a_proof_where_it_is_read(tmp_path):
    assert quarantined(paid_on(tmp_path, "05/06/24", "06/25/24", "06/06/24")) == [2, 3]


def test_each_file_and_each_column_is_judged_for_itself(tmp_path):
    first = write_csv(tmp_path / "a.csv", [list(PAYMENTS),
            ["05/06/2024", "Highways", "Invented Ltd", "06/25/2024", "T1", "10"]])  # fmt: skip
    other = write_csv(tmp_path / "b.csv", [list(PAYMENTS),
            ["05/06/2024", "Highways", "Invented Ltd", "05/06/2024", "T2", "10"]])  # fmt: skip
    reading = read([first, other], SPEND)
    assert [(q.file, q.column) for q in reading.quarantined] == [("a.csv", "payment_date")]
    assert len(reading.frame) == 1


def test_a_doubt_about_people_shows_the_row_and_never_the_date(tmp_path):
    head = ["Personal Ref", "Position Ref", "Reason", "Absence Start", "Absence End"]
    rows = [["P1", "X1", "Stress", "05/06/2024", ""], ["P2", "X2", "Stress", "06/25/2024", ""]]
    reading = read([write_csv(tmp_path / "a.csv", [head, *rows])], ABSENCE)
    assert quarantined(reading) == [2, 3]
    for words in ("05/06", "06/25"):
        assert words not in str([*reading.quarantined, *reading.noticed])


def workbook(path, days):
    with xlsxwriter.Workbook(path) as book:
        sheet, style = book.add_worksheet("P"), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, PAYMENTS)
        for at, day in enumerate(days, 1):
            sheet.write_row(at, 0, [None, "Highways", "Invented Ltd", None, f"T{at}", 10])
            if isinstance(day, str):
                sheet.write_string(at, 3, day)
            else:
                sheet.write_datetime(at, 3, day, style)
    return path


REAL = [datetime.datetime(2024, 5, day) for day in (1, 2, 3, 5, 7, 12)]
TEXT = ["13/05/2024", "25/05/2024", "31/05/2024"]


def test_real_dates_that_a_month_first_program_may_have_swapped_are_in_doubt(tmp_path):
    reading = read([workbook(tmp_path / "a.xlsx", [*REAL, *TEXT])], SPEND)
    assert [row % 10**9 for row in reading.frame.index] == [5, 8, 9, 10]
    assert [n.rows_n for n in reading.noticed] == [5]
    assert "day and month of the real ones may have been swapped" in reading.noticed[0].words


@pytest.mark.parametrize("days", [
    [*REAL, datetime.datetime(2024, 5, 13), *TEXT], [*REAL, *TEXT, "01/05/2024"], [*REAL[:5], *TEXT],
    [*([REAL[0]] * 9), *TEXT], REAL,
], ids=["a real date after the 12th", "a text up to the 12th", "few", "one day only", "no text"])  # fmt: skip
def test_real_dates_beside_text_are_no_sign_by_themselves(tmp_path, days):
    reading = read([workbook(tmp_path / "a.xlsx", days)], SPEND)
    assert (len(reading.frame), reading.noticed) == (len(days), ())


@settings(deadline=None, max_examples=30)
@given(st.lists(st.dates(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)), min_size=1),
       st.booleans())  # fmt: skip
def test_no_date_is_ever_read_as_another(tmp_path_factory, drawn, month_first):
    """Whatever was written, what is admitted of a column with a proof in it is the right day."""
    style = "%m/%d/%Y" if month_first else "%d/%m/%Y"
    days = [*drawn, datetime.date(2024, 1, 31), datetime.date(2024, 5, 30)]
    reading = paid_on(tmp_path_factory.mktemp("d"), *(f"{day:{style}}" for day in days))
    for row, read_as in zip(reading.frame.index, reading.frame.payment_date, strict=True):
        assert read_as.date() == days[row % 10**9 - 2]
    if not month_first:
        assert len(reading.frame) == len(days)
