"""The page of the data and its quality, in the words of the data's owner."""

import pytest

from peerpack.handover.receipt import HeaderUsed, Verdict


@pytest.fixture
def quality(draw, read):
    return lambda *receipts, **said: read(draw(receipts=receipts, **said), "quality.html")


def test_the_rows_of_a_dataset_add_up_before_the_reader(quality, rows):
    assert (
        "50 rows received = 42 used + 7 set aside + 1 in quarantine."
        in quality(rows.receipt()).text
    )
    lost = quality(rows.receipt(rows_admitted=41)).text
    assert "50 rows received ≠ 41 used + 7 set aside + 1 in quarantine." in lost
    assert "These do not add up" in lost


def test_the_summary_counts_returns_by_how_they_stood_and_the_rows_that_were_lost(quality, rows):
    stopped = Verdict(outcome="stop", checks=())
    page = quality(rows.receipt(), rows.receipt(dataset="b", verdict=stopped, quarantined=()))
    assert "2 returns were supplied: 1 passed with warnings and 1 stopped." in page.text
    assert (
        "Of 100 rows received, 1 could not be read. 2 written corrections were applied."
        in page.text
    )


def test_its_owner_is_told_what_failed_why_it_matters_where_and_what_to_do(quality, rows):
    page = quality(rows.receipt())
    said = (
        "1 check failed, 1 row could not be read and 1 printed total differs from the rows summed"
    )
    assert f"Finance : Budget monitoring : {said}" in page.text
    assert "Every service has a budget a warning 2 rows" in page.text
    assert "What to do: mend the rows where they come from" in page.text
    assert "Corrections applied Sign was turned (budget_gbp, 1 row; c-1)" in page.text


def test_a_column_is_called_what_the_file_calls_it(quality, rows):
    header = HeaderUsed(file="Budget P3.xlsx", sheet="Q1", column="budget_gbp", heading="Budget £")
    page = quality(rows.receipt(headers=(header,)))
    assert "Budget P3.xlsx Q1 19 Budget £ n/k <b>" in page.text
    assert "row 30, Budget £ (Total Adults): printed 100, detail 90, difference 10" in page.text


def test_of_personal_data_no_cell_no_amount_and_no_failing_row_is_shown(quality, rows):
    assert "n/k <b> an amount in pounds Ask Finance for the amount." in quality(rows.receipt()).text
    private = quality(rows.receipt(personal=True)).text
    assert "n/k" not in private
    assert "Total Adults" not in private
    assert "not shown an amount in pounds" in private
    assert "a warning 2 rows not listed here" in private


def test_each_return_has_an_anchor_of_its_own_and_of_earlier_quarters_one_with_the_quarter(
    quality, rows
):
    then = rows.receipt(quarter="2023-24-Q4")
    page = quality(rows.receipt(), earlier=(then,), own=(rows.receipt(dataset="evidence"),))
    assert {"dataset-budget", "dataset-budget-2023-24-Q4", "dataset-evidence"} <= {*page.all("id")}
    assert "Budget monitoring January to March 2024" in page.text


def test_without_returns_it_says_so_and_files_that_fit_nothing_are_named(quality):
    page = quality()
    assert "No dataset was supplied." in page.text
    assert page.text_of("main").endswith("no table that the workbook knows. Photo of minutes.pdf")
