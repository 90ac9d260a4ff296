"""Actions on track by their dates. The day is 1 July 2010."""

import math
from datetime import date

import pytest
from drawn import drawn, lines

from peerpack.measures.actions import on_track_by_rule

DAY = date(2010, 7, 1)
PLAN = "status|due_date|due_as_printed\n"


def judged(text, plan=""):
    table = on_track_by_rule(drawn(PLAN + text), DAY, plan)
    return table.set_index(table["measure"].fillna("on_track"))


def test_no_action_is_no_share():
    found = judged("")
    assert math.isnan(found.loc["on_track", "value"])
    assert found.loc["late", "value"] == 0


def test_done_or_not_yet_due_is_on_track_and_a_passed_date_is_late_whatever_the_owner_says():
    found = judged(
        "complete|2010-03-31|March 2010\n"
        "ongoing|2010-07-01|July\n"  # due today: it has not passed
        "ongoing|2010-06-30|June 2010\n"
        "not stated|2011-03-31|March 2011\n"
    )
    assert found.loc["on_track", "value"] == 75
    assert lines(found.loc["late", "numerator_rows"]) == [3]
    assert found.loc["said_in_hand", "value"] == 75


def test_a_deadline_that_is_no_date_is_not_on_track_not_late_and_named():
    found = judged("ongoing||Depends on business plan\nongoing|2011-04-30|April 2011\n")
    assert found.loc["on_track", "value"] == 50
    assert found.loc["late", "value"] == 0
    assert found.loc["undated", "value"] == 1
    assert found.loc["on_track", "note"] == (
        "1 not complete and without a date that can pass: “Depends on business plan”."
    )


def test_an_action_that_is_done_needs_no_date():
    assert judged("Complete||\n").loc["on_track", "value"] == 100


@pytest.mark.parametrize("plan", ["||\n||\n", "not stated||\n"])
def test_where_no_date_and_no_status_is_given_nothing_is_judged(plan):
    found = judged(plan)
    assert found[["value"]].loc[["on_track", "said_in_hand"]].isna().all().all()
    assert found.loc["undated", "value"] == plan.count("\n")


def test_the_figures_of_another_plan_have_names_of_their_own():
    assert list(judged("complete||\n", "service_plan").index) == [
        "service_plan", "service_plan_late", "service_plan_undated", "service_plan_said_in_hand",
    ]  # fmt: skip
