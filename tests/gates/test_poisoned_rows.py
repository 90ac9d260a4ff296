"""Every check of every suite is failed by one poisoned variant of a good frame, and alone.

Both engines judge each frame and must say the same: see both_engines.
"""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from both_engines import judged
from drafted_frames import Again, poison
from drawn_frames import DATES, DRAWN, FIRST_ROW, drawn, with_rows

from peerpack import gates
from peerpack.catalogue.load import dataset as contract_of

ROOT = Path(__file__).parents[2]
SUITES = sorted((ROOT / "expectations").glob("*.json"))


# Check: the cells to change in the first row, or in the first rows where there is a list.
PLACE = {
    "document-given": {"document": None},
    "document-well-formed": {"document": "page 7"},
    "lines-given": {"lines": None},
    "lines-well-formed": {"lines": "near the end"},
    "figure-as-printed-given": {"figure_as_printed": None},
    "theme-given": {"theme": None},
    "theme-known": {"theme": "T6"},
}
AREA = {
    "time-period-given": {"time_period": None},
    "one-time-period": {"time_period": "2023"},
    "area-kind-given": {"area_kind": None},
    "area-kind-known": {"area_kind": "county"},
    "england-is-there": {
        "area_kind": ["region", "region", "region"],
        "region_code": ["E12000002", "E12000002", "E12000003"],
    },
    "region-code-given": {"region_code": None},
    "region-code-well-formed": {"region_code": "North West"},
    "ons-code-given": {"ons_code": None},
    "ons-code-well-formed": {"ons_code": "341"},
    "area-name-given": {"area_name": None},
}
POISON = {
    "budget_monitoring": {
        "directorate-given": {"directorate": None},
        "service-given": {"service": None},
        "cost-centre-name-given": {"cost_centre_name": None},
        "original-budget-gbp-given": {"original_budget_gbp": None},
        "revised-budget-gbp-given": {"revised_budget_gbp": None},
        "forecast-outturn-gbp-given": {"forecast_outturn_gbp": None},
        "variance-gbp-given": {"variance_gbp": None},
        "original-budget-believable": {"original_budget_gbp": 6e9},
        "revised-budget-believable": {"revised_budget_gbp": -6e9},
        "forecast-outturn-believable": {"forecast_outturn_gbp": 6e9},
        "variance-believable": {"variance_gbp": [6e9, -6e9]},
        "profiled-budget-believable": {"profiled_budget_gbp": 6e9},
        "actual-believable": {"actual_gbp": 6e9},
        "commitments-believable": {"commitments_gbp": 6e9},
        "revised-budget-total-believable": {"revised_budget_gbp": [4.5e9, 4.5e9, 4.5e9]},
        "forecast-outturn-total-believable": {"forecast_outturn_gbp": [4.5e9, 4.5e9, 4.5e9]},
        "variance-total-believable": {"variance_gbp": [-1.5e9, -1.5e9]},
        "virements-net-to-nil": {"virements_gbp": 5_000},
        "one-row-per-line": Again(),
    },
    "hr_positions": {
        "position-ref-given": {"position_ref": None},
        "directorate-given": {"directorate": None},
        "team-given": {"team": None},
        "location-type-given": {"location_type": None},
        "fte-given": {"fte": None},
        "position-start-given": {"position_start": None},
        "post-title-given": {"post_title": None},
        "location-type-known": {"location_type": "Academy"},
        "fte-within-one": {"fte": 37.0},
        "fte-total-believable": {"fte": [0.0, 0.0, 0.0]},
        "position-start-believable": {"position_start": "1900-01-01"},
        "position-end-believable": {"position_end": "4712-12-31"},
        "end-not-before-start": {"position_end": "2019-09-01"},
        "one-row-per-holding": Again(),
    },
    "absence_spells": {
        "person-ref-given": {"person_ref": None},
        "position-ref-given": {"position_ref": None},
        "reason-given": {"reason": None},
        "absence-start-given": {"absence_start": None},
        "absence-type-given": {"absence_type": None},
        "absence-start-believable": {"absence_start": "1924-04-29"},
        "absence-end-believable": {"absence_end": "4712-12-31"},
        "end-not-before-start": {"absence_end": "2024-04-28"},
        "start-part-day-known": {"start_part_day": "AM"},
        "end-part-day-known": {"end_part_day": "PM"},
        "days-lost-believable": {"days_lost_system": -1.0},
        "one-row-per-spell": Again({"reason": "Stress"}),
    },
    "resident_survey": {
        "respondent-ref-given": {"respondent_ref": None},
        "one-row-per-respondent": Again({"ward": "Docks"}),
        "mode-given": {"mode": None},
        "interview-date-given": {"interview_date": None},
        "interview-date-believable": {"interview_date": "1924-05-07"},
        "ward-given": {"ward": None},
        "weight-given": {"weight": None},
        "weight-above-nought": {"weight": 0.0},
        "weights-average-about-one": {"weight": 1_000.0},
        "q1-local-area-known": {"q1_local_area": "very satisfied"},
        "q2-council-runs-things-known": {"q2_council_runs_things": "2"},
        "q3-value-for-money-known": {"q3_value_for_money": "Satisfied"},
        "q4-acts-on-concerns-known": {"q4_acts_on_concerns": "To some extent"},
        "q5-keeps-informed-known": {"q5_keeps_informed": "Informed"},
        "q6-trust-known": {"q6_trust": "Yes"},
        "q7-safe-after-dark-known": {"q7_safe_after_dark": "Safe"},
        "q7-safe-by-day-known": {"q7_safe_by_day": "1"},
        "q8-waste-collection-known": {"q8_waste_collection": "Satisfied"},
        "q8-street-cleaning-known": {"q8_street_cleaning": "Satisfied"},
        "q8-road-maintenance-known": {"q8_road_maintenance": "Satisfied"},
        "q8-pavement-maintenance-known": {"q8_pavement_maintenance": "Satisfied"},
        "q8-libraries-known": {"q8_libraries": "Satisfied"},
        "q8-sport-and-leisure-known": {"q8_sport_and_leisure": "Satisfied"},
        "q8-older-people-known": {"q8_older_people": "Satisfied"},
        "q8-children-and-young-people-known": {"q8_children_and_young_people": "Satisfied"},
        "q8-parks-known": {"q8_parks": "Satisfied"},
    },
    "neighbour_figures": {
        "area-given": {"area": None},
        "indicator-given": {"indicator": None},
        "indicator-well-formed": {"indicator": "BV8"},
        "period-given": {"period": None},
        "unit-given": {"unit": None},
        "statistic-basis-given": {"statistic_basis": None},
        "value-or-reason": {"value": None},
        "no-value-where-withheld": {"value_status": "c"},
        "value-status-known": {"value_status": "q"},
        "value-believable": {"value": 2e12},
        "licence-known": {"licence": "ask first"},
        "one-row-per-area-indicator-period": Again({"value": 9.9}),
    },
    "supplier_spend": {
        "effective-date-given": {"effective_date": None},
        "organisational-unit-given": {"organisational_unit": None},
        "payment-date-given": {"payment_date": None},
        "transaction-number-given": {"transaction_number": None},
        "amount-gbp-given": {"amount_gbp": None},
        "supplier-given": {"supplier": None},
        "purpose-given": {"purpose": None},
        "effective-date-believable": {"effective_date": "1924-04-02"},
        "payment-date-believable": {"payment_date": "2924-04-09"},
        "amount-believable": {"amount_gbp": 6e9},
        "vat-believable": {"irrecoverable_vat_gbp": 2e9},
        "amount-total-believable": {"amount_gbp": -12_500.0},
    },
    "revenue_outturn": {
        "form-given": {"form": None},
        "form-known": {"form": "RO2"},
        "financial-year-given": {"financial_year": None},
        "financial-year-well-formed": {"financial_year": ["2024/25", "2024/25", "2024/25"]},
        "one-financial-year": {"financial_year": "2023-24"},
        "ons-code-given": {"ons_code": None},
        "ons-code-well-formed": {"ons_code": "E6803"},
        "area-name-given": {"area_name": None},
        "area-kind-given": {"area_kind": None},
        "area-kind-known": {"area_kind": "region"},
        "england-is-there": {"area_kind": ["authority", "authority", "class"]},
        "authority-class-given": {"authority_class": None},
        "one-row-per-area-and-form": Again(),
        "children-social-care-or-reason": {"children_social_care_net_gbp": None},
        "adult-social-care-or-reason": {"adult_social_care_net_gbp": None},
        "total-services-or-reason": {"total_services_net_gbp": None},
        "looked-after-or-reason": {"looked_after_net_gbp_status": [None, None]},
        "no-children-social-care-where-withheld": {"children_social_care_net_gbp_status": "x"},
        "no-adult-social-care-where-withheld": {"adult_social_care_net_gbp_status": "c"},
        "no-total-services-where-withheld": {"total_services_net_gbp_status": "z"},
        "children-social-care-status-known": {"children_social_care_net_gbp_status": "q"},
        "children-social-care-believable": {"children_social_care_net_gbp": 2e11},
        "adult-social-care-believable": {"adult_social_care_net_gbp": -2e8},
        "total-services-believable": {"total_services_net_gbp": 4e11},
        "total-services-sum-believable": {"total_services_net_gbp": [1_000.0, None, 1_000.0]},
    },
    "population_estimates": AREA | {
        "age-group-given": {"age_group": None},
        "population-or-reason": {"population_n": None},
        "no-population-where-withheld": {"population_n_status": "x"},
        "population-status-known": {"population_n_status": "q"},
        "population-believable": {"population_n": -1.0},
        "population-sum-believable": {"population_n": [10.0, None, 10.0]},
        "one-row-per-area-and-age-group": Again({"population_n": 1.0}),
    },
    "social_work_workforce": AREA | {
        "in-post-or-reason": {"in_post_fte": None},
        "agency-or-reason": {"agency_fte": None},
        "agency-share-or-reason": {"agency_fte_pct": None},
        "leavers-or-reason": {"leavers_fte": None},
        "no-agency-share-where-withheld": {"agency_fte_pct_status": "c"},
        "agency-share-status-known": {"agency_fte_pct_status": "q"},
        "agency-share-within-a-hundred": {"agency_fte_pct": 253.0},
        "turnover-within-a-hundred": {"turnover_fte_pct": -1.0},
        "vacancy-share-within-a-hundred": {"vacancy_fte_pct": 315.0},
        "absence-within-a-hundred": {"absence_pct": 101.0},
        "in-post-believable": {"in_post_fte": -1.0},
        "agency-believable": {"agency_fte": 2e5},
        "caseload-believable": {"cases_per_case_holder": 1_901.0},
        "in-post-sum-believable": {"in_post_fte": [10.0, None, 10.0]},
        "one-row-per-area": Again({"in_post_fte": 1.0}),
    },
    "published_figures": PLACE | {
        "claim-id-given": {"claim_id": None},
        "claim-id-well-formed": {"claim_id": "one"},
        "part-well-formed": {"part": "Growth %"},
        "one-row-per-figure": Again({"unit": "GBP"}),
        "kind-given": {"kind": None},
        "kind-known": {"kind": "rumour"},
        "unit-given": {"unit": None},
        "meaning-given": {"meaning": None},
        "operator-known": {"operator": "circa"},
        "operator-given": {"operator": None},
        "decimals-given": {"decimals": None},
        "decimals-believable": {"decimals": 9.0},
        "stated-upper-given": {"stated_upper": None},
        "upper-not-below-value": {"stated_upper": 9.0},
        "stated-date-believable": {"stated_date": "1824-04-01"},
        "method-known": {"method": "guess", "numerator": "L02"},
        "numerator-given": {"method": "sum"},
        "denominator-given": {"method": "share", "numerator": "L02"},
        "recomputed-or-reason": {"not_recomputed_because": None},
        "comparator-statistic-given": {"comparator_statistic": None},
        "indicator-well-formed": {"indicator": "BV8"},
    },
    "peer_recommendations": PLACE | {
        "recommendation-given": {"recommendation": None},
        "one-row-per-recommendation": Again({"title": "The same"}),
        "number-as-in-report": {"recommendation": 13.0},
        "title-given": {"title": None},
        "due-date-believable": {"due_date": "1925-03-31"},
    },
    "service_plan_actions": PLACE | {
        "action-given": {"action": None},
        "one-row-per-action": Again({"title": "The same"}),
        "priority-given": {"priority": None},
        "priority-as-in-plan": {"priority": 7.0},
        "title-given": {"title": None},
        "resourced-given": {"resourced": None},
        "due-as-printed-given": {"due_as_printed": None},
        "status-as-printed-given": {"status_as_printed": None},
        "status-given": {"status": None},
        "due-date-believable": {"due_date": "1911-03-31"},
    },
    "occupational_health_referrals": {
        "referral-ref-given": {"referral_ref": None},
        "one-row-per-referral": Again({"reason": "Other"}),
        "person-ref-given": {"person_ref": None},
        "referral-date-given": {"referral_date": None},
        "referral-date-believable": {"referral_date": "1924-04-08"},
        "directorate-given": {"directorate": None},
        "reason-given": {"reason": None},
        "mode-known": {"mode": "By carrier pigeon"},
        "appointment-date-believable": {"appointment_date": "2124-04-19"},
        "appointment-not-before-referral": {"appointment_date": "2024-04-07"},
        "closed-date-believable": {"closed_date": "4712-12-31"},
        "closed-not-before-referral": {"closed_date": "2024-04-07"},
    },
    "staff_survey": {
        "respondent-id-given": {"respondent_id": None},
        "one-row-per-response": Again({"directorate": "Place"}),
        "respondent-id-not-a-test": {"respondent_id": "TEST 2"},
        "directorate-not-a-test": {"directorate": "Test response"},
        "submitted-given": {"submitted": None},
        "submitted-believable": {"submitted": "1924-05-07"},
        "directorate-given": {"directorate": None},
        "q1-culture-improved-known": {"q1_culture_improved": "5"},
        "q2-direction-positive-known": {"q2_direction_positive": "agree"},
        "q3-satisfied-overall-known": {"q3_satisfied_overall": "Satisfied"},
        "q4-morale-good-known": {"q4_morale_good": "Good"},
        "q5-recommend-employer-known": {"q5_recommend_employer": "9"},
        "q6-leaders-show-values-known": {"q6_leaders_show_values": "99"},
        "completed-known": {"completed": "Yes"},
        "weight-above-nought": {"weight": 0.0},
    },
    "complaints_and_requests": {
        "case-ref-given": {"case_ref": None},
        "one-row-per-case-and-stage": Again({"service": "Payroll"}),
        "case-type-given": {"case_type": None},
        "case-type-known": {"case_type": "Compliment"},
        "received-date-given": {"received_date": None},
        "received-date-believable": {"received_date": "1924-03-20"},
        "acknowledged-date-believable": {"acknowledged_date": "2124-03-20"},
        "due-date-believable": {"due_date": "2924-04-18"},
        "closed-date-believable": {"closed_date": "2924-04-16"},
        "closed-not-before-received": {"closed_date": "2024-03-19"},
        "acknowledged-not-before-received": {"acknowledged_date": "2024-03-19"},
        "due-not-before-received": {"due_date": "2024-03-19"},
        "due-date-given": {"due_date": None},
        "service-given": {"service": None},
        "outcome-given": {"outcome": None},
        "stage-given": {"stage": [None, None]},
        "stage-known": {"stage": "Informal"},
        "extended-known": {"extended": "20 days"},
        "reviewed-known": {"reviewed": "Pending"},
        "upheld-known": {"upheld": "In part"},
    },
    "savings_tracker": {
        "saving-ref-given": {"saving_ref": None},
        "title-given": {"title": None},
        "directorate-given": {"directorate": None},
        "one-row-per-saving": Again({"title": "The same"}),
        "financial-year-given": {"financial_year": None},
        "financial-year-well-formed": {"financial_year": "This year"},
        "target-given": {"target_gbp": None},
        "target-only-of-planned-savings": {"category": "Alternative saving"},
        "target-believable": {"target_gbp": 6e8},
        "targets-save-money": {"target_gbp": -500_000.0},
        "delivered-given": {"delivered_gbp": None},
        "delivered-believable": {"delivered_gbp": -6e8},
        "delivered-in-pounds": {"delivered_gbp": 120.0},
        "forecast-given": {"forecast_gbp": None},
        "forecast-believable": {"forecast_gbp": 6e8},
        "forecast-not-below-delivered": {"forecast_gbp": 110_000.0},
        "category-given": {"category": None},
        "category-known": {"category": "Stretch"},
        "recurrent-given": {"recurrent": None},
        "recurrent-known": {"recurrent": "Partly"},
        "one-off-is-not-recurrent": {"target_gbp": 0.0, "category": "Use of reserves"},
        "rag-given": {"rag": None},
        "rag-known": {"rag": "Amber/Green"},
    },
    "statistical_neighbours": {
        "dfe-code-given": {"dfe_code": None},
        "dfe-code-well-formed": {"dfe_code": "E08000099"},
        "one-row-per-authority": Again({"area_name": "Northby anew"}),
        "area-name-given": {"area_name": None},
        "neighbours-given": {"neighbour_1": None},
        "ten-neighbours-given": {"neighbour_10": None},
        "neighbours-are-ten-others": {"neighbour_3": "992"},
    },
    "neighbour_group": {
        "area-code-given": {"area_code": None},
        "area-code-well-formed": {"area_code": "358"},
        "area-name-given": {"area_name": None},
    },
    "reserves": {
        "reserve-name-given": {"reserve_name": None},
        "reserve-class-given": {"reserve_class": ["Unallocated", None]},
        "reserve-class-known": {"reserve_class": ["Unallocated", "Other"]},
        "unallocated-balance-there": {"reserve_class": "Capital"},
        "one-row-per-reserve": Again({"opening_gbp": 0.0}),
        "opening-given": {"opening_gbp": None},
        "closing-given": {"closing_gbp": None},
        "opening-believable": {"opening_gbp": 6e9},
        "closing-believable": {"closing_gbp": 6e9},
        "balances-in-pounds": {"closing_gbp": [12_500.0, 2_600.0]},
        "transfers-in-given": {"transfers_in_gbp": None},
        "transfers-out-given": {"transfers_out_gbp": None},
        "transfers-in-not-negative": {"transfers_in_gbp": -500_000.0},
        "transfers-out-not-negative": {"transfers_out_gbp": -400_000.0},
        "unallocated-not-overdrawn": {"closing_gbp": -12_500_000.0},
        "review-date-believable": {"review_date": "1925-02-28"},
    },
    "council_tax_collection": {
        "tax-given": {"tax": None},
        "tax-known": {"tax": "Precepts"},
        "period-end-given": {"period_end": None},
        "one-row-per-tax-and-period": Again({"refunds_gbp": 0.0}),
        "net-collectable-debit-given": {"net_collectable_debit_gbp": None},
        "net-collectable-debit-believable": {
            "net_collectable_debit_gbp": 120_000.0, "receipts_current_year_gbp": 12_600.0,
        },
        "receipts-current-year-given": {"receipts_current_year_gbp": None},
        "receipts-current-year-believable": {"receipts_current_year_gbp": -1.0},
        "receipts-within-debit": {"receipts_current_year_gbp": 121_000_000.0},
        "receipts-arrears-believable": {"receipts_arrears_gbp": 2e9},
        "prepayments-believable": {"prepayments_gbp": -1.0},
        "refunds-not-negative": {"refunds_gbp": -90_000.0},
        "write-offs-not-negative": {"write_offs_gbp": -1.0},
        "arrears-brought-forward-believable": {"arrears_brought_forward_gbp": 6e9},
        "arrears-carried-forward-believable": {"arrears_carried_forward_gbp": -1.0},
        "dwellings-believable": {"dwellings_n": 101.0},
        "lcts-claimants-believable": {"lcts_claimants_n": -1.0},
        "in-year-collection-within-bounds": {"in_year_collection_pct": 105.0},
        "in-year-collection-in-per-cent": {"in_year_collection_pct": 0.105},
    },
}  # fmt: skip


def declared() -> dict[tuple[str, str], dict]:
    """Every expectation of every suite, by dataset and check."""
    suites = [json.loads(path.read_text(encoding="utf-8")) for path in SUITES]
    return {(s["name"], entry["meta"]["id"]): entry for s in suites for entry in s["expectations"]}


def poison_of(dataset: str, check: str) -> dict | Again | None:
    """The poison drawn for a check or, for a dataset without a drawn frame, that of its kind."""
    if dataset in DRAWN:
        return POISON.get(dataset, {}).get(check)
    return poison(declared()[dataset, check])


def poisoned(dataset: str, cells: dict | Again) -> pd.DataFrame:
    """The good frame with the poison in it."""
    good = drawn(dataset)
    if isinstance(cells, Again):
        return with_rows(pd.concat([good, changed(good.head(1), cells.cells)], ignore_index=True))
    return changed(good, cells)


def changed(frame: pd.DataFrame, cells: dict) -> pd.DataFrame:
    """The frame with these cells in its first row, or in its first rows where there is a list."""
    frame = frame.copy()
    for column, value in cells.items():
        for at, cell in enumerate(value if isinstance(value, list) else [value]):
            frame.loc[frame.index[at], column] = pd.Timestamp(cell) if column in DATES else cell
    return frame


def touched(dataset: str, cells: dict | Again, folder: Path) -> Path:
    """The checks that poisoned cells can touch, as a suite of their own; all where a row is added.

    A check of other columns sees the good frame's very cells, and of these it is known to pass.
    """
    path = gates.suite_path(dataset)
    if isinstance(cells, Again):
        return path
    suite = json.loads(path.read_text(encoding="utf-8"))
    columns = [column.name for column in contract_of(dataset).columns]
    columns += [f"{column}_status" for column in columns]
    suite["expectations"] = [
        each
        for each in suite["expectations"]
        if not (named := [c for c in columns if re.search(rf"\b{c}\b", str(each["kwargs"]))])
        or set(named) & set(cells)
    ]
    (folder / path.name).write_text(json.dumps(suite), encoding="utf-8")
    return folder / path.name


@pytest.mark.parametrize("dataset", [path.stem for path in SUITES])
def test_the_good_frame_passes_every_check(dataset):
    verdict = judged(drawn(dataset), dataset, gates.suite_path(dataset))
    assert [check.id for check in verdict.checks if not check.passed] == []
    assert verdict.outcome == "pass"


def closed_lists() -> dict[str, dict[str, dict]]:
    """One word in the first row against each check that holds a column to a list, by dataset."""
    found: dict[str, dict[str, dict]] = {}
    for (dataset, check), entry in declared().items():
        whole = "row_condition" not in entry["kwargs"]
        cells = poison_of(dataset, check)
        one = isinstance(cells, dict) and not isinstance(next(iter(cells.values()), None), list)
        own = one and list(cells) == [entry["kwargs"].get("column")]
        if entry["type"] == "expect_column_values_to_be_in_set" and whole and own:
            found.setdefault(dataset, {})[check] = cells
    return found


ALONE = [(d, check) for d, check in declared() if check not in closed_lists().get(d, ())]


@pytest.mark.parametrize(("dataset", "check"), ALONE)
def test_a_poisoned_row_fails_its_check_and_no_other(dataset, check, tmp_path):
    cells = poison_of(dataset, check)
    assert cells is not None, f"no poisoned row for {dataset} {check}: draw a frame and one"
    frame = poisoned(dataset, cells)
    verdict = judged(frame, dataset, touched(dataset, cells, tmp_path))
    failed = [each for each in verdict.checks if not each.passed]
    assert [each.id for each in failed] == [check]
    assert verdict.outcome == failed[0].severity
    assert set(failed[0].failing_rows) <= {FIRST_ROW, *frame.index[1:]}


@pytest.mark.parametrize("dataset", closed_lists())
def test_a_word_outside_each_closed_list_fails_the_check_of_its_column_and_no_other(dataset):
    """All lists of a suite at once, which takes seconds: none can look at another's column."""
    poisons = closed_lists()[dataset]
    together = {column: word for cells in poisons.values() for column, word in cells.items()}
    assert len(together) == len(poisons), "one list a column"
    frame = poisoned(dataset, together)
    verdict = judged(frame, dataset, gates.suite_path(dataset))
    failed = {each.id: each for each in verdict.checks if not each.passed}
    assert sorted(failed) == sorted(poisons)
    assert {each.failing_rows for each in failed.values()} == {(FIRST_ROW,)}
    assert verdict.outcome in {each.severity for each in failed.values()}


def test_no_poison_is_left_from_a_check_that_is_gone():
    kept = {(dataset, check) for dataset, checks in POISON.items() for check in checks}
    assert kept - set(declared()) == set()


def test_every_drawn_dataset_has_a_suite_of_its_own_name():
    assert {path.stem for path in SUITES} >= set(DRAWN)
    assert {dataset for dataset, _ in declared()} == {path.stem for path in SUITES}


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.stem)
def test_no_check_of_a_shipped_suite_lets_a_missing_value_slip_through(path):
    assert gates.lint(path) == []


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.stem)
def test_great_expectations_itself_loads_a_shipped_suite_whole(path):
    from peerpack.gates.engine import great_expectations

    file = json.loads(path.read_text(encoding="utf-8"))
    suite = great_expectations().ExpectationSuite(**file)
    assert len(suite.expectations) == len(file["expectations"])
