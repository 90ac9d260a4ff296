"""Spending from the national outturn: the council, its neighbours, England."""

import pandas as pd
import pytest
from drawn import lines
from drawn_areas import NEIGHBOURS, NORTHBY, national, values

from peerpack.handover.neighbours import no_group
from peerpack.measures import per_head
from peerpack.measures.per_head import ALL_KINDS

CARE = ("children_social_care_net_gbp", "adult_social_care_net_gbp", "total_services_net_gbp",
        "total_services_gross_gbp", "total_services_fees_gbp")  # fmt: skip
OUTTURN = """
form|ons_code|area_name|area_kind|authority_class|children_social_care_net_gbp|adult_social_care_net_gbp|total_services_net_gbp|total_services_gross_gbp|total_services_fees_gbp
RSX|E08000099|Northby|authority|MD|39|60|300|500|50
RSX|E08000098|Southby|authority|MD|x|x|x|x|x
RSX|E08000097|Westby|authority|MD|20|30|100|0|10
RSX|E92000001|ENGLAND|England|Eng|900|1000|4000|8000|400
RO3|E08000099|Northby|authority|MD|40|60|||
RO3|E08000098|Southby|authority|MD|x|x|||
RO3|E08000097|Westby|authority|MD|20|30|||
RO3|E08|Metropolitan|class|MD|999|999|||
RO3|E92000001|ENGLAND|England|Eng|1000|1000|||
"""
PEOPLE = """
area_kind|ons_code|area_name|age_group|population_n
England||England|Children aged 0 to 17 years|50
authority|E08000099|Northby|Children aged 0 to 17 years|4
authority|E08000099|Northby|Adults aged 18 and over|400
authority|E08000098|Southby|Children aged 0 to 17 years|5
authority|E08000097|Westby|Children aged 0 to 17 years|4
"""


def outturn(text=OUTTURN):
    return national(text, *CARE)


def people(text=PEOPLE):
    return national(text, "population_n")


def children(**changed):
    given = {
        "outturn": outturn(),
        "population": people(),
        "ons_code": NORTHBY,
        "groups": [NEIGHBOURS],
    }
    return per_head.childrens_services(**given | changed)


def test_spending_is_shared_out_over_the_residents_under_eighteen_from_the_form_of_social_care():
    found = values(children(), "value", "numerator", "denominator", "status")
    assert found == [
        (None, 10.0, 40.0, 4.0, ""),
        ("Southby", None, None, 5.0, "x"),
        ("Westby", 5.0, 20.0, 4.0, ""),
        ("Eastby", None, None, None, "x"),
        ("England", 20.0, 1000.0, 50.0, ""),
    ]


def test_each_figure_names_the_row_of_its_spending_and_that_of_its_residents():
    own = children().iloc[0]
    assert (lines(own.numerator_rows), lines(own.denominator_rows)) == ([5], [2])


def test_without_the_form_of_social_care_the_summary_serves():
    summary = outturn().query("form == 'RSX'")
    assert values(children(outturn=summary))[0] == (None, 39 / 4)


@pytest.mark.parametrize("age_group", ["Adults aged 18 and over", "Children aged 10 to 17 years"])
def test_residents_of_other_ages_are_no_children(age_group):
    others = people(PEOPLE.replace("Children aged 0 to 17 years", age_group))
    assert values(children(population=others))[0] == (None, None)


def test_nobody_to_divide_by_is_no_figure():
    nobody = people(PEOPLE.replace("years|4", "years|0"))
    assert values(children(population=nobody))[0] == (None, None)


def test_a_council_without_an_official_code_has_no_figure_and_says_why():
    table = children(ons_code="", groups=[no_group("statistical neighbours", "none")])
    assert values(table, "value", "note") == [
        (
            None,
            None,
            "The council has no official code in its council.toml. Not set beside "
            "statistical neighbours: none.",
        ),
        ("England", 20.0, ""),
    ]


@pytest.mark.parametrize("measure", [
    lambda empty, folk: per_head.childrens_services(empty, folk, NORTHBY, [NEIGHBOURS]),
    lambda empty, folk: per_head.social_care_share(empty, NORTHBY, [NEIGHBOURS]),
    lambda empty, folk: per_head.fees_share(empty, NORTHBY, [NEIGHBOURS]),
])  # fmt: skip
def test_of_nothing_every_figure_is_missing_and_none_is_zero(measure):
    table = measure(outturn().head(0), people().head(0))
    assert len(table) == 5
    assert table["value"].isna().all()


def test_social_care_is_both_services_of_all_net_spending():
    found = values(per_head.social_care_share(outturn(), NORTHBY, [NEIGHBOURS]), "value", "status")
    assert found == [
        (None, 33.0, ""), ("Southby", None, "x"), ("Westby", 50.0, ""), ("Eastby", None, "x"),
        (ALL_KINDS, 47.5, ""),
    ]  # fmt: skip


def test_a_district_runs_no_social_care_and_has_no_share_of_it():
    district = OUTTURN.replace("Northby|authority|MD|39|60", "Northby|authority|SD|0|0")
    table = per_head.social_care_share(outturn(district), NORTHBY, [NEIGHBOURS])
    assert values(table, "value", "status", "note")[0] == (
        None, None, "z", "A district council runs no social care.",
    )  # fmt: skip


def test_fees_are_a_share_of_spending_before_income_and_of_nothing_spent_there_is_none():
    found = values(per_head.fees_share(outturn(), NORTHBY, [NEIGHBOURS]))
    assert found == [
        (None, 10.0), ("Southby", None), ("Westby", None), ("Eastby", None), (ALL_KINDS, 5.0),
    ]  # fmt: skip


def test_the_median_of_those_with_a_figure_comes_first_and_the_others_are_named():
    first, *others = per_head.beside(children(), "KF25", "2024-25", [NEIGHBOURS])
    assert (first.statistic, first.value, first.n) == ("median", 5.0, 1)
    assert first.missing == ("Eastby", "Southby")
    assert (first.group, first.version) == ("statistical neighbours", "model of 2025")
    assert [(c.group, c.value, c.n) for c in others][-1] == ("England", 20.0, 1)


def test_the_order_of_the_rows_makes_no_difference():
    again = children(outturn=outturn().iloc[::-1], population=people().iloc[::-1])
    pd.testing.assert_frame_equal(children(), again)


def test_spending_that_no_chief_finance_officer_certified_yet_is_provisional():
    certified = ["N" if code == NORTHBY else "Y" for code in outturn()["ons_code"]]
    found = values(children(outturn=outturn().assign(certification=certified)), "value", "status")
    assert found[:3] == [(None, 10.0, "p"), ("Southby", None, "x"), ("Westby", 5.0, "")]


def test_the_whole_of_england_is_not_like_for_like_with_a_council_that_runs_all_services():
    table = per_head.fees_share(outturn(), NORTHBY, [NEIGHBOURS])
    *of_group, england = per_head.beside(table, "KF14", "2024-25", [NEIGHBOURS])
    assert {c.unlike for c in of_group} <= {""}
    assert (england.value, england.unlike) == (5.0, per_head.EVERYONE)
