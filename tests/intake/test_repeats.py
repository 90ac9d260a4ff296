"""Rows that repeat others are kept and told, and no verdict turns on them."""

import pandas as pd

from peerpack.catalogue.load import dataset
from peerpack.intake.repeats import RUNS_KEPT_N, repeats_of

PAYMENTS = dataset("supplier_spend")


def paid(*rows):
    """Payments as supplier, transaction number, pounds."""
    frame = pd.DataFrame(rows, columns=["supplier", "transaction_number", "amount_gbp"])
    frame["source_row"] = range(1_000_000_002, 1_000_000_002 + len(frame))
    return frame.set_index("source_row", drop=False)


def found(*rows, contract=PAYMENTS):
    return [
        (r.but, r.groups_n, r.rows_n, r.at_stake_gbp) for r in repeats_of(paid(*rows), contract)
    ]


def test_rows_that_differ_say_nothing():
    assert found(("A Ltd", "T1", 5.0), ("A Ltd", "T2", 6.0)) == []


def test_one_row_repeats_nothing():
    assert found(("A Ltd", "T1", 5.0)) == []


def test_rows_alike_in_everything_are_counted_with_what_paying_twice_would_cost():
    rows = [("A Ltd", "T1", 5.0)] * 3 + [("B Ltd", "T2", 7.5)] * 2 + [("C Ltd", "T3", 1.0)]
    assert found(*rows) == [("", 2, 5, 17.5)]


def test_rows_alike_but_for_their_number_are_counted_beside_the_exact_ones():
    rows = [("A Ltd", "T1", 5.0), ("A Ltd", "T1", 5.0), ("A Ltd", "T2", 5.0)]
    assert found(*rows) == [("", 1, 2, 5.0), ("transaction_number", 1, 3, 10.0)]


def test_rows_that_lack_the_same_cells_are_alike():
    assert found((None, "T1", 5.0), (None, "T1", 5.0)) == [("", 1, 2, 5.0)]


def test_a_dataset_without_money_has_nothing_at_stake_in_pounds():
    people = dataset("hr_positions")
    assert found(("A", "1", 5.0), ("A", "1", 5.0), contract=people) == [("", 1, 2, None)]


def test_where_they_stand_is_told_as_runs_and_only_so_many():
    (few,) = repeats_of(paid(("A", "1", 5.0), ("A", "1", 5.0), ("B", "2", 1.0)), PAYMENTS)
    assert (few.runs, few.runs_n) == (((1_000_000_002, 1_000_000_003),), 1)
    apart = [row for n in range(300) for row in (("A", "1", 5.0), (f"B{n}", "2", 1.0))]
    (many,) = repeats_of(paid(*apart), PAYMENTS)
    assert (len(many.runs), many.runs_n, many.rows_n) == (RUNS_KEPT_N, 300, 300)
