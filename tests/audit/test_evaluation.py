"""The evaluation counts what it should: drawn labels beside drawn claims."""

import evaluate
import pytest


def label(line, value, verdict, *, unit="count", words="", also=()):
    verdicts = (verdict,) if isinstance(verdict, str) else verdict
    return evaluate.Label(line, words or f"the {value} of", value, unit, verdicts, also, "drawn")


def claim(line, value, verdict, *, unit="count", words=""):
    words = words or f"here the {value} of them"
    return {
        "line": line,
        "value": value,
        "unit": unit,
        "verdict": verdict,
        "quotation": words,
        "reason": "",
    }


def judge(labels, claims, complete=((1, 99),)):
    return evaluate.evaluate(evaluate.Labelled("drawn.md", complete, tuple(labels)), claims)


def test_a_plain_figure_accused_is_a_false_accusation():
    one = judge([label(4, 12, "not_checkable")], [claim(4, 12, "cannot_be")])
    assert len(one.false_accusations) == 1
    assert evaluate.tally([one])["cannot_be"] == {"said": 1, "right": 0, "labelled": 0, "seen": 0}


def test_a_section_number_that_is_found_is_spurious_and_accused_only_if_accused():
    none = label(4, 5.2, "none")
    found = judge([none], [claim(4, 5.2, "not_checkable")])
    accused = judge([none], [claim(4, 5.2, "no_comparator")])
    assert (len(found.spurious), len(found.false_accusations)) == (1, 0)
    assert (len(accused.spurious), len(accused.false_accusations)) == (1, 1)


def test_a_claim_that_no_label_knows_counts_only_where_all_is_labelled():
    one = judge([], [claim(4, 5, "cannot_be"), claim(40, 5, "cannot_be")], complete=[(1, 10)])
    assert [each.claim["line"] for each in one.spurious] == [4]
    assert [each.claim["line"] for each in one.false_accusations] == [4]
    assert evaluate.tally([one])["cannot_be"]["said"] == 1


def test_a_figure_not_found_is_missed_unless_it_may_be_no_claim():
    one = judge([label(4, 5, "not_checkable"), label(5, 6, ("not_checkable", "none"))], [])
    assert [each.value for each in one.missed] == [5]


def test_a_fault_may_be_reported_at_another_of_its_figures():
    total = label(9, 49.6, "cannot_be", also=(14.2, 9.8))
    part = label(6, 9.8, "not_checkable")
    one = judge([total, part], [claim(6, 9.8, "cannot_be"), claim(9, 49.6, "not_checkable")])
    assert one.false_accusations == []
    assert evaluate.tally([one])["cannot_be"] == {"said": 1, "right": 1, "labelled": 1, "seen": 1}


def test_a_fault_is_not_seen_because_its_neighbour_was():
    dates = [label(9, "1 May", "cannot_be", unit="date", also=("date",)),
             label(10, "31 June", "cannot_be", unit="date")]  # fmt: skip
    one = judge(dates, [claim(10, "31 June", "cannot_be", unit="date")])
    assert [each.value for each in one.unseen("cannot_be")] == ["1 May"]


def test_a_fault_that_is_passed_over_lowers_recall():
    one = judge([label(9, 38, "cannot_be", unit="%")], [claim(9, 38, "not_checkable", unit="%")])
    assert evaluate.recall(evaluate.tally([one])["cannot_be"]) == 0
    assert len(one.unseen("cannot_be")) == 1


def test_either_verdict_that_can_be_defended_is_right_and_only_the_first_is_to_be_seen():
    either = label(4, 13.4, ("cannot_be", "not_checkable"), unit="%")
    counts = evaluate.tally([judge([either], [claim(4, 13.4, "not_checkable", unit="%")])])
    assert counts["not_checkable"]["right"] == counts["not_checkable"]["said"] == 1
    assert counts["cannot_be"]["seen"] == 0


@pytest.mark.parametrize(
    ("printed", "unit", "said", "of"),
    [
        (3.3, "GBP m", 3_300_000, "GBP"), (3.3, "GBP m", 3.3, "GBP m"), (-15.0, "%", 15.0, "%"),
        (100, "GBP k", 0.1, "GBP m"), (1.2, "count m", 1_200_000, "count"),
    ],
)  # fmt: skip
def test_a_figure_is_the_same_in_millions_and_whole_and_whatever_its_sign(printed, unit, said, of):
    one = judge([label(4, printed, "supported", unit=unit)], [claim(4, said, "supported", unit=of)])
    assert one.judged[0].right


def test_of_two_equal_figures_the_nearer_line_and_the_like_unit_are_matched():
    labels = [
        label(4, 62, "not_checkable", unit="%"),
        label(4, 62, "ambiguous"),
        label(5, 62, "none"),
    ]
    claims = [claim(4, 62, "ambiguous"), claim(4, 62, "not_checkable", unit="%")]
    one = judge(labels, claims)
    assert all(each.right for each in one.judged)


def test_two_lines_away_is_another_place():
    one = judge([label(4, 62, "not_checkable")], [claim(6, 62, "not_checkable")])
    assert len(one.missed) == 1
    assert one.judged[0].label is None
