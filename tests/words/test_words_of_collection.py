"""Sentences of collection: a few evidence rows in, words out."""

import math

import pandas as pd
import pytest
from test_sentences import BESIDE, shown

from peerpack.errors import RecordRefused
from peerpack.words import collected as words

YEAR = {
    "indicator": "KF17", "value": 95.1, "display": "95.10%", "unit": "%", "numerator": 294.8e6,
    "denominator": 310e6, "period": "2024-04-01 to 2025-03-31",
}  # fmt: skip
JUNE = YEAR | {"period": "2024-04-01 to 2024-06-30", "display": "28.60%"}
UNKNOWN = {"value": math.nan, "numerator": math.nan, "display": "[x]",
           "note": "The statement has no row. No comparator: none."}  # fmt: skip
ALL = [words.in_year_sentence, words.crude_sentence, words.arrears_sentence, words.point_sentence,
       words.path_title, words.path_alt]  # fmt: skip


@pytest.mark.parametrize("say", ALL)
def test_words_of_collection_are_made_of_shown_tables_only(say):
    with pytest.raises(RecordRefused, match="A sentence was asked of a DataFrame"):
        say(pd.DataFrame({"value": [1]}))


def test_the_years_rate_is_said_with_its_money_and_beside_its_comparator():
    assert words.in_year_sentence(shown(YEAR | BESIDE | {"standing": "higher"})) == (
        "By 31 March 2025, 95.10% of the council tax due for the year had come in: £294.8m of "
        "£310.0m. That is higher than the median of Neighbours (11), 1.4%."
    )


def test_before_the_year_ends_the_rate_is_to_date_and_nothing_stands_beside_it():
    text = words.in_year_sentence(shown(JUNE | BESIDE | {"standing": "higher"}))
    assert text.startswith("By 30 June 2024, 28.60% of the council tax")
    assert text.endswith("It is the rate to date, not the year's, so nothing stands beside it.")


def test_business_rates_are_called_so():
    assert "of the business rates due" in words.in_year_sentence(
        shown(YEAR | {"indicator": "KF19"})
    )


@pytest.mark.parametrize(
    "say", [words.in_year_sentence, words.crude_sentence, words.point_sentence]
)
def test_a_rate_that_is_missing_is_said_to_be_with_the_reason_and_no_number(say):
    text = say(shown(YEAR | UNKNOWN))
    assert text.split(" cannot be ")[1] in ("said. The statement has no row.",
                                            "given. The statement has no row.")  # fmt: skip
    assert "nan" not in text


def test_the_crude_rate_says_that_it_is_another():
    text = words.crude_sentence(shown(YEAR | {"indicator": "KF18", "display": "101.00%"}))
    assert "101.00%" in text
    assert "must not be set beside the in-year rate" in text


def owed(period, per_dwelling=130.0):
    row = {"numerator": 24.5e6, "unit": "GBP", "period": period}
    each = {"evidence_id": "KF20/measure=per_dwelling", "breakdown": "measure",
            "value": per_dwelling, "display": "£130.00"}  # fmt: skip
    share = {"evidence_id": "KF20/measure=of_net_collectable_debit", "breakdown": "measure",
             "value": 7.9, "display": "7.90%"}  # fmt: skip
    return shown(row | each, row | share)


def test_arrears_say_whose_debt_is_in_them():
    assert words.arrears_sentence(owed("2024-04-01 to 2025-03-31")) == (
        "Council tax of £24.5m is still owed, £130.00 for each dwelling and 7.90% of the tax due "
        "for the year. This year's unpaid tax is in it."
    )
    assert "earlier years' debt alone" in words.arrears_sentence(owed("2024-04-01 to 2024-06-30"))


def test_arrears_without_dwellings_are_of_the_debit_alone():
    text = words.arrears_sentence(owed("2024-04-01 to 2025-03-31", math.nan))
    assert "still owed, 7.90% of the tax" in text


def test_a_point_is_said_to_be_of_the_whole_bill_and_with_a_range_that_is_seen():
    point = {"value": 2.2, "display": "£2.2m", "unit": "GBP m", "lower": 2.15, "upper": 2.25}
    text = words.point_sentence(shown(point))
    assert "£2.20m a year (as far as its figures are printed, £2.15m to £2.25m)" in text
    assert "with the shares of police, fire and parishes" in text
    assert "printed" not in words.point_sentence(shown(point | {"lower": 2.199, "upper": 2.201}))


@pytest.mark.parametrize(
    ("value", "lower", "upper", "points", "told"),
    [(15.4, 12.9, 18.0, 7.0, "takes 7.00 percentage points: £15.40m in the year (as far as"),
     (-4.4, -4.5, -4.3, -2.0, "The rate is 2.00 percentage points above the median"),
     (0.0, -0.1, 0.1, 0.01, "are alike within their rounding")],
)  # fmt: skip
def test_a_gap_is_said_in_money_with_what_it_is_beside(value, lower, upper, points, told):
    gap = {"value": value, "lower": lower, "upper": upper, "numerator": points, "unit": "GBP m"}
    text = words.gap_sentence(shown(gap), shown(YEAR | BESIDE))
    assert told in text
    assert "the median of Neighbours (11), 1.4%" in text
    assert ("only late" in text) == (value > 0 and lower > 0)


def test_without_a_gap_nothing_is_said():
    assert words.gap_sentence(shown(UNKNOWN), shown(YEAR)) == ""


def test_a_path_is_told_point_by_point_with_what_is_missing():
    june = {"indicator": "KF17", "value": 30.0, "display": "30.00%", "label": "30 June 2024"}
    gap = june | UNKNOWN | {"label": "30 September 2024"}
    march = june | {"display": "95.10%", "label": "31 March 2025"}
    assert words.path_title(shown(june, gap, march)) == (
        "Council tax collected through the year: 95.10% by 31 March 2025"
    )
    assert words.path_alt(shown(june, gap, march)) == (
        "Line of the share of the year's council tax collected: 30.00% by 30 June 2024 and 95.10% "
        "by 31 March 2025. Not known: 30 September 2024."
    )
    assert words.path_title(shown(gap)).endswith("no rate is known")
