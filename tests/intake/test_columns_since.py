"""Columns new, gone or renamed since the quarter before, and last quarter's file given again."""

import pytest

from peerpack.handover.receipt import FileRead, HeaderUsed, HeadingNotRead, Receipt, Verdict
from peerpack.intake.again import check_of_same_file
from peerpack.intake.headings import check_of_columns, columns_changed


def receipt(read="", not_read="", covers="quarter", sha256="a"):
    """A receipt of headings: `Amount as amount_gbp, …`, and those that no column uses."""
    place = {"file": "paid.csv", "sheet": ""}
    pairs = [part.split(" as ") for part in read.split(", ") if part]
    file = FileRead(number=1, name="paid.csv", sha256=sha256, sheet="", encoding="", rows_in=1)
    return Receipt(
        dataset="d", title="D", council="c", quarter="2024-25-Q1", covers=covers, personal=False,
        period_start="", period_end="", public=False, base_of="", owner="", sha256=sha256,
        files=(file,), rows_in=1, rows_admitted=1, set_aside=(), quarantined=(),
        reconciliations=(), corrections=(), verdict=Verdict(outcome="pass", checks=()),
        headers=tuple(HeaderUsed(heading=h, column=c, **place) for h, c in pairs),
        not_read=tuple(HeadingNotRead(heading=h, **place) for h in not_read.split(", ") if h),
    )  # fmt: skip


def found(now, before):
    return check_of_columns(columns_changed(now, before)).found


def test_the_same_headings_in_other_case_and_order_have_not_changed():
    now = receipt("NET AMOUNT as amount_gbp, Supplier as supplier", "VAT No")
    before = receipt("Supplier as supplier, Net Amount as amount_gbp", "vat no")
    assert found(now, before) == ""


def test_a_heading_more_is_no_warning():
    assert found(receipt("A as a", "Extra"), receipt("A as a")) == ""
    assert columns_changed(receipt("A as a", "Extra"), receipt("A as a")).new == ("Extra",)


def test_a_column_gone_is_told_with_what_stands_empty_now():
    now, before = receipt("A as a"), receipt("A as a, Purpose as purpose")
    assert found(now, before) == "gone: 'Purpose'; so nothing stands in purpose any more"


def test_a_heading_that_nobody_reads_is_told_when_it_goes():
    assert found(receipt("A as a"), receipt("A as a", "VAT No")) == "gone: 'VAT No'"


def test_a_column_read_under_another_heading_is_renamed_and_neither_new_nor_gone():
    now, before = receipt("Net Amount as amount_gbp"), receipt("Amount as amount_gbp")
    changed = columns_changed(now, before)
    assert (changed.new, changed.gone, changed.columns_gone) == ((), (), ())
    assert found(now, before) == "amount_gbp is headed 'Net Amount', was 'Amount'"


def test_a_renaming_that_the_contract_does_not_know_is_guessed_at_and_never_made():
    now, before = receipt("A as a", "Spend type"), receipt("A as a, Purpose as purpose")
    assert found(now, before) == (
        "gone: 'Purpose'; so nothing stands in purpose any more; new: 'Spend type'; if one of "
        "these is the other renamed, add its new heading to the dataset's contract"
    )


def test_a_second_heading_of_a_column_in_another_file_is_no_change():
    one = receipt("Amount as amount_gbp")
    assert found(receipt("Amount as amount_gbp, Net Amount as amount_gbp"), one) == ""


@pytest.mark.parametrize(("covers", "sha256", "found"), [
    ("quarter", "a", "Same bytes as last quarter: paid.csv. Ask for this quarter's."),
    ("snapshot", "a", "Same bytes as last quarter: paid.csv. Ask for this quarter's."),
    ("quarter", "b", ""),
])  # fmt: skip
def test_last_quarters_file_given_again_is_told(covers, sha256, found):
    (check,) = check_of_same_file(receipt(covers=covers, sha256=sha256), receipt())
    assert check.found == found


def test_what_is_the_latest_may_be_the_same_as_before():
    assert check_of_same_file(receipt(covers="latest"), receipt()) == ()
