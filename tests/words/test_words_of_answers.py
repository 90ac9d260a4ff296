"""Sentences on how residents are answered: a few evidence rows in, words out."""

import pandas as pd
import pytest

from peerpack.errors import RecordRefused
from peerpack.handover.evidence import EVIDENCE_COLUMNS, NUMBER_COLUMNS, Shown
from peerpack.words import answers, assurance

EXTRAS = ("label", "comparator_display", "stated_display", "standing")


def shown(*rows):
    """Evidence rows by the cuts of their id; what is not named is missing or empty."""
    columns = (*EVIDENCE_COLUMNS, *EXTRAS)
    blank = {c: float("nan") if c in NUMBER_COLUMNS else "" for c in columns}
    return Shown(pd.DataFrame([blank | row for row in rows], columns=list(columns)), ())


def row(cut="", value=float("nan"), display="[x]", of=None, **said):
    keys = [pair.partition("=") for pair in cut.split("&") if pair]
    part, whole = of or (float("nan"), float("nan"))
    return {
        "evidence_id": f"K/{cut}" if cut else "K",
        "breakdown": "&".join(name for name, _, _ in keys),
        "group": keys[-1][2] if keys else "",
        "label": keys[-1][2] if keys else "",
        "value": value,
        "display": display,
        "numerator": part,
        "denominator": whole,
        "period": "2024-04-01 to 2024-06-30",
    } | said


def in_time(closed, received, lawful=None, printed=None, strict=None):
    """A table of one procedure; each share as (value, display, (part, whole))."""
    none = (float("nan"), "[x]", None)
    return shown(
        row("basis=received", *received),
        row("basis=closed", *closed),
        row("basis=closed&measure=with_extensions", *(lawful or none)),
        row("basis=closed&measure=without_extensions", *(strict or none)),
        row("basis=closed&measure=by_system_date", *(printed or none)),
    )


PLAIN = (94.0, "94.0%", (121.0, 129.0)), (90.0, "90.0%", (90.0, 100.0))
NONE = (float("nan"), "[x]", (0.0, 0.0))


def test_both_bases_are_said_with_their_counts():
    assert answers.complaints_sentence(in_time(*PLAIN)) == (
        "Of 129 complaints answered in the quarter, 94.0% (121) were answered in time, within 10 "
        "working days at stage 1 or 20 at stage 2. Of 100 received in it that were answered or due "
        "by its end, 90.0% were answered in time."
    )


def test_a_log_without_an_answer_says_so():
    assert answers.complaints_sentence(in_time(NONE, NONE)) == (
        "The log lists none of the complaints as answered in the quarter."
    )


def test_extensions_and_the_systems_own_dates_are_said_only_where_they_differ():
    same = in_time(*PLAIN, lawful=PLAIN[0], printed=PLAIN[0])
    other = in_time(*PLAIN, lawful=(96, "96.0%", None), printed=(99, "99.0%", None))
    assert "extensions" not in answers.complaints_sentence(same)
    assert "prints" not in answers.complaints_sentence(same)
    assert answers.complaints_sentence(other).endswith(
        " With lawful extensions allowed for, 96.0% of those answered were in time. By the due "
        "dates that the casework system prints it would be 99.0%."
    )


@pytest.mark.parametrize(
    ("value", "band"),
    [(95.0, "good"), (94.99, "adequate"), (90.0, "adequate"), (89.99, "unsatisfactory")],
)
def test_the_commissioners_band_is_of_the_value_before_rounding_and_of_one_quarter(value, band):
    text = answers.requests_sentence(in_time((value, "v", (1.0, 2.0)), PLAIN[1]))
    assert f"toolkit v in the latest quarter is {band}: " in text


def test_what_is_open_is_said_with_the_day_the_overdue_and_the_wait():
    table = [row("measure=open", 8.0, "8"), row("measure=overdue", 0.0, "0"),
             row("measure=open_age", 12.0, "12 days")]  # fmt: skip
    assert answers.open_sentence(shown(*table), "complaints") == (
        "Of the complaints in the log 8 stood open on 30 June 2024, none of them past the last day "
        "the law allows; half had waited 12 days or more."
    )
    nothing = [row("measure=open", 0.0, "0"), *table[1:]]
    assert answers.open_sentence(shown(*nothing), "complaints") == (
        "On 30 June 2024 none of the complaints in the log was open."
    )


def test_the_ombudsmans_share_comes_with_its_counts_and_its_width():
    found = row("", 66.7, "67%", (2.0, 3.0), lower=20.77, upper=93.85)
    assert answers.upheld_sentence(shown(found)) == (
        "The Ombudsman upheld 2 of 3 complaints investigated in the quarter, 67%. With so few "
        "cases, the rate in the long run may be anything from 21% to 94%."
    )
    assert answers.upheld_sentence(shown(row())) == (
        "The log lists no complaint that the Ombudsman decided in the quarter."
    )


def test_a_directorate_is_named_as_behind_only_where_ten_answers_say_so():
    def of(name, value, whole, standing):
        return row(f"basis=closed&directorate={name}", value, f"{value}%", (value, whole),
                   standing=standing)  # fmt: skip

    table = shown(of("Place", 8.0, 10.0, "lower"), of("Adults", 1.0, 3.0, "lower"),
                  of("Corporate", 99.0, 99.0, "higher"))  # fmt: skip
    assert answers.slowest_sentence(table, "complaints") == (
        "The smallest shares of complaints answered in time are in Place (8.0%, 8 of 10)."
    )
    assert answers.slowest_sentence(shown(of("Adults", 1.0, 3.0, "lower")), "complaints") == ""


def test_a_chart_of_two_bases_is_worded_with_the_ends_of_each():
    table = shown(
        row("basis=received", 80.0, "80%"), row("basis=received&directorate=Place", 80.0, "80%"),
        row("basis=closed", 90.0, "90%"), row("basis=closed&directorate=Place", 85.0, "85%"),
        row("basis=closed&directorate=Adults", 95.0, "95%"),
    )  # fmt: skip
    assert answers.in_time_title(table, "Complaints") == (
        "Complaints in time: 90% of those closed, 80% of those received"
    )
    assert answers.in_time_alt(table, "complaints") == (
        "Dots of complaints answered in time by directorate, on two bases. Of those received: 80% "
        "overall, a dashed line; from 80% in Place to 80% in Place. Of those closed: 90% overall, "
        "a dashed line; from 85% in Place to 95% in Adults."
    )


def test_indicators_without_a_comparator_are_named_and_of_many_the_rest_is_counted():
    few = [row(f"indicator={n}&measure=without", 1.0) for n in "AB"]
    many = [row(f"indicator=I{n}&measure=without", 1.0) for n in range(14)]
    for each in (*few, *many):
        each["group"] = each["evidence_id"].partition("indicator=")[2].partition("&")[0]
    assert assurance.not_compared_sentence(shown(*few)) == "Shown without a comparator: A; B."
    assert assurance.not_compared_sentence(shown(*many)).endswith("I11; and 2 more.")
    assert assurance.not_compared_sentence(shown(row())) == ""


def test_age_is_said_with_what_is_not_fresh():
    table = shown(
        row("", 75.0, "75%", (3.0, 4.0)), row("measure=stale", 1.0),
        row("measure=undated", 0.0), row("measure=another_period", 2.0),
    )  # fmt: skip
    assert assurance.fresh_sentence(table) == (
        "On the pack's as-at date 3 of 4 figures and claims, 75%, are within their shelf life. "
        "Past it: 1. Beside a comparator of another period: 2."
    )


def test_actions_that_no_rule_can_judge_are_not_called_late():
    def track(value, display, of):
        return shown(row("", value, display, of), row("measure=late", 1.0, "1"),
                     row("measure=undated", 12.0, "12"),
                     row("measure=said_in_hand", 80.0, "80%"))  # fmt: skip

    assert assurance.on_track_sentence(track(float("nan"), "[x]", (0.0, 12.0)), "actions") == (
        "None of the 12 actions has a date that can pass or is said to be complete in the "
        "published record, so none can be called on track."
    )
    assert assurance.on_track_sentence(track(50.0, "50%", (13.0, 26.0)), "actions") == (
        "By their dates 13 of 26 actions are on track, 50%. Late: 1. Without a date that can pass: "
        "12. Their owners call 80% complete or ongoing."
    )


@pytest.mark.parametrize("say", [answers.complaints_sentence, assurance.compared_sentence])
def test_words_are_made_of_shown_tables_only(say):
    with pytest.raises(RecordRefused, match="A sentence was asked of a DataFrame"):
        say(pd.DataFrame({"value": [1]}))


def test_returns_are_said_by_verdict_with_their_unread_rows_and_what_nobody_sent_by_name():
    counts = {"datasets": 3.0, "missing": 1.0, "rows_in": 1200.0, "quarantined": 0.0,
              "set_aside": 7.0}  # fmt: skip
    table = shown(
        *(row(f"measure={name}", n) for name, n in counts.items()),
        row("measure=datasets&outcome=pass", 2.0), row("measure=datasets&outcome=warn", 1.0),
        row("measure=missing&dataset=Reserves", 1.0) | {"breakdown": "dataset&measure"},
    )  # fmt: skip
    assert assurance.soundness_sentence(table) == (
        "3 datasets were supplied: 2 passed and 1 passed with warnings. Of 1,200 raw rows, every "
        "one could be read; 7 were set aside as titles, totals or blank."
    )
    assert assurance.missing_sentence(table) == "Not supplied: Reserves."
