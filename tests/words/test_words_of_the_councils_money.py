"""Sentences about budget, savings and reserves: a few evidence rows in, words out."""

import math

import pytest
from drawn_shown import row, shown

from peerpack.words import budget, reserves, savings

NAN = math.nan
BESIDE = {"comparator": "Neighbours (11)", "comparator_statistic": "median",
          "comparator_display": "1.4%", "standing": "higher"}  # fmt: skip
WHOLE = row(1.9, "1.9%", 4_568_177.0, 240_282_645.0)


def steps(**amounts):
    return shown(*(row(value, measure=name) | {"title": name.replace("_", " ").capitalize()}
                   for name, value in amounts.items()))  # fmt: skip


def test_a_variance_is_said_with_its_sum_its_budget_and_where_it_is():
    table = shown(WHOLE | BESIDE, row(2.4, "2.4%", 2326198.0, directorate="Adults"),
                  row(-2.6, "-2.6%", -694189.0, directorate="Place"),
                  row(9.9, "9.9%", 9e6, directorate="Adults", service="Care"))  # fmt: skip
    assert budget.variance_sentence(table) == (
        "The forecast for the year is £4.6m over the net budget of £240.3m (1.9%). "
        "That is higher than the median of Neighbours (11), 1.4%. "
        "The largest forecast overspend is in Adults (£2.3m, 2.4%)."
    )


@pytest.mark.parametrize(
    ("over", "value", "said"),
    [(-500.0, -5.0, "is £500 under the net budget of £10,000 (d)."),
     (0.0, 0.0, "is equal to the net budget of £10,000 (d)."),
     (500.0, NAN, "is £500 over the net budget of £10,000.")],
)  # fmt: skip
def test_over_and_under_are_said_of_the_money_and_no_share_where_there_is_none(over, value, said):
    assert budget.variance_sentence(shown(row(value, "d", over, 10_000.0))).endswith(said)


def test_what_helps_once_is_named_with_where_the_forecast_would_be_without():
    text = budget.before_sentence(
        shown(row(3.1, "3.1%", 7.5e6, 240e6)), steps(one_off_mitigation=-2e6, use_of_reserves=-9e5)
    )
    assert text == (
        "The forecast counts on £2.0m of one-off mitigation and £900,000 from reserves, which will "
        "not help again next year. Before them it is £7.5m over the net budget of £240.0m (3.1%)."
    )


@pytest.mark.parametrize(
    ("once", "drawn", "said"),
    [(0.0, 0.0, "names no one-off mitigation and no use of reserves"),
     (NAN, NAN, "is not known: the savings tracker does not say")],
)  # fmt: skip
def test_no_mitigation_and_an_unknown_one_are_not_one_thing(once, drawn, said):
    stairs = steps(one_off_mitigation=once, use_of_reserves=drawn)
    assert said in budget.before_sentence(shown(WHOLE), stairs)
    assert budget.steps_title(stairs) == "What moves the forecast away from the net budget"


@pytest.mark.parametrize(
    ("not_made", "others", "said"),
    [(3e6, 2e6, "Savings that will not be made add £3.0m to spending; all other pressures, less "
      "underspends, add £2.0m."),
     (-1e6, -2e6, "Savings beyond the target take £1.0m off spending; all other pressures, less "
      "underspends, take £2.0m off it."),
     (NAN, NAN, "")],
)  # fmt: skip
def test_pressures_are_said_with_their_direction(not_made, others, said):
    assert budget.pressures_sentence(
        steps(savings_not_made=not_made, other_pressures=others)
    ) == said  # fmt: skip


def test_services_are_named_at_both_ends():
    table = shown(WHOLE, *(row(1.0, "", p, directorate="D", service=s) for s, p in
                           [("Care", 9e5), ("Roads", -3e5), ("Tax", 0.0)]))  # fmt: skip
    assert budget.services_sentence(table) == (
        "By service, the largest overspend is in Care (£900,000); the largest underspend is in "
        "Roads (£300,000)."
    )


@pytest.mark.parametrize(
    ("off", "said"), [(12e5, "£1.2m above"), (-12e5, "£1.2m below"), (0.0, "equal to")]
)
def test_the_midyear_forecast_is_said_to_be_above_or_below_the_outturn(off, said):
    text = budget.accuracy_sentence(shown(row(0.5, "0.5 percentage points", off, 240e6)))
    assert text == (
        f"The forecast made at quarter 2 was {said} the outturn (0.5 percentage points)."
    )
    assert budget.accuracy_sentence(shown(row(NAN))) == ""


def test_titles_and_alt_text_carry_the_message_and_the_range():
    stairs = steps(net_budget=1e7, before_mitigation=12e6, one_off_mitigation=-1e6,
                   use_of_reserves=-5e5, forecast=105e5)  # fmt: skip
    assert budget.steps_title(stairs) == (
        "One-off help (£1.0m) and reserves (£500,000) bring the forecast from £12.0m to £10.5m"
    )
    assert budget.steps_alt(stairs).startswith(
        "Steps from the budget to the forecast: net budget £10.0m, before mitigation £12.0m, "
    )
    table = shown(WHOLE, row(0.2, "0.2%", 9e6, directorate="Adults"),
                  row(3.0, "3.0%", 1e5, directorate="Place"))  # fmt: skip
    assert budget.variance_title(table) == "Place is furthest over its budget, by 3.0%"
    assert budget.variance_title(shown(WHOLE)) == "No directorate is forecast over its budget"
    earns = shown(WHOLE, row(NAN, "[x]", 1e5, directorate="Harbour"))
    assert budget.variance_title(earns) == "Harbour is furthest over its budget, by £100,000"


def planned(so_far=9.6e6, forecast=30.1e6, target=48.9e6):
    return shown(*(
        row(NAN if math.isnan(pounds) or not target else 100 * pounds / target, f"{name}%",
            pounds, target, basis=name, **cut)
        for name, pounds in (("delivered", so_far), ("forecast", forecast)) for cut in ({},)
    ))  # fmt: skip


def met(**amounts):
    names = {"alternative": "Alternative saving", "once": "One-off mitigation",
             "reserves": "Use of reserves", "left": "Not covered"}  # fmt: skip
    return shown(*(row(pounds, measure="forecast_by_class", category=names[name])
                   for name, pounds in amounts.items()))  # fmt: skip


def test_what_was_promised_is_told_apart_by_what_will_save_again():
    text = savings.promised_sentence(
        planned(), met(alternative=4e6, once=4e6, reserves=2.2e6, left=8.6e6)
    )
    assert text == (
        "Of £48.9m promised for 2024/25, £30.1m (forecast%) is forecast to be delivered as "
        "planned. A further £4.0m comes from substitute savings. £4.0m is covered by one-off "
        "mitigation and £2.2m is taken from reserves; none of that saves again next year. £8.6m is "
        "covered by nothing."
    )


def test_a_class_without_pounds_is_not_spoken_of_and_more_than_asked_is():
    text = savings.promised_sentence(planned(), met(alternative=0.0, once=0.0, left=-1e6))
    assert text.endswith(
        "is forecast to be delivered as planned. That is £1.0m more than was asked."
    )


def test_a_target_that_is_not_known_and_a_forecast_nobody_gave_are_said():
    assert "promised for 2024/25 is not known" in (
        savings.promised_sentence(planned(target=NAN), met(left=NAN))
    )
    assert "nobody can say how much" in savings.promised_sentence(
        planned(forecast=NAN), met(left=1.0)
    )


def test_delivered_so_far_is_said_with_its_day_and_is_what_the_forecast_rests_on():
    assert savings.delivered_sentence(planned()) == (
        "By 30 June 2024, £9.6m had been delivered as planned, delivered% of the year's target."
    )
    assert savings.still_to_come_sentence(planned()) == (
        "The forecast of £30.1m as planned rests on £9.6m delivered so far; if nothing more came, "
        "the share would be delivered% instead of forecast%."
    )
    assert savings.still_to_come_sentence(planned(forecast=NAN)) == ""
    assert savings.still_to_come_sentence(planned(so_far=30.1e6)) == (
        "All that is forecast as planned has been delivered."
    )


def test_substitutes_stand_beside_what_was_planned():
    text = savings.substitutes_sentence(planned(), planned(forecast=34.1e6))
    assert text == (
        "With substitutes that will last, forecast% of the target is forecast, against forecast% "
        "as planned."
    )
    assert savings.substitutes_sentence(planned(), planned()).startswith("No substitute saving")


def test_the_directorates_at_both_ends_are_named():
    table = shown(row(50.0, "50.0%", 5.0, 10.0, basis="forecast"),
                  row(80.0, "80.0%", 4.0, 5.0, basis="forecast", directorate="Place"),
                  row(20.0, "20.0%", 1.0, 5.0, basis="forecast", directorate="Adults"),
                  row(99.0, "99.0%", 9.0, 9.0, basis="delivered", directorate="Tax"))  # fmt: skip
    assert savings.directorates_sentence(table) == (
        "Least is forecast as planned in Adults, 20.0% of £5; most in Place, 80.0% of £5."
    )
    assert savings.planned_title(table) == (
        "As planned: from 20.0% of the target in Adults to 80.0% in Place"
    )
    assert savings.directorates_sentence(planned()) == ""


def test_risk_is_said_with_where_the_largest_part_is_or_that_nobody_rated():
    table = shown(row(40.0, "40.0%", 2e6, 5e6), row(30.0, "30.0%", 5e5, 2e6, directorate="Tax"),
                  row(50.0, "50.0%", 15e5, 3e6, directorate="Adults"))  # fmt: skip
    assert savings.risk_sentence(table) == (
        "Savings of £2.0m, 40.0% of the programme, are rated red or amber. The largest part is in "
        "Adults (£1.5m)."
    )
    assert "the tracker rates no saving" in savings.risk_sentence(shown(row(NAN)))


def test_the_chart_of_classes_says_its_message_and_its_amounts():
    classes = met(once=2e6, left=1e6)
    assert savings.classes_title(planned(), classes) == (
        "forecast% of savings forecast as planned; £1.0m of the target has no cover"
    )
    assert savings.classes_alt(classes).endswith("one-off mitigation £2.0m and not covered £1.0m.")


def ratios(closing=14.2e6, opening=15e6, share=5.9):
    return shown(row(share, "5.9%", closing, 240e6, basis="closing"),
                 row(6.2, "6.2%", opening, 240e6, basis="opening"))  # fmt: skip


def test_each_ratio_of_reserves_is_said_by_its_own_name():
    assert reserves.balance_sentence(ratios()) == (
        "The General Fund balance is £14.2m, 5.9% of the net budget; on 1 April, £15.0m (6.2%)."
    )
    assert reserves.usable_sentence(ratios()).startswith(
        "With what is earmarked, usable reserves are £14.2m, 5.9% of forecast net spending;"
    )
    assert reserves.balance_sentence(ratios(share=NAN)) == (
        "The General Fund balance is £14.2m; on 1 April, £15.0m (6.2%)."
    )
    assert reserves.balance_sentence(ratios(closing=NAN)) == ""


def test_only_an_overspend_falls_on_the_balance():
    assert reserves.cover_sentence(ratios(), shown(WHOLE)).endswith(
        "£4.6m is forecast, £14.2m is held."
    )
    assert reserves.cover_sentence(ratios(), shown(row(-1.0, "", -5.0, 9.0))) == ""


def test_of_nothing_supplied_nothing_is_said():
    nothing = shown()
    assert [savings.promised_sentence(nothing, nothing), budget.before_sentence(nothing, nothing),
            reserves.cover_sentence(nothing, shown(WHOLE)), savings.risk_sentence(nothing),
            budget.steps_alt(nothing)] == [""] * 5  # fmt: skip
