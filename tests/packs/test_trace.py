"""A number back to its rows, over real packs: what is printed, what is refused, what is left."""

import csv
import io
import json
import re
import shutil
import stat

import pytest
from workbench import REFERENCE, ROOT, laid, summed

from peerpack.errors import NotFound, NotReproducible, PackTampered, RecordRefused
from peerpack.packs import trace as packs
from peerpack.packs.opened import open_pack
from peerpack.packs.trace.follow import Tracer
from peerpack.packs.trace.masks import personal_columns
from peerpack.packs.versions import sha256_of

REFERENCE_FILE = "2024-25-Q1/published_figures.csv"


def place(root, council="liverpool"):
    """A checkout whose data and notebooks a test may change: all else is the real one's."""
    (root / "data").mkdir(parents=True)
    for name in ("lib", "expectations", "requirements.lock", "data/reference"):
        (root / name).symlink_to(ROOT / name)
    for name in (f"data/{council}", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    return root


@pytest.fixture
def here(tmp_path, monkeypatch):
    root = place(tmp_path / "main")
    monkeypatch.setenv("PEERPACK_ROOT", str(root))
    return root


def traced(id_, pack=REFERENCE):
    return next(packs.traces([id_], pack, reports=pack.parents[2]))


def said(found):
    return "\n".join(packs.as_lines(found))


def printed(found):
    return json.loads("".join(packs.as_json(found)))


def written(found, path):
    packs.write_csv(found, path)
    return list(csv.DictReader(io.StringIO(path.read_text())))


def test_a_published_figure_leads_to_the_lines_it_was_worked_out_from(here):
    text = said(traced("#e-L05"))
    assert "published_figures.csv, line 6: id: L03" in text
    assert "Worked out as: 100 × numerator / denominator" in text
    assert open_pack(REFERENCE).inputs["lock"] in text


def test_a_file_that_goes_by_another_name_is_found_by_its_bytes(here):
    file = here / "data/liverpool" / REFERENCE_FILE
    (here / "data/liverpool/kept").mkdir()
    file.rename(here / "data/liverpool/kept/figures as sent.csv")
    found = traced("L05")
    assert not found.not_here
    assert {row.file for row in found.rows()} == {"published_figures.csv"}


def test_a_return_that_is_not_here_is_named_and_what_the_pack_knows_is_printed(here, tmp_path):
    (here / "data/liverpool" / REFERENCE_FILE).unlink()
    found = traced("L05")
    assert "Value: 1.35287307100601 %" in said(found)
    assert "no file of these bytes" in said(found)
    assert printed(found)["rows"] == []
    with pytest.raises(NotFound, match=r"published_figures of 2024-25-Q1: published_figures\.csv"):
        packs.refuse_incomplete(found)
    with pytest.raises(NotFound):
        packs.write_csv(found, tmp_path / "rows.csv")
    assert not (tmp_path / "rows.csv").exists()


def test_a_return_whose_bytes_moved_is_said_to_have_moved(here):
    with (here / "data/liverpool" / REFERENCE_FILE).open("a") as file:
        file.write("\n")
    with pytest.raises(NotReproducible, match="the bytes are not those of the pack's receipt"):
        packs.refuse_incomplete(traced("L05"))


def test_a_correction_written_since_is_said_to_have_moved(here):
    folder = here / "data/liverpool/corrections"
    folder.mkdir(exist_ok=True)
    (folder / "late.yml").write_text(
        "- {id: late-1, dataset: published_figures, reason: Misread, author: A. Analyst, "
        "date: 2024-07-09, where: {claim_id: L03}, column: stated_value, expect: 7.677, value: 8}\n"
    )
    with pytest.raises(NotReproducible, match="the corrections written of it are not those"):
        packs.refuse_incomplete(traced("L05"))


def test_a_correction_is_told_with_the_rows_that_it_changed(here, tmp_path):
    """The reference pack as if it had been built with one correction."""
    test_a_correction_written_since_is_said_to_have_moved(here)
    pack = laid(tmp_path / "r")
    receipt = json.loads((pack / "quality/published_figures.json").read_text())
    tracer = Tracer(open_pack(pack))
    reread = tracer._returns
    own = open_pack(pack).receipts["published_figures", "2024-25-Q1"]
    digest = _digest_now(reread, own)
    receipt |= {"sha256": digest, "corrections": [
        {"id": "late-1", "reason": "Misread", "column": "stated_value", "rows_n": 1}]}  # fmt: skip
    (pack / "quality/published_figures.json").write_text(json.dumps(receipt))
    lineage = open_pack(pack, checked=False).lineage.assign(sha256=digest)
    lineage.to_parquet(pack / "lineage.parquet")
    found = traced("L05", summed(pack))
    (changed,) = (row for row in found.rows() if row.corrected)
    assert (changed.line, changed.corrected, changed.read["stated_value"]) == (6, ("late-1",), 8.0)
    assert changed.cells["stated_value"] == "7.677"
    told = printed(found)["returns"][0]["corrections"]
    assert told == [{"id": "late-1", "reason": "Misread", "rows": [changed.source_row]}]
    assert "line 6 (corrected by late-1)" in said(found)


def _digest_now(returns, receipt):
    from peerpack.intake import as_received, corrections_of

    paths = [returns._path(file.name, file.sha256) for file in receipt.files]
    return as_received(paths, receipt, corrections_of("liverpool", ())).sha256


def test_a_receipt_that_names_a_place_and_not_a_file_is_refused(here, tmp_path):
    pack = laid(tmp_path / "r")
    path = pack / "quality/published_figures.json"
    told = json.loads(path.read_text())
    told["files"][0]["name"] = "../../../etc/passwd"
    path.write_text(json.dumps(told))
    with pytest.raises(PackTampered, match=r"names '\.\.', which is no file"):
        traced("L05", summed(pack))


def test_what_a_cell_holds_moves_no_cursor(here):
    found = traced("L05")
    found.row["note"] = "red\x1b[31m\r\u202egnp"
    assert "red [31m  gnp" in said(found)


def test_a_sum_is_the_sum_of_its_lines_and_the_csv_is_whole_and_private(
    northborough, checkout, monkeypatch, tmp_path
):
    monkeypatch.setenv("PEERPACK_ROOT", str(checkout.root))
    found = traced("KF01", northborough)
    rows = [r for r in written(found, tmp_path / "r.csv") if r["role"] == "numerator"]
    assert stat.S_IMODE((tmp_path / "r.csv").stat().st_mode) == 0o600
    assert sum(float(row["variance_gbp"]) for row in rows) == found.row["numerator"]
    assert (rows[0]["file"], rows[0]["line"]) == ("Budget Monitoring P3 (invented).xlsx", "8")
    assert "and 39 more: --csv FILE" in said(found)
    assert [path.name for path in tmp_path.iterdir()] == ["r.csv"]


def test_the_json_says_for_each_row_where_it_stands_and_what_was_read(
    northborough, checkout, monkeypatch
):
    monkeypatch.setenv("PEERPACK_ROOT", str(checkout.root))
    told = printed(traced("KF01/directorate=Place", northborough))
    row = next(each for each in told["rows"] if each["role"] == "numerator")
    assert {"evidence_id", "formula", "operands", "code_sha256", "lock_sha256"} <= told.keys()
    assert row["source_row"] == 1_000_000_000 + row["line"]
    assert row["read"]["cost_centre"] == row["cells"]["Cost Centre"]
    assert {r["role"] for r in told["rows"]} == {"numerator", "denominator"}
    assert told["returns"][0]["receipt"] == "quality/budget_monitoring.json"
    assert told["moved"] == told["not_here"] == []


def test_evidence_of_the_packs_own_tables_leads_into_the_pack(northborough, checkout, monkeypatch):
    monkeypatch.setenv("PEERPACK_ROOT", str(checkout.root))
    lines = (northborough / "evidence.csv").read_text().split("\n")
    rows = list(traced("KG14", northborough).rows())
    assert {row.file for row in rows} == {"evidence.csv"}
    assert all(lines[row.line - 1].startswith(row.read["evidence_id"]) for row in rows)
    (receipt,) = (
        row for row in traced("KG17/measure=datasets&outcome=pass", northborough).rows()
        if row.role == "numerator" and row.read["dataset"] == "hr_positions"
    )  # fmt: skip
    assert (receipt.file, receipt.read["outcome"]) == ("quality/hr_positions.json", "pass")


def test_a_suppressed_figure_is_refused(northborough):
    with pytest.raises(RecordRefused, match="KW04/directorate=Place is suppressed") as stop:
        traced("KW04/directorate=Place", northborough)
    assert stop.value.exit_code == 31


@pytest.fixture(scope="module")
def people(northborough, checkout, tmp_path_factory):
    """Sickness traced: the notebook run again once, watched for what it leaves behind."""
    scratch = tmp_path_factory.mktemp("scratch")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PEERPACK_ROOT", str(checkout.root))
        patch.setattr("tempfile.tempdir", str(scratch))
        before = {p: sha256_of(p) for p in northborough.rglob("*") if p.is_file()}
        tracer = Tracer(open_pack(northborough))
        tracer.trace("KW01")
        assert not list(scratch.iterdir())
        assert before == {p: sha256_of(p) for p in northborough.rglob("*") if p.is_file()}
        yield tracer


def test_rows_that_the_pack_does_not_name_are_found_again_and_people_are_masked(people):
    lineage = people._pack.lineage.set_index(["evidence_id", "role"])["rows"]
    assert lineage["KW04", "numerator"] == "[c]"
    rows = list(people.trace("KW04").rows())
    held = {r.read["person_ref"]: r for r in rows if r.role == "weight"}
    spells = [r for r in rows if r.role == "numerator"]
    assert len(spells) == 14
    assert {row.read["person_ref"] for row in spells} <= held.keys()
    for row in rows:
        masked = [row.read[c] for c in personal_columns(row.dataset) if row.read[c] is not None]
        assert all(each.startswith("[masked ") for each in masked)
    assert {row.read["directorate"] for row in held.values()} == {"[c]"}


def test_no_personal_value_of_the_returns_stands_in_a_trace(people):
    returns = people._returns
    text = "".join(packs.as_json(people.trace("KW01")))
    printed_words = set(re.findall(r'"([^"]*)"', text))
    frame = returns.of(people._pack.receipts["hr_positions", "2024-25-Q1"]).frame
    assert "POS20037" in printed_words
    for column in ("person_ref", "person_name"):
        values = set(frame[column].dropna())
        assert len(values) > 500
        assert not values & printed_words


def test_a_figure_of_the_same_people_as_a_suppressed_one_is_refused(people):
    with pytest.raises(RecordRefused, match="same rows as a suppressed figure's"):
        people.trace("KW01/directorate=Place")


def test_a_part_that_is_shown_is_traced_to_its_own_rows_alone(people):
    team = "KW01/directorate=Place&team=Highways%20Team"
    spells = [row for row in people.trace(team).rows() if row.role == "numerator"]
    whole = {row.source_row for row in people.trace("KW01").rows() if row.role == "numerator"}
    assert {row.source_row for row in spells} < whole


def test_of_people_no_row_is_shown_where_the_notebook_could_not_be_run(
    people, northborough, monkeypatch
):
    lost = Tracer(open_pack(northborough))
    path = lost._returns._path
    monkeypatch.setattr(
        lost._returns, "_path", lambda name, sha: None if "absence" in name else path(name, sha)
    )
    assert not lost.trace("KF01").not_here
    found = lost.trace("KW01")
    assert not lost.trace("KF01").not_here
    assert {row.dataset for row in found.rows()} == {"neighbour_figures"}
    assert "the pack does not name its rows, and they were not found again" in said(found)


def test_a_notebook_that_fails_leaves_nothing_and_its_pack_is_not_reproducible(
    northborough, tmp_path, monkeypatch
):
    """A checkout in which somebody has broken the notebook since."""
    root = place(tmp_path / "main", "northborough")
    path = root / "notebooks/05-who-is-off-sick-and-why.ipynb"
    notebook = json.loads(path.read_text())
    imports = next(cell for cell in notebook["cells"] if cell["id"] == "imports")
    imports["source"] = 'raise ValueError("broken since")'
    path.write_text(json.dumps(notebook))
    monkeypatch.setenv("PEERPACK_ROOT", str(root))
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    with pytest.raises(NotReproducible, match="cell `imports`: ValueError: broken since") as stop:
        traced("KW04", northborough)
    assert str(tmp_path) not in str(stop.value)
    assert not list((tmp_path / "scratch").iterdir())


@pytest.mark.parametrize("built_pack", ["northborough", "trafford"])
def test_every_figure_of_a_pack_knows_its_rows_its_receipt_its_cell_and_its_digests(
    request, built_pack
):
    pack = open_pack(request.getfixturevalue(built_pack))
    own = {(r.dataset, r.sha256): r for r in pack.receipts.values()}
    shown = pack.evidence[pack.evidence["value"].notna()]
    assert (shown[["notebook", "cell", "dataset", "dataset_sha256", "verdict"]] != "").all(
        axis=None
    )
    assert shown["rows_n"].notna().all()
    assert set(shown["evidence_id"]) <= set(pack.lineage["evidence_id"])
    assert {*pack.lineage[["dataset", "sha256"]].itertuples(index=False, name=None)} <= own.keys()
    named = {f"notebooks/{name}.ipynb" for name in shown["notebook"]}
    assert all((pack.folder / name).is_file() for name in named)
    cells = json.loads((pack.folder / sorted(named)[0]).read_text())["cells"]
    assert {*shown.loc[shown["notebook"] == sorted(shown["notebook"])[0], "cell"]} <= {
        cell["id"] for cell in cells
    }
    assert all(len(pack.inputs[name]) == 64 for name in ("code", "lock"))
