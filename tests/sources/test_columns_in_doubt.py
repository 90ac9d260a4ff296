"""What a column's cells say together: decimal commas, fractions among percentages, notes."""

import pytest
from drawn_returns import LEDGER, NEIGHBOURS, write_csv

from peerpack.catalogue.load import dataset
from peerpack.catalogue.models import Dataset
from peerpack.sources import read

BUDGET = dataset("budget_monitoring")
RATES = Dataset.model_validate({
    "dataset": "rates", "title": "Rates", "description": "Drawn.", "grain": "one row per ward",
    "covers": "snapshot", "personal": False, "owner": "Nobody",
    "columns": [
        {"name": "ward", "kind": "label", "description": "Ward.", "required": True},
        {"name": "rate_pct", "kind": "percentage", "unit": "%", "description": "Rate.",
         "required": True, "synonyms": ["Rate"]},
    ],
})  # fmt: skip


def budgets(tmp_path, *amounts):
    rows = [["A", "B", str(at), amount, "5", "5", "0"] for at, amount in enumerate(amounts)]
    return read([write_csv(tmp_path / "b.csv", [LEDGER, *rows])], BUDGET)


def rates(tmp_path, *cells, heading="Rate"):
    rows = [["ward", heading], *([f"W{at}", cell] for at, cell in enumerate(cells))]
    return read([write_csv(tmp_path / "r.csv", rows)], RATES)


def quarantined(reading):
    return sorted({q.row for q in reading.quarantined})


def test_a_column_with_decimal_commas_puts_what_could_be_either_in_doubt(tmp_path):
    reading = budgets(tmp_path, "1,240", "12,40", "1.240", "5", "1240", "1,240.50", "3,1")
    assert quarantined(reading) == [2, 3, 4, 8]
    told = {q.row: q.expected for q in reading.quarantined}
    assert "row 3 of this column has a decimal comma" in told[2]
    assert [n.row for n in reading.noticed] == [3]


def test_commas_of_thousands_alone_put_nothing_in_doubt(tmp_path):
    reading = budgets(tmp_path, "1,240", "1,240.50", "0.125", "(12,400)")
    assert (quarantined(reading), reading.noticed) == ([], ())


def test_one_decimal_comma_among_many_points_is_a_misprint(tmp_path):
    reading = budgets(tmp_path, *["1,240.50"] * 20, "1,240", "12,40")
    assert quarantined(reading) == [23]
    assert "taken for a misprint" in reading.noticed[0].words
    assert quarantined(budgets(tmp_path, *["1,240.50"] * 19, "1,240", "12,40")) == [21, 22]


@pytest.mark.parametrize(("cells", "unread"), [
    (["97.1", "96.8", "0.97"], [4]), (["97%", "0.97"], [3]), (["97%", "96.5", "0.97"], [4]),
    (["0.4", "3.2", "12"], []), (["0.4", "1.2", "60"], []), (["0", "97"], []),
    (["86%", "86", "86.4"], []), (["0.97", "0.4"], []), (["100%", "1"], [3]), (["x", "97"], [2]),
])  # fmt: skip
def test_a_fraction_among_percentages_is_set_apart_and_a_small_percentage_is_not(
    tmp_path, cells, unread
):
    reading = rates(tmp_path, *cells)
    assert quarantined(reading) == unread
    assert len(reading.frame) == len(cells) - len(unread)


def test_figures_all_up_to_one_are_read_in_the_columns_unit_and_it_is_said(tmp_path):
    reading = rates(tmp_path, "0.97", "0.4")
    assert list(reading.frame.rate_pct) == [0.97, 0.4]
    assert [(n.rows_n, n.row) for n in reading.noticed] == [(2, 2)]
    assert "read as per cent, as the contract has them" in reading.noticed[0].words


@pytest.mark.parametrize("heading", ["Rate %", "Rate (%)", "Percentage rate", "RATE per cent"])
def test_a_heading_of_percentages_is_known_with_its_unit(tmp_path, heading):
    assert list(rates(tmp_path, "97", heading=heading).frame.rate_pct) == [97.0]


def test_marks_stand_in_the_column_of_statuses_and_dropped_notes_are_told(tmp_path):
    cells = ["1,234 [note 3]", "86.2 [r]", "12", "[x] [note 1]", "7 [p] [r]"]
    rows = [["A", "KF01", str(at), cell, "%"] for at, cell in enumerate(cells)]
    path = write_csv(tmp_path / "n.csv", [NEIGHBOURS, *rows])
    reading = read([path], dataset("neighbour_figures"))
    frame = reading.frame
    assert [None if v != v else v for v in frame.value] == [1234.0, 86.2, 12.0, None, 7.0]
    assert [None if v != v else v for v in frame.value_status] == [None, "r", None, "x", "p;r"]
    assert [(n.column, n.row, n.rows_n) for n in reading.noticed] == [("value", 2, 2)]


def test_a_total_with_a_note_still_reconciles(tmp_path):
    rows = [
        LEDGER,
        ["A", "B", "1", "5", "5", "5", "0"],
        ["Total A", "", "", "5 [note 1]", "5", "5", "0"],
    ]
    reading = read([write_csv(tmp_path / "b.csv", rows)], BUDGET)
    assert [r.difference for r in reading.reconciliations] == [0.0] * 4
