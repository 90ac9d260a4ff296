"""Working days lost per full-time equivalent: spells and posts in, days and FTE out."""

from datetime import date, timedelta

import pandas as pd
import pytest
from drawn import FILE, drawn, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpack import intake
from peerpack.demo import QUARTER, write_returns
from peerpack.measures.absence import (
    long_term_share,
    share_by_reason,
    sickness_by_team,
    sickness_over_twelve_months,
)
from peerpack.measures.working_week import days_worked, is_understood

EASTER_MONDAY, MAY_DAY, SPRING = date(2024, 4, 1), date(2024, 5, 6), date(2024, 5, 27)
HOLIDAYS = {EASTER_MONDAY, MAY_DAY, SPRING}
DAYS = [date(2024, 4, 1) + timedelta(days=n) for n in range(91)]
HEADS = "person_ref|position_ref|directorate|team|location_type|fte|position_start|position_end"
POSTS = f"""
{HEADS}
ann|P1|Place|Parks|Council|1|2020-01-01|
"""
SPELLS = "person_ref|position_ref|absence_start|start_part_day|absence_end|end_part_day\n"
MONDAY_TO_FRIDAY = (
    "Monday to Friday was assumed for {} posts, for which the return names no days of the week."
)


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
    assert found.loc["all", "note"] == MONDAY_TO_FRIDAY.format("1 of 1")


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
    assert found.loc["all", "note"].startswith(
        "1 absence row names a position that is not listed and is not counted."
    )


def test_rows_say_which_spells_and_posts_were_counted():
    found = rates("ann|P1|2024-04-13|Full|2024-04-14|Full\nann|P1|2024-05-14|PM|2024-05-14|Full\n")
    assert lines(found.loc["Parks", "numerator_rows"]) == [2]
    assert lines(found.loc["Parks", "denominator_rows"]) == [1]


def test_a_share_of_days_names_every_post_that_could_have_lost_one():
    """Those with days alone would tell, to whoever has the list of posts, who was absent."""
    posts = f"{POSTS}bob|P2|Place|Parks|Council|1|2020-01-01|\nkit|P3|A|B|School|1|2020-01-01|\n"
    lost = drawn("person_ref|position_ref|reason|absence_start|start_part_day|absence_end|"
                 "end_part_day\nann|P1|Flu|2024-06-03|Full|2024-06-07|Full\n")  # fmt: skip
    for measure in (long_term_share, share_by_reason):
        for rows in measure(lost, drawn(posts), QUARTER, HOLIDAYS)["weight_rows"]:
            assert lines(rows) == [1, 2]


def on_days(pattern, spell="2024-06-01|Full|2024-06-09|Full", fte="0.6"):
    """FTE days lost in nine days that begin on a Saturday, by a post of this working pattern."""
    posts = f"{HEADS}|working_pattern\nann|P1|Place|Parks|Council|{fte}|2020-01-01||{pattern}\n"
    found = rates(f"ann|P1|{spell}\n", posts)
    return found.loc["all", "numerator"], found.loc["all", "note"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("Mon-Fri", 3.0),
        ("MTW--", 3.0),  # three full days
        ("M-W----", 3.0),  # two days that are longer than full ones
        ("MTWTFSS", 27 / 7),  # of nine days, all seven and a weekend more
        ("Sat-Sun", 6.0),  # two weekends, each a whole week's work
    ],
)
def test_a_week_off_is_five_days_times_fte_whatever_the_pattern(pattern, expected):
    lost, note = on_days(pattern)
    assert (lost, note) == (pytest.approx(expected, abs=1e-6), "")


@pytest.mark.parametrize(
    ("spell", "expected"),
    [
        ("2024-06-06|Full|2024-06-07|Full", 0.0),  # Thursday and Friday, off work anyway
        ("2024-06-04|Full|2024-06-07|Full", 2.0),
        ("2024-06-04|PM|2024-06-05|AM", 1.0),
        ("2024-05-06|Full|2024-05-08|Full", 2.0),  # the Monday is a bank holiday
    ],
)
def test_days_that_the_post_does_not_work_are_not_lost(spell, expected):
    assert on_days("MTW--", spell)[0] == expected


@pytest.mark.parametrize(
    ("pattern", "unread"),
    [
        ("", ""),
        ("3 days per week", ""),
        ("Rota A", ", 1 of them with a pattern that was not understood"),
    ],
)
def test_a_pattern_without_days_is_monday_to_friday_and_said(pattern, unread):
    lost, note = on_days(pattern)
    said = MONDAY_TO_FRIDAY.format("1 of 1").removesuffix(".")
    assert (lost, note) == (3.0, f"{said}{unread}.")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("Mon-Fri", "1111100"), ("Monday to Wednesday", "1110000"), ("M-F", "1111100"),
        ("Mon, Wed and Fri", "1010100"), ("MON/TUES", "1100000"), ("Fri to Mon", "1000111"),
        ("MTW--", "1110000"), ("--WTF--", "0011100"), ("11100", "1110000"), ("Mon–Thu", "1111000"),
        ("3", None), ("2.5 days a week", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_working_patterns_are_read_as_exports_print_them(pattern, expected):
    assert (days_worked(pattern), is_understood(pattern)) == (expected, True)


@pytest.mark.parametrize(
    "pattern", ["Rota A", "Mon-Fri wk1, Mon-Wed wk2", "9 day fortnight", "Mon-", "-----", "MTQ--"]
)
def test_a_pattern_of_other_words_is_not_half_read(pattern):
    assert (days_worked(pattern), is_understood(pattern)) == (None, False)


def test_spells_of_one_post_that_overlap_count_each_day_once():
    found = rates(
        "ann|P1|2024-06-03|Full|2024-06-07|AM\n"
        "ann|P1|2024-06-05|Full|2024-06-06|Full\n"
        "ann|P1|2024-06-07|Full|2024-06-10|Full\n"
        "ann|P1|2024-06-03|Full|2024-06-07|AM\n"
    )
    assert found.loc["all", "numerator"] == 6.0


def test_a_spell_of_one_of_two_posts_is_lost_to_that_post_alone():
    posts = POSTS.replace("|1|", "|0.5|") + "ann|P2|Place|Roads|Council|0.2|2020-01-01|\n"
    found = rates("ann|P2|2024-06-03|Full|2024-06-07|Full\n", posts)
    assert found["numerator"].to_dict() == {"all": 1.0, "Place": 1.0, "Parks": 0.0, "Roads": 1.0}


def test_a_spell_that_ends_before_it_starts_loses_nothing():
    assert days("2024-06-07|Full|2024-06-03|Full") == 0.0


def test_with_schools_their_days_and_fte_are_counted_too():
    posts = POSTS + "tea|P2|Children|School|School|1|2020-01-01|\n"
    spell = "tea|P2|2024-06-03|Full|2024-06-07|Full\n"
    table = sickness_by_team(drawn(SPELLS + spell), drawn(posts), QUARTER, HOLIDAYS, schools=True)
    assert table.iloc[0][["value", "numerator", "denominator"]].tolist() == [2.5, 5.0, 2.0]


@pytest.mark.parametrize("spells_n", [0, 1])
def test_without_any_post_there_is_no_rate(spells_n):
    spells = drawn(SPELLS + "ann|P1|2024-06-03|Full|2024-06-07|Full\n").assign(reason="Flu")
    given = (spells.iloc[:spells_n], drawn(POSTS).iloc[:0], QUARTER, HOLIDAYS)
    for measure in (sickness_by_team, long_term_share, share_by_reason):
        found = measure(*given)
        assert found["value"].isna().all() and found.iloc[0]["base_n"] == 0
        assert found["numerator"].tolist() == [0.0] * len(found)


def long_term(spells):
    heads = "person_ref|position_ref|absence_start|start_part_day|absence_end|end_part_day\n"
    found = long_term_share(drawn(heads + spells), drawn(POSTS), QUARTER, HOLIDAYS)
    whole = found.iloc[0]
    return whole["numerator"], whole["denominator"], whole["note"]


CALENDAR = "Counted by 28 calendar days or more it is {}."


@pytest.mark.parametrize(
    ("spell", "expected"),
    [
        # 20 working days are not more than 20; their four weeks are 26 calendar days.
        ("2024-06-03|Full|2024-06-28|Full", (0.0, 20.0, CALENDAR.format("0.0%"))),
        ("2024-06-03|Full|2024-07-01|Full", (0.0, 20.0, CALENDAR.format("100.0%"))),
        # Its 21st working day is inside the quarter; only three of its days are.
        ("2024-03-05|Full|2024-04-04|Full", (3.0, 3.0, CALENDAR.format("100.0%"))),
        ("2024-03-06|PM|2024-04-04|Full", (3.0, 3.0, CALENDAR.format("100.0%"))),
        ("2024-03-07|Full|2024-04-04|Full", (0.0, 3.0, CALENDAR.format("100.0%"))),
        # Open, and as long as is known on the quarter's last day.
        ("2024-05-30|Full||", (22.0, 22.0, CALENDAR.format("100.0%"))),
        ("2024-06-04|Full||", (0.0, 19.0, CALENDAR.format("0.0%"))),
        # Over 20 working days by an end that the quarter's last day did not know.
        ("2024-06-10|Full|2024-08-01|Full", (0.0, 15.0, CALENDAR.format("0.0%"))),
    ],
)
def test_long_term_is_more_than_20_working_days_of_the_whole_spell(spell, expected):
    assert long_term(f"ann|P1|{spell}\n") == expected


def test_no_day_lost_has_no_long_term_share():
    assert long_term("") == (0.0, 0.0, "")


def reasons(spells, posts=POSTS):
    heads = f"reason|{SPELLS}"
    found = share_by_reason(drawn(heads + spells), drawn(posts), QUARTER, HOLIDAYS)
    return found.set_index(found["reason"].fillna(found["measure"]).fillna("all"))


def test_shares_by_reason_are_of_days_with_a_reason_stated():
    found = reasons(
        "Stress|ann|P1|2024-06-03|Full|2024-06-05|Full\n"
        "Flu|ann|P1|2024-06-10|Full|2024-06-10|Full\n"
        "Flu|ann|P1|2024-06-12|PM|2024-06-12|Full\n"
        "Not Stated|ann|P1|2024-06-17|Full|2024-06-17|Full\n"
        "|ann|P1|2024-06-19|AM|2024-06-19|AM\n"
    )
    assert found["numerator"].to_dict() == {
        "all": 4.5, "Stress": 3.0, "Flu": 1.5, "not_stated": 1.5,
    }  # fmt: skip
    assert found["denominator"].to_dict() == {
        "all": 6.0, "Stress": 4.5, "Flu": 4.5, "not_stated": 6.0,
    }  # fmt: skip
    assert found["value"].tolist() == pytest.approx([75.0, 200 / 3, 100 / 3, 25.0])
    assert lines(found.loc["Flu", "numerator_rows"]) == [2, 3]


YEAR = ("2023-24-Q3", "2023-24-Q4", "2024-25-Q1", "2024-25-Q2")
YEAR_POSTS = f"return_quarter|{HEADS}\n" + "".join(
    f"{quarter}|ann|P1|Place|Parks|Council|1|2020-01-01|\n" for quarter in YEAR
)


def twelve_months(spells, posts=YEAR_POSTS):
    table = sickness_over_twelve_months(
        drawn(f"return_quarter|{SPELLS}{spells}"), drawn(posts), YEAR[-1], HOLIDAYS
    )
    cut = table["directorate"].fillna(table["financial_quarter"]).fillna("all")
    return table.set_index(cut)


def test_a_spell_in_two_returns_counts_in_each_for_its_days_inside_it():
    found = twelve_months(
        "2024-25-Q1|ann|P1|2024-06-27|Full||\n2024-25-Q2|ann|P1|2024-06-27|Full|2024-07-03|Full\n"
    )
    assert found["numerator"].to_dict() == {
        "all": 5.0, "Place": 5.0, **dict.fromkeys(YEAR[:2], 0.0), YEAR[2]: 2.0, YEAR[3]: 3.0,
    }  # fmt: skip
    assert found.loc["all", ["value", "denominator", "base_n", "note"]].tolist() == [
        5.0,
        1.0,
        1,
        "",
    ]


@pytest.mark.parametrize(
    ("later", "said"),
    [
        ("2024-06-27|Full|2024-06-27|Full", "1 spell has other days"),  # its end was entered late
        ("2024-06-20|Full|2024-06-20|Full", "1 spell has other days"),  # all of it was
        ("2024-06-27|Full|2024-06-28|Full", ""),
        ("2024-07-01|Full|2024-07-03|Full", ""),
    ],
)
def test_days_that_a_later_return_changes_are_said_and_stay_as_first_returned(later, said):
    found = twelve_months(f"2024-25-Q1|ann|P1|2024-06-27|Full||\n2024-25-Q2|ann|P1|{later}\n")
    note = found.loc["all", "note"]
    assert found.loc[YEAR[2], "numerator"] == 2.0
    assert said in note if said else note == ""


def test_a_year_is_the_mean_fte_of_its_quarters_and_their_days_summed():
    spells = "".join(
        f"{quarter}|ann|P1|{day}|Full|{day}|Full\n"
        for quarter, day in zip(
            YEAR, ("2023-10-02", "2024-01-03", "2024-05-01", "2024-07-01"), strict=True
        )
    )
    posts = YEAR_POSTS + f"{YEAR[0]}|bob|P2|Adults|Care|Council|1|2020-01-01|2023-11-30\n"
    found = twelve_months(spells, posts)
    assert found["denominator"].to_dict() == {
        "all": 1.125, "Adults": 0.125, "Place": 1.0, **dict.fromkeys(YEAR, 1.125),
    }  # fmt: skip
    assert found.loc["all", ["numerator", "value", "base_n"]].tolist() == [4.0, 4 / 1.125, 2]


def test_without_its_returns_a_year_has_no_rate():
    spells, posts = drawn(f"return_quarter|{SPELLS}{YEAR[0]}|ann|P1||||\n"), drawn(YEAR_POSTS)
    found = sickness_over_twelve_months(spells.iloc[:0], posts.iloc[:0], YEAR[-1], HOLIDAYS)
    assert found["value"].isna().all() and found["numerator"].eq(0).all()


near = st.dates(date(2024, 3, 1), date(2024, 7, 10))
REASONS = ("Stress", "Flu", "Not stated")
PATTERNS = ("", "Mon-Fri", "MTW--", "Sat-Sun", "3 days per week")


@st.composite
def a_post(draw):
    held, left = sorted([draw(near), draw(near)])
    return {
        "position_start": held,
        "position_end": draw(st.sampled_from([left, None])),
        "fte": draw(st.sampled_from([0.0, 0.4, 1.0])),
        "working_pattern": draw(st.sampled_from(PATTERNS)),
        "location_type": draw(st.sampled_from(["Council", "Council", "School"])),
    }


@st.composite
def a_spell(draw):
    return {
        "post": draw(st.integers(0, 5)),
        "absence_start": draw(near),
        "absence_end": draw(st.one_of(near, st.none())),
        "start_part_day": draw(st.sampled_from(["Full", "PM"])),
        "end_part_day": draw(st.sampled_from(["Full", "AM"])),
        "reason": draw(st.sampled_from(REASONS)),
    }


def halves_away(spell, days):
    """The half days of a spell, one after the other."""
    for day in days:
        if spell["absence_start"] <= day and day <= (spell["absence_end"] or days[-1]):
            if not (spell["start_part_day"] == "PM" and day == spell["absence_start"]):
                yield day, "AM"
            if not (spell["end_part_day"] == "AM" and day == spell["absence_end"]):
                yield day, "PM"


def counted_day_by_day(posts, spells):
    """FTE days lost in all, and by long spells: day by day, each half day of a post once."""
    seen, lost, long_lost = set(), 0.0, 0.0
    for spell in sorted(spells, key=lambda s: (s["absence_start"], s["start_part_day"] == "PM")):
        post = posts[spell["post"]]
        week = {"MTW--": {0, 1, 2}, "Sat-Sun": {5, 6}}.get(post["working_pattern"], {0, 1, 2, 3, 4})
        until = post["position_end"] or DAYS[-1]
        whole = [date(2024, 3, 1) + timedelta(days=n) for n in range(122)]
        away = [(d, h) for d, h in halves_away(spell, whole) if d <= until]
        is_long = sum(d.weekday() < 5 and d not in HOLIDAYS for d, _ in away) > 40
        for day, half in away:
            key = spell["post"], day, half
            works = day.weekday() in week and day not in HOLIDAYS and post["position_start"] <= day
            if key in seen or day not in DAYS or not works or post["location_type"] == "School":
                continue
            seen.add(key)
            lost += post["fte"] * 5 / len(week) / 2
            long_lost += is_long * post["fte"] * 5 / len(week) / 2
    return lost, long_lost


def as_frame(rows, **columns):
    frame = pd.DataFrame(rows).assign(**columns, source_row=range(FILE, FILE + len(rows)))
    dated = [name for name in frame if name.endswith(("_start", "_end"))]
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in dated})


@settings(deadline=None, max_examples=15)
@given(st.lists(a_post(), min_size=6, max_size=6), st.lists(a_spell(), min_size=1, max_size=24))
def test_days_lost_are_those_counted_day_by_day(posts, spells):
    people = ["ann", "ann", "bob", "bob", "cat", "dan"]
    listed = as_frame(
        posts,
        person_ref=people,
        position_ref=[f"P{n}" for n in range(6)],
        directorate="Place",
        team="Parks",
    )
    recorded = as_frame(
        spells,
        person_ref=[people[spell["post"]] for spell in spells],
        position_ref=[f"P{spell['post']}" for spell in spells],
    )
    given = (recorded, listed, QUARTER, HOLIDAYS)
    lost, long_lost = counted_day_by_day(posts, spells)
    assert sickness_by_team(*given)["numerator"].iloc[0] == pytest.approx(lost, abs=1e-5)
    assert long_term_share(*given)["numerator"].iloc[0] == pytest.approx(long_lost, abs=1e-5)
    by_reason = share_by_reason(*given)["numerator"].iloc[1:]
    assert by_reason.sum() == pytest.approx(lost, abs=1e-5)


def test_a_half_day_under_two_spells_is_the_one_that_began_first_though_the_post_began_later():
    post = {"position_start": date(2024, 4, 1), "position_end": date(2024, 4, 2), "fte": 0.4,
            "working_pattern": "", "location_type": "Council"}  # fmt: skip
    short = {"post": 0, "absence_start": date(2024, 4, 1), "absence_end": None,
             "start_part_day": "Full", "end_part_day": "Full", "reason": "Stress"}  # fmt: skip
    long = short | {"absence_start": date(2024, 3, 1), "absence_end": date(2024, 4, 2)}
    listed = as_frame([post], person_ref="ann", position_ref="P0", directorate="D", team="T")
    spells = as_frame([short, long], person_ref="ann", position_ref="P0")
    share = long_term_share(spells, listed, QUARTER, HOLIDAYS)
    assert share["numerator"].iloc[0] == pytest.approx(counted_day_by_day([post], [short, long])[1])
    assert share["value"].iloc[0] == 100


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
