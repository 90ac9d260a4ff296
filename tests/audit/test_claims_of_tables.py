"""Tables drawn, and which cell is named: never one that is only wrong because another is."""

import pytest

from peerpack.audit import claims


def accused(table, title=""):
    """The printed values of a table that cannot be."""
    return [each.value for each in claims(f"{title}\n\n{table}") if each.verdict == "cannot_be"]


VISITS = """
| Ward  | 2023/24 | 2024/25 | Change |
|-------|--------:|--------:|-------:|
| North |     120 |     130 |     10 |
| South |     200 |     190 |    -10 |
| East  |      90 |      99 |    {east} |
| West  |      40 |      44 |      4 |
| Total |     450 |     {total} |     13 |
"""
MONEY = """
| Service  | Budget £m | Outturn £m | Variance £m |
|----------|----------:|-----------:|------------:|
| Adults   |     120.4 |      124.1 |         3.7 |
| Children |      80.2 |       86.0 |         5.8 |
| Place    |      44.0 |       43.1 |       (0.9) |
| Total    |     {total} |      253.2 |         8.6 |
"""
REASONS = """
| Reason  | Number |     % |
|---------|-------:|------:|
| Stress  |     60 | 47.6% |
| Illness |     25 | 19.8% |
| Backs   |     23 | {backs}% |
| Other   |     18 | 14.3% |
| Total   |    126 |  100% |
"""


@pytest.mark.parametrize(
    ("table", "named"),
    [
        (VISITS.format(east=9, total=463), []),
        (VISITS.format(east=12, total=463), [12]),
        (VISITS.format(east=9, total=473), [473]),
        (MONEY.format(total=244.6), []),
        (MONEY.format(total=254.6), [254.6]),
        (REASONS.format(backs="18.3"), []),
        (REASONS.format(backs="21.3"), [21.3]),
    ],
)
def test_the_wrong_cell_is_named_and_no_other(table, named):
    assert accused(table) == named


@pytest.mark.parametrize(
    "rows",
    [
        "| North | 1,204 |\n| South | [c] |\n| Total | 3,100 |",
        "| Schools | 40 |\n| of which primary | 30 |\n| Other | 5 |\n| Total | 45 |",
        "| Pay | 40 |\n| Fees | 5 |\n| Gross | 45 |\n| Total | 45 |",
        "| Spend | 40 |\n| Income | 15 |\n| Total | 25 |",
        "| North | 33 |\n| South | 33 |\n| East | 34 |\n| All else | n/k |\n| Total | 120 |",
    ],
)
def test_a_total_that_some_reading_of_its_rows_gives_is_not_accused(rows):
    assert accused(f"| Area | Visits |\n|---|---|\n{rows}\n") == []


def test_rates_and_averages_are_not_summed():
    rows = "| A | 62 | 9.1 | 120 |\n| B | 55 | 8.2 | 310 |\n| Total | 58 | 8.5 | 430 |"
    assert (
        accused(f"| Team | Satisfied % | Days lost per FTE | FTE |\n|---|---|---|---|\n{rows}")
        == []
    )


def test_rounded_parts_may_miss_their_total_by_what_rounding_allows():
    head = "| Service | £m |\n|---|---|\n| A | 1.4 |\n| B | 1.4 |\n| C | 1.4 |\n"
    assert accused(f"{head}| Total | 4.3 |\n") == []
    assert accused(f"{head}| Total | 4.5 |\n") == [4.5]


def test_a_reduction_under_two_rows_is_tested_with_its_percentage():
    text = "Year\tCalls\n2023\t29,242\n2024\t22,287\nReduction\t6,955 (-23.78%)\n"
    assert [c.verdict for c in claims(text)][-2:] == ["supported", "supported"]
    assert accused(text.replace("23.78", "27.38")) == [-27.38]


def test_a_cell_has_the_unit_of_its_column_and_brackets_are_a_minus():
    found = {(c.value, c.unit) for c in claims(MONEY.format(total=244.6))}
    assert {(120.4, "GBP m"), (-0.9, "GBP m")} <= found
