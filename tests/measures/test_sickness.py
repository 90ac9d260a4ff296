"""Working days lost per full-time equivalent: spells and posts in, days and FTE out."""

from datetime import date, timedelta

import pandas as pd
import pytest
from drawn import FILE, drawn, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpack import intake
from peerpack.demo import QUARTER, write_returns
from peerpack.measures.workforce import sickness_by_team

EASTER_MONDAY, MAY_DAY, SPRING = date(2024, 4, 1), date(2024, 5, 6), date(2024, 5, 27)
HOLIDAYS = {EASTER_MONDAY, MAY_DAY, SPRING}
DAYS = [date(2024, 4, 1) + timedelta(days=n) for n in range(91)]
POSTS = """
person_ref|position_ref|directorate|team|location_type|fte|position_start|position_end
ann|P1|Place|Parks|Council|1|2020-01-01|
"""
SPELLS = "person_ref|position_ref|absence_start|start_part_day|absence_end|end_part_day\n"


def rates(spells, posts=POSTS):
    table = sickness_by_team(drawn(SPELLS + spells), drawn(posts), QUARTER, HOLIDAYS)
    return table.set_index(table["team"].fillna(table["directorate"]).fillna("all"))


def days(spell, posts=POSTS):
    return rates(f"ann|P1|{spell}\n", posts).loc["all", "numerator"]


@pytest.mark.parametrize(
    ("spell", "expected"),
    [
        ("2024-06-03|Full|2024-06-07|Full", 5.0),  # Monday to Friday
        ("2024-03-25|Full|2024-03-31|Full", 0.0),  # over on the day before the quarter
        ("2024-07-01|Full|2024-07-02|Full", 0.0),  # begun on the day after it
        ("2024-07-01|Full||", 0.0),  # begun after it, and open
        ("2024-03-28|Full|2024-04-02|Full", 1.0),  # runs in, over Easter Monday
        ("2024-06-27|Full|2024-07-05|Full", 2.0),  # runs out
        ("2024-06-27|Full||", 2.0),  # open
        ("2024-01-01|Full||", 62.0),  # open at both ends: every working day of the quarter
        ("2024-04-01|Full|2024-04-01|Full", 0.0),  # a bank holiday only
        ("2024-04-13|Full|2024-04-14|Full", 0.0),  # a weekend only
        ("2024-05-14|PM|2024-05-14|Full", 0.5),  # an afternoon
        ("2024-05-14|Full|2024-05-14|AM", 0.5),  # a morning
        ("2024-05-14|PM|2024-05-14|AM", 0.0),  # from noon until noon of one day
        ("2024-06-03|PM|2024-06-06|AM", 3.0),  # half days at both ends
        ("2024-05-27|PM|2024-05-29|Full", 2.0),  # a half day on a bank holiday
        ("2024-04-12|Full|2024-04-14|AM", 1.0),  # a half day on a Sunday
        ("2024-04-13|PM|2024-04-15|Full", 1.0),  # a half day on a Saturday
        ("2024-03-28|PM|2024-04-03|Full", 2.0),  # the half day lies before the quarter
        ("2024-06-27|Full|2024-07-01|AM", 2.0),  # the half day lies after it
        ("2024-04-01|PM|2024-04-03|Full", 2.0),  # a half day on the first day, a bank holiday
        ("2024-06-27|Full|2024-06-30|AM", 2.0),  # a half day on the last day, a Sunday
        ("2024-06-27|PM|2024-06-28|AM", 1.0),
    ],
)
def test_days_lost_are_working_days_inside_the_spell_and_the_quarter(spell, expected):
    assert days(spell) == expected


@pytest.mark.parametrize(
    ("held", "spell", "expected"),
    [
        ("2020-01-01|2024-05-15", "2024-05-13|Full||", 3.0),  # open when the person left
        ("2020-01-01|2024-05-15", "2024-05-13|Full|2024-05-17|AM", 3.0),  # its half day not reached
        ("2020-01-01|2024-05-15", "2024-05-13|Full|2024-05-15|AM", 2.5),  # ends on the last day
        ("2024-05-15|", "2024-05-13|PM|2024-05-17|Full", 3.0),  # begun before the post was
        ("2024-05-15|", "2024-05-15|PM|2024-05-17|Full", 2.5),  # begins with the post
        ("2024-05-15|", "2024-05-13|Full|2024-05-14|Full", 0.0),  # over before it
    ],
)
def test_a_spell_is_cut_to_the_days_the_post_was_held(held, spell, expected):
    assert days(spell, POSTS.replace("2020-01-01|", held)) == expected


def test_a_part_timer_loses_and_weighs_the_same_share():
    found = rates("ann|P1|2024-06-03|Full|2024-06-07|Full\n", POSTS.replace("|1|", "|0.6|"))
    assert found.loc["all", ["numerator", "denominator"]].tolist() == [3.0, 0.6]


def test_each_post_of_a_person_counts_by_its_own_fte_and_the_person_once():
    found = rates(
        "ann|P1|2024-06-03|Full|2024-06-07|Full\nann|P2|2024-06-03|Full|2024-06-07|Full\n",
        """
person_ref|position_ref|directorate|team|location_type|fte|position_start|position_end
ann|P1|Place|Parks|Council|0.5|2020-01-01|
ann|P2|Place|Roads|Council|0.2|2020-01-01|
""",
    )
    assert found["numerator"].to_dict() == {"all": 3.5, "Place": 3.5, "Parks": 2.5, "Roads": 1.0}
    assert found["base_n"].to_dict() == {"all": 1, "Place": 1, "Parks": 1, "Roads": 1}


def test_casual_school_and_vacant_posts_lose_no_day():
    found = rates(
        """cas|P2|2024-06-03|Full|2024-06-07|Full
tea|P3|2024-06-03|Full|2024-06-07|Full
""",
        POSTS
        + """cas|P2|Place|Parks|Council|0|2020-01-01|
tea|P3|Children|School|School|1|2020-01-01|
|P4|Place|Parks|Council|1|2020-01-01|
""",
    )
    assert list(found.index) == ["all", "Place", "Parks"]
    assert found.loc["all", ["numerator", "denominator", "base_n"]].tolist() == [0.0, 1.0, 2]
    assert found.loc["all", "note"] == ""


def test_a_team_of_casuals_has_no_rate():
    found = rates("", POSTS.replace("|1|", "|0|"))
    assert found["value"].isna().all()
    assert found["denominator"].tolist() == [0.0, 0.0, 0.0]


def test_no_spell_at_all_is_a_rate_of_zero():
    assert rates("")["value"].tolist() == [0.0, 0.0, 0.0]


def test_average_fte_is_of_the_first_and_the_last_day():
    found = rates(
        "",
        POSTS
        + """bob|P2|Place|Parks|Council|1|2020-01-01|2024-04-01
cat|P3|Place|Parks|Council|1|2024-06-30|
dan|P4|Place|Parks|Council|1|2024-04-02|2024-06-29
eve|P5|Place|Parks|Council|1|2020-01-01|2024-03-31
fay|P6|Place|Parks|Council|1|2024-07-01|
""",
    )
    assert found.loc["all", ["denominator", "base_n"]].tolist() == [2.0, 4]
    assert lines(found.loc["all", "denominator_rows"]) == [1, 2, 3, 4]


def test_one_post_with_two_holders_gives_each_their_own_days():
    found = rates(
        "ann|P1|2024-05-01|Full|2024-05-31|Full\nbob|P1|2024-05-01|Full|2024-05-31|Full\n",
        """
person_ref|position_ref|directorate|team|location_type|fte|position_start|position_end
ann|P1|Place|Parks|Council|1|2020-01-01|2024-05-03
bob|P1|Place|Parks|Council|1|2024-05-30|
""",
    )
    assert found.loc["Parks", ["numerator", "denominator", "base_n"]].tolist() == [5.0, 1.0, 2]


def test_a_spell_of_a_post_not_listed_is_said_and_not_counted():
    found = rates("ann|P9|2024-06-03|Full|2024-06-07|Full\n")
    assert found.loc["all", "numerator"] == 0
    assert found["note"].tolist() == [
        "1 absence rows name a position that is not listed and are not counted.", "", "",
    ]  # fmt: skip


def test_rows_say_which_spells_and_posts_were_counted():
    found = rates("ann|P1|2024-04-13|Full|2024-04-14|Full\nann|P1|2024-05-14|PM|2024-05-14|Full\n")
    assert lines(found.loc["Parks", "numerator_rows"]) == [2]
    assert lines(found.loc["Parks", "denominator_rows"]) == [1]


near = st.dates(date(2024, 3, 20), date(2024, 7, 10))


@st.composite
def a_spell_and_a_post(draw):
    start, end = sorted([draw(near), draw(near)])
    held, left = sorted([draw(near), draw(near)])
    return {
        "absence_start": start,
        "absence_end": draw(st.sampled_from([end, None])),
        "start_part_day": draw(st.sampled_from(["Full", "PM"])),
        "end_part_day": draw(st.sampled_from(["Full", "AM"])),
        "position_start": held,
        "position_end": draw(st.sampled_from([left, None])),
        "fte": draw(st.sampled_from([0.0, 0.4, 1.0])),
    }


def counted_day_by_day(row):
    """Half days at work on each day of the quarter, one after the other."""
    halves = 0
    for day in DAYS:
        away = row["absence_start"] <= day and (not row["absence_end"] or day <= row["absence_end"])
        held = row["position_start"] <= day and (
            not row["position_end"] or day <= row["position_end"]
        )
        if not (away and held) or day.weekday() > 4 or day in HOLIDAYS:
            continue
        worked = (row["start_part_day"] == "PM" and day == row["absence_start"]) + (
            row["end_part_day"] == "AM" and day == row["absence_end"]
        )
        halves += 2 - worked
    return halves / 2 * row["fte"]


@settings(deadline=None, max_examples=60)
@given(st.lists(a_spell_and_a_post(), min_size=1, max_size=25))
def test_days_lost_are_those_counted_day_by_day(rows):
    frame = pd.DataFrame(rows).assign(
        person_ref=[f"{n}" for n in range(len(rows))], position_ref="P", directorate="Place",
        team="Parks", location_type="Council",
        source_row=range(FILE, FILE + len(rows)),
    )  # fmt: skip
    for column in ("absence_start", "absence_end", "position_start", "position_end"):
        frame[column] = pd.to_datetime(frame[column])
    held = ["fte", "position_start", "position_end", "directorate", "team", "location_type"]
    found = sickness_by_team(frame.drop(columns=held), frame, QUARTER, HOLIDAYS)
    expected = sum(counted_day_by_day(row) for row in rows)
    assert found["numerator"].iloc[0] == pytest.approx(expected, abs=1e-6)


def test_northboroughs_rates_are_those_its_generator_knows(tmp_path, monkeypatch):
    truth = write_returns(tmp_path).sickness
    monkeypatch.setenv("PEERPACK_DATA", str(tmp_path))
    spells = intake.admit("absence_spells", "northborough", QUARTER).frame
    posts = intake.admit("hr_positions", "northborough", QUARTER).frame
    table = sickness_by_team(spells, posts, QUARTER, intake.bank_holidays())
    found = table.set_index(table["team"].fillna(table["directorate"]).fillna(""))
    known = {"": truth.overall, **truth.by_directorate, **truth.by_team}
    assert set(found.index) == set(known)
    for name, rate in known.items():
        row = found.loc[name]
        assert row["value"] == pytest.approx(rate.days_per_fte, abs=1e-9)
        assert row["numerator"] == pytest.approx(rate.days_lost_fte, abs=1e-9)
        assert row["denominator"] == pytest.approx(rate.average_fte, abs=1e-9)
    assert {name: found.loc[name, "base_n"] for name in truth.by_team} == {
        name: count.any_day_n for name, count in truth.headcount_by_team.items()
    }


def test_the_largest_share_is_that_of_the_person_with_most_days_over_all_their_posts():
    parks = "Place|Parks|Council|1|2020-01-01|"
    posts = f"{POSTS}ann|P2|{parks}\nbob|P3|{parks}\n"
    spells = (
        "ann|P1|2024-06-03|Full|2024-06-03|Full\n"
        "ann|P2|2024-06-03|Full|2024-06-04|Full\n"
        "bob|P3|2024-06-03|Full|2024-06-03|Full\n"
    )
    assert rates(spells, posts).loc["all", "largest_share"] == pytest.approx(3 / 4)
