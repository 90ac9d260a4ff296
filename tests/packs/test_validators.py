"""A pack as tools of others judge it: roc-validator and frictionless, in their own environment."""

import json
import os
import shutil

import pytest
from workbench import REAL, ROOT, run

BIN = ROOT / ".validators" / "bin"
CACHE = REAL / "rocrate" / "roc_cache.sqlite"


@pytest.fixture(autouse=True)
def _validators():
    if not BIN.is_dir():
        if os.environ.get("CI"):
            pytest.fail("No .validators here: `make test` makes it.")
        pytest.skip("No .validators here: `make test` makes it.")


def crate_faults(pack, profile, tmp_path):
    """What roc-validator holds against a pack, without a network."""
    if not CACHE.is_file():
        pytest.skip(f"No warm cache of the validator at {CACHE}: it would need a network.")
    shutil.copy(CACHE, tmp_path / "cache.sqlite")
    said = tmp_path / "said.json"
    words = ["rocrate-validator", "-y", "--disable-color", "validate", "--offline", "--no-paging",
             "--cache-path", tmp_path / "cache.sqlite", "-p", profile, "-l", "REQUIRED",
             "-f", "json", "-o", said, pack]  # fmt: skip
    done = run([BIN / words[0], *words[1:]])
    assert said.is_file(), done.stdout + done.stderr
    told = json.loads(said.read_text())
    return [(i["check"]["identifier"], i["message"]) for i in told["issues"]]


@pytest.mark.parametrize("profile", ["workflow-run-crate-0.5", "provenance-run-crate-0.5"])
def test_a_pack_is_a_run_crate(profile, northborough, tmp_path):
    assert crate_faults(northborough, profile, tmp_path) == []


def test_a_crate_without_its_run_is_none(northborough, tmp_path):
    pack = tmp_path / "pack"
    shutil.copytree(northborough, pack)
    path = pack / "ro-crate-metadata.json"
    crate = json.loads(path.read_text())
    crate["@graph"] = [each for each in crate["@graph"] if each["@type"] != "CreateAction"]
    path.write_text(json.dumps(crate))
    assert crate_faults(pack, "workflow-run-crate-0.5", tmp_path)


def table_faults(pack):
    done = run([BIN / "frictionless", "validate", "--json", "datapackage.json"], cwd=pack)
    told = json.loads(done.stdout)
    return [e["type"] for task in told["tasks"] for e in task["errors"]] + told["errors"]


def test_every_table_of_a_pack_is_as_its_data_package_says(northborough):
    assert table_faults(northborough) == []


def test_a_word_where_a_number_should_stand_is_noticed(northborough, tmp_path):
    pack = tmp_path / "pack"
    shutil.copytree(northborough, pack)
    lines = (pack / "comparators.csv").read_text().splitlines(keepends=True)
    lines[1] = lines[1].replace(lines[1].split(",")[-2], "many")
    (pack / "comparators.csv").write_text("".join(lines))
    assert "type-error" in table_faults(pack)
