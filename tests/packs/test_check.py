"""A quarter checked from its files: every return told, whatever became of the others."""

import json

import pytest

from peerpack.errors import GateStopped, NotFound, ReturnRefused, StaleCorrection
from peerpack.packs.check import check, refuse, write_page

LEDGER = (
    "Directorate,Service,Cost Centre,Cost Centre Desc,Original Budget,Revised Budget,"
    "Forecast Outturn,Variance\n"
)
GOOD = "Adults,Homecare,01,Care,100,100,110,10\n"
PAID = "Payment Date,Effective Date,Amount,Supplier,Directorate,Transaction Number,Purpose\n"
PAYMENT = "0{}/04/2024,30/04/2024,5,A Ltd,Roads,T{},Works\n"
PEOPLE = (
    "Personal Reference,Position Reference,Absence Type,Reason,Absence Start,Start Part Day,"
    "Absence End,End Part Day,Days Lost,Certification\n"
)
SPELL = "Ann-1,P1,Sickness,Stress,07/05/2024,Full,09/05/2024,Full,3,\n"


@pytest.fixture
def desk(tmp_path):
    """A council's quarters in a data root: `put(name, text)`, and what a check says of them."""

    class Desk:
        root = tmp_path / "data"
        reports = tmp_path / "reports"

        def put(self, name, text, quarter="2024-25-Q1"):
            path = self.root / "northby" / quarter / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return self

        def check(self, quarter="2024-25-Q1"):
            return check("northby", quarter, self.reports, (self.root,))

        def results(self):
            return {each.dataset: each.result for each in self.check().returns}

    Desk.root.mkdir()
    made = Desk()
    made.put("../council.toml", 'slug = "northby"\nname = "Northby"\n')
    return made.put("ledger.csv", LEDGER + GOOD)


def test_a_good_quarter_passes_and_refuses_nothing(desk):
    checked = desk.check()
    assert [each.result for each in checked.returns] == ["pass"]
    assert (checked.not_used, checked.not_supplied, checked.quarter_before) == ((), (), "")
    refuse(checked)


def test_a_return_that_cannot_be_read_hides_no_other_and_ends_with_11(desk):
    desk.put("paid.csv", PAID + "soon,30/04/2024,5,A Ltd,Roads,T1,Works\n")
    assert desk.results() == {"budget_monitoring": "pass", "supplier_spend": "refused"}
    with pytest.raises(ReturnRefused, match=r"no row of paid.csv could be admitted"):
        refuse(desk.check())


def test_a_file_that_fits_two_datasets_hides_no_other_and_ends_with_11(desk):
    both = PAID.replace("Directorate,", "").strip() + f",{LEDGER}"
    checked = desk.put("both.csv", both).check()
    assert [(each.name, each.exit_code) for each in checked.not_used] == [("both.csv", 11)]
    assert [each.result for each in checked.returns] == ["pass"]
    with pytest.raises(ReturnRefused, match=r"both.csv fits budget_monitoring and supplier_spend"):
        refuse(checked)


STALE = """
- {id: c1, dataset: %s, reason: Agreed., author: A, date: 2024-07-09,
   where: {%s}, column: %s, expect: %s, value: null}
"""


def test_a_stale_correction_of_one_return_hides_no_other_and_ends_with_12(desk):
    stale = STALE % ("budget_monitoring", "cost_centre: '01'", "variance_gbp", "99")
    desk.put("../corrections/all.yml", stale).put("paid.csv", PAID + PAYMENT.format(2, 1))
    found = desk.results()
    assert found["budget_monitoring"] == "refused"
    assert found["supplier_spend"] != "refused"
    with pytest.raises(StaleCorrection, match=r"Correction c1: expected variance_gbp = 99"):
        refuse(desk.check())


def test_of_personal_data_a_stale_correction_is_named_without_the_value_it_quotes(desk):
    stale = STALE % ("absence_spells", "person_ref: Ann-1", "reason", "Cancer")
    desk.put("../corrections/all.yml", stale).put("sick.csv", PEOPLE + SPELL)
    checked = desk.check()
    told = next(each for each in checked.returns if each.dataset == "absence_spells")
    assert told.refused.startswith("Correction c1: it does not fit the rows it names.")
    assert "Cancer" not in checked.model_dump_json()


def test_a_return_that_a_gate_stops_ends_with_21_after_what_cannot_be_read(desk):
    desk.put("ledger.csv", LEDGER + GOOD + "Adults,Homecare,02,Day,,5,5,0\n")
    with pytest.raises(GateStopped, match=r"original-budget-gbp-given"):
        refuse(desk.check())
    desk.put("paid.csv", PAID + "soon,30/04/2024,5,A Ltd,Roads,T1,Works\n")
    with pytest.raises(ReturnRefused, match=r"And 1 more; the report tells"):
        refuse(desk.check())


def test_a_quarter_without_a_return_is_not_found(desk):
    desk.put("notes.csv", "Colour\nred\n", quarter="2024-25-Q3")
    with pytest.raises(NotFound, match="none of 1 files fits a dataset"):
        desk.check("2024-25-Q3")


def test_beside_last_quarter_the_same_file_a_lost_column_and_a_mended_check_are_told(desk):
    before = PAID + "".join(PAYMENT.format(day, day) for day in (2, 3)).replace("30/04/2024", "")
    now = PAID.replace("Purpose", "Spend Type")
    desk.put("paid.csv", before, "2023-24-Q4").put("paid.csv", now + PAYMENT.format(2, 1))
    desk.put("ledger.csv", LEDGER + GOOD, "2023-24-Q4").put(
        "sick.csv", PEOPLE + SPELL, "2023-24-Q4"
    )
    checked = desk.check()
    since = {each.dataset: each.since for each in checked.returns}
    assert checked.not_supplied == ("Absence spells",)
    assert since["supplier_spend"].columns.gone == ("Purpose",)
    assert "effective-date-given" in since["supplier_spend"].mended
    ledger = {check.id: check.found for check in since["budget_monitoring"].checks if check.found}
    assert list(ledger) == ["not-last-quarters-file"]
    assert {each.dataset: each.result for each in checked.returns} == {
        "budget_monitoring": "warn", "supplier_spend": "warn",
    }  # fmt: skip


def test_a_return_that_was_refused_last_quarter_is_still_admitted_now(desk):
    desk.put("ledger.csv", LEDGER + "Adults,Homecare,01,Care,TBC,1,1,0\n", "2023-24-Q4")
    (each,) = desk.check().returns
    assert each.result == "pass"
    assert "no row of ledger.csv could be admitted" in each.since.refused


def test_a_correction_of_this_quarter_does_not_hide_what_changed_since_the_last(desk):
    desk.put("ledger.csv", LEDGER + GOOD.replace(",10\n", ",11\n"), "2023-24-Q4")
    desk.put("../corrections/all.yml", STALE.replace("null", "12") % (
        "budget_monitoring", "cost_centre: '01'", "variance_gbp", "10"))  # fmt: skip
    (each,) = desk.check().returns
    assert (each.since.refused, each.since.uncorrected, each.since.rows_admitted) == ("", True, 1)


def test_the_page_is_written_whole_and_the_same_each_time(desk):
    page = write_page(desk.check(), desk.reports)
    first = page.read_bytes()
    assert page == desk.reports / "northby" / "2024-25-Q1" / "check.html"
    assert write_page(desk.check(), desk.reports).read_bytes() == first
    assert [path.name for path in page.parent.iterdir()] == ["check.html"]


def test_a_page_that_cannot_be_written_leaves_the_last_one(desk):
    page = write_page(desk.check(), desk.reports)
    first = page.read_bytes()
    page.with_name(".check.html.new").mkdir()
    desk.put("ledger.csv", LEDGER + GOOD * 2)
    with pytest.raises(IsADirectoryError):
        write_page(desk.check(), desk.reports)
    assert page.read_bytes() == first


def test_the_json_holds_everything_and_its_results(desk):
    told = json.loads(desk.check().model_dump_json())
    assert told["returns"][0]["result"] == "pass"
    assert told["returns"][0]["receipt"]["rows_admitted"] == 1
