"""One small good frame per dataset, drawn by hand: three rows that pass every check of their suite.

Written as an export would print it; a column is text unless NUMBERS or DATES name it.
"""

# ruff: noqa: E501 (a drawn table is read along its rows)

from io import StringIO

import pandas as pd
from drafted_frames import good_frame

from peerpack.catalogue.load import dataset as contract_of

FIRST_ROW = 1_000_000_002
NUMBERS = {
    "original_budget_gbp", "virements_gbp", "revised_budget_gbp", "forecast_outturn_gbp",
    "variance_gbp", "profiled_budget_gbp", "actual_gbp", "commitments_gbp", "fte",
    "days_lost_system", "weight", "value", "amount_gbp", "irrecoverable_vat_gbp", "stated_value",
    "stated_upper", "decimals", "recommendation", "action", "priority",
    "children_social_care_net_gbp", "adult_social_care_net_gbp", "total_services_net_gbp",
    "looked_after_net_gbp", "population_n", "in_post_fte", "leavers_fte", "agency_fte",
    "agency_fte_pct", "turnover_fte_pct", "vacancy_fte_pct", "absence_pct",
    "cases_per_case_holder",
    "target_gbp",
    "delivered_gbp", "forecast_gbp", "opening_gbp", "transfers_in_gbp", "transfers_out_gbp",
    "closing_gbp", "net_collectable_debit_gbp", "receipts_current_year_gbp",
    "receipts_arrears_gbp", "prepayments_gbp", "refunds_gbp", "write_offs_gbp",
    "arrears_brought_forward_gbp", "arrears_carried_forward_gbp", "dwellings_n",
    "lcts_claimants_n", "in_year_collection_pct",
}  # fmt: skip
DATES = {
    "position_start", "position_end", "absence_start", "absence_end", "interview_date",
    "effective_date", "payment_date", "stated_date", "due_date", "referral_date",
    "appointment_date", "closed_date", "submitted", "received_date", "acknowledged_date",
    "review_date", "period_end",
}  # fmt: skip

DRAWN = {
    "budget_monitoring": """
directorate|service|cost_centre|cost_centre_name|original_budget_gbp|virements_gbp|revised_budget_gbp|forecast_outturn_gbp|variance_gbp|profiled_budget_gbp|actual_gbp|commitments_gbp|comments
Adults|Older People|01234|Day Centres|104000|0|104000|102760|-1240|26000|25000|900|
Adults|Older People|01235|Homecare|500000|-2000|498000|510000|12000|125000|131000|0|Fee uplift
Resources|Finance||Journals awaiting coding|-50000|2000|-48000|-48000|0||||
""",
    "hr_positions": """
person_ref|position_ref|person_name|post_title|directorate|service|team|location_type|contract_type|basis|fte|position_start|position_end|sex|working_pattern|leaving_reason
000001|POS1|Invented Person A|Social Worker|Adults|Older People|Homecare|Council|Permanent|Full Time|1|2019-09-02||Female|Mon-Fri|
000001|POS2|Invented Person A|Trainer|Adults|Older People|Homecare|Council|Casual|Casual|0|2020-01-06|2024-05-31|Female||Resignation
|POS3||Teacher|Children|Schools|Abbey School|School|Permanent|Part Time|0.6|2021-04-01|||MTW--|
""",
    "absence_spells": """
person_ref|position_ref|absence_type|reason|absence_start|start_part_day|absence_end|end_part_day|days_lost_system|certification
000001|POS1|Sickness|Musculoskeletal|2024-04-29|Full|2024-05-10|AM|9.5|Fit note
000002|POS2|Sickness|Not stated|2024-05-14|PM|2024-05-14|Full|0.5|
000003|POS3|Sickness|Stress|2024-06-10|||||Fit note
""",
    "resident_survey": """
respondent_ref|mode|interview_date|ward|age_band|sex|q1_local_area|q2_council_runs_things|q3_value_for_money|q4_acts_on_concerns|q5_keeps_informed|q6_trust|q7_safe_after_dark|q7_safe_by_day|q8_waste_collection|q8_street_cleaning|q8_road_maintenance|q8_pavement_maintenance|q8_libraries|q8_sport_and_leisure|q8_older_people|q8_children_and_young_people|q8_parks|sampling_point|weight
NB00001|Telephone|2024-05-07|Abbey Green|18-34|Female|Very satisfied|Fairly satisfied|Don't know|A fair amount|Fairly well informed|A fair amount|Fairly safe|Fairly safe|Fairly satisfied|Fairly satisfied|Fairly satisfied|Fairly satisfied|Fairly satisfied|Fairly satisfied|Fairly satisfied|Fairly satisfied|Fairly satisfied|12|1.2
NB00002|Telephone|2024-05-08|Bridgefoot|65+|Male|Fairly dissatisfied|Very dissatisfied|Neither satisfied nor dissatisfied|Don't know|Don't know|Don't know|Don't know|Don't know|Don't know|Don't know|Don't know|Don't know|Don't know|Don't know|Don't know|Don't know|Don't know|7|0.9
NB00003|Telephone|2024-05-09|Bridgefoot|||||Fairly satisfied||||||||||||||||1.1
""",
    "neighbour_figures": """
area|indicator|period|statistic_basis|value|unit|value_status|licence
Invented A|KF01|2024-25-Q1|Forecast less revised budget|1.2|%||
Invented B|KF01|2024-25-Q1|Forecast less revised budget||%|x|open
Invented C|KF01|2024-25-Q1|Forecast less revised budget|0.4|%|p;r|statistics only
""",
    "supplier_spend": """
organisation|effective_date|organisational_unit|supplier|supplier_id|payment_date|transaction_number|amount_gbp|irrecoverable_vat_gbp|purpose|category|category_code
Invented Council|2024-04-02|Highways|Invented Roads Ltd|9|2024-04-09|T1|12500|0|Resurfacing|Works|W1
Invented Council|2024-04-03|NA|REDACTED||2024-04-09|T2|640||Foster care||
Invented Council|2024-04-04|Highways|Invented Roads Ltd|9|2024-04-11|T3|-500||Credit note|Works|W1
""",
    "revenue_outturn": """
form|financial_year|ons_code|area_name|area_kind|authority_class|children_social_care_net_gbp|children_social_care_net_gbp_status|adult_social_care_net_gbp|adult_social_care_net_gbp_status|total_services_net_gbp|total_services_net_gbp_status|looked_after_net_gbp|looked_after_net_gbp_status
RSX|2024-25|E08000099|Invented Authority|authority|MD|40000000||60000000||250000000|||
RO3|2024-25|E08000099|Invented Authority|authority|MD||x||x||||x
RSX|2024-25|E92000001|ENGLAND|England|Eng|15000000000||25000000000||130000000000|||
""",
    "population_estimates": """
time_period|area_kind|region_code|ons_code|area_name|age_group|population_n|population_n_status
2024|authority|E12000002|E08000099|Invented Authority|Children aged 0 to 17 years|60000|
2024|authority|E12000002|E06000998 / E06000999|Invented Pair|Children aged 0 to 17 years||x
2024|England||||Children aged 0 to 17 years|12000000|
""",
    "social_work_workforce": """
time_period|area_kind|region_code|ons_code|area_name|in_post_fte|in_post_fte_status|leavers_fte|leavers_fte_status|agency_fte|agency_fte_status|agency_fte_pct|agency_fte_pct_status|turnover_fte_pct|vacancy_fte_pct|absence_pct|cases_per_case_holder
2024|authority|E12000002|E08000099|Invented Authority|180.4||28.2||61||25.3||15.6|31.5|6.3|15.9
2024|authority|E12000002|E08000098|Invented Borough||x||x||c||x||||
2024|England||||34000||4200||5400||13.7||12.3|17.1|3.5|16.1
""",
    "statistical_neighbours": """
dfe_code|area_name|neighbour_1|neighbour_2|neighbour_3|neighbour_4|neighbour_5|neighbour_6|neighbour_7|neighbour_8|neighbour_9|neighbour_10
990|Northby|991|992|980|981|982|983|984|985|986|987
991|Southby|990|992|980|981|982|983|984|985|986|987
992|Westby|991|990|987|986|985|984|983|982|981|980
""",
    "neighbour_group": """
area_code|area_name
E08000099|Northby
E08000098|Southby
E06000097|Westby
""",
    "published_figures": """
claim_id|part|kind|document|lines|figure_as_printed|stated_value|stated_upper|stated_date|operator|decimals|unit|period|method|numerator|denominator|not_recomputed_because|comparator|comparator_statistic|comparator_note|theme|indicator|meaning|caution
L01||claim|S002|270|£10m to £12m|10|12||between|0|GBP m|2024-25||||not published|L04|mean||T4|KF01|What was to be spent.|
L01|growth|observation|S002|270;272-273|£10m||||||GBP m|2024-25|difference|L01|L04|||||T4||How much more than before.|cash
P08||claim|S003|119|1 April|||2011-04-01|||date|||||a date as printed||||T5||A deadline.|
""",
    "peer_recommendations": """
recommendation|document|lines|figure_as_printed|title|theme|status|owner|due_date
1|S002|69|Revisit|Rework the budget|T4|||
2|S002|71|Ensure|Tell everyone|T5|In progress|Chief officer|2025-03-31
12|S002|91|Capitalise|Write one plan|T2|||
""",
    "service_plan_actions": """
action|priority|document|lines|figure_as_printed|title|owner|resourced|due_date|due_as_printed|status_as_printed|status|theme
1|1|S003|109;112-116|March 2011|Fill key posts||existing resources|2011-03-31|March 2011|in progress|ongoing|T5
2|2|S003|119|Depends|Write a strategy||existing resources||Depends|Unstated|not stated|T4
10|6|S003|133|June 2010|Specify pay scales||capital programme|2010-06-30|June 2010|undertaken|complete|T5
""",
    "occupational_health_referrals": """
referral_ref|person_ref|referral_date|directorate|service|reason|mode|outcome|appointment_date|closed_date
OH-101|000001|2024-04-08|Adults|Homecare|Stress and mental health|Telephone|Fit with adjustments|2024-04-19|2024-05-02
OH-102|000002|2024-05-20|Place|Parks|Musculoskeletal|Face to face||2024-05-20|
OH-103|000001|2024-06-27|Adults|Homecare|Not stated||||
""",
    "staff_survey": """
respondent_id|submitted|directorate|service|grade_band|length_of_service|q1_culture_improved|q2_direction_positive|q3_satisfied_overall|q4_morale_good|q5_recommend_employer|q6_leaders_show_values|completed|weight
1001|2024-05-07|Adults|Homecare|G5-G7|1 to 3 years|Strongly agree|Agree|Tend to agree|Disagree|Strongly agree|Don't know|Complete|1.1
1002|2024-05-08|Place|||Under 1 year|Neither agree nor disagree|Strongly disagree|||Tend to disagree|Prefer not to say|Partial|0.9
1003||Place||||||||||Not started|
""",
    "complaints_and_requests": """
case_ref|case_type|stage|received_date|acknowledged_date|due_date|closed_date|outcome|directorate|service|exemption|extended|reviewed|upheld
FOI-1|FOI||2024-03-20||2024-04-18|2024-04-16|Part disclosed|Resources|Finance|s.40(2)|No|Yes|
C-7|Complaint|Stage 1|2024-05-01|2024-05-02|2024-05-17|2024-05-20|Justified|Place|Waste||||Partly upheld
C-7|Complaint|Stage 2|2024-06-03|2024-06-03|2024-07-01|||Place|Waste||Yes||
""",
    "savings_tracker": """
saving_ref|title|directorate|lead|financial_year|target_gbp|delivered_gbp|forecast_gbp|category|recurrent|rag|substitute_for|mitigation|comments
A1|Review of care packages|Adults|Head of Care|2024/25|500000|120000|400000|Planned saving|Yes|Amber|||
A2|Vacancies held|Adults|Head of Care|2024/25||30000|60000|One-off mitigation|No|Green|A1||
R1|Offices given up|Resources||2024-25|180000|0|180000|Planned saving|Yes|Green|||
""",
    "reserves": """
reserve_ref|reserve_name|reserve_class|opening_gbp|transfers_in_gbp|transfers_out_gbp|closing_gbp|purpose|review_date
|General Fund balance|Unallocated|12000000|500000|0|12500000||
R10|Insurance|Earmarked|3000000|0|400000|2600000|Claims not yet settled|2025-02-28
R20|Dedicated schools grant|Schools|-4000000|0|900000|-4900000||
""",
    "council_tax_collection": """
tax|period_end|net_collectable_debit_gbp|receipts_current_year_gbp|receipts_arrears_gbp|prepayments_gbp|refunds_gbp|write_offs_gbp|arrears_brought_forward_gbp|arrears_carried_forward_gbp|dwellings_n|lcts_claimants_n|in_year_collection_pct
Council tax|2024-04-30|120000000|12600000|300000|0|90000|0|14000000|13700000|101000|14200|10.5
Council tax|2024-06-30|120400000|33800000|1100000|20000|210000|50000|14000000|12850000|101000|14100|28.07
Business rates|2024-06-30|60000000|17400000|200000||||2000000|1800000|||29
""",
}


def drawn(dataset: str) -> pd.DataFrame:
    """The dataset's good frame, with `source_row` as column and as index."""
    if dataset not in DRAWN:
        return with_rows(good_frame(contract_of(dataset)))
    text = pd.read_csv(StringIO(DRAWN[dataset]), sep="|", dtype="str", skip_blank_lines=True,
                       keep_default_na=False, na_values=[""])  # fmt: skip
    frame = text.apply(_typed)
    return with_rows(frame)


def with_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its rows named from FIRST_ROW on."""
    rows = range(FIRST_ROW, FIRST_ROW + len(frame))
    return frame.assign(source_row=list(rows)).set_index("source_row", drop=False)


def _typed(column: pd.Series) -> pd.Series:
    if column.name in NUMBERS:
        return column.astype("float64")
    if column.name in DATES:
        return pd.to_datetime(column)
    return column
