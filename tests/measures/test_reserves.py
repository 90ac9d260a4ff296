"""Two ratios of reserves: balances and a ledger in, rows of a measure out."""

import math

import pytest
from drawn import drawn, lines

from peerpack.measures.reserves import general_fund_balance, usable_reserves

BALANCES = "reserve_class|reserve_name|opening_gbp|closing_gbp\n"
LEDGER = "revised_budget_gbp|forecast_outturn_gbp\n"
ALL = """Unallocated|General Fund|120|100
Earmarked|Insurance|60|80
Earmarked|Projects|40|-20
Schools|Balances|900|900
Public health|Grant|700|700
Housing revenue account|Homes|800|800
Capital|Receipts|600|600
"""


def found(measure, balances=ALL, budget="1000|1600\n1000|400", column="value"):
    table = measure(drawn(BALANCES + balances), drawn(LEDGER + budget))
    return dict(zip(table["basis"], table[column], strict=True))


def test_the_general_fund_balance_is_the_unallocated_one_over_the_net_budget():
    assert found(general_fund_balance) == {"closing": 5.0, "opening": 6.0}
    assert found(general_fund_balance, column="denominator")["closing"] == 2000.0


def test_usable_reserves_leave_out_schools_health_homes_and_capital():
    assert found(usable_reserves, column="numerator") == {"closing": 160.0, "opening": 220.0}


def test_usable_reserves_are_over_forecast_spending_and_say_so():
    assert found(usable_reserves, budget="1000|3200") == (
        pytest.approx({"closing": 5.0, "opening": 6.875})
    )
    assert set(found(usable_reserves, column="status").values()) == {"f"}
    assert found(usable_reserves, column="note")["opening"] == (
        "Over the forecast net expenditure of budget monitoring."
    )
    assert set(found(general_fund_balance, column="status").values()) == {""}


def test_a_reserve_in_deficit_counts_as_it_is_and_is_named():
    assert (
        "In deficit, and counted so: Projects." in found(usable_reserves, column="note")["closing"]
    )
    overdrawn = found(general_fund_balance, "Unallocated|General Fund|10|-40\n")
    assert overdrawn == {"closing": -2.0, "opening": 0.5}


@pytest.mark.parametrize("budget", ["0|0", "-5|-5"])
@pytest.mark.parametrize("measure", [general_fund_balance, usable_reserves])
def test_a_budget_that_is_not_above_zero_gives_no_share_and_says_why(measure, budget):
    assert math.isnan(found(measure, budget=budget)["closing"])
    assert found(measure, budget=budget, column="status")["closing"] == ""
    assert (
        "not above zero: no share of it" in found(measure, budget=budget, column="note")["closing"]
    )


def test_a_return_without_an_unallocated_balance_has_no_ratio_of_it_rather_than_nought():
    assert math.isnan(found(general_fund_balance, "Earmarked|Insurance|60|80\n")["closing"])
    note = found(general_fund_balance, "Earmarked|Insurance|60|80\n", column="note")["closing"]
    assert note == "The return has no such reserve."


def test_the_rows_are_the_balances_over_every_line_of_the_ledger():
    table = usable_reserves(drawn(BALANCES + ALL), drawn(LEDGER + "1|1\n2|2"))
    assert lines(table["numerator_rows"].iloc[0]) == [1, 2, 3]
    assert lines(table["denominator_rows"].iloc[0]) == [1, 2]


@pytest.mark.parametrize("measure", [general_fund_balance, usable_reserves])
def test_an_empty_return_or_ledger_gives_both_rows_without_a_value(measure):
    balances, ledger = drawn(BALANCES + ALL), drawn(LEDGER + "1|1")
    for pair in ((balances.head(0), ledger), (balances, ledger.head(0))):
        table = measure(*pair)
        assert len(table) == 2
        assert table["value"].isna().all()


@pytest.mark.parametrize("measure", [general_fund_balance, usable_reserves])
def test_the_order_of_reserves_changes_no_figure(measure):
    upside_down = "\n".join(reversed(ALL.strip().split("\n")))
    for column in ("value", "numerator", "note"):
        assert found(measure, upside_down, column=column) == found(measure, column=column)
