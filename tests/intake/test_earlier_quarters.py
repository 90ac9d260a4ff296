"""Which returns of earlier quarters may be read, and how they stand beside the quarter's own."""

import shutil
from pathlib import Path

import pytest

from peerpack import intake
from peerpack.errors import UsageError
from peerpack.intake.admit import admit_supplied
from peerpack.intake.door import ADMITTED, EARLIER, READS
from peerpack.intake.earlier import earlier_returns
from peerpack.vocab import Quarter

OWN = Path(__file__).resolve().parents[2] / "data" / "northborough"
QUARTERS = ("2023-24-Q3", "2023-24-Q4", "2024-25-Q1", "2024-25-Q2")
NOW = QUARTERS[-1]


def fits(path, word):
    return word in path.name.casefold()


@pytest.fixture
def council(tmp_path, monkeypatch):
    """A data root with `northborough`, and a function that puts a return into a quarter."""
    monkeypatch.delenv(ADMITTED, raising=False)
    monkeypatch.setenv("PEERPACK_DATA", str(tmp_path))
    monkeypatch.setattr("peerpack.intake.door._kept", lambda: tmp_path / "reports" / ".admitted")
    (tmp_path / "northborough").mkdir()
    shutil.copy(OWN / "council.toml", tmp_path / "northborough")

    def put(word, *quarters, more=b""):
        for quarter in quarters:
            folder = tmp_path / "northborough" / quarter
            folder.mkdir(exist_ok=True)
            for path in (p for p in (OWN / "2024-25-Q1").iterdir() if fits(p, word)):
                (folder / path.name).write_bytes(path.read_bytes() + more)

    return put


def test_a_year_is_four_returns_as_one_and_no_two_rows_are_the_same(council):
    council("position", *QUARTERS)
    year = intake.admit_year("hr_positions", "northborough", NOW)
    assert year.supplied
    assert list(year.frame["return_quarter"].drop_duplicates()) == list(QUARTERS)
    assert year.frame["source_row"].is_unique
    assert list(year.receipts) == [0, 1, 2, 3]
    assert (year.receipt.period_start, year.receipt.period_end) == ("2023-10-01", "2024-09-30")


def test_a_year_with_a_quarter_missing_is_nothing_and_says_which(council):
    council("position", *QUARTERS[1:])
    year = intake.admit_year("hr_positions", "northborough", NOW)
    assert not year.supplied
    assert year.absent == "no return of 2023-24-Q3 was supplied"
    assert year.frame.empty
    assert "return_quarter" in year.frame


def test_a_dataset_that_was_not_supplied_is_an_empty_frame_of_its_columns(council):
    council("position", NOW)
    absent = intake.admit_if_supplied("council_tax_collection", "northborough", NOW)
    assert not absent.supplied
    assert absent.frame.empty
    assert str(absent.frame["period_end"].dtype) == "datetime64[us]"
    assert repr(absent) == "Council tax collection: no evidence supplied"


def test_an_earlier_return_is_read_no_further_back_than_its_contract_says(council):
    council("budget", *QUARTERS)
    two_back = intake.admit_earlier("budget_monitoring", "northborough", NOW, 2)
    assert two_back.receipt.quarter == "2023-24-Q4"
    assert not intake.admit_earlier("budget_monitoring", "northborough", NOW, 3).supplied


def test_the_last_wave_of_a_survey_is_the_newest_return_that_is_not_this_one_again(council):
    council("survey", "2023-24-Q4", more=b"\n")
    council("survey", "2023-24-Q3", more=b"\n\n")
    council("survey", "2024-25-Q1", NOW)
    wave = intake.admit_last_wave("resident_survey", "northborough", NOW)
    assert wave.receipt.quarter == "2023-24-Q4"


def test_the_batch_lays_for_its_kernels_what_a_session_would_read(council, tmp_path, monkeypatch):
    council("position", *QUARTERS)
    session = intake.admit_year("hr_positions", "northborough", NOW)
    desk = intake.supplied("northborough", Quarter.parse(NOW), [tmp_path])
    kept, laid = tmp_path / "reports" / ".admitted", tmp_path / "laid"
    list(admit_supplied(desk, laid, kept))
    for before, name, _ in earlier_returns(desk, [tmp_path]):
        list(admit_supplied(before, laid / EARLIER / str(before.quarter), kept, [name]))
    monkeypatch.setenv(ADMITTED, str(laid))
    batch = intake.admit_year("hr_positions", "northborough", NOW)
    assert batch.frame.equals(session.frame)
    assert batch.receipts == session.receipts


def test_the_batch_gives_a_notebook_no_dataset_that_it_does_not_name(
    council, tmp_path, monkeypatch
):
    council("position", NOW)
    desk = intake.supplied("northborough", Quarter.parse(NOW), [tmp_path])
    list(admit_supplied(desk, tmp_path / "laid"))
    monkeypatch.setenv(ADMITTED, str(tmp_path / "laid"))
    monkeypatch.setenv(READS, "hr_positions")
    assert len(intake.admit("hr_positions", "northborough", NOW).frame)
    for door in (intake.admit, intake.admit_if_supplied):
        with pytest.raises(UsageError, match="budget_monitoring is not among the datasets"):
            door("budget_monitoring", "northborough", NOW)
