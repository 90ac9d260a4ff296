"""Every real file: what is made of it, and why. A new file needs a line here."""

import csv
from dataclasses import dataclass, field
from decimal import Decimal
from fnmatch import fnmatch

import pytest

from peerpack.catalogue.load import dataset, datasets
from peerpack.catalogue.places import project_root
from peerpack.errors import ReturnRefused
from peerpack.sources import fits, read
from peerpack.sources.tabular import grids

REAL = project_root().parent / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/real is missing here")

PROVEN_ELSEWHERE = {
    "csv/spectrum/*": "test_real_returns.py and the tests of hostile files",
    "csv/torture/*": "test_real_returns.py and the tests of hostile files",
    "devon/*": "test_spending_files_of_other_councils.py",
    "leeds/*": "test_spending_files_of_other_councils.py",
    "others/*": "test_spending_files_of_other_councils.py",
    "trafford/*/*supplier-spend*.zip": "test_real_returns.py and the file of other councils",
    "england/R*.ods": "test_national_returns.py, with the files of csv beside them",
    "england/sn_model_2025_wide.csv": "test_lists_of_neighbours.py: codes, of which no sum is made",
    "trafford/2024-25-Q4/c*.csv": "test_lists_of_neighbours.py: codes, of which no sum is made",
}


@dataclass(frozen=True)
class Used:
    """A file that is a return: its dataset, its rows, and one column's sum counted apart."""

    path: str
    dataset: str
    rows_in: int
    admitted: int
    column: str
    heading: str
    total: str
    blanks: frozenset[str] = field(default_factory=frozenset)


USED = [
    Used("england/csww_indicators_2017_to_2025.csv", "social_work_workforce", 1_464, 1_463,
         "agency_n", "agency_headcount", "183397", frozenset({"x", "u"})),
    Used("england/ons_mid-year_population_estimates_2012_to_2024.csv", "population_estimates",
         2_133, 2_132, "population_n", "population_estimate", "481738730", frozenset({"x"})),
]  # fmt: skip
NOT_USED = {
    "README.md": "no table",
    "SOURCES.tsv": "where each file is from: no dataset",
    "rocrate/roc_cache.sqlite": "no table: what a checker of crates keeps",
    # England: each names its areas or measures otherwise than any contract.
    "england/LTLA-UTLA_Apr23_Lookup_England-Wales.csv": "which district lies in which county",
    "england/c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv":
        "referrals: no dataset yet; its areas are headed as those of the census, its figures not",
    "england/uk_local_authorities_current.csv": "names and codes of authorities",
    # Spreadsheets of other kinds.
    "spreadsheets/Bexley.xls": "a questionnaire on libraries, its data in very hidden sheets",
    "spreadsheets/Blackburn.xlsx": "opening hours of libraries",
    "spreadsheets/LA_Inspection_Outcomes_as_at_31_March_2025.ods": "judgements of inspectors",
    "spreadsheets/changes1218.xlsx":
        "a newsroom's change in spending, 2011-12 to 2017-18, columns slipped in some sheets",
    "spreadsheets/police-use-of-force-apr2019-mar2020-hosb3720-tables.ods": "police",
    "spreadsheets/police-workforce-sep19-tables.ods": "police officers, no council's staff",
    # Schools of California, for the estimators of a survey: no residents' answers.
    "survey/apiclus1.csv": "schools",
    "survey/apiclus2.csv": "schools",
    "survey/apisrs.csv": "schools",
    "survey/apistrat.csv": "schools",
    # Trafford, beside its payments.
    "trafford/2024-25-Q4/household_waste_recycling.csv":
        "neighbours' figures under an indicator's words, not its number in our catalogue",
    "trafford/2024-25-Q4/planning_applications_major.csv":
        "neighbours' figures under an indicator's words, not its number in our catalogue",
    "trafford/2024-25-Q4/pay_multiple.csv": "the ratio of the highest pay",
    "trafford/2024-25-Q4/procurement_card_2024-25.csv":
        "purchases by card: in the payments to the card's company already, and so never payments",
    "trafford/2024-25-Q4/prompt_payment.csv": "shares of invoices paid in time, by year",
    "trafford/2024-25-Q4/trade_union_facility_time.csv": "union representatives",
    "trafford/2024-25-Q4/trafford_counter_fraud.csv": "fraud found, by year",
    "trafford/2024-25-Q4/trafford_parking_account.csv": "the parking account, by year",
    "trafford/2024-25-Q4/procurement_card.csv-metadata.json": "words about a file, no table",
    "trafford/2024-25-Q4/prompt_payment.csv-metadata.json": "words about a file, no table",
    "trafford/2024-25-Q4/supplier_spend.csv-metadata.json": "words about a file, no table",
}  # fmt: skip
each_used = pytest.mark.parametrize("used", USED, ids=lambda used: used.path)


def test_every_real_file_has_a_line_here_and_every_line_a_file():
    there = {p.relative_to(REAL).as_posix() for p in REAL.rglob("*") if p.is_file()}
    elsewhere = {name for name in there if any(fnmatch(name, p) for p in PROVEN_ELSEWHERE)}
    here = {*NOT_USED, *(used.path for used in USED)}
    assert (there - elsewhere - here, here - there) == (set(), set())
    assert not elsewhere & here


@each_used
def test_a_return_is_known_by_its_columns(used):
    path = REAL / used.path
    assert fits([path], datasets(), {}).files == {used.dataset: (path,)}


@each_used
def test_a_return_is_read_whole_and_adds_up_to_what_is_counted_apart(used):
    reading = read([REAL / used.path], dataset(used.dataset))
    assert (reading.rows_in, len(reading.frame)) == (used.rows_in, used.admitted)
    assert reading.quarantined == ()
    with (REAL / used.path).open(encoding="utf-8-sig", newline="") as file:
        cells = [row[used.heading] for row in csv.DictReader(file)]
    counted = sum(Decimal(cell) for cell in cells if cell not in used.blanks)
    assert Decimal(str(reading.frame[used.column].sum())) == counted == Decimal(used.total)


@pytest.mark.parametrize("name", NOT_USED)
def test_what_is_no_return_is_left_and_stops_nothing(name):
    assert [left.path for left in fits([REAL / name], datasets(), {}).not_used] == [REAL / name]


@pytest.mark.parametrize("name", [
    "trafford/2024-25-Q4/procurement_card_2024-25.csv",
    "england/c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
    "spreadsheets/changes1218.xlsx",
])  # fmt: skip
@pytest.mark.parametrize("chosen", ["supplier_spend", "social_work_workforce", "revenue_outturn"])
def test_what_is_no_return_is_refused_when_it_is_assigned_by_hand(name, chosen):
    path = REAL / name
    with pytest.raises(ReturnRefused, match=path.name):
        fits([path], datasets(), {path.name: chosen})


def test_the_card_purchases_have_the_headings_of_payments_but_for_those_of_a_card():
    (grid,) = grids(REAL / "trafford/2024-25-Q4/procurement_card_2024-25.csv", peek=True)
    signs = dataset("supplier_spend").signs.not_headed
    assert {"MerchantCategoryCode", "CardTransaction"} <= set(grid.rows[0])
    assert {"Merchant Category Code", "Card Transaction"} <= set(signs)
