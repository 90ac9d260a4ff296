"""Real files that nobody here wrote: each is admitted whole by what was drafted from it."""

import csv
import shutil

import pytest

from peerpack.catalogue.places import project_root
from peerpack.errors import ReturnRefused
from peerpack.intake import supplied
from peerpack.vocab import Quarter

REAL = project_root().parent / "shared" / "real"
TRAFFORD = REAL / "trafford" / "2024-25-Q4"
INSPECTIONS = REAL / "spreadsheets" / "LA_Inspection_Outcomes_as_at_31_March_2025.ods"
Q1 = Quarter(2024, 1)
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/real is missing here")

SAMPLES = {
    TRAFFORD / "prompt_payment.csv": {"proportion_paid_on_time_pct", "not_paid_on_time_n"},
    TRAFFORD / "pay_multiple.csv": {"remuneration_value_gbp", "ratio", "effective_date"},
    TRAFFORD / "trafford_parking_account.csv": {"on_street_costs_total_gbp", "period"},
    TRAFFORD / "procurement_card_2024-25.csv": {"amount_gbp", "merchant_category_code"},
    TRAFFORD / "household_waste_recycling.csv": {"area_code", "value"},
    REAL / "england" / "LTLA-UTLA_Apr23_Lookup_England-Wales.csv": {"ltla23_cd", "utla23_nm"},
}


def rows_of(sample):
    """The rows by the csv module alone."""
    with sample.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def taken_in(checkout, sample):
    """What was drafted from a sample that lies in thirdtown's folder, where it is then known."""
    copy = checkout.folder / sample.name
    shutil.copyfile(sample, copy)
    told = checkout.draft(copy)
    assert supplied("thirdtown", Q1).assignment.files == {told.dataset.dataset: (copy,)}
    assert told.reading.quarantined == ()
    assert told.outcome == "pass"
    return told


@needs_real
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_row_of_a_real_table_is_admitted_by_its_draft_and_no_supplier_is_named(
    checkout, sample
):
    rows = rows_of(sample)
    told = taken_in(checkout, sample)
    assert (told.reading.rows_in, len(told.reading.frame)) == (len(rows) + 1, len(rows))
    assert {column.name for column in told.dataset.columns} >= SAMPLES[sample]
    assert not told.dataset.personal
    said = checkout.written(told) + "\n".join(told.doubts)
    assert [
        name for name in {row.get("BeneficiaryName") for row in rows} if str(name) in said
    ] == []


@needs_real
def test_the_largest_sheet_of_a_real_workbook_is_drafted_and_the_others_are_not_read(checkout):
    told = taken_in(checkout, INSPECTIONS)
    assert [file.sheet for file in told.reading.files] == ["ILACS_inspection_history"]
    aside = {each.reason: each.lines for each in told.reading.set_aside}
    assert aside == {"title": (1, 2), "header": (3,)}
    assert (told.reading.rows_in, len(told.reading.frame)) == (274, 271)
    assert told.dataset.keys == ("local_authority_area_code", "inspection_date")


@needs_real
def test_of_two_real_tables_with_the_same_headings_the_second_is_already_read(checkout):
    checkout.draft(TRAFFORD / "household_waste_recycling.csv")
    with pytest.raises(ReturnRefused, match="is already read as household_waste_recycling"):
        checkout.draft(TRAFFORD / "planning_applications_major.csv")
