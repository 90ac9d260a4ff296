"""A quarter laid out: forms that the desk knows once filled in, and nothing written over."""

import io
import re
import tomllib
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from peerpack.catalogue.load import council, dataset
from peerpack.errors import NotFound, UsageError
from peerpack.intake import supplied
from peerpack.packs.check import check
from peerpack.packs.new_quarter import new_quarter, supplied_by_councils
from peerpack.render.forms import LAST_ROW, asked, form, heading
from peerpack.vocab import Quarter

Q1 = "2024-25-Q1"
LEDGER = (
    "Directorate,Service,Cost Centre,Cost Centre Desc,Original Budget,Revised Budget,"
    "Forecast Outturn,Variance\nAdults,Homecare,01,Care,100,100,110,10\n"
)
NAMES = [each.dataset for each in supplied_by_councils()]


def test_an_empty_form_in_its_folder_is_no_return(tmp_path):
    new_quarter("northby", Q1, [tmp_path])
    with pytest.raises(NotFound, match="none of 0 files fits a dataset"):
        supplied("northby", Quarter(2024, 1), [tmp_path])


def test_a_filled_form_left_in_the_folder_of_forms_is_told_and_never_lost_sight_of(tmp_path):
    laid = new_quarter("northby", Q1, [tmp_path])
    (laid.folder / "ledger.csv").write_text(LEDGER)
    (laid.folder / "templates" / "budget_monitoring.xlsx").write_text("filled in")
    checked = check("northby", Q1, tmp_path.parent / "reports", [tmp_path])
    assert [each.dataset for each in checked.returns] == ["budget_monitoring"]
    assert [(each.name, each.why) for each in checked.not_used] == [(
        "templates/budget_monitoring.xlsx",
        "nothing in this folder is read; if it is filled in, move it one folder up",
    )]  # fmt: skip


def test_a_new_council_is_made_known_and_its_name_can_be_mended(tmp_path):
    laid = new_quarter("any-town", Q1, [tmp_path])
    assert council("any-town", [tmp_path]).name == "Any Town"
    assert tomllib.loads((laid.folder / "returns.toml").read_text()) == {}
    (tmp_path / "any-town" / "council.toml").write_text('slug = "any-town"\nname = "Ny"\n')
    new_quarter("any-town", "2024-25-Q2", [tmp_path])
    assert council("any-town", [tmp_path]).name == "Ny"


def test_a_council_that_stands_in_another_root_keeps_its_quarters_there(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    for root in (first, second):
        root.mkdir()
    new_quarter("northby", Q1, [second])
    laid = new_quarter("northby", "2024-25-Q2", [first, second])
    assert laid.folder == second / "northby" / "2024-25-Q2"
    assert list(first.iterdir()) == []


def test_a_quarter_with_returns_is_left_as_it_is_and_gets_the_missing_forms_alone(tmp_path):
    folder = tmp_path / "northby" / Q1
    (folder / "templates").mkdir(parents=True)
    (folder / "ledger.csv").write_text("mine")
    (folder / "templates" / "budget_monitoring.xlsx").write_text("mine too")
    laid = new_quarter("northby", Q1, [tmp_path])
    assert laid.returns_n == 1
    assert (folder / "ledger.csv").read_text() == "mine"
    assert (folder / "templates" / "budget_monitoring.xlsx").read_text() == "mine too"
    assert not (folder / "returns.toml").exists()
    assert {path.suffix for path in laid.made} == {".xlsx", ".toml"}
    assert len(laid.made) == len(NAMES)  # all forms but one, and council.toml


def test_laid_out_twice_nothing_is_made_again_and_the_bytes_are_the_same(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    made = []
    for root in (one, two):
        root.mkdir()
        made.append([p.read_bytes() for p in new_quarter("northby", Q1, [root]).made])
    assert made[0] == made[1]
    assert new_quarter("northby", Q1, [one]).made == ()


def test_a_root_that_is_not_there_is_refused_before_anything_is_made(tmp_path):
    with pytest.raises(UsageError, match="no such folder"):
        new_quarter("northby", Q1, [tmp_path / "typo"])
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_stand_is_refused(tmp_path):
    (tmp_path / "northby").write_text("a file")
    with pytest.raises(UsageError, match="Cannot write to"):
        new_quarter("northby", Q1, [tmp_path])


def test_the_workbooks_own_record_of_documents_has_no_form():
    assert not {"published_figures", "peer_recommendations", "service_plan_actions"} & {*NAMES}
    assert {"budget_monitoring", "hr_positions", "supplier_spend"} <= {*NAMES}


def rows_of(content, sheet):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python()


def test_a_form_heads_its_needed_columns_first_and_explains_each_in_words():
    content = form(dataset("hr_positions"))
    (head,) = rows_of(content, "HR positions")
    needed_n = sum(column.required for column in asked(dataset("hr_positions")))
    assert head[0] == "Personal Reference"
    guide = rows_of(content, "What goes where")
    at = next(n for n, row in enumerate(guide) if row[0] == "Heading")
    assert [row[0] for row in guide[at + 1 :]] == head
    assert [row[1] for row in guide[at + 1 :]].count("yes") == needed_n
    assert [row[1] for row in guide[at + 1 :]][:needed_n] == ["yes"] * needed_n


def test_a_form_about_people_asks_for_no_name():
    assert "Name" not in [heading(column) for column in asked(dataset("hr_positions"))]


def test_the_words_allowed_and_the_kind_of_a_cell_are_warned_of_as_they_are_typed():
    with zipfile.ZipFile(io.BytesIO(form(dataset("hr_positions")))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    rules = re.findall(r'<dataValidation type="(\w+)"[^>]*sqref="([A-Z])2:', sheet)
    head = [heading(column) for column in asked(dataset("hr_positions"))]
    kinds = {head[ord(place) - ord("A")]: kind for kind, place in rules}
    assert kinds["Location Type"] == "list"
    assert kinds["Position Start"] == "date"
    assert kinds["FTE"] == "decimal"
    assert f"{LAST_ROW + 1}" in sheet
    assert "<formula1>&quot;Council,School&quot;</formula1>" in sheet or (
        '<formula1>"Council,School"</formula1>' in sheet
    )
