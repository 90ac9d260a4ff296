"""The shape every measure gives back."""

import math

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from peerpack.handover.evidence import MEASURED_COLUMNS
from peerpack.measures.table import cuts_of, distinct, measured, money_sum, not_in, ratio


def test_what_a_measure_does_not_say_is_missing_or_empty():
    row = measured([{"value": 2.0}], ["ward"]).iloc[0]
    assert row["value"] == 2.0
    assert pd.isna(row[["ward", "numerator", "denominator", "lower", "upper", "base_n"]]).all()
    assert row[["interval", "status", "note"]].tolist() == ["", "", ""]
    assert len(row["numerator_rows"]) == len(row["denominator_rows"]) == 0


def test_all_columns_but_the_measured_are_cuts_outermost_first():
    table = measured([{"value": 1.0, "team": "A"}], ["directorate", "team"])
    assert cuts_of(table) == ("directorate", "team")
    assert tuple(table.columns) == ("directorate", "team", *MEASURED_COLUMNS)


def test_a_ratio_over_nothing_is_missing():
    assert math.isnan(ratio(1.0, 0.0))
    assert math.isnan(ratio(1.0, math.nan))
    assert ratio(1.0, 4.0) == 0.25


@given(st.lists(st.integers(-(10**11), 10**11), max_size=30))
def test_a_sum_of_whole_pence_is_exact_in_any_order(pence):
    pounds = pd.Series([each / 100 for each in pence], dtype="float64")
    assert money_sum(pounds) == sum(pence) / 100 == money_sum(pounds[::-1])


SOURCE_ROWS = st.lists(st.integers(0, 9).map(lambda line: 10**9 + line))


@given(SOURCE_ROWS, SOURCE_ROWS)
def test_rows_are_told_once_and_in_order_and_those_not_known_are_found(rows, known):
    once = distinct(np.array(rows, dtype="int64"))
    assert once.tolist() == sorted(set(rows))
    assert not_in(once, distinct(known)).tolist() == sorted(set(rows) - set(known))
