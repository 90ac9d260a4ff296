"""Which file is which dataset: by its columns; two fits or a wrong assignment are refused."""

import pytest
from drawn_returns import LEDGER, PAYMENTS, write_csv

from peerpack.catalogue.load import dataset
from peerpack.errors import ReturnRefused
from peerpack.sources import fits

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
