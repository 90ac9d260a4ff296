"""Every way a build ends, as a person meets it: an exit code and one readable paragraph."""

import json
import re
import shutil
import subprocess
import sys

import pytest
from workbench import LIVERPOOL, NORTHBOROUGH, REAL, tree, visible

from peerpack.cli import main

LIVERPOOL_FOLDER = "data/liverpool/2024-25-Q1"
HR = "data/northborough/2024-25-Q1/hr positions (invented).csv"
FIRST = "notebooks/01-what-do-the-published-figures-say.ipynb"


def refused(told, code):
    """The one paragraph of a command that stopped as it should."""
    assert told.returncode == code, told.stderr
    assert "Traceback" not in told.stderr
    said = [line for line in told.stderr.splitlines() if line.startswith("peerpack: ")]
    assert len(said) == 1
    return said[0]


@pytest.fixture
def in_this_process(checkout, monkeypatch, capsys):
    """`in_this_process("build", …)`: what `main` makes of the words, without a start of its own."""
    monkeypatch.delenv("PEERPACK_DATA", raising=False)

    def told(*words, of=checkout):
        monkeypatch.setenv("PEERPACK_ROOT", str(of.root))
        monkeypatch.setattr(sys, "argv", ["peerpack", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return subprocess.CompletedProcess(words, left.value.code, said.out, said.err)

    return told


def changed(path, old, new):
    before = path.read_bytes()
    assert old in before
    path.write_bytes(before.replace(old, new, 1))


@pytest.fixture
def poisoned(own_checkout):
    """Liverpool's figures with a claim whose number is no number of a claim: the gate stops."""
    changed(own_checkout.root / LIVERPOOL_FOLDER / "published_figures.csv", b"\nL05,", b"\n5,")
    return own_checkout


def test_strict_publishes_nothing_when_a_gate_stops(poisoned, tmp_path, in_this_process):
    told = in_this_process(
        "build", *LIVERPOOL, "--strict", "--reports", tmp_path / "reports", of=poisoned
    )
    assert "claim-id-well-formed" in refused(told, 21)
    assert visible(tmp_path / "reports", *LIVERPOOL) == []


def test_check_reports_every_return_and_exits_21_when_a_gate_stops(poisoned, in_this_process):
    told = in_this_process("check", *LIVERPOOL, of=poisoned)
    assert "claim-id-well-formed" in refused(told, 21)
    assert "verdict: stop" in told.stdout
    assert "verdict: pass" in told.stdout


def test_one_stopped_return_of_several_withholds_only_what_needs_it(own_checkout, tmp_path):
    line = next(
        each for each in (own_checkout.root / HR).read_bytes().splitlines(keepends=True)
        if b",Council,Permanent,Full Time,1.00," in each
    )  # fmt: skip
    broken = line.replace(b",Council,Permanent", b",Academy,Permanent")
    changed(own_checkout.root / HR, line, broken)
    for name in ("resident survey (invented).csv", "position-statement.md"):
        (own_checkout.root / HR).with_name(name).unlink()
    told = own_checkout.peerpack("build", *NORTHBOROUGH, "--reports", tmp_path / "reports")
    assert told.returncode == 0, told.stderr
    pack = (tmp_path / "reports").joinpath(*NORTHBOROUGH, "v001")
    assert [p.name[:2] for p in sorted((pack / "notebooks").iterdir())] == ["02", "07"]
    manifest = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))
    held = {w["notebook"][:2]: w["why"] for w in manifest["withheld"]}
    assert "location-type-known" in held["05"]
    assert held["01"] == held["03"] == "no evidence supplied"
    page = (pack / "index.html").read_text(encoding="utf-8")
    assert "did not pass its checks" in page
    assert own_checkout.peerpack("verify", pack).returncode == 0


def test_a_failing_cell_is_named_and_the_last_good_pack_stays_as_it_was(
    own_checkout, liverpool, tmp_path
):
    reports = shutil.copytree(liverpool.parents[2], tmp_path / "reports")
    before = tree(reports / "liverpool")
    path = own_checkout.root / FIRST
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = next(c for c in notebook["cells"] if c["id"] == "compute")
    cell["source"] = 'raise ValueError("the claims do not add up")'
    path.write_text(json.dumps(notebook), encoding="utf-8")
    told = own_checkout.peerpack("build", *LIVERPOOL, "--reports", reports)
    said = refused(told, 30)
    assert f"{path.name}, cell `compute`: ValueError: the claims do not add up." in said
    assert tree(reports / "liverpool") == before
    kept = reports / ".runs" / "liverpool-2024-25-Q1" / path.name
    assert str(kept) in said
    assert kept.parent.stat().st_mode & 0o777 == 0o700
    cells = {c["id"]: c for c in json.loads(kept.read_text(encoding="utf-8"))["cells"]}
    assert cells["compute"]["outputs"][-1]["ename"] == "ValueError"
    assert cells["admit"]["execution_count"]
    assert list((reports / ".scratch").iterdir()) == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("build", "atlantis", "2024-25-Q1"), 10, "atlantis"),
        (("build", "../liverpool", "2024-25-Q1"), 2, "../liverpool"),
        (("build", "liverpool", "2024-Q1"), 2, "2024-25-Q1 for April to June 2024"),
        (("build", "liverpool", "2024-25-Q5"), 2, "2024-25-Q5"),
        (("build", "liverpool", "2019-20-Q1"), 10, "no data root holds the folder"),
        (("check", "liverpool", "2019-20-Q1"), 10, "no data root holds the folder"),
        (("verify", "nowhere"), 10, "no pack here"),
        (("build",), 2, "give a council and a quarter, or --all and a quarter"),
    ],
)
def test_what_is_not_there_or_cannot_be_meant_is_refused(
    words, code, said, in_this_process, tmp_path
):
    more = ("--reports", tmp_path / "reports") if words[0] == "build" else ()
    assert said in refused(in_this_process(*words, *more), code)
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize("words", [("build", *LIVERPOOL, "--fast"), ("verify",), ("bild",)])
def test_a_word_that_no_command_knows_is_refused_with_2(words, in_this_process):
    told = in_this_process(*words)
    assert told.returncode == 2
    assert re.search("Usage: .*peerpack", told.stderr)
    assert "Traceback" not in told.stderr


def test_a_folder_in_which_no_file_fits_a_dataset_is_refused_with_10(
    own_checkout, tmp_path, in_this_process
):
    folder = own_checkout.root / "data" / "sefton" / "2025-26-Q1"
    folder.mkdir()
    (folder / "minutes.csv").write_text("who,what\nThe chair,Welcome\n")
    told = in_this_process(
        "build", "sefton", "2025-26-Q1", "--reports", tmp_path / "r", of=own_checkout
    )
    assert "none of 1 files fits a dataset" in refused(told, 10)


@pytest.fixture
def damaged(own_checkout):
    """Liverpool with a workbook beside its returns that breaks off in the middle."""
    whole = own_checkout.root / "data/northborough/2024-25-Q1/Budget Monitoring P3 (invented).xlsx"
    path = own_checkout.root / LIVERPOOL_FOLDER / "figures.xlsx"
    path.write_bytes(whole.read_bytes()[:4000])
    return path


def test_a_return_that_cannot_be_read_is_refused_with_11_and_named(
    damaged, own_checkout, tmp_path, in_this_process
):
    by_hand = '[assign]\n"figures.xlsx" = "published_figures"\n'
    damaged.with_name("returns.toml").write_text(by_hand)
    told = in_this_process("build", *LIVERPOOL, "--reports", tmp_path / "reports", of=own_checkout)
    assert "figures.xlsx" in refused(told, 11)


def test_a_file_that_nobody_said_is_a_return_is_told_as_not_used(
    damaged, own_checkout, in_this_process
):
    told = in_this_process("check", *LIVERPOOL, of=own_checkout)
    assert told.returncode == 0, told.stderr
    assert "not used: figures.xlsx" in told.stdout


def test_a_correction_that_no_longer_fits_is_refused_with_12_and_named(
    own_checkout, tmp_path, in_this_process
):
    folder = own_checkout.root / "data" / "liverpool" / "corrections"
    folder.mkdir()
    (folder / "2024.yml").write_text(
        "- {id: figures-001, dataset: published_figures, reason: Mended, author: A. Analyst,\n"
        "   date: 2024-07-09, where: {claim_id: L05}, column: unit, expect: pp, value: '%'}\n"
    )
    told = in_this_process("build", *LIVERPOOL, "--reports", tmp_path / "reports", of=own_checkout)
    assert "Correction figures-001: expected unit = 'pp'" in refused(told, 12)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("expect_column_values_to_not_be_null", "expect_column_values_to_be_nice"),
    ],
)
def test_a_suite_that_cannot_be_understood_is_refused_with_20(
    old, new, own_checkout, tmp_path, in_this_process
):
    changed(
        own_checkout.root / "expectations" / "published_figures.json", old.encode(), new.encode()
    )
    told = in_this_process("build", *LIVERPOOL, "--reports", tmp_path / "reports", of=own_checkout)
    assert "published_figures" in refused(told, 20)
    assert visible(tmp_path / "reports", *LIVERPOOL) == []


def test_real_returns_outside_the_checkout_are_found_by_data(in_this_process, tmp_path):
    if not (REAL / "trafford").is_dir():
        pytest.skip(f"needs {REAL}, real returns that are not part of the project")
    told = in_this_process("build", "trafford", "2024-25-Q4", "--reports", tmp_path / "r")
    assert "give --data" in refused(told, 10)
