"""A pack judges its own evidence: the same rows in a build and from the published pack."""

import json
import shutil

import pandas as pd
import pytest
from workbench import LIVERPOOL

from peerpack.catalogue import load
from peerpack.handover.evidence import EVIDENCE_COLUMNS, NUMBER_COLUMNS
from peerpack.intake import admit_if_supplied, own_tables
from peerpack.sources.assign import fits
from peerpack.vocab import Quarter

COUNCIL, QUARTER = LIVERPOOL
JUDGE = "07-how-good-is-this-evidence"


def evidence_of(pack):
    return pd.read_csv(pack / "evidence.csv", dtype="str", keep_default_na=False)


@pytest.fixture
def lying_there(liverpool, tmp_path, monkeypatch):
    """A checkout in which that pack was published, and no build is running."""
    load.own_tables(), load.datasets()
    shutil.copytree(liverpool, tmp_path / "reports" / COUNCIL / QUARTER / "v002")
    (tmp_path / "reports" / COUNCIL / QUARTER / "v001").mkdir()
    monkeypatch.setenv("PEERPACK_ROOT", str(tmp_path))
    monkeypatch.delenv("PEERPACK_ADMITTED", raising=False)
    return tmp_path / "reports" / COUNCIL / QUARTER / "v002"


def test_the_evidence_judged_is_that_of_all_other_notebooks_and_none_of_its_own(liverpool):
    rows = evidence_of(liverpool)
    receipt = json.loads((liverpool / "quality" / "evidence.json").read_text())
    assert [file["name"] for file in receipt["files"]] == sorted(set(rows["notebook"]) - {JUDGE})
    assert receipt["rows_admitted"] == (rows["notebook"] != JUDGE).sum()
    assert set(rows.loc[rows["dataset"] == "evidence", "dataset_sha256"]) == {receipt["sha256"]}
    (fresh,) = rows[rows["evidence_id"] == "KG17"].to_dict("records")
    assert fresh["denominator"] == str((rows["kind"] == "claim").sum())


def test_outside_a_build_the_published_pack_gives_the_same_rows_and_digest(lying_there):
    for name in ("evidence", "receipts"):
        told = json.loads((lying_there / "quality" / f"{name}.json").read_text())
        admission = admit_if_supplied(name, COUNCIL, QUARTER)
        assert admission.receipt.model_dump(mode="json") == told
        assert len(admission.frame) == told["rows_admitted"] > 0


def test_a_pack_that_was_changed_since_gives_nothing_and_says_why(lying_there):
    path = lying_there / "evidence.parquet"
    table = pd.read_parquet(path)
    table.loc[0, "note"] = "another"
    table.to_parquet(path)
    admission = admit_if_supplied("evidence", COUNCIL, QUARTER)
    assert not admission.supplied
    assert "built by other rules, or changed since" in admission.absent


def test_where_no_pack_was_published_there_is_nothing_to_judge(lying_there):
    shutil.rmtree(lying_there)
    assert admit_if_supplied("evidence", COUNCIL, QUARTER).absent == "no evidence supplied"


def test_a_file_with_the_columns_of_the_evidence_is_no_return(liverpool):
    found = fits([liverpool / "evidence.csv"], load.datasets(), {})
    assert found.files == {}
    assert "evidence" not in load.datasets()


def test_the_contract_of_the_evidence_has_its_columns():
    columns = load.dataset("evidence").columns
    assert tuple(c.name for c in columns) == EVIDENCE_COLUMNS
    assert {c.name for c in columns if c.kind == "number"} == set(NUMBER_COLUMNS)


def test_the_digest_of_the_evidence_does_not_depend_on_rows_of_the_notebook_that_judges(liverpool):
    table = pd.read_parquet(liverpool / "evidence.parquet")
    others = table[table["notebook"] != JUDGE]
    made = own_tables.of_evidence(others, COUNCIL, Quarter.parse(QUARTER))
    told = json.loads((liverpool / "quality" / "evidence.json").read_text())
    assert made.receipt.sha256 == told["sha256"]
    assert made.frame.index.is_unique


def test_receipts_list_what_a_council_could_have_supplied_and_not_the_packs_own_tables():
    made = own_tables.of_receipts((), COUNCIL, Quarter.parse(QUARTER)).frame
    assert set(made["outcome"]) == {"not supplied"}
    assert {"budget_monitoring", "resident_survey"} <= set(made["dataset"])
    assert not {"evidence", "receipts", "published_figures"} & set(made["dataset"])
