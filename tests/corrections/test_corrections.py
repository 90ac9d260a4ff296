"""Written corrections: applied where they fit, stale where they do not, and reversible."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from pydantic import ValidationError

from peerpack.corrections import Correction, apply, touched
from peerpack.errors import StaleCorrection


def frame():
    drawn = pd.DataFrame({
        "source_row": [1_000_000_002, 1_000_000_003, 1_000_000_004],
        "ref": pd.Series(["P1", "01", None], dtype="str"),
        "fte": [1.0, 10.0, None],
        "start": pd.to_datetime(["2024-04-01", "2024-05-01", None]).astype("datetime64[us]"),
    })  # fmt: skip
    return drawn.set_index("source_row", drop=False)


def written(where, column, expect, value):
    return Correction(
        id="c1", dataset="hr_positions", reason="Drawn.", author="A", date=date(2024, 7, 9),
        where=where, column=column, expect=expect, value=value,
    )  # fmt: skip


def test_no_correction_changes_nothing():
    corrected, done = apply(frame(), [])
    assert_frame_equal(corrected, frame())
    assert done == ()


def test_a_correction_changes_the_rows_it_names_and_not_the_frame_given():
    given_frame = frame()
    corrected, done = apply(given_frame, [written({"ref": "01"}, "fte", 10, 1.0)])
    assert list(corrected.fte)[:2] == [1.0, 1.0]
    assert [(each.id, each.column, each.rows_n) for each in done] == [("c1", "fte", 1)]
    assert_frame_equal(given_frame, frame())


def test_the_rows_that_corrections_change_are_found_one_after_the_other():
    first = written({"ref": "01"}, "ref", "01", "P1")
    second = written({"ref": "P1"}, "ref", "P1", "P9").model_copy(update={"id": "c2"})
    rows = touched(frame(), [first, second])
    assert rows == {"c1": [1_000_000_003], "c2": [1_000_000_002, 1_000_000_003]}


@pytest.mark.parametrize(("where", "column", "expect", "value"), [
    ({"ref": "01"}, "start", date(2024, 5, 1), date(2024, 4, 30)),
    ({"start": date(2024, 5, 1)}, "ref", "01", "02"),
    ({"ref": None}, "fte", None, 0.5),
    ({"source_row": 1_000_000_002}, "ref", "P1", None),
])  # fmt: skip
def test_dates_codes_and_missing_values_can_be_corrected_and_put_back(where, column, expect, value):
    there, _ = apply(frame(), [written(where, column, expect, value)])
    row = {
        "source_row": int(
            there.index[
                (there[column] != frame()[column])
                & ~(there[column].isna() & frame()[column].isna())
            ][0]
        )
    }
    back, _ = apply(there, [written(row, column, value, expect)])
    assert_frame_equal(back, frame())


@given(st.floats(-1e9, 1e9).filter(lambda x: x != 10), st.integers(0, 3))
def test_a_correction_applied_and_reversed_gives_the_frame_back(value, other_n):
    there, _ = apply(frame(), [written({"ref": "01"}, "fte", 10.0, value)])
    back, _ = apply(there, [written({"ref": "01"}, "fte", value, 10.0)])
    assert_frame_equal(back, frame())


@pytest.mark.parametrize(("where", "expect", "matched_n"), [
    ({"ref": "P9"}, 10, 0), ({"ref": "01"}, 9, 1), ({"ref": "nan"}, None, 0), ({"ref": None}, 0, 1),
])  # fmt: skip
def test_a_correction_whose_row_or_value_has_gone_is_stale(where, expect, matched_n):
    with pytest.raises(
        StaleCorrection, match=rf"{matched_n} rows match, and not all hold it. Remove"
    ):
        apply(frame(), [written(where, "fte", expect, 1.0)])


@pytest.mark.parametrize("where", [{}, {"reff": "P1"}])
def test_a_correction_that_names_no_column_is_refused(where):
    with pytest.raises(
        StaleCorrection, match=r"names no column of the dataset. Columns: source_row"
    ):
        apply(frame(), [written(where, "fte", 1, 2)])


@pytest.mark.parametrize(("column", "expect", "value", "holds"), [
    ("fte", 10, "one", "numbers"), ("fte", 10, True, "numbers"), ("ref", "01", 7, "words"),
    ("start", date(2024, 5, 1), "1 May", "dates"),
])  # fmt: skip
def test_a_value_of_another_kind_is_refused(column, expect, value, holds):
    with pytest.raises(StaleCorrection, match=rf"is no value for {column}, which holds {holds}"):
        apply(frame(), [written({"ref": "01"}, column, expect, value)])


def test_where_a_row_came_from_is_never_corrected():
    with pytest.raises(StaleCorrection, match=r"source_row says where a row came from"):
        apply(frame(), [written({"ref": "01"}, "source_row", 1_000_000_003, 1)])


def test_a_misspelt_key_of_a_correction_is_an_error():
    with pytest.raises(ValidationError, match=r"exepct"):
        Correction(id="c", exepct=1)
