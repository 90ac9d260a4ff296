"""Admit: hash, read, correct, judge. A quarter on the desk, and what its receipt says."""

import csv
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from peerpack.catalogue.load import dataset
from peerpack.errors import GateStopped, NotFound, ReturnRefused, StaleCorrection
from peerpack.intake import admit, admit_supplied, supplied
from peerpack.intake.admit import admit_from, lay, take
from peerpack.intake.door import ADMITTED
from peerpack.intake.sums import checks_of_sums
from peerpack.sources import read
from peerpack.vocab import Quarter

Q1 = Quarter(2024, 1)
HEAD = (
    "Directorate|Service|Cost Centre|Cost Centre Desc|Original Budget|Revised Budget|"
    "Forecast Outturn|Variance"
)
LINES = ["Adults|Homecare|01|Care|100|100|110|10", "Adults|Homecare|02|Meals|200|200|190|(10)"]


class Quarterly:
    """A council's folder in a data root."""

    def __init__(self, root: Path):
        self.root = root
        self.folder = root / "northby" / str(Q1)
        self.folder.mkdir(parents=True)
        (root / "northby" / "council.toml").write_text('slug = "northby"\nname = "Northby"\n')

    def put(self, *lines, name="ledger.csv", head=HEAD):
        with (self.folder / name).open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows(line.split("|") for line in (head, *lines))
        return self

    def correct(self, text):
        (self.root / "northby" / "corrections").mkdir(exist_ok=True)
        (self.root / "northby" / "corrections" / "all.yml").write_text(text)
        return self

    def desk(self, *more_roots):
        return supplied("northby", Q1, [self.root, *more_roots])

    def admitted(self):
        return admit_from(self.desk(), "budget_monitoring")


CORRECTION = """
- {id: c1, dataset: budget_monitoring, reason: Agreed., author: A, date: 2024-07-09,
   where: {cost_centre: '01'}, column: variance_gbp, expect: 10, value: %s}
"""


@pytest.fixture
def quarter(tmp_path):
    return Quarterly(tmp_path / "data")


def test_a_good_ledger_passes_and_its_receipt_adds_up(quarter):
    receipt = quarter.put(*LINES).admitted().receipt
    assert (receipt.rows_in, receipt.rows_admitted, receipt.rows_set_aside) == (3, 2, 1)
    assert receipt.verdict.outcome == "pass"
    assert receipt.period == "2024-04-01 to 2024-06-30"


@pytest.mark.parametrize(("lines", "message"), [
    ([], "no row of ledger.csv could be admitted; 0 cells are in quarantine"),
    (["A|B|01|C|TBC|1|1|0"], "no row of ledger.csv could be admitted; 1 cells are in quarantine"),
])  # fmt: skip
def test_a_return_without_a_row_to_admit_is_refused(quarter, lines, message):
    with pytest.raises(ReturnRefused, match=message):
        quarter.put(*lines).admitted()


def test_a_row_in_quarantine_is_at_least_a_warning(quarter):
    receipt = quarter.put(*LINES, "Adults|Homecare|03|Day|#REF!|1|1|0").admitted().receipt
    assert (receipt.verdict.outcome, receipt.rows_quarantined, receipt.rows_in) == ("warn", 1, 4)


def test_a_total_that_is_not_the_sum_of_its_detail_is_at_least_a_warning(quarter):
    assert (
        quarter.put(*LINES, "Grand Total||||302|300|300|-").admitted().receipt.verdict.outcome
        == "warn"
    )


def the_sum(receipt):
    return next(c for c in receipt.verdict.checks if c.id == "variance-is-forecast-less-budget")


def test_a_variance_that_is_not_forecast_less_budget_warns_and_names_its_row(quarter):
    receipt = quarter.put(*LINES, "Adults|Homecare|03|Day|5|5|9|2").admitted().receipt
    check = the_sum(receipt)
    assert (check.passed, check.failing_rows, check.failing_n) == (False, (1_000_000_004,), 1)
    assert (check.severity, receipt.verdict.outcome) == ("warn", "warn")


@pytest.mark.parametrize("variance", ["3", "5"])
def test_a_variance_within_a_pound_is_rounding(quarter, variance):
    receipt = quarter.put(*LINES, f"Adults|Homecare|03|Day|5|5|9|{variance}").admitted().receipt
    assert the_sum(receipt).passed
    assert receipt.verdict.outcome == "pass"


def test_a_sum_with_a_part_missing_is_left_to_the_not_null_check(quarter):
    quarter.put("Adults|Homecare|03|Day|5|5||2")
    contract = dataset("budget_monitoring")
    frame = read([quarter.folder / "ledger.csv"], contract).frame
    assert [check.passed for check in checks_of_sums(frame, contract)] == [True]
    assert quarter.admitted().receipt.verdict.outcome == "stop"


def test_every_line_of_the_demonstration_sums(monkeypatch):
    monkeypatch.delenv(ADMITTED, raising=False)
    receipt = admit("budget_monitoring", "northborough", "2024-25-Q1").receipt
    assert the_sum(receipt).passed


def test_a_correction_is_applied_before_the_judgement_and_stands_in_the_digest(quarter):
    before = quarter.put(*LINES).admitted().receipt
    first = quarter.correct(CORRECTION % 12).admitted().receipt
    second = quarter.correct(CORRECTION % 13).admitted().receipt
    assert [each.id for each in first.corrections] == ["c1"]
    assert the_sum(first).failing_rows == (1_000_000_002,)
    assert len({before.sha256, first.sha256, second.sha256}) == 3


@pytest.mark.parametrize(("text", "message"), [
    (CORRECTION.replace("budget_monitoring", "budgets") % 1, "c1: .*its dataset is 'budgets'"),
    (CORRECTION % 1 + CORRECTION % 2, "Correction c1: its id stands 2 times"),
    ("- {id: c1}", "corrections/all.yml: dataset: Field required. Mend the file"),
    ("just words", "corrections/all.yml: the whole entry: .*Mend the file"),
    ("a: [", "all.yml: not YAML"),
])  # fmt: skip
def test_a_correction_that_could_not_be_applied_is_refused_at_the_desk(quarter, text, message):
    with pytest.raises(StaleCorrection, match=message):
        quarter.put(*LINES).correct(text).desk()


def test_of_two_roots_with_the_same_quarter_the_first_wins_with_its_corrections(tmp_path):
    one = Quarterly(tmp_path / "one").put(*LINES).correct(CORRECTION % 11)
    two = (
        Quarterly(tmp_path / "two")
        .put(*LINES)
        .put(*LINES, name="more.csv")
        .correct(CORRECTION % 12)
    )
    desk = one.desk(two.root)
    assert desk.files("budget_monitoring") == (one.folder / "ledger.csv",)
    assert [each.value for each in desk.corrections] == [11]


@pytest.mark.parametrize(("text", "error", "message"), [
    ('[assign]\n"gone.csv" = "supplier_spend"', ReturnRefused, "assigns 'gone.csv' .*no such file"),
    ('[assign]\n"ledger.csv" = "budgets"', ReturnRefused, "to 'budgets': .*no such dataset"),
    ('[assign]\n"ledger.csv" = ["a"]', StaleCorrection, "returns.toml: assign.ledger.csv: Input"),
    ('[asign]\n"ledger.csv" = "supplier_spend"', StaleCorrection, "returns.toml: asign: Extra"),
    ("[assign", StaleCorrection, "returns.toml: not TOML"),
])  # fmt: skip
def test_a_wrong_assignment_by_hand_is_refused(quarter, text, error, message):
    quarter.put(*LINES)
    (quarter.folder / "returns.toml").write_text(text)
    with pytest.raises(error, match=message):
        quarter.desk()


def test_a_quarter_whose_files_fit_nothing_is_not_found(quarter):
    with pytest.raises(NotFound, match=r"none of 1 files fits a dataset"):
        quarter.put("1", head="Colour").desk()


def test_a_dataset_that_was_not_supplied_is_not_found(quarter):
    with pytest.raises(NotFound, match=r"no file fits hr_positions. Supplied: budget_monitoring"):
        quarter.put(*LINES).desk().files("hr_positions")


def test_a_stopped_dataset_is_refused_with_the_reason(quarter, monkeypatch):
    monkeypatch.setenv("PEERPACK_DATA", str(quarter.root))
    quarter.put(*LINES, "Adults|Homecare|03|Day||5|5|0")
    with pytest.raises(GateStopped, match=r"\(check original-budget-gbp-given, 1 row\)\. Mend the"):
        admit("budget_monitoring", "northby", "2024-25-Q1")


def test_what_the_batch_lays_a_kernel_takes_unchanged(quarter, tmp_path):
    admitted = quarter.put(*LINES).admitted()
    lay(tmp_path / "laid", admitted)
    taken = take(tmp_path / "laid", "budget_monitoring", "northby", Q1)
    assert_frame_equal(taken.frame, admitted.frame)
    assert taken.receipt == admitted.receipt
    assert (tmp_path / "laid").stat().st_mode & 0o077 == 0


def test_what_was_laid_for_another_quarter_is_refused(quarter, tmp_path):
    assert [r.dataset for r in admit_supplied(quarter.put(*LINES).desk(), tmp_path / "laid")] == [
        "budget_monitoring"
    ]
    with pytest.raises(ReturnRefused, match=r"admitted northby 2024-25-Q1, not northby 2024-25-Q2"):
        take(tmp_path / "laid", "budget_monitoring", "northby", Q1.next())
    with pytest.raises(
        ReturnRefused, match=r"hr_positions was not supplied for northby 2024-25-Q1"
    ):
        take(tmp_path / "laid", "hr_positions", "northby", Q1)


PAID = "Payment Date|Effective Date|Amount|Supplier|Directorate|Transaction Number|Purpose"


def test_a_payment_outside_the_year_to_date_is_kept_and_told(quarter):
    days = ("31/03/2024", "01/04/2024", "30/06/2024", "01/07/2024")
    lines = [f"{day}|{day}|5|A Ltd|Roads|T{at}|Works" for at, day in enumerate(days)]
    desk = quarter.put(*lines, name="paid.csv", head=PAID).desk()
    receipt = admit_from(desk, "supplier_spend").receipt
    told = [(c.id, c.failing_rows) for c in receipt.verdict.checks if not c.passed]
    assert told == [("payment-date-in-period", (1_000_000_002, 1_000_000_005))]
    assert (receipt.rows_admitted, receipt.verdict.outcome) == (4, "warn")
