"""Which file is which dataset: by its columns; two fits or a wrong assignment are refused."""

# ruff: noqa: E501 (a drawn table is read along its rows)

import pytest
from drawn_returns import LEDGER, PAYMENTS, write_csv

from peerpack.catalogue.load import dataset
from peerpack.errors import ReturnRefused
from peerpack.sources import fits, read

BUDGET, SPEND = dataset("budget_monitoring"), dataset("supplier_spend")
DATASETS = {"budget_monitoring": BUDGET, "supplier_spend": SPEND}


def test_a_file_is_known_by_its_columns_and_never_by_its_name(tmp_path):
    path = write_csv(tmp_path / "budget monitoring.csv", [list(PAYMENTS)])
    assert fits([path], DATASETS, {}).files == {"supplier_spend": (path,)}


def test_files_that_fit_none_are_listed_and_stop_nothing(tmp_path):
    (tmp_path / "damaged.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "letter.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "nul.csv").write_bytes(b"a\0b")
    twice = write_csv(tmp_path / "twice.csv", [["Directorate", "Directorate"]])
    files = [tmp_path / "damaged.xlsx", tmp_path / "letter.docx", tmp_path / "nul.csv", twice]
    assert [left.path for left in fits(files, DATASETS, {}).not_used] == files


def test_a_file_that_fits_two_datasets_is_refused_with_the_line_to_write(tmp_path):
    path = write_csv(tmp_path / "both.csv", [[*LEDGER, *PAYMENTS]])
    with pytest.raises(ReturnRefused, match=r"both.csv fits budget_monitoring and supplier_spend.*"
                       'assign. "both.csv" = "budget_monitoring"'):  # fmt: skip
        fits([path], DATASETS, {})
    chosen = fits([path], DATASETS, {"both.csv": "supplier_spend"})
    assert chosen.files == {"supplier_spend": (path,)}


def test_a_file_assigned_to_a_dataset_whose_columns_it_has_not_is_refused(tmp_path):
    path = write_csv(tmp_path / "p.csv", [list(PAYMENTS)])
    with pytest.raises(ReturnRefused, match=r"has not its columns \(it fits supplier_spend\)"):
        fits([path], DATASETS, {"p.csv": "budget_monitoring"})


def test_a_damaged_file_that_was_assigned_by_hand_is_refused_for_its_damage(tmp_path):
    (tmp_path / "d.xlsx").write_bytes(b"")
    with pytest.raises(ReturnRefused, match=r"d.xlsx: cannot be read as a spreadsheet"):
        fits([tmp_path / "d.xlsx"], DATASETS, {"d.xlsx": "supplier_spend"})


@pytest.mark.parametrize(("name", "rows", "reason"), [
    ("a.json", [["{}"]], "not a kind of file we read (.json)"),
    ("notes", [["Directorate"]], "not a kind of file we read (no ending)"),
    ("a.csv", [], "it holds no table"),
    ("a.csv", [["Ward", "Score"], ["A", "1"]], "it has no row of headings of any dataset"),
    ("a.csv", [["Report"], [h for h in LEDGER if h != "Variance"]],
     "nearest is budget_monitoring, but no heading for variance_gbp"),
    ("a.csv", [["Supplier Name", "Amount", "Directorate"]],
     "nearest is supplier_spend, but no headings for what tells it from other tables: "
     "payment_date; or organisational_unit and purpose"),
    ("a.csv", [[*PAYMENTS, "Card Holder"]],
     "nearest is supplier_spend, but the heading 'Card Holder' is of another table"),
])  # fmt: skip
def test_a_file_not_used_says_why_and_which_dataset_is_nearest(tmp_path, name, rows, reason):
    path = write_csv(tmp_path / name, rows)
    assert [(left.name, left.reason) for left in fits([path], DATASETS, {}).not_used] == [
        (name, reason)
    ]


LINE = ["A", "B", "1", "5", "5", "5", "0"]
PADDING = [["Report of", ""]] * 100


@pytest.mark.parametrize("rows", [
    [*PADDING, list(LEDGER), LINE], [*[LINE] * 3, list(LEDGER)], [*[LINE] * 900, list(LEDGER)],
    [["Report"], LINE, LINE, list(LEDGER), ["Source: the ledger"]],
], ids=["after 100 rows", "under its data", "under 900 rows", "under its data, with notes"])  # fmt: skip
def test_a_header_far_down_or_under_its_data_is_found(tmp_path, rows):
    path = write_csv(tmp_path / "ledger.csv", rows)
    assert list(fits([path], DATASETS, {}).files) == ["budget_monitoring"]
    reading = read([path], BUDGET)
    assert len(reading.frame) == rows.count(LINE)
    assert set(reading.frame.original_budget_gbp) == {5.0}
    aside_n = sum(len(each.lines) for each in reading.set_aside)
    assert reading.rows_in == len(rows) == len(reading.frame) + aside_n + len(reading.quarantined)


def test_a_header_with_titles_above_and_no_row_below_heads_nothing(tmp_path):
    path = write_csv(tmp_path / "ledger.csv", [["Report", "Run date 07/07/2024"], list(LEDGER)])
    reading = read([path], BUDGET)
    assert (len(reading.frame), [each.reason for each in reading.set_aside]) == (
        0,
        ["title", "header"],
    )
