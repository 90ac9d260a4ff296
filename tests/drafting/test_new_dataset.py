"""A drafted dataset works: it admits its sample, fails a poisoned copy, and gives nobody away."""

import json
import re

import pandas as pd
import pytest
import yaml
from drawn_samples import LEDGER, PERMITS, STAFF, VALUES_OF_STAFF

from peerpack import gates, guard
from peerpack.catalogue.load import datasets
from peerpack.catalogue.page import page
from peerpack.drafting.draft import drafted
from peerpack.drafting.names import words_of
from peerpack.drafting.people import heading_is_personal
from peerpack.errors import NotFound, ReturnRefused, UsageError


def kinds(told):
    return {column.name: column.kind for column in told.dataset.columns}


def checks_of(suite):
    return json.loads(suite.read_text("utf-8"))["expectations"]


def read(sample):
    """What would be written for a sample; it is not tried, which takes Great Expectations."""
    return drafted(sample, "sample", "snapshot")


def test_a_table_of_pounds_and_dates_is_admitted_by_what_was_drafted_from_it(with_permits, permits):
    assert kinds(permits) == {
        "permit_ref": "code", "zone": "label", "issued_date": "date", "fee_gbp": "money",
        "paid_online_pct": "percentage", "visits_n": "number", "days_open": "number",
    }  # fmt: skip
    with_permits.csv(PERMITS)
    receipt = with_permits.check()
    assert (receipt.dataset, receipt.rows_in, receipt.rows_admitted) == ("permits", 11, 10)
    assert (receipt.rows_quarantined, receipt.verdict.outcome) == (0, "pass")


def test_what_no_row_lacks_is_needed_and_what_one_lacks_is_not(permits):
    told = permits.dataset
    lacking = [c.name for c in told.columns if not c.required]
    assert lacking == [c.name for c in told.columns if c.nullable] == ["paid_online_pct"]
    assert told.keys == ("permit_ref",)
    assert told.column("zone").allowed == ("North", "South")


def test_the_owner_is_asked_for_wherever_only_the_owner_knows(permits):
    assert permits.dataset.owner == "To be named"
    assert {c.description for c in permits.dataset.columns} == {"To be described by its owner."}


def test_its_page_of_reference_prints(with_permits):
    assert "## Permits (`permits`)" in page()
    assert "| `fee_gbp` | money, GBP | Fee | needed | To be described by its owner. |" in page()


def test_no_range_is_taken_from_the_samples_own_numbers(permits):
    ranges = {
        e["kwargs"]["column"]: (e["kwargs"]["min_value"], e["kwargs"]["max_value"])
        for e in checks_of(permits.suite)
        if e["type"].endswith("between")
    }
    assert ranges == {
        "paid_online_pct": (0, 100),
        "issued_date": ("1900-01-01T00:00:00", "2100-12-31T00:00:00"),
    }


def test_a_suite_has_no_check_that_a_missing_value_slips_through(permits):
    assert gates.lint(permits.suite) == []


@pytest.mark.parametrize(("sound", "poisoned", "check", "outcome"), [
    ("02/04/2024", "", "issued-date-given", "stop"),
    ("01235", "01234", "one-row-per-key", "stop"),
    ("£1,060", "", "fee-gbp-given", "stop"),
    ("90%", "190%", "paid-online-pct-within-a-hundred", "warn"),
    ("02/04/2024", "02/04/2924", "issued-date-believable", "warn"),
    ("South", "Sotuh", "zone-known", "warn"),
])  # fmt: skip
def test_a_poisoned_copy_fails(with_permits, sound, poisoned, check, outcome):
    head = "\n".join(PERMITS[:3])
    with_permits.csv([*head.replace(sound, poisoned, 1).splitlines(), *PERMITS[3:]])
    verdict = with_permits.check().verdict
    assert [each.id for each in verdict.checks if not each.passed] == [check]
    assert verdict.outcome == outcome


def test_a_cell_that_cannot_be_read_puts_its_row_in_quarantine(with_permits):
    with_permits.csv(["|".join(PERMITS[1].split("|")[:3]) + "|TBC|1%|1|1" if i == 1 else line
                  for i, line in enumerate(PERMITS)])  # fmt: skip
    receipt = with_permits.check()
    assert (receipt.rows_admitted, receipt.rows_quarantined) == (9, 1)


def test_titles_a_merged_header_totals_dashes_and_symbols_are_read(checkout):
    told = checkout.draft(checkout.xlsx({"Notes": [["Invented"]], "P3": LEDGER})).dataset
    assert told.column("income_budget_gbp").synonyms == ("Income: Budget",)
    assert told.column("income_actual_gbp").statuses
    assert told.column("refunds_actual_gbp").dash_is_zero
    assert [c.name for c in told.columns if c.fill_down] == ["ward"]
    assert told.keys == ("permit_code",)
    assert told.totals.model_dump() == {
        "label_columns": ("ward",), "group_columns": ("ward",), "filler_columns": (),
        "code_column": "permit_code", "alone": False, "tolerance": 0.0,
    }  # fmt: skip


def test_every_row_of_a_ledger_is_in_one_place_and_its_totals_reconcile(checkout):
    checkout.draft(checkout.xlsx({"P3": LEDGER}))
    receipt = checkout.check()
    aside = {each.reason: each.lines for each in receipt.set_aside}
    assert aside == {"title": (1, 2), "header": (3, 4), "total": (8, 12, 13)}
    assert (receipt.rows_in, receipt.rows_admitted, receipt.rows_quarantined) == (13, 6, 0)
    off = {(t.label, t.column) for t in receipt.reconciliations if t.difference}
    assert off == set()


def test_a_total_that_no_blank_tells_from_data_is_said_to_count_twice(checkout):
    lines = ["Ward | Permits | Cost", "Docks | 3 | 9", "Hill | 4 | 8", "Total | 7 | 17"]
    told = read(checkout.csv(lines))
    assert told.dataset.totals is None
    assert [each for each in told.doubts if "count twice" in each and "row 4" in each]


def test_a_file_about_people_is_marked_and_kept_out_of_git(checkout):
    sample = checkout.csv(STAFF, name="starters.csv")
    told = checkout.draft(sample)
    marked = [c.name for c in told.dataset.columns if c.personal]
    assert marked == ["personal_reference", "surname", "work_email"]
    assert (told.dataset.personal, told.dataset.base_of) == (True, "staff")
    assert guard.personal(sample) == ["starters"]
    assert checkout.check().verdict.outcome == "pass"


def test_no_value_about_a_person_stands_in_contract_suite_or_message(checkout):
    told = checkout.draft(checkout.csv(STAFF, name="starters.csv"))
    said = checkout.written(told) + "\n".join(told.doubts)
    assert [value for value in VALUES_OF_STAFF if value in said] == []


@pytest.mark.parametrize(
    "cell", ["someone@example.org", "QQ 12 34 56 C".replace("QQ", "AB"), "M1 1AE"]
)
def test_a_value_that_only_people_have_marks_its_column(checkout, cell):
    lines = ["Contact | Cases", f"{cell} | 3", "other | 4"]
    told = read(checkout.csv(lines))
    assert [c.name for c in told.dataset.columns if c.personal] == ["contact"]
    assert cell not in repr(told.dataset) + "\n".join(told.doubts)


@pytest.mark.parametrize("heading", [
    "Name", "Surname", "FirstName", "Home Address", "DOB", "Date of Birth", "NI Number", "e-mail",
    "Email address", "Personal Ref", "Employee No", "Postcode", "Line Manager", "Ethnic Origin",
])  # fmt: skip
def test_a_heading_that_speaks_of_a_person_is_known(heading):
    assert heading_is_personal(words_of(heading))


@pytest.mark.parametrize("heading", [
    "Area Name", "Supplier name", "Number of employees", "Employee count", "Web address", "Names",
    "OrganisationLabel", "Local authority name",
])  # fmt: skip
def test_a_heading_that_speaks_of_no_person_is_not_taken_for_one(heading):
    assert not heading_is_personal(words_of(heading))


def test_words_that_are_names_are_not_the_only_ones_allowed(checkout):
    lines = ["Supplier Name | Status", *["Roads Ltd | Open", "Parks Ltd | Shut"] * 6]
    told = read(checkout.csv(lines)).dataset
    assert {c.name: c.allowed for c in told.columns} == {
        "supplier_name": (), "status": ("Open", "Shut"),
    }  # fmt: skip


@pytest.mark.parametrize(("covers", "dated_by"), [
    ("snapshot", ""), ("latest", ""), ("quarter", "issued_date"), ("year_to_date", "issued_date"),
])  # fmt: skip
def test_the_one_date_within_the_period_places_rows_where_there_is_a_period(
    checkout, covers, dated_by
):
    told = checkout.draft(checkout.csv(PERMITS), covers=covers)
    assert told.dataset.dated_by == dated_by
    assert checkout.check().verdict.outcome == "pass"


@pytest.mark.parametrize(("lines", "doubt"), [
    (["Case | Closed", "A | 03/04/2024", "B | 04/05/2024"], "no day is above 12, so it could be"),
    (["Case | Closed", "A | 06/30/2024", "B | 04/05/2024"], "Dates that are not day first"),
    (["Case | Cost", "A | 3", "B | 4"], "Taken for pounds by the heading alone: Cost"),
    (["Case | Left", "A | 31/12/4712", "B | 04/05/2024"], "far future, read as no end: Left"),
    (["Case | Rate", "A | 3", "B | 4"], "Numbers, but of what.*: Rate"),
    (["To | Case | Case | Cost", "x | A | B | 3", "y | B | C | 4"], "Column 2 of the file is"),
    (["Case | | Cost", "A | B | 3", "B | C | 4"], "Column 2 of the file has no heading in words"),
    (["Case | Cost", "A | 3", "A | 3"], "No three columns or fewer tell the rows apart"),
    (["Case | Kind | To", "A | x | y", "B | x | y", "A note. | |"], "Row 4 has one cell"),
])  # fmt: skip
def test_what_the_tool_could_not_know_is_said(checkout, lines, doubt):
    told = read(checkout.csv(lines)).doubts
    assert [each for each in told if re.search(doubt, each)], told


@pytest.mark.parametrize(("lines", "why"), [
    ([], "no header was found"),
    (["Ward"], "no header was found"),
    (["Ward | Cases"], "no header was found"),
    (["Ward", "Docks", "Hill"], "no header was found"),
    (["Docks | 3", "Hill | 4"], "no header was found"),
    (["Quillfeather | Museums | 02/04/2019", "Oxen | Museums | 03/04/2019"], "no header was found"),
    (["Venn | Museums | G7", "Oxen | Museums | G7", "Hay | Museums | G7"], "no header was found"),
])  # fmt: skip
def test_a_sample_that_cannot_be_profiled_is_refused_and_nothing_is_written(checkout, lines, why):
    with pytest.raises(ReturnRefused, match=why) as refused:
        checkout.draft(checkout.csv(lines))
    assert refused.value.exit_code == 11
    assert not (checkout.root / "expectations" / "permits.json").exists()
    assert [value for value in VALUES_OF_STAFF if value in str(refused.value)] == []


def test_a_damaged_workbook_and_a_letter_are_refused(checkout):
    damaged = checkout.folder / "damaged.xlsx"
    damaged.write_bytes(b"PK\x03\x04")
    with pytest.raises(ReturnRefused, match=r"damaged\.xlsx: cannot be read as a spreadsheet"):
        checkout.draft(damaged)
    letter = damaged.rename(checkout.folder / "letter.docx")
    with pytest.raises(ReturnRefused, match=r"letter\.docx: not a table this reads"):
        checkout.draft(letter)
    with pytest.raises(NotFound, match=r"No file gone\.csv"):
        checkout.draft(checkout.folder / "gone.csv")


def test_a_sample_that_is_read_already_is_refused_by_the_datasets_name(checkout):
    sample = checkout.root / "data/northborough/2024-25-Q1/absence spells (invented).csv"
    with pytest.raises(ReturnRefused, match="is already read as absence_spells"):
        checkout.draft(sample)


def test_a_second_sample_of_a_drafted_dataset_is_already_read(with_permits):
    with pytest.raises(ReturnRefused, match=r"second\.csv is already read as permits"):
        with_permits.draft(with_permits.csv(PERMITS, name="second.csv"))


@pytest.mark.parametrize(
    "taken", ["data/reference/datasets/permits.yml", "expectations/permits.json"]
)
def test_nothing_that_is_there_is_written_over(checkout, taken):
    (checkout.root / taken).write_text("mine")
    with pytest.raises(UsageError, match=r"is there already, and nothing was written") as refused:
        checkout.draft(checkout.csv(PERMITS))
    assert (checkout.root / taken).read_text() == "mine"
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(("words", "why"), [
    ({"name": "../permits"}, "is not a dataset's name"),
    ({"name": "Permits"}, "is not a dataset's name"),
    ({"covers": "month"}, "expected one of quarter, year_to_date, snapshot, latest"),
])  # fmt: skip
def test_words_that_cannot_be_meant_are_refused(checkout, words, why):
    with pytest.raises(UsageError, match=why):
        checkout.draft(checkout.csv(PERMITS), **words)


def test_a_draft_that_other_returns_would_fit_needs_every_heading(checkout):
    lines = ["Directorate | Service | Mood", "Place | Parks | good", "Place | Roads |"]
    told = checkout.draft(checkout.csv(lines), name="moods")
    assert [c.required for c in told.dataset.columns] == [True, True, True]
    assert any("Every heading is needed" in each for each in told.doubts)
    assert checkout.check().verdict.outcome == "pass"


def test_a_draft_that_other_returns_fit_whatever_it_needs_is_refused(checkout):
    lines = ["Directorate | Service", "Place | Parks", "Place | Roads"]
    with pytest.raises(ReturnRefused, match=r"also fit .*, which is another dataset's"):
        checkout.draft(checkout.csv(lines), name="moods")
    assert "moods" not in datasets()


def test_a_draft_can_be_written_into_another_checkout(checkout, tmp_path):
    told = checkout.draft(checkout.csv(PERMITS), name="parking", to=tmp_path / "fork")
    assert told.contract == tmp_path / "fork/data/reference/datasets/parking.yml"
    assert yaml.safe_load(told.contract.read_text("utf-8"))["dataset"] == "parking"
    assert told.suite == tmp_path / "fork/expectations/parking.json"


def test_a_sample_in_thousands_is_read_in_pounds(checkout):
    told = read(checkout.csv(["Ward | Cost £000", "Docks | 3", "Hill | 4"]))
    assert list(told.reading.frame.cost_000_gbp) == [3_000, 4_000]


def test_a_file_that_says_which_rows_are_its_headings_is_taken_at_its_word(checkout):
    sample = checkout.folder / "permits.parquet"
    pd.DataFrame({"2024": ["a", "b"], "Cost £": [3.0, 4.0]}).to_parquet(sample)
    told = read(sample)
    assert [column.name for column in told.dataset.columns] == ["year_2024", "cost_gbp"]
    assert len(told.reading.frame) == 2
