"""Sentences drawn, the figure they are about, and what must be said of it."""

import pytest
from drawn_reports import verdict_of

CANNOT_BE = (
    # a percentage that no whole number gives
    ("Of the 412 staff who responded, 61.3% would recommend the council.", "61.3%"),
    ("We held 126 appraisals, of which 13.4% were late.", "13.4%"),
    ("13.4% of 126 people were seen.", "13.4%"),
    ("38% (n=17) gave workload as their reason.", "38%"),
    ("There were 126 referrals. Of these, 13.4% were for stress.", "13.4%"),
    ("A total of 31 managers replied to us. 47% of those who replied were content.", "47%"),
    # a share beside its part and its whole
    ("In all, 48 of 160 complaints (35%) were upheld.", "35%"),
    ("35% (48 of 160) were upheld.", "35%"),
    ("Of the 200 tenants, 150 (85%) were content.", "85%"),
    ("We saved £3m of £60m (9%).", "9%"),
    ("An overspend of £7.7m (3.4%) against a budget of £567.5m.", "3.4%"),
    ("More than half of them (48%) agreed.", "half"),
    ("Seven in ten residents (62%) feel safe.", "Seven in ten"),
    ("Of our 4,210 staff, 62% (2,410) are women.", "62%"),
    ("We collected £92.1m of the £98.0m due, a collection rate of 96.4%.", "96.4%"),
    # parts and totals
    ("There are 57 councillors: 30 Labour, 15 Conservative and 13 others.", "57"),
    ("Of the 1,050 invoices, 980 were on time and the other 90 were late.", "1,050"),
    ("We had 48 letters in Q1, 52 in Q2 and 61 in Q3, 210 in all.", "210"),
    ("We had 60 letters and 25 calls, a total of 95.", "95"),
    ("The team has 40 posts (12 in planning, 15 in housing and 10 in licensing).", "40"),
    (
        "The £4.5m was made up of £2.0m from adults, £1.5m from children and £0.5m from roads.",
        "£4.5m",
    ),
    (
        "We had 126 referrals, of which 60 were for stress, 45 for backs and 40 for other reasons.",
        "126",
    ),
    ("We have 38 schemes, of which 24 are complete, 9 are under way and 7 have not begun.", "38"),
    ("62% were satisfied, 31% were dissatisfied and 12% were neither.", "12%"),
    ("62% passed and the remaining 48% did not.", "48%"),
    # changes and their ends
    ("The number of calls rose by 12% from 250 to 270.", "12%"),
    ("Calls fell from 12,940 to 11,260, which is 1,680 fewer (-15.0%).", "-15.0%"),
    (
        "Satisfaction rose from 34% to 37%, an increase of 5 percentage points.",
        "5 percentage points",
    ),
    ("Satisfaction rose from 34% to 37%, an increase of 5%.", "5%"),
    ("Sickness fell from 12.3 days to 11.1 days, a fall of 2.2 days.", "2.2 days"),
    ("Complaints halved from 120 to 90.", "halved"),
    ("Turnover increased from 14.2% to 12.9%.", "12.9%"),
    ("The budget was £40.0m, the outturn was £43.0m and the overspend was of £2.0m.", "£2.0m"),
    ("Sickness was 9.8 days per FTE, 1.1 days higher than last year's 8.2 days.", "1.1 days"),
    ("The gap between the council (86%) and its neighbours (93%) is 9 percentage points.",
     "9 percentage points"),
    ("Agency spend fell from £1.2m to £800k, a fall of a half.", "a half"),
    # products, averages
    ("We bought 120 laptops at £450 each, a total of £64,000.", "£64,000"),
    ("We spent £2.4m for 1,200 children, an average of £2,500 per child.", "£2,500"),
    ("A percentage point is worth £2.2m. A gap of 7 percentage points is worth £19.0m.", "£19.0m"),
    ("The town has a population of 182,400. It cost £3.65m, or £26 for each resident.", "£26"),
    # times
    ("The programme runs from March 2025 to January 2025.", "January 2025"),
    ("The review opened on 12 May 2025 and closed on 28 April 2025.", "28 April 2025"),
    ("A 12-week period from 2 December 2024 to 2 March 2025 follows.", "12-week"),
    (
        "From 2 December 2024 to 2 March 2025, and likely to continue to 31 March 2024.",
        "31 March 2024",
    ),
    # more than all
    ("Training was completed by 104% of staff.", "104%"),
)  # fmt: skip

NOT_ACCUSED = (
    ("About 13.4% of 126 people were seen.", "13.4%"),
    ("12.5% of 126 hours were lost.", "12.5%"),
    ("13.4% of 126 FTE are vacant.", "13.4%"),
    ("We had 126 cases, of which 12.7% were late, of whom 40% were women.", "40%"),
    ("Of the 126 cases, 12.7% were late, up from 13.4%.", "13.4%"),
    ("Of 1,200 residents, weighted by age, 13.44% agreed.", "13.44%"),
    ("13.44% of 12,300 households replied.", "13.44%"),
    ("In all, 48 of 160 complaints (30%) were upheld; 12 of them (25%) in full.", "25%"),
    ("48 of 160 complaints (40% of them by letter) were upheld.", "40%"),
    ("We saved £3m of £60m, 6%.", "6%"),
    ("In Q1 we had 40 of 50 cases and in Q2 30 cases, a total of 70.", "70"),
    ("The team has 40 posts (including 12 in planning and 15 in housing).", "40"),
    ("The team has 40 posts (12 in planning, 15 in housing and others).", "40"),
    ("Of 120 schools, 90 were rated good, 60 were primaries and 40 are academies.", "120"),
    (
        "Of the 500 replies, 250 were from women, 240 from men and 100 were from the over-65s.",
        "500",
    ),
    ("The £45m budget includes £20m for adults, £15m for children and £3m for roads.", "£45m"),
    ("Calls rose by 8% from 250 to 270 and costs rose by 40%.", "40%"),
    ("A 5% increase in fines was seen, with the time to pay reduced from 21 days to 5 days.", "5%"),
    (
        "24% are disabled, which is 6 percentage points higher than the average, and 4% more.",
        "6 percentage points",
    ),
    (
        "48% agree (at the 95% confidence level), against 53% here: a gap of 5 percentage points.",
        "5 percentage points",
    ),
    ("Spending rose from £12.4m to £13.1m, an increase of £0.8m.", "£0.8m"),
    ("Our ranking rose from 32 to 12 in the league table.", "12"),
    ("Agency spend fell from £1.2m to £800k, a fall of a third.", "a third"),
    ("We let 12 units at £50 per week, a total of £31,200.", "£31,200"),
    ("Collection was 104% of the target for residents.", "104%"),
    ("130% of planned visits to schools were made.", "130%"),
    ("62% were satisfied, compared with 58% last year, and 31% were dissatisfied.", "31%"),
    ("62% were very satisfied with parks and 55% were fairly satisfied with roads.", "55%"),
    ("A three-year term from 1 April 2024 to 31 March 2027 begins.", "three-year"),
    ("A six-month period from October 2024 to March 2025 follows.", "six-month"),
    ("Most of the 12 wards had 45.5% turnout.", "45.5%"),
    ("Of the 45 wards, average turnout was 45.5%.", "45.5%"),
    ("In 3 of the 12 wards satisfaction was low (35%).", "35%"),
    ("20% of 3 bed homes are let.", "20%"),
    ("12 teams are up 8% from 250 visits.", "8%"),
    ("The 3 teams made a 10% increase on 490 visits.", "10%"),
    ("Spending rose to £3m (9%) against a budget of £45m.", "9%"),
    ("The chief pays for 126 people, 13.4% more than the year before.", "13.4%"),
)  # fmt: skip

HOLDS = (
    ("Of the 126 referrals, 16 (12.7%) were late.", "12.7%", "supported"),
    ("The number of calls rose by 8% from 250 to 270.", "8%", "supported"),
    ("We had 60 letters and 25 calls, a total of 85.", "85", "supported"),
    ("We recruited 5 apprentices (1 from Adults and 4 from Children).", "5", "supported"),
    ("A gap of 7 points: a percentage point is worth £2.2m. 7 percentage points are worth £15.4m.",
     "£15.4m", "supported"),
    (
        "£7.677m was overspent on a budget of £567.459m, c. 1.4 per cent.", "1.4 per cent",
        "supported",
    ),
    ("Recycling is 17.9%, around half the rate of the group (34.9%).", "half", "supported"),
    ("Spending rose from £12.4m to £13.1m, an increase of £0.8m.", "£0.8m", "within_rounding"),
    ("We saved £3m of £60m (6%).", "6%", "within_rounding"),
)  # fmt: skip

LEFT_OPEN = (
    ("The satisfaction rate increased by 5% on last year.", "5%", "ambiguous"),
    ("The engagement index rose 3% to 71%.", "3%", "ambiguous"),
    ("Satisfaction rose from 34% to 37%, an increase of 3%.", "3%", "ambiguous"),
    ("The new team answers 20% more letters.", "20%", "ambiguous"),
    ("Collection is strong at 97.2%.", "97.2%", "no_comparator"),
    ("Collection was 86%, which met the council's target.", "86%", "no_comparator"),
    ("Sickness absence remains high: staff lost 9.1 days on average.", "9.1 days", "no_comparator"),
)

NOT_LEFT_OPEN = (
    ("The satisfaction rate increased by 5 percentage points on last year.", "5 percentage points"),
    ("Fees rise by 5% in 2025/26.", "5%"),
    ("Collection is strong at 97.2%, against 96.1% nationally.", "97.2%"),
    ("Collection is strong at 97.2%. The target was 96%.", "97.2%"),
    ("86% met the target of 80%.", "86%"),
    ("62% of staff said that morale is good.", "62%"),
    ("It was a good year, with a plan for 3 years.", "3 years"),
)


@pytest.mark.parametrize(("sentence", "figure"), CANNOT_BE)
def test_what_arithmetic_proves_wrong_cannot_be(sentence, figure):
    assert verdict_of(sentence, figure) == "cannot_be"


@pytest.mark.parametrize(("sentence", "figure"), NOT_ACCUSED)
def test_what_may_be_right_is_not_accused(sentence, figure):
    assert verdict_of(sentence, figure) != "cannot_be"


@pytest.mark.parametrize(("sentence", "figure", "verdict"), HOLDS + LEFT_OPEN)
def test_what_follows_is_supported_and_what_is_open_is_said_to_be(sentence, figure, verdict):
    assert verdict_of(sentence, figure) == verdict


@pytest.mark.parametrize(("sentence", "figure"), NOT_LEFT_OPEN)
def test_what_names_its_unit_base_or_comparator_is_left_alone(sentence, figure):
    assert verdict_of(sentence, figure) in ("not_checkable", "supported", "within_rounding")


def test_of_a_list_of_percentages_the_one_that_cannot_be_over_their_total_is_named():
    text = (
        "A total of 126 referrals were made, against 98 the year before.\n\n"
        "Referrals included Education (42.1%), Children (13.4%), Adults (11.9%) and Resources "
        "(9.5%). The main reasons were stress (47.6%), illness (19.8%) and backs (18.3%)."
    )
    assert [verdict_of(text, f) for f in ("42.1%", "13.4%", "18.3%")] == [
        "not_checkable", "cannot_be", "not_checkable",
    ]  # fmt: skip


def test_a_list_under_a_total_must_make_it():
    text = "The savings of £4.5m are made up of:\n- £2.0m from adults\n- £1.5m from children\n"
    assert verdict_of(f"{text}- £0.5m from roads\n", "£4.5m") == "cannot_be"
    assert verdict_of(f"{text}- £1.0m from roads\n", "£4.5m") == "supported"
    including = text.replace("are made up of", "include")
    assert verdict_of(f"{including}- £0.5m from roads\n", "£4.5m") == "not_checkable"
