"""Who works here, who left, which posts are empty, who was referred: posts in, rates out."""

import pytest
from drawn import drawn, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpack.measures.workforce import (
    occupational_health,
    size,
    turnover,
    vacancy_rate,
    voluntary_turnover,
)

QUARTER = "2024-25-Q1"
YEAR = ("2023-24-Q2", "2023-24-Q3", "2023-24-Q4", QUARTER)
HEADS = "person_ref|position_ref|directorate|location_type|fte|position_start|position_end"
POSTS = f"""
{HEADS}
ann|P1|Place|Council|1|2020-01-01|
bob|P2|Place|Council|0.6|2020-01-01|2024-06-30
bob|P3|Adults|Council|0.4|2020-01-01|
cas|P4|Place|Council|0|2020-01-01|
tea|P5|Adults|School|1|2020-01-01|
gone|P6|Place|Council|1|2020-01-01|2024-06-29
soon|P7|Place|Council|1|2024-07-01|
|P8|Place|Council|0.5|2024-06-01|
|P9|Adults|Council|1|2020-01-01|2024-05-31
|P10|Adults|School|1|2020-01-01|
"""


def by(table, *cuts):
    """The rows of a table by the values of these cuts, `all` where they have none."""
    names = table[list(cuts)].astype("object").fillna("all")
    return table.set_index([names[cut] for cut in cuts])


def test_a_person_of_two_posts_is_counted_once_where_most_of_their_work_is():
    found = by(size(drawn(POSTS), QUARTER), "measure", "directorate")
    assert found.loc["headcount", "value"].to_dict() == {"all": 3, "Place": 3}
    assert found.loc["fte", "value"].to_dict() == {"all": 2.0, "Adults": 0.4, "Place": 1.6}
    assert found.loc["fte", "base_n"].to_dict() == {"all": 3, "Adults": 1, "Place": 3}
    assert found.loc["fte", "largest_share"].to_dict() == {
        "all": 0.5,
        "Adults": 1.0,
        "Place": 0.625,
    }
    assert lines(found.loc[("fte", "all"), "numerator_rows"]) == [1, 2, 3, 4]


def test_nobody_in_post_is_no_size_and_no_vacancy_rate():
    nobody = drawn(POSTS).iloc[:0]
    assert size(nobody, QUARTER)["value"].isna().all()
    assert vacancy_rate(nobody, QUARTER)["value"].isna().all()


def test_a_vacant_post_has_no_holder_on_the_last_day():
    found = by(vacancy_rate(drawn(POSTS), QUARTER), "directorate")
    assert found["numerator"].to_dict() == {"all": 0.5, "Adults": 0.0, "Place": 0.5}
    assert found["denominator"].to_dict() == {"all": 2.5, "Adults": 0.4, "Place": 2.1}
    assert found.loc["all", "value"] == pytest.approx(20.0)
    assert lines(found.loc["all", "numerator_rows"]) == [8]
    assert "frozen" in found.loc["all", "note"]


def year(rows, heads=HEADS):
    """Four returns that list the same posts."""
    listed = [f"{quarter}|{row}" for quarter in YEAR for row in rows.strip().splitlines()]
    return drawn("\n".join([f"return_quarter|{heads}", *listed]))


ANN = "ann|P1|Place|Council|1|2020-01-01|\n"


@pytest.mark.parametrize(
    ("rows", "leavers"),
    [
        ("bob|P2|Place|Council|1|2020-01-01|2024-02-10", 1),
        ("bob|P2|Place|Council|1|2020-01-01|2024-06-30", 1),  # the last day of the twelve months
        ("bob|P2|Place|Council|1|2020-01-01|2023-06-30", 0),  # the day before them
        ("bob|P2|Place|Council|1|2024-01-08|2024-02-10", 1),  # starter and leaver
        ("bob|P2|Place|Council|1|2020-01-01|2024-08-31", 0),  # has given notice
        # Leaves one of two posts.
        ("bob|P2|Place|Council|1|2020-01-01|2024-02-10\nbob|P3|Adults|Council|0.2|2020-01-01|", 0),
        # Leaves both: one person.
        (
            "bob|P2|Place|Council|1|2020-01-01|2024-02-10\n"
            "bob|P3|Adults|Council|0.2|2020-01-01|2024-03-31",
            1,
        ),
        # Moves, on the last day too.
        ("bob|P2|Place|Council|1|2020-01-01|2024-06-30\nbob|P3|Adults|Council|1|2024-07-01|", 0),
        ("bob|P2|Place|Council|1|2020-01-01|2024-02-10\nbob|P3|Kids|School|1|2024-02-11|", 0),
        # Comes back.
        ("bob|P2|Place|Council|1|2020-01-01|2023-09-10\nbob|P2|Place|Council|1|2024-01-08|", 0),
        ("cas|P2|Place|Council|0|2020-01-01|2024-02-10", 0),
        ("tea|P2|Kids|School|1|2020-01-01|2024-02-10", 0),
        ("|P2|Place|Council|1|2020-01-01|2024-02-10", 0),
    ],
)
def test_a_leaver_is_a_person_who_holds_no_post_any_more(rows, leavers):
    found = turnover(year(ANN + rows), QUARTER)
    assert found["numerator"].iloc[0] == leavers
    assert found["numerator"].iloc[1:].sum() == leavers
    assert len(found["numerator_rows"].iloc[0]) == leavers


def test_turnover_is_leavers_over_the_mean_headcount_of_eight_days():
    found = by(turnover(year(ANN + "bob|P2|Adults|Council|1|2020-01-01|2023-12-31"), QUARTER),
               "directorate")  # fmt: skip
    assert found["denominator"].to_dict() == {"all": 1.5, "Adults": 0.5, "Place": 1.0}
    assert found["value"].tolist() == pytest.approx([200 / 3, 200.0, 0.0])
    assert found["base_n"].tolist() == [2, 1, 1]


def test_somebody_who_is_listed_no_more_has_left_and_it_is_said():
    listed = year(ANN + "bob|P2|Place|Council|1|2020-01-01|")
    gone = listed[(listed["person_ref"] == "ann") | (listed["return_quarter"] == YEAR[0])]
    found = turnover(gone, QUARTER).iloc[0]
    assert (found["numerator"], found["denominator"]) == (1.0, 1.25)
    assert "without a leaving date" in found["note"]


def test_no_return_is_no_turnover():
    nobody = year(ANN).assign(leaving_reason=None).iloc[:0]
    for measure in (turnover, voluntary_turnover):
        found = measure(nobody, QUARTER)
        assert len(found) == 1 and found["value"].isna().all()


REASONED = f"{HEADS}|leaving_reason"
LEFT = "Place|Council|1|2020-01-01|2024-02-10"
STAYS = "ann|P1|Place|Council|1|2020-01-01||\n"


def test_only_those_who_resigned_left_of_their_own_will():
    rows = f"{STAYS}bob|P2|{LEFT}|Resignation\ncat|P3|{LEFT}|Retirement\ndan|P4|{LEFT}|resigned"
    found = voluntary_turnover(year(rows, REASONED), QUARTER).iloc[0]
    assert (found["numerator"], found["denominator"], found["interval"]) == (2.0, 2.875, "")


def test_leavers_without_a_reason_widen_the_interval_up_to_all_of_them():
    rows = f"{STAYS}bob|P2|{LEFT}|Resignation\ncat|P3|{LEFT}|\ndan|P4|{LEFT}|Retirement"
    found = voluntary_turnover(year(rows, REASONED), QUARTER).iloc[0]
    assert found[["value", "lower"]].tolist() == [100 / 2.875] * 2
    assert found["upper"] == 200 / 2.875


def test_where_no_reason_is_given_voluntary_turnover_is_not_available():
    found = voluntary_turnover(year(f"{STAYS}bob|P2|{LEFT}|\n", REASONED), QUARTER)
    assert found[["status", "note"]].to_numpy().tolist() == [
        ["x", "The returns do not say why people left."]
    ]
    assert found["value"].isna().all()


REFERRALS = """
referral_ref|person_ref|referral_date|directorate
R1|ann|2024-04-01|Place
R2|ann|2024-06-30|Place
R3||2024-05-01|Place
R4|tea|2024-05-01|Adults
R5|bob|2024-07-01|Adults
R6|new|2024-05-01|Transport
"""


def test_referrals_are_of_the_quarter_and_of_staff_outside_schools():
    found = by(occupational_health(drawn(REFERRALS), drawn(POSTS), QUARTER), "directorate")
    assert found["numerator"].to_dict() == {"all": 4, "Adults": 0, "Place": 3, "Transport": 1}
    assert found["base_n"].to_dict() == {"all": 3, "Adults": 0, "Place": 2, "Transport": 1}
    assert found.loc["Place", "value"] == pytest.approx(300 / 2.1)
    assert found.loc["Place", "largest_share"] == pytest.approx(2 / 3)
    assert lines(found.loc["Place", "numerator_rows"]) == [1, 2, 3]


def test_referrals_of_a_directorate_without_staff_are_no_rate():
    found = by(occupational_health(drawn(REFERRALS), drawn(POSTS), QUARTER), "directorate")
    assert found["value"].isna().to_dict() == {
        "all": False, "Adults": False, "Place": False, "Transport": True,
    }  # fmt: skip


@st.composite
def held_posts(draw):
    directorates, people = ["Adults", "Place"], ["ann", "bob", "cat", ""]
    days = ["2023-01-01", "2023-09-15", "2024-02-10", "2024-06-30"]
    rows = draw(st.integers(1, 8))
    return "\n".join(
        f"{draw(st.sampled_from(people))}|P{n}|{draw(st.sampled_from(directorates))}|Council|"
        f"{draw(st.sampled_from([0.0, 0.5, 1.0]))}|2020-01-01|"
        f"{draw(st.sampled_from([*days, '']))}"
        for n in range(rows)
    )


@settings(deadline=None, max_examples=15)
@given(held_posts())
def test_the_directorates_of_a_person_measure_add_up_to_the_council(rows):
    listed = year(ANN + rows)
    latest = listed[listed["return_quarter"] == QUARTER]
    for table in (turnover(listed, QUARTER), vacancy_rate(latest, QUARTER)):
        whole, parts = table.iloc[0], table.iloc[1:]
        assert parts["numerator"].sum() == pytest.approx(whole["numerator"])
        assert parts["denominator"].sum() == pytest.approx(whole["denominator"])
