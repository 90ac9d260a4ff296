"""Savings, reserves and collection through the door: what stops, what warns and what is told."""

import csv

import pytest

from peerpack.intake import supplied
from peerpack.intake.admit import admit_from
from peerpack.vocab import Quarter

Q1 = Quarter(2024, 1)
SAVINGS = (
    "Ref|Title|Directorate|Year|Target|Delivered|Forecast|Category|Recurrent|RAG",
    "A1|Care packages|Adults|2024/25|500000|120000|400000|Planned|Y|Amber",
    "A2|Vacancies|Adults|2024/25|-|30000|60000|One-off mitigation|N|Green",
    "R1|Offices|Resources|2024/25|80000|-|80000|Planned|Y|Green",
)
RESERVES = (
    "Type|Reserve|Opening Balance|Transfers In|Transfers Out|Closing Balance",
    "General reserve|General Fund|12000000|500000|-|12500000",
    "Earmarked|Insurance|3000000|-|400000|2600000",
)
COLLECTION = (
    "Tax|Month Ended|Net Collectable Debit|Current Year Receipts|Collection Rate %",
    "CT|30/04/2024|120000000|12600000|10.50",
    "CT|30/06/2024|120400000|33800000|28.07%",
)
RETURNS = {
    "savings_tracker": SAVINGS,
    "reserves": RESERVES,
    "council_tax_collection": COLLECTION,
}


@pytest.fixture
def admitted(tmp_path):
    """Admit a dataset from drawn lines."""

    def admit_lines(dataset, lines):
        folder = tmp_path / "northby" / str(Q1)
        folder.mkdir(parents=True)
        (tmp_path / "northby" / "council.toml").write_text('slug = "northby"\nname = "Northby"\n')
        with (folder / "export.csv").open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows(line.split("|") for line in lines)
        return admit_from(supplied("northby", Q1, [tmp_path]), dataset)

    return admit_lines


def failed(receipt):
    return {c.id: c.failing_rows for c in receipt.verdict.checks if not c.passed}


@pytest.mark.parametrize("dataset", RETURNS)
def test_a_good_return_passes_and_every_row_of_it_is_accounted_for(admitted, dataset):
    lines = RETURNS[dataset]
    receipt = admitted(dataset, lines).receipt
    assert (receipt.verdict.outcome, failed(receipt)) == ("pass", {})
    assert (receipt.rows_in, receipt.rows_admitted) == (len(lines), len(lines) - 1)
    assert receipt.rows_set_aside == 1
    assert receipt.period == "2024-04-01 to 2024-06-30"


def test_a_saving_of_a_kind_that_no_list_knows_stops_the_tracker_and_is_named(admitted):
    receipt = admitted("savings_tracker", [*SAVINGS, SAVINGS[1].replace("A1", "A9").replace(
        "Planned", "Cost avoidance")]).receipt  # fmt: skip
    assert receipt.verdict.outcome == "stop"
    assert failed(receipt) == {"category-known": (1_000_000_005,)}


def test_a_tracker_that_prints_savings_as_negative_amounts_is_stopped(admitted):
    lines = [line.replace("|500000|", "|(500000)|").replace("|80000|-", "|-80000|-")
             for line in SAVINGS]  # fmt: skip
    assert failed(admitted("savings_tracker", lines).receipt) == {"targets-save-money": ()}


def test_thousands_named_over_the_target_alone_make_each_delivery_a_warning(admitted):
    head = SAVINGS[0].replace("Target", "Target £k").replace("Forecast", "Forecast £k")
    lines = [line.replace("000|", "|") for line in SAVINGS[1:]]
    receipt = admitted("savings_tracker", [head, *lines]).receipt
    assert failed(receipt) == {"delivered-in-pounds": (1_000_000_002, 1_000_000_003)}


def test_transfers_out_printed_negative_warn_twice_and_the_balances_stand(admitted):
    lines = [line.replace("400000", "(400000)") for line in RESERVES]
    admission = admitted("reserves", lines)
    assert failed(admission.receipt) == {
        "transfers-out-not-negative": (1_000_000_003,),
        "closing-is-opening-plus-in-less-out": (1_000_000_003,),
    }
    assert admission.receipt.verdict.outcome == "warn"
    assert admission.frame.closing_gbp.sum() == 15_100_000


def test_a_statement_that_does_not_say_its_tax_warns_because_it_could_be_of_either(admitted):
    lines = [line.partition("|")[2] for line in COLLECTION]
    receipt = admitted("council_tax_collection", lines).receipt
    assert failed(receipt) == {"tax-given": (1_000_000_002, 1_000_000_003)}


@pytest.mark.parametrize(("printed", "kept", "told"), [
    ("28.1%", 28.1, ()),
    ("", float("nan"), ()),
    ("28.0%", 28, ("rate-is-receipts-over-debit",)),
    ("0.2807", 0.2807, ("in-year-collection-in-per-cent", "rate-is-receipts-over-debit")),
])  # fmt: skip
def test_a_rate_that_is_not_receipts_over_debit_is_told_and_kept(admitted, printed, kept, told):
    lines = [*COLLECTION[:2], COLLECTION[2].replace("28.07%", printed)]
    admission = admitted("council_tax_collection", lines)
    assert failed(admission.receipt) == dict.fromkeys(told, (1_000_000_003,))
    assert admission.frame.in_year_collection_pct.iloc[1] == pytest.approx(kept, nan_ok=True)
