"""What is said of published figures beside their comparators."""

from test_sentences import shown

from peerpack.words import claims

ROW = {"agreement": "cannot be recomputed", "unit": "%", "period": "2023-24"}


def beside(id_, own, other, **said):
    return ROW | {
        "evidence_id": id_, "title": f"Figure {id_}.", "stated_value": own,
        "stated_display": f"{own:g}%", "comparator_value": other, "stated_decimals": 0.0,
        "comparator_display": f"{other:g}%", "comparator_statistic": "median",
        "comparator_period": "2023-24",
    } | said  # fmt: skip


TABLE = shown(
    beside("L1", 86.0, 93.0, comparator_statistic="not stated"),
    beside("L2", 33.0, 54.0),
    beside("L3", 20.0, 21.0, comparator_period="2022-23"),
    ROW | {"evidence_id": "L4", "stated_value": 5.0},
    ROW | {"evidence_id": "L5", "agreement": "not printed; follows from printed figures"},
)


def test_the_bottom_line_counts_what_is_printed_what_follows_and_what_has_a_comparator():
    assert claims.tested_sentence(TABLE) == (
        "4 printed figures are tested, and 1 that follow from them. 3 of the printed ones stand "
        "beside a comparator."
    )


def test_the_furthest_from_their_comparators_come_first_with_the_statistic():
    assert claims.furthest_sentence(TABLE) == (
        "Furthest from their comparators, in points: Figure L2: 33% beside 54% (median); "
        "Figure L1: 86% beside 93% (which statistic is not said); "
        "Figure L3: 20% beside 21% (median)."
    )


def test_a_comparator_of_another_period_or_of_no_named_statistic_is_told():
    said = claims.unlike_sentence(TABLE)
    assert said.startswith("Of the 3 comparators, 2 are not shown to be like for like")
    assert said.endswith("(L1 and L3).")


def test_a_figure_that_agrees_within_a_wide_range_is_told_with_its_ends():
    wide = {
        "evidence_id": "L29", "agreement": "agrees", "unit": "GBP m", "value": 15.4,
        "stated_display": "£15.4m", "stated_decimals": 1.0, "lower": 12.9, "upper": 18.0,
    }  # fmt: skip
    exact = wide | {"evidence_id": "L30", "lower": 15.39, "upper": 15.41}
    assert claims.rounding_sentence(shown(wide, exact)) == (
        "Rounding leaves room: L29, printed as £15.4m, may be anything from £12.90m to £18.00m."
    )
