"""The demonstration returns: the same bytes anywhere, true to their truth, and a real mess."""

import csv
import os
import re
import subprocess
import sys
from collections import defaultdict
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

import peerpack
from peerpack.demo import write_returns

LIB = Path(peerpack.__file__).parents[1]
SHIPPED = LIB.parent / "data" / "northborough" / "2024-25-Q1"
HOLIDAYS = {date(2024, 4, 1), date(2024, 5, 6), date(2024, 5, 27)}
QUARTER = [date(2024, 4, 1) + timedelta(days=n) for n in range(91)]
AMOUNT_COLUMNS = range(4, 12)
REVISED, FORECAST, VARIANCE = 6, 7, 8
BUDGET = "Budget Monitoring P3 (invented).xlsx"
PEOPLE = "hr positions (invented).csv"
ABSENCE = "absence spells (invented).csv"
SURVEY = "resident survey (invented).csv"
NEIGHBOURS = "neighbour figures (invented).csv"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    return write_returns(folder), folder / "northborough" / "2024-25-Q1"


@pytest.fixture(scope="module")
def truth(made):
    return made[0]


@pytest.fixture(scope="module")
def folder(made):
    return made[1]


@pytest.fixture(scope="module")
def sheet(folder):
    book = CalamineWorkbook.from_path(folder / BUDGET)
    return book.get_sheet_by_name("Budget Monitoring").to_python(skip_empty_area=False)


@pytest.fixture(scope="module")
def positions(folder):
    return rows(folder / PEOPLE, "cp1252")


@pytest.fixture(scope="module")
def spells(folder):
    return rows(folder / ABSENCE, "utf-8-sig")


@pytest.fixture(scope="module")
def survey(folder):
    return rows(folder / SURVEY, "utf-8")


def rows(path, encoding):
    with path.open(encoding=encoding, newline="") as text:
        return [{k: v.strip() for k, v in row.items()} for row in csv.DictReader(text)]


def day(text, if_open):
    return (
        if_open if text in {"", "31/12/4712"} else datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007
    )


def money(cell):
    if not isinstance(cell, str):
        return int(cell)
    digits = int(re.sub(r"\D", "", cell) or 0)
    return -digits if "(" in cell or (cell.endswith("-") and digits) else digits


def as_key(row):
    return row["Personal Reference"], row["Position Reference"]


def is_total(row):
    return any(str(label).startswith(("Total ", "Grand Total")) for label in row[:2])


def detail(sheet):
    """Detail rows with the directorate and service filled down."""
    directorate = service = ""
    for row in sheet[7:]:
        if not is_total(row) and row[3]:
            directorate, service = row[0] or directorate, row[1] or service
            yield [directorate, service, *row[2:]]


def written_elsewhere(folder, zone, locale, hash_seed, umask):
    code = (
        f"import os, pathlib; os.umask(0o{umask}); from peerpack.demo import write_returns;"
        f"print(repr(write_returns(pathlib.Path({str(folder)!r}))))"
    )
    surroundings = {
        **os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": hash_seed,
        "PYTHONPATH": str(LIB), "PYTHONIOENCODING": "utf-8",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code], env=surroundings, capture_output=True, check=True
    )
    return done.stdout, {path.name: path.read_bytes() for path in folder.rglob("*.*")}


# The same anywhere


def test_zone_locale_umask_and_hash_seed_do_not_change_a_byte_or_the_truth(tmp_path):
    here = written_elsewhere(tmp_path / "a", "Pacific/Auckland", "C", "1", "077")
    there = written_elsewhere(tmp_path / "b", "America/New_York", "de_DE.UTF-8", "2", "002")
    assert len(here[1]) == 5
    assert here == there


def test_the_shipped_returns_are_what_the_default_seed_writes(folder):
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        path.name: path.read_bytes() for path in SHIPPED.iterdir() if "invented" in path.name
    }


def test_another_seed_writes_other_returns(folder, tmp_path):
    write_returns(tmp_path, seed=1)
    for path in folder.iterdir():
        assert path.read_bytes() != (tmp_path / "northborough/2024-25-Q1" / path.name).read_bytes()


def test_every_file_says_in_its_name_that_it_is_invented(folder):
    assert all("(invented)" in path.name for path in folder.iterdir())


# Budget


def test_the_sheet_opens_with_five_title_rows_and_a_two_level_header(sheet):
    assert "INVENTED DATA" in sheet[1][0]
    assert sheet[2][0] == "Run date 07/07/2024 08:14"
    assert (sheet[5][4], sheet[5][9]) == ("Full year", "Year to date")
    assert sheet[6][0] == "Directorate"
    assert sheet[6][12] == "Comments"


def test_row_18_is_the_line_that_the_design_quotes(sheet):
    row = sheet[17]
    assert (row[1], row[4], row[8]) == ("ASC-Older People", "104,000", "(1,240)")


def test_every_detail_row_is_the_generators_and_adds_across(sheet, truth):
    read = [(*r[:4], *(money(r[i]) for i in AMOUNT_COLUMNS)) for r in detail(sheet)]
    assert read == [
        (line.directorate, line.service, line.cost_centre, line.cost_centre_desc,
         line.original_gbp, line.virements_gbp, line.revised_gbp, line.forecast_gbp,
         line.variance_gbp, line.profiled_gbp, line.actual_gbp, line.commitments_gbp)
        for line in truth.budget.lines
    ]  # fmt: skip
    assert all(r[4] + r[5] == r[6] and r[7] - r[6] == r[8] for r in read)


def test_totals_reconcile_with_their_detail_but_for_one_pound_in_one_subtotal(sheet):
    lines = list(detail(sheet))
    off = []
    for row in filter(is_total, sheet[7:]):
        name = (row[0] or row[1]).removeprefix("Total ")
        own = [
            line for line in lines if name in {"Grand Total", line[0], line[1].partition("-")[2]}
        ]
        assert own, name
        gaps = [money(row[i]) - sum(money(line[i]) for line in own) for i in AMOUNT_COLUMNS]
        off += [(name, gap) for gap in gaps if gap]
    assert off == [("Highways", 1)]


def test_every_service_directorate_and_the_council_has_its_total(sheet):
    labels = [row[0] or row[1] for row in sheet[7:] if is_total(row)]
    assert len(labels) == 15 + 5 + 1
    assert labels[-1] == "Grand Total"
    assert labels.index("Total Older People") + 1 == labels.index("Total Adult Social Care")


def test_the_forecast_overspends_by_about_two_per_cent_and_one_directorate_underspends(truth):
    assert 235e6 < truth.budget.overall.revised_gbp < 245e6
    assert 1.8 < truth.budget.overall.variance_pct < 2.0
    parts = truth.budget.by_directorate
    assert [name for name, part in parts.items() if part.variance_gbp < 0] == [
        "Corporate Resources"
    ]
    assert sum(part.variance_gbp for part in parts.values()) == truth.budget.overall.variance_gbp


def test_amounts_come_in_every_style_a_ledger_has(sheet):
    cells = [cell for row in sheet[7:] for cell in row[4:12]]
    texts = [cell for cell in cells if isinstance(cell, str)]
    assert any(isinstance(cell, float | int) for cell in cells)
    for style in (r"-", r"\([\d,]+\)", r"[\d,]+-", r"£[\d,]+", r"[\d,]+"):
        assert any(re.fullmatch(style, text) for text in texts), style


def test_one_line_has_no_cost_centre_and_the_others_keep_their_zero(sheet):
    codes = [row[2] for row in detail(sheet)]
    assert codes.count("") == 1
    assert all(re.fullmatch(r"0\d{4}", code) for code in codes if code)


def test_comments_hold_line_breaks_markup_and_a_formula_that_is_only_text(folder, sheet):
    comments = [str(row[12]) for row in sheet[7:] if len(row) > 12]
    assert any("\n" in text for text in comments)
    assert any("<b>" in text for text in comments)
    assert any(text.startswith("=HYPERLINK(") for text in comments)
    assert b"<f>" not in (folder / BUDGET).read_bytes()


# People


def test_the_positions_file_is_cp1252_and_not_utf_8(folder):
    content = (folder / PEOPLE).read_bytes()
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    assert "Children’s Social Worker" in content.decode("cp1252")
    assert b"\r\n" in content


def test_no_position_is_listed_twice_for_one_person(positions):
    keys = [as_key(row) for row in positions]
    assert len(keys) == len(set(keys))


def test_emergency_planning_is_four_people_in_four_posts_all_quarter(positions, truth):
    team = [row for row in positions if row["Team"] == "Emergency Planning"]
    assert len({row["Personal Reference"] for row in team} - {""}) == len(team) == 4
    assert {row["Directorate"] for row in team} == {"Corporate Resources"}
    assert all(day(r["Position Start"], None) < QUARTER[0] for r in team)
    assert all(day(r["Position End"], date.max) > QUARTER[-1] for r in team)
    assert truth.sickness.headcount_by_team["Emergency Planning"].any_day_n == 4


def test_every_other_team_has_at_least_twelve_people_on_every_day(positions):
    daily = defaultdict(set)
    for row in positions:
        start, end = day(row["Position Start"], None), day(row["Position End"], date.max)
        for when in QUARTER:
            if row["Personal Reference"] and start <= when <= end:
                daily[row["Team"], when].add(row["Personal Reference"])
    small = {team for (team, _), people in daily.items() if len(people) < 12}
    assert len({team for team, _ in daily}) == 15 + 2
    assert small == {"Emergency Planning"}
    assert max(map(len, daily.values())) <= 90


def test_people_repeat_casuals_have_no_fte_and_one_person_is_over_one(positions):
    fte = defaultdict(list)
    for row in positions:
        if row["Personal Reference"] and row["Position End"] in {"", "31/12/4712"}:
            fte[row["Personal Reference"]].append(Fraction(row["FTE"]))
    assert sum(len(posts) > 1 for posts in fte.values()) >= 8
    assert sum(sum(posts) > 1 for posts in fte.values()) == 1
    assert any(row["FTE"] == "0.00" and row["Basis"] == "Casual" for row in positions)


def test_a_post_can_be_vacant_inherited_left_before_or_not_yet_started(positions):
    starts = [day(row["Position Start"], None) for row in positions]
    ends = [day(row["Position End"], date.max) for row in positions]
    held = [row["Position Reference"] for row in positions]
    assert sum(row["Personal Reference"] == "" == row["Name"] for row in positions) == 18
    assert len(held) > len(set(held))
    assert QUARTER[0] in starts and QUARTER[-1] in starts and max(starts) > QUARTER[-1]
    assert QUARTER[0] in ends and QUARTER[-1] in ends and min(ends) < QUARTER[0]
    assert 70 <= sum(row["Location Type"] == "School" for row in positions) <= 90


def test_some_directorates_are_padded_and_all_are_spelt_as_in_the_budget(folder, positions, truth):
    text = (folder / PEOPLE).read_bytes().decode("cp1252")
    assert re.search(r"Adult Social Care +,|Place +,|Children's Services +,", text)
    assert {row["Directorate"] for row in positions} == set(truth.budget.by_directorate)


# Absence


def extent(row):
    return day(row["Absence Start"], None), day(row["Absence End"], date(2024, 7, 5))


def test_no_two_spells_of_a_position_overlap(spells):
    taken = defaultdict(list)
    for row in spells:
        taken[as_key(row)].append(extent(row))
    for extents in taken.values():
        extents.sort()
        assert all(a[1] < b[0] for a, b in pairwise(extents))


def test_every_spell_is_against_a_position_that_was_held_when_it_began(spells, positions):
    held = {as_key(row): row for row in positions}
    for row in spells:
        post = held[as_key(row)]
        start = extent(row)[0]
        assert day(post["Position Start"], None) <= start <= day(post["Position End"], date.max)


@pytest.mark.parametrize(
    ("claim", "is_so"),
    {
        "starts before and ends inside": lambda a, b, r: a < QUARTER[0] <= b < QUARTER[-1],
        "starts inside and ends after": lambda a, b, r: QUARTER[0] < a <= QUARTER[-1] < b,
        "straddles both ends": lambda a, b, r: a < QUARTER[0] and b > QUARTER[-1],
        "is open": lambda a, b, r: not r["Absence End"] and not r["End Part Day"],
        "lies wholly in March": lambda a, b, r: b < QUARTER[0],
        "lies wholly in July": lambda a, b, r: a > QUARTER[-1],
        "is an afternoon": lambda a, b, r: a == b and r["Start Part Day"] == "PM",
        "is a morning": lambda a, b, r: a == b and r["End Part Day"] == "AM",
        "is a weekend": lambda a, b, r: a.weekday() == 5 and (b - a).days == 1,
        "is Easter Monday alone": lambda a, b, r: a == b == date(2024, 4, 1),
        "has its half day outside": lambda a, b, r: a < QUARTER[0] and r["Start Part Day"] == "PM",
    }.items(),
)
def test_there_is_a_spell_that(spells, claim, is_so):
    assert any(is_so(*extent(row), row) for row in spells)


def test_a_spell_goes_on_after_its_leaver_has_left(spells, positions):
    ends = {as_key(row): day(row["Position End"], date.max) for row in positions}
    assert [row for row in spells if row["Absence End"] and extent(row)[1] > ends[as_key(row)]]


def test_emergency_planning_has_three_spells_and_a_figure_that_would_tell_on_someone(
    spells, positions, truth
):
    team = {as_key(row) for row in positions if row["Team"] == "Emergency Planning"}
    assert sum(as_key(row) in team for row in spells) == 3
    rates = truth.sickness.by_team
    assert max(rates, key=lambda name: rates[name].days_per_fte) == "Emergency Planning"


def test_the_printed_days_are_text_that_counts_the_whole_spell(spells):
    assert all(re.fullmatch(r"\d+\.[05]0 Day\(s\)", row["Days Lost"]) for row in spells)
    whole = {(r["Absence Start"], r["Absence End"]): r["Days Lost"] for r in spells}
    assert whole["18/03/2024", "05/04/2024"] == "13.00 Day(s)"


def test_about_450_lines_with_about_2_3_days_per_fte_and_nine_reasons(spells, truth):
    assert 400 <= len(spells) <= 500
    assert 2.1 <= truth.sickness.overall.days_per_fte <= 2.5
    assert len({row["Reason"] for row in spells}) == 9


def loss_on(when, spell, post):
    """Fraction of a day lost by one spell on one day, before FTE: the definition, day by day."""
    start, end = day(spell["Absence Start"], None), day(spell["Absence End"], date.max)
    held = day(post["Position Start"], None) <= when <= day(post["Position End"], date.max)
    if when.weekday() > 4 or when in HOLIDAYS or not (start <= when <= end) or not held:
        return Fraction(0)
    half = (when == start and spell["Start Part Day"] == "PM") or (
        when == end and spell["End Part Day"] == "AM"
    )
    return Fraction(1, 2) if half else Fraction(1)


def test_a_count_day_by_day_from_the_files_gives_the_truths_days_and_fte(spells, positions, truth):
    posts = {as_key(row): row for row in positions if row["Location Type"] == "Council"}
    days, fte, people = defaultdict(Fraction), defaultdict(Fraction), defaultdict(set)
    for spell in spells:
        post = posts.get(as_key(spell))
        if post:
            lost = sum(loss_on(when, spell, post) for when in QUARTER) * Fraction(post["FTE"])
            for cut in ("", post["Directorate"], post["Team"]):
                days[cut] += lost
    for (person, _), post in posts.items():
        start, end = day(post["Position Start"], None), day(post["Position End"], date.max)
        for when in (QUARTER[0], QUARTER[-1]):
            if person and start <= when <= end:
                for cut in ("", post["Directorate"], post["Team"]):
                    fte[cut] += Fraction(post["FTE"]) / 2
        if person and any(start <= when <= end for when in QUARTER):
            people[post["Team"]].add(person)
    told = {"": truth.sickness.overall, **truth.sickness.by_directorate, **truth.sickness.by_team}
    assert {cut: (float(days[cut]), float(fte[cut])) for cut in fte} == {
        cut: (rate.days_lost_fte, rate.average_fte) for cut, rate in told.items()
    }
    assert all(rate.days_per_fte == rate.days_lost_fte / rate.average_fte for rate in told.values())
    assert {team: len(who) for team, who in people.items()} == {
        team: count.any_day_n for team, count in truth.sickness.headcount_by_team.items()
    }


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_any_seed_keeps_the_team_of_four_and_its_three_spells(tmp_path, seed):
    other = write_returns(tmp_path, seed=seed)
    assert other.sickness.by_team["Emergency Planning"].average_fte == 3.41
    assert 1.8 < other.budget.overall.variance_pct < 2.0
    assert 1.5 < other.sickness.overall.days_per_fte < 3.2


# Survey and neighbours


def weighted(answers):
    opinions = [
        row
        for row in answers
        if row["Q2 Council Runs Things"].replace("’", "'") not in {"", "Don't know"}
    ]
    content = [r for r in opinions if r["Q2 Council Runs Things"].endswith(" satisfied")]
    share = sum(Fraction(r["Weight"]) for r in content) / sum(
        Fraction(r["Weight"]) for r in opinions
    )
    return float(100 * share), len(opinions)


def test_the_weighted_share_satisfied_from_the_file_is_the_truths(survey, truth):
    told = truth.satisfaction
    assert (told.overall.satisfied_pct, told.overall.base_n) == pytest.approx(weighted(survey))
    for ward, share in told.by_ward.items():
        answers = [row for row in survey if row["Ward"] == ward]
        assert (share.satisfied_pct, share.base_n) == pytest.approx(weighted(answers))
    assert 45 < told.overall.satisfied_pct < 47


def test_respondents_weights_and_wards_are_as_a_telephone_survey_leaves_them(survey):
    weights = [float(row["Weight"]) for row in survey]
    wards = [row["Ward"] for row in survey]
    assert 1000 <= len(survey) <= 1100
    assert min(weights) >= 0.3 and max(weights) <= 3.2
    assert abs(sum(weights) / len(weights) - 1) > 0.02
    assert len(set(wards)) == 8
    assert wards.count("Saltmarsh") == 22
    assert len({row["URN"] for row in survey}) == len(survey)


def test_the_survey_labels_are_unclean(folder):
    text = (folder / SURVEY).read_text(encoding="utf-8")
    assert "Don’t know" in text and "Don't know" in text
    assert re.search(r"satisfied ,", text)
    assert ",," in text


def test_one_neighbour_is_missing_for_each_indicator(folder, truth):
    published = rows(folder / NEIGHBOURS, "utf-8")
    assert len({row["Area"] for row in published}) == 12
    missing = [row["Indicator"] for row in published if row["Value"] == "[x]"]
    assert sorted(missing) == ["KF01", "KR01", "KW01"]
    assert [row["Value"] for row in published] == [one.value for one in truth.neighbours]


def test_the_truth_counts_the_data_rows_of_every_file(truth, sheet, positions, spells, survey):
    assert truth.rows_n == {
        BUDGET: len(list(detail(sheet))),
        PEOPLE: len(positions),
        ABSENCE: len(spells),
        SURVEY: len(survey),
        NEIGHBOURS: 36,
    }
