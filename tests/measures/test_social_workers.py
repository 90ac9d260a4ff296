"""Rates of the census of children's social workers, and how neighbours' are pooled."""

import math

import pytest
from drawn import lines
from drawn_areas import NEIGHBOURS, NORTHBY, national, values
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpack.measures import social_workers as sw

NUMBERS = ("in_post_fte", "leavers_fte", "agency_fte", "vacancies_fte", "case_holders_fte",
           "cases_n", "vacancy_fte_pct", "agency_fte_pct", "turnover_fte_pct",
           "cases_per_case_holder")  # fmt: skip
CENSUS = """
area_kind|ons_code|area_name|in_post_fte|leavers_fte|agency_fte|vacancies_fte|case_holders_fte|cases_n|vacancy_fte_pct|agency_fte_pct|turnover_fte_pct|cases_per_case_holder
England|||900|90|100|300|400|6000|25.1|10.2|10.1|15.2
authority|E08000099|Northby|80|16|20|20|60|900|20|20|20|15
authority|E08000098|Southby|90|9|10|10|50|1000|10|10|10|20
authority|E08000097|Westby|900|u|low|100|c|8000||||
authority|E08000096 / E08000095|Eastby / Overby|70|7|30|30|20|400||||
"""


def census(text=CENSUS):
    return national(text, *NUMBERS)


RATES = [
    (sw.vacancy, sw.VACANCY, 20.0, [10.0, 10.0, None], 25.1),
    (sw.agency, sw.AGENCY, 20.0, [10.0, None, None], 10.2),
    (sw.turnover, sw.TURNOVER, 20.0, [10.0, None, None], 10.1),
    (sw.caseload, sw.CASELOAD, 15.0, [20.0, None, None], 15.2),
]


@pytest.mark.parametrize(("measure", "rate", "own", "others", "england"), RATES)
def test_a_rate_is_computed_from_counts_for_the_council_its_neighbours_and_england(
    measure, rate, own, others, england
):
    table = measure(census(), NORTHBY, [NEIGHBOURS])
    assert [value for _, value in values(table)] == [own, *others, england]
    facet = {rate.measure} if rate.measure else set()
    assert set(table.get("measure", ())) == facet


def test_a_rate_of_rounded_counts_has_the_range_that_they_allow():
    own = sw.agency(census(), NORTHBY, [NEIGHBOURS]).iloc[0]
    assert own.lower == pytest.approx(100 * 19.95 / (19.95 + 80.05))
    assert own.upper == pytest.approx(100 * 20.05 / (20.05 + 79.95))
    cases = sw.caseload(census(), NORTHBY, [NEIGHBOURS]).iloc[0]
    assert (cases.lower, cases.upper) == (900 / 60.05, 900 / 59.95)


def test_of_nobody_in_post_there_is_neither_rate_nor_range():
    nobody = census(CENSUS.replace("Northby|80|16", "Northby|0|0"))
    own = sw.turnover(nobody, NORTHBY, [NEIGHBOURS]).iloc[0]
    assert values(sw.turnover(nobody, NORTHBY, [NEIGHBOURS]))[0] == (None, None)
    assert math.isnan(own.lower) and math.isnan(own.upper)


def test_englands_rate_is_the_published_one_and_not_that_of_its_counts():
    england = sw.agency(census(), NORTHBY, [NEIGHBOURS]).iloc[-1]
    assert (england.area, england.value) == ("England", 10.2)
    assert math.isnan(england.numerator)


def test_a_symbol_in_place_of_a_count_is_missing_and_keeps_its_status():
    table = sw.agency(census(), NORTHBY, [NEIGHBOURS])
    assert values(table, "value", "status")[2] == ("Westby", None, "low")


def test_a_neighbour_that_answers_with_another_has_no_figure_of_its_own():
    table = sw.vacancy(census(), NORTHBY, [NEIGHBOURS])
    assert values(table, "value", "note")[3] == (
        "Eastby", None, "Published only jointly, as Eastby / Overby.",
    )  # fmt: skip


def test_a_pooled_rate_is_sum_over_sum_of_those_who_have_both_and_the_others_are_named():
    first = sw.beside(sw.vacancy(census(), NORTHBY, [NEIGHBOURS]), sw.VACANCY, "p", [NEIGHBOURS])[0]
    assert (first.statistic, first.value, first.n) == ("pooled rate", 100 * 110 / 1100, 2)
    assert (first.measure, first.missing) == ("children_social_workers", ("Eastby",))


def test_who_lacks_the_numerator_is_left_out_of_the_denominator_too():
    first = sw.beside(sw.agency(census(), NORTHBY, [NEIGHBOURS]), sw.AGENCY, "p", [NEIGHBOURS])[0]
    assert (first.value, first.n, first.missing) == (10.0, 1, ("Eastby", "Westby"))
    assert lines(first.rows) == lines(first.denominator_rows) == [3]


def test_neighbours_of_whom_none_has_a_figure_leave_england_alone():
    unknown = census(CENSUS.replace("90|9|10|10|50|1000", "90|9|x|10|50|1000"))
    found = sw.beside(sw.agency(unknown, NORTHBY, [NEIGHBOURS]), sw.AGENCY, "p", [NEIGHBOURS])
    assert [(c.group, c.statistic, c.value) for c in found] == [
        ("England", "national figure", 10.2)
    ]


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 500)), min_size=2, max_size=2))
def test_a_pooled_rate_lies_between_the_lowest_and_the_highest_it_is_made_of(counts):
    (some, few), (more, many) = counts
    text = CENSUS.replace("90|9|10|10|50", f"{few}|9|{some}|10|50", 1)
    text = text.replace("900|u|low|", f"{many}|u|{more}|")
    table = sw.agency(census(text), NORTHBY, [NEIGHBOURS])
    rates = [value for area, value in values(table) if area in ("Southby", "Westby")]
    pooled = sw.beside(table, sw.AGENCY, "p", [NEIGHBOURS])[0].value
    assert min(rates) - 1e-9 <= pooled <= max(rates) + 1e-9
    assert math.isclose(pooled, 100 * (some + more) / (some + more + few + many))


def test_of_an_empty_census_every_rate_is_missing():
    for measure, *_ in RATES:
        assert measure(census().head(0), NORTHBY, [NEIGHBOURS])["value"].isna().all()
