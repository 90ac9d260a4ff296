"""Lines found again as they were received, by the number that rows have."""

from datetime import date, datetime

import pytest
from drawn_returns import LEDGER, csv_bytes, table, write_csv, write_xlsx, write_zip

from peerpack.catalogue.load import dataset
from peerpack.sources import read_with_lines
from peerpack.sources.lines import as_text

BUDGET = dataset("budget_monitoring")
ROWS = table("""
    Place | Parks | 0101 | 1,000 | 1,000 | (1,240) | -
    Place | Roads | 0102 | 2,000 | 2,000 | 2,000   | -
""")


def lines_of(path):
    reading, lines = read_with_lines([path], BUDGET)
    return reading.frame, lines[1]


@pytest.mark.parametrize("form", ["csv", "xlsx", "zip"])
def test_a_row_leads_to_its_line_whatever_stands_above_the_header(tmp_path, form):
    rows = [["Budget monitoring, June"], [], list(LEDGER), *ROWS]
    made = {
        "csv": lambda: write_csv(tmp_path / "b.csv", rows),
        "xlsx": lambda: write_xlsx(tmp_path / "b.xlsx", {"P3": rows}),
        "zip": lambda: write_zip(tmp_path / "b.zip", {"b.csv": csv_bytes(rows)}),
    }
    frame, lines = lines_of(made[form]())
    assert [int(row) % 10**9 for row in frame.index] == [4, 5]
    assert lines.cells(5)["Service"] == "Roads"
    assert lines.cells(4)["Forecast Outturn"] == "(1,240)"
    assert lines.columns["Cost Centre"] == "cost_centre"


def test_a_cell_that_holds_several_lines_moves_the_lines_below_it(tmp_path):
    rows = [list(LEDGER), [*ROWS[0][:1], "Parks\nand Gardens", *ROWS[0][2:]], ROWS[1]]
    frame, lines = lines_of(write_csv(tmp_path / "b.csv", rows))
    last = int(frame.index[1]) % 10**9
    assert last == 4
    assert lines.cells(last)["Service"] == "Roads"


def test_headings_that_are_blank_or_stand_twice_are_told_apart(tmp_path):
    rows = [[*LEDGER, "Note", "", "Note"], [*ROWS[0], "a", "b", "c", "beyond"]]
    _, lines = lines_of(write_csv(tmp_path / "b.csv", rows))
    cells = lines.cells(2)
    assert (cells["Note"], cells["column 9"], cells["Note (2)"], cells["column 11"]) == (
        "a", "b", "c", "beyond",
    )  # fmt: skip
    assert not {"Note", "column 9", "Note (2)", "column 11"} & lines.columns.keys()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (104000.0, "104000"),
        (0.5, "0.5"),
        (True, "True"),
        ("(1,240)", "(1,240)"),
        (date(2024, 6, 30), "2024-06-30"),
        (datetime(2024, 6, 30), "2024-06-30"),  # noqa: DTZ001 - a cell has no zone
        (datetime(2024, 6, 30, 9, 5), "2024-06-30T09:05:00"),  # noqa: DTZ001
        (1e300, "1e+300"),
    ],
)
def test_a_cell_of_a_workbook_is_told_as_a_person_sees_it(cell, text):
    assert as_text(cell) == text
