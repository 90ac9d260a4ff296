"""Two packs held against each other: drawn tables, and copies of the reference pack."""

import json
import re
from functools import cache

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from remade import REFERENCE, RETURN, SHA, drawn, later_return, put, remade
from typer.testing import CliRunner

from peerpack import render
from peerpack.catalogue.load import datasets
from peerpack.cli.commands import app
from peerpack.errors import NotFound, PackTampered, UsageError
from peerpack.handover.difference import Contents, Figure
from peerpack.handover.evidence import EVIDENCE_COLUMNS
from peerpack.packs.diff import difference, opened, write_page
from peerpack.packs.diff.compare import drawings
from peerpack.packs.diff.contents import Compared, contents
from peerpack.packs.diff.figures import FIELDS, beyond, by_id, figures_moved
from peerpack.packs.diff.rows import RowsOf
from peerpack.packs.opened import open_pack
from peerpack.sources import no_rows

ONE = {"evidence_id": "KW02", "value": 4.0, "display": "4.0%"}
KG, L = "KG16/measure=late", "L05"
CODE = "the workbook's code changed"
SETTINGS = json.loads((REFERENCE / "manifest.json").read_bytes())["inputs"]["council_files"]
A, B = "a" * 64, "b" * 64


def moved(old, new):
    (only,) = figures_moved(by_id(drawn(old)), by_id(drawn(new)))
    return only


@cache
def reference():
    return open_pack(REFERENCE)


def held(now, *roots):
    """The difference of the reference pack and a folder."""
    return difference(reference(), open_pack(now), roots)


def figures(told):
    return {each.evidence_id: each for each in told.evidence}


@pytest.fixture
def other(tmp_path):
    """`other(**edits)`: the difference of the reference pack and a copy of it with these edits."""

    def make(*roots, **edits):
        return held(remade(tmp_path / "v002", **edits), *roots)

    return make


# Which figures moved, and by how much


def test_a_pack_beside_itself_is_identical_and_a_copy_that_says_the_same_is_alike(other):
    same = held(REFERENCE)
    assert (same.identical, same.evidence, same.files, same.inputs) == (True, (), (), ())
    copy = other()
    assert (copy.identical, copy.evidence, copy.inputs) == (False, (), ())
    assert {"evidence.csv", "evidence.parquet"} <= {each.name for each in copy.files}


def test_every_column_of_the_evidence_is_compared_or_is_whose_it_is():
    compared = [name for names in FIELDS.values() for name in names] + ["value"]
    whose = ["evidence_id", "council", "quarter", "dataset_sha256"]
    assert sorted(compared + whose) == sorted(EVIDENCE_COLUMNS)


@pytest.mark.parametrize(("old", "new", "said"), [
    ((40.0, "%"), (42.5, "%"), (2.5, "pp", 6.25)),
    ((0.0, "GBP"), (7.0, "GBP"), (7.0, "GBP", None)),
    ((-50.0, "GBP"), (-25.0, "GBP"), (25.0, "GBP", 50.0)),
    ((1.0, "GBP m"), (1e6, "GBP"), (None, "", None)),
    ((None, "%"), (3.0, "%"), (None, "", None)),
])  # fmt: skip
def test_a_figure_moved_by_so_much_in_its_unit_and_of_what_it_was(old, new, said):
    sides = ({"evidence_id": "X", "value": value, "unit": unit} for value, unit in (old, new))
    only = moved(*sides)
    assert only.what == "moved"
    assert (only.change, only.change_unit, only.relative_pct) == said


def test_the_last_digits_of_arithmetic_are_noise_and_are_still_told():
    assert moved(ONE, ONE | {"value": 4.0 + 1e-12}).what == "noise"
    assert moved(ONE, ONE | {"value": 4.0 + 1e-6}).what == "moved"


@pytest.mark.parametrize(("of", "cells"), [
    ("status", {"status": "p"}), ("target", {"target": 3.0}), ("rating", {"rag": "red"}),
    ("comparator", {"comparator": "Others"}), ("interval", {"lower": 1.0}),
    ("verdict", {"verdict": "warn"}), ("definition", {"title": "Another"}),
    ("direction", {"direction": "worsening"}), ("operands", {"numerator": 2.0}),
    ("display", {"display": "4%"}), ("period", {"period": "2024-25"}),
])  # fmt: skip
def test_a_figure_of_the_same_value_may_be_said_otherwise_and_it_is_told_in_what(of, cells):
    only = moved(ONE, ONE | cells)
    assert (only.what, [field.of for field in only.fields]) == ("said otherwise", [of])
    assert only.relative_pct in (None, 0.0)


def test_a_figure_that_only_one_pack_has_appeared_or_vanished():
    then, now = by_id(drawn(ONE)), by_id(drawn(ONE | {"evidence_id": "KW03"}))
    assert [(each.evidence_id, each.what) for each in figures_moved(then, now)] == [
        ("KW03", "appeared"), ("KW02", "vanished"),
    ]  # fmt: skip


HIDDEN = ONE | {"value": None, "display": "[c]", "status": "c"}
TOLD = ONE | {"value": 71.0, "display": "71%", "base_n": 19.0, "lower": 62.0, "note": "13 of 19"}


def test_of_a_figure_that_either_pack_hides_nothing_is_said_but_that():
    marked = HIDDEN | {"display": "not shown"}
    for old, new, what in (
        (TOLD, HIDDEN, "hidden in B"), (HIDDEN, TOLD, "shown in B"), (TOLD, marked, "hidden in B"),
    ):  # fmt: skip
        only = moved(old, new)
        assert only.what == what
        assert not re.search("71|62|19", only.model_dump_json())
    assert list(figures_moved(by_id(drawn(HIDDEN)), by_id(drawn(HIDDEN)))) == []


@pytest.mark.parametrize(("old", "new", "said"), [
    ((10, 8, 12), (13, 12.5, 14), "beyond"),
    ((10, 8, 12), (13, 11, 15), "beyond"),
    ((10, 8, 12), (13, 9, 17), "within"),
    ((10, 8, 13), (13, 12.5, 14), "within"),
    ((10, None, None), (13, 12.5, 14), ""),
    ((10, 8, 12), (13, None, None), ""),
    ((10, 10, 10), (11, 11, 11), "beyond"),
])  # fmt: skip
def test_a_change_is_beyond_its_interval_where_each_value_is_outside_the_others(old, new, said):
    blank = {"display": "", "interval": "", "status": "", "period": ""}
    then, now = (Figure(value=v, lower=lo, upper=up, **blank) for v, lo, up in (old, new))
    assert beyond(then, now) == beyond(now, then) == said


FIGURES = st.builds(
    lambda value, below, above: Figure(
        value=value, lower=value - below, upper=value + above, display="", interval="", status="",
        period="",
    ),
    st.floats(-1e6, 1e6), st.floats(0, 1e3), st.floats(0, 1e3),
)  # fmt: skip


@given(FIGURES, FIGURES)
def test_whatever_the_figures_beyond_is_the_same_from_either_side(one, two):
    assert beyond(one, two) == beyond(two, one) != ""
    assert beyond(one, one) == "within"
    apart = one.upper < two.lower or two.upper < one.lower
    assert beyond(one, two) == "beyond" or not apart


# Why


@pytest.mark.parametrize(("inputs", "why"), [
    ({}, "unexplained: nothing that it rests on moved. Not reproducible?"),
    ({"code": A}, f"code: {CODE}"),
    ({"lock": A}, "library: requirements.lock changed"),
    ({"reference": A}, "reference: definitions or reference data changed"),
    ({"council_files": SETTINGS | {"council.toml": A}}, "reference: council.toml changed"),
    ({"as_at": "2024-07-15"}, "parameter: the as-at date changed"),
    ({"code": A, "lock": B}, f"one of: code: {CODE}; library: requirements.lock changed"),
    ({"council_files": {}, "reference": B},
     "reference, one of: definitions or reference data changed, council.toml went, pack.toml went"),
])  # fmt: skip
def test_a_figure_that_moved_is_explained_by_what_moved_and_can_touch_it(other, inputs, why):
    told = other(edit=put(L, value=9.0), inputs=inputs)
    assert [(each.evidence_id, each.why) for each in told.evidence] == [(L, why)]
    assert told.evidence[0].explained is bool(inputs)


def named(**inputs):
    """The inputs of the reference pack by name, some with another digest."""
    was = json.loads((REFERENCE / "manifest.json").read_bytes())["inputs"]
    return {given: was[given] | dict.fromkeys(names, A) for given, names in inputs.items()}


def test_its_own_notebook_and_the_suite_of_its_dataset_can_touch_it_and_no_other(other):
    own = ("01-what-do-the-published-figures-say.ipynb", "published_figures.json")
    others = ("02-where-will-the-budget-land.ipynb", "reserves.json")
    inputs = named(notebooks=[own[0], others[0]], suites=[own[1], others[1]])
    told = other(edit=put(L, value=9.0), inputs=inputs)
    assert told.evidence[0].candidates == (f"suite: {own[1]} changed", f"code: {own[0]} changed")
    assert told.evidence[0].causes == ("suite", "code")
    assert len(told.inputs) == 4


def test_another_notebook_that_moved_does_not_explain_it(other):
    told = other(edit=put(L, value=9.0), inputs=named(notebooks=["03-are-the-savings-real.ipynb"]))
    assert not told.evidence[0].explained
    assert "UNEXPLAINED: 1 figure moved although nothing that it rests on did: L05." in "\n".join(
        line.text for line in render.difference_lines(told)
    )


def test_the_pack_before_touches_directions_and_marks_of_revision_only(other):
    before = {"previous_pack": A}
    told = other(edit=put(KG, direction="improving", status="r"), inputs=before)
    assert figures(told)[KG].why == "previous pack: the pack of the quarter before changed"


def test_the_pack_before_does_not_move_a_value(other):
    told = other(edit=put(L, value=9.0, direction="improving"), inputs={"previous_pack": A})
    assert not figures(told)[L].explained


def test_a_later_return_explains_what_rests_on_it_and_nothing_else(other):
    edits = later_return(lambda lineage: lineage)
    mark = edits.pop("edit")
    # A correction of something else came too: none is laid over this return.
    edits["inputs"] |= {"corrections": [B]}
    told = other(edit=lambda t: put(L, value=9.0)(put(KG, value=9.0)(mark(t))), **edits)
    assert figures(told)[L].why == f"data: {RETURN} changed"
    assert figures(told)[KG].why.startswith("unexplained")


def test_the_same_file_with_another_digest_of_its_data_is_a_correction(other):
    edits = later_return(lambda lineage: lineage)
    receipt = json.loads((REFERENCE / "quality/published_figures.json").read_bytes())
    files = {"quality/published_figures.json": lambda t: t.replace(receipt["sha256"], SHA)}
    inputs = {"corrections": [B]} | named(returns=["peer_recommendations.csv"])
    told = other(edit=put(L, value=9.0), rows=edits["rows"], files=files, inputs=inputs)
    assert figures(told)[L].why == f"correction: a file of corrections, sha256 {B[:12]} came"


def test_what_rests_on_the_packs_own_tables_may_have_any_reason(other):
    def rows(lineage):
        own = lineage["dataset"] == "evidence"
        return lineage.assign(sha256=lineage["sha256"].mask(own, B))

    inputs = named(notebooks=["01-what-do-the-published-figures-say.ipynb"])
    lineage = pd.read_parquet(REFERENCE / "lineage.parquet")
    evidence_id = lineage.loc[lineage["dataset"] == "evidence", "evidence_id"].iloc[0]
    told = other(edit=put(evidence_id, value=9.0), rows=rows, inputs=inputs)
    assert figures(told)[evidence_id].causes == ("code",)


def test_another_quarter_or_council_is_said_before_everything_else(other, tmp_path):
    place = {"parameters": {"council": "sefton", "quarter": "2024-25-Q2"}}
    later = {
        f"quality/{path.name}": lambda text: text.replace('"2024-25-Q1"', '"2024-25-Q2"')
        for path in (REFERENCE / "quality").glob("*.json")
    }
    moved = {"council": "sefton", "quarter": "2024-25-Q2"}
    told = other(inputs=place, manifest=moved, files=later)
    assert told.parameter == (
        "another council: liverpool and sefton; another quarter: 2024-25-Q1 and 2024-25-Q2"
    )
    assert [line.text for line in render.difference_lines(told)][2].startswith("These are packs")
    assert told.returns == (), "the same returns, of each pack's own quarter"


# Which rows


def lines(id_, rows):
    def edit(lineage):
        own = (lineage["evidence_id"] == id_) & (lineage["role"] == "numerator")
        return lineage.assign(rows=lineage["rows"].mask(own, rows))

    return edit


def test_rows_of_a_file_that_both_packs_read_are_named_by_their_lines(other):
    told = other(edit=put(L, value=9.0), rows=lines(L, "1:6-7,9,12-14"), inputs={"code": A})
    (rows,) = figures(told)[L].rows
    assert (rows.how, rows.came_n, rows.left_n) == ("by line", 4, 1)
    assert [(of.file, of.lines) for of in rows.came] == [(RETURN, "9,12-14")]
    assert [(of.file, of.lines) for of in rows.left] == [(RETURN, "8")]


def test_a_figure_of_the_same_value_from_other_rows_is_told(other):
    told = other(rows=lines(L, "1:6-7,9"), inputs={"code": A})
    assert [(each.evidence_id, each.what) for each in told.evidence] == [(L, "said otherwise")]


def test_of_a_file_that_is_not_here_rows_are_not_compared_and_its_digest_is_named(other):
    told = other(**later_return(lambda lineage: lineage))
    gone = f"The return of v002 is not here as that pack read it: {RETURN}, sha256 {SHA}. "
    (told_return,) = told.returns
    assert not told_return.contents.compared
    assert told_return.contents.said.startswith(gone)
    assert told.evidence == ()


def test_a_file_that_moved_and_is_not_here_leaves_the_rows_of_a_moved_figure_uncounted(other):
    edits = later_return(lambda lineage: lineage)
    mark = edits.pop("edit")
    told = other(edit=lambda table: put(L, value=9.0)(mark(table)), **edits)
    (rows,) = figures(told)[L].rows
    assert (rows.how, rows.said[:30]) == ("not compared", "The return of v002 is not here")


def test_rows_of_another_file_are_counted_by_their_cells_and_one_read_no_more_has_gone(tmp_path):
    later = open_pack(remade(tmp_path / "v002", **later_return(lambda lineage: lineage)))
    own = reference().receipts["published_figures", "2024-25-Q1"].files[0].sha256
    then = {(own, ""): pd.Series([1, 2, 2], index=[6, 7, 8])}
    now = {(SHA, ""): pd.Series([2, 3], index=[6, 7])}
    known = {"published_figures": Compared(Contents(compared=True), then, now)}
    (rows,) = RowsOf(reference(), later, known).moved(L)
    assert (rows.how, rows.came_n, rows.left_n) == ("by cells", 2, 2), "3 and line 8; 1 and a 2"
    same = {(SHA, ""): pd.Series([2, 1, 2], index=[6, 7, 8])}
    known = {"published_figures": Compared(Contents(compared=True), then, same)}
    assert RowsOf(reference(), later, known).moved(L) == ()


def frame(dataset, *rows):
    empty = no_rows(datasets()[dataset])
    return pd.DataFrame(list(rows)).reindex(columns=empty.columns)


def test_rows_that_came_left_and_changed_are_told_by_their_cells():
    then = frame(
        "neighbour_figures",
        *(
            {"area": a, "indicator": "KF01", "value": v}
            for a, v in (("N", 1.0), ("O", 2.0), ("P", 3.0))
        ),
    )
    now = frame(
        "neighbour_figures",
        *(
            {"area": a, "indicator": "KF01", "value": v}
            for a, v in (("N", 1.0), ("O", 2.5), ("Q", 3.0))
        ),
    )
    told = contents(then, now, datasets()["neighbour_figures"])
    assert (told.came_n, told.left_n, told.changed_n) == (1, 1, 1)
    assert [row["area"] for row in (*told.came, *told.left)] == ["Q", "P"]
    (changed,) = told.changed
    assert changed.key["area"] == "O"
    assert [(cell.column, cell.old, cell.new) for cell in changed.cells] == [
        ("value", "2.0", "2.5")
    ]


def test_a_row_that_stands_twice_and_stood_once_came_once():
    row = {"area": "N", "indicator": "KF01", "value": 1.0}
    told = contents(frame("neighbour_figures", row), frame("neighbour_figures", row, row),
                    datasets()["neighbour_figures"])  # fmt: skip
    assert (told.came_n, told.left_n, told.changed_n) == (1, 0, 0)


def test_of_personal_data_rows_are_counted_and_no_cell_is_told():
    names = [c.name for c in datasets()["absence_spells"].columns]
    then = frame("absence_spells", dict.fromkeys(names, "Secret One"))
    now = frame("absence_spells", dict.fromkeys(names, "Secret Two"))
    told = contents(then, now, datasets()["absence_spells"])
    assert told.came_n + told.changed_n == 1
    assert "Secret" not in told.model_dump_json()


def test_personal_columns_are_masked_and_a_payee_is_named_as_a_pack_would():
    spend = datasets()["supplier_spend"]
    now = frame("supplier_spend", {"supplier": "Jane Roe"}, {"supplier": "Northby Council"})
    told = contents(frame("supplier_spend"), now, spend)
    assert "Roe" not in told.model_dump_json()
    assert [row["supplier"] for row in told.came][1] == "Northby Council"


# Charts and sentences


CHART = "exhibits/published-beside-comparators"


def page(told, now):
    return render.difference_page(told, drawings(told, reference(), open_pack(now))).decode()


def test_a_chart_that_changed_stands_side_by_side_with_ids_of_its_own(other, tmp_path):
    told = other(files={f"{CHART}.svg": lambda svg: svg.replace("<g ", "<g opacity='0.5' ", 1)})
    (chart,) = told.exhibits
    assert (chart.what, chart.drawing_moved, chart.numbers) == ("changed", True, ())
    html = page(told, tmp_path / "v002")
    assert html.count('role="img"') == 2
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    told_alt = re.findall(r'<desc id="[^"]+">([^<]+)', html)
    assert len(told_alt) == 2
    assert "Chart published" not in told_alt[0]


def test_the_numbers_of_a_chart_that_changed_are_named_by_their_evidence(other):
    def edited(text):
        head, first, *rest = text.splitlines()
        cells = first.split(",")
        cells[head.split(",").index("display")] = "77%"
        return "\n".join([head, ",".join(cells), *rest]) + "\n"

    told = other(files={f"{CHART}.csv": edited})
    (chart,) = told.exhibits
    assert (chart.drawing_moved, [each.new for each in chart.numbers]) == (False, ["77%"])


def test_a_drawing_that_runs_is_not_drawn_and_the_page_says_so(other, tmp_path):
    bad = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    told = other(files={f"{CHART}.svg": bad})
    html = page(told, tmp_path / "v002")
    assert "<script" not in html
    assert "Not drawn here." in html


def test_a_chart_and_a_sentence_of_a_figure_that_one_pack_hides_are_not_repeated(other, tmp_path):
    table = pd.read_csv(REFERENCE / f"{CHART}.csv")
    told = other(
        edit=put(table["evidence_id"].iloc[0], value=None, display="[c]", status="c"),
        files={
            "findings.json": lambda text: text.replace('"text": "', '"text": "Now 4217. ', 1),
            f"{CHART}.svg": lambda svg: svg.replace("<g ", "<g opacity='0.5' ", 1),
            f"{CHART}.csv": lambda text: text.replace("%", "4217%"),
        },
    )
    (silent,), (chart,) = told.findings, told.exhibits
    assert (silent.old, silent.new) == ("", "")
    assert (
        silent.not_said
        == chart.not_drawn
        == ("not repeated: it shows figures that one of the two packs hides")
    )
    assert chart.numbers[0].new == "hidden in one of the two"
    html = page(told, tmp_path / "v002")
    assert 'role="img"' not in html
    assert "Now 4217" not in html


def test_a_sentence_that_changed_stands_beside_the_one_it_was(other):
    told = other(files={"findings.json": lambda t: t.replace('"text": "', '"text": "Now ', 1)})
    (finding,) = told.findings
    assert (finding.what, finding.new) == ("changed", f"Now {finding.old}")


# The command


def test_hostile_words_are_text_on_the_page_and_printable_on_the_terminal(other, tmp_path):
    bad = "<script>alert(1)</script>\x1b[2J"
    told = other(edit=put(L, title=bad, value=9.0))
    assert "<script" not in page(told, tmp_path / "v002")
    assert all(line.text.isprintable() for line in render.difference_lines(told))


def test_a_pack_that_was_touched_is_not_compared(tmp_path):
    folder = remade(tmp_path / "v002")
    (folder / "findings.json").write_text("[]")
    with pytest.raises(PackTampered, match=r"findings\.json changed"):
        opened(REFERENCE, folder)
    with pytest.raises(NotFound, match="no pack here"):
        opened(REFERENCE, tmp_path / "v003")


def test_a_page_is_never_written_into_a_pack(tmp_path):
    folder = remade(tmp_path / "v002")
    packs = opened(folder, REFERENCE)
    with pytest.raises(UsageError, match="inside a pack"):
        write_page(folder / "diff.html", difference(*packs), *packs)
    with pytest.raises(UsageError, match="no folder"):
        write_page(tmp_path / "none" / "diff.html", difference(*packs), *packs)


def test_the_command_takes_a_versions_name_says_why_and_writes_page_and_json(tmp_path):
    first = remade(tmp_path / "v001")
    remade(tmp_path / "v002", edit=put(L, value=9.0, display="£9.0m"), inputs={"code": A})
    page = tmp_path / "diff.html"
    said = CliRunner().invoke(app, ["diff", str(first), "v002", "--html", str(page)])
    assert said.exit_code == 0
    assert f"why: code: {CODE}" in said.output
    assert page.read_text().startswith("<!DOCTYPE html>")
    told = json.loads(CliRunner().invoke(app, ["diff", str(first), "v002", "--json"]).output)
    assert [each["why"] for each in told["evidence"]] == [f"code: {CODE}"]
    same = CliRunner().invoke(app, ["diff", str(first), str(first)])
    assert "Identical" in same.output
