"""One line of a national return: a council's own, or England's as published."""

import pandas as pd
import pytest

from peerpack.errors import NotFound, UsageError
from peerpack.measures.outturn import line_of, line_of_england

NORTHBY, SOUTHBY, PAIR = "E08000099", "E08000098", "E06000997 / E06000998"


def outturn():
    rows = [
        ("RO3", NORTHBY, "Northby", "authority", 40.0, None, 12.0, None),
        ("RSX", NORTHBY, "Northby", "authority", 41.0, None, None, None),
        ("RSX", SOUTHBY, "Southby", "authority", None, "x", None, None),
        ("RSX", PAIR, "Eastby and Westby", "authority", 9.0, None, None, None),
        ("RSX", "E08", "Metropolitan Districts", "class", 81.0, None, None, None),
        ("RSX", "E92000001", "ENGLAND", "England", 500.0, None, None, None),
    ]
    columns = ["form", "ons_code", "area_name", "area_kind", "children_gbp", "children_gbp_status",
               "fostering_gbp", "fostering_gbp_status"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(source_row=range(101, 107)).set_index("source_row", drop=False)


@pytest.mark.parametrize(("column", "value", "row"), [
    ("children_gbp", 41.0, 102),
    ("fostering_gbp", 12.0, 101),
])  # fmt: skip
def test_a_line_of_two_forms_is_taken_from_the_summary(column, value, row):
    line = line_of(outturn(), NORTHBY, column)
    assert (line.value.item(), list(line.numerator_rows.item())) == (value, [row])


def test_a_council_that_sent_nothing_has_a_status_and_no_figure():
    line = line_of(outturn(), SOUTHBY, "children_gbp")
    assert pd.isna(line.value.item())
    assert line.status.item() == "x"


def test_englands_figure_is_its_own_and_not_the_sum_of_those_who_returned():
    assert line_of_england(outturn(), "children_gbp").value.tolist() == [500.0]


@pytest.mark.parametrize(("code", "column", "error", "message"), [
    ("", "children_gbp", UsageError, "council.toml has none. Add the code there"),
    ("E08000001", "children_gbp", NotFound, "has the code E08000001. Correct ons_code"),
    ("E08", "children_gbp", NotFound, "No authority .* has the code E08. Correct"),
    ("E06000998", "children_gbp", NotFound, "E06000998 alone; it is part of Eastby and Westby"),
    (SOUTHBY, "fostering_gbp", NotFound, "one row of the area with fostering_gbp, found 0"),
])  # fmt: skip
def test_a_line_that_cannot_be_had_is_refused_with_the_reason(code, column, error, message):
    with pytest.raises(error, match=message):
        line_of(outturn(), code, column)
