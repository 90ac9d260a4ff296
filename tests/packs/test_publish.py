"""Versions appear whole, one at a time, and only when something changed."""

import json
import os
import re
import shutil
import time
from dataclasses import replace

import pytest
from workbench import LIVERPOOL, tree, visible

from peerpack.packs.build import build
from peerpack.packs.plan import plan
from peerpack.packs.verify import verify


@pytest.fixture
def reports(liverpool, tmp_path):
    """Reports that hold liverpool's pack, to publish beside."""
    return shutil.copytree(liverpool.parents[2], tmp_path / "reports")


@pytest.fixture
def here(own_checkout, monkeypatch):
    """Build within this process from a checkout of the test's own."""
    for name, value in own_checkout.env().items():
        if name.startswith(("PEERPACK_", "PYTHONPATH")):
            monkeypatch.setenv(name, value)
    monkeypatch.delenv("PEERPACK_DATA", raising=False)
    return own_checkout.root


def test_nothing_changed_says_so_gives_the_same_path_and_runs_no_notebook(checkout, reports):
    before = tree(reports)
    began = time.monotonic()
    told = checkout.peerpack("build", *LIVERPOOL, "--reports", reports)
    seconds = time.monotonic() - began
    assert (told.returncode, told.stderr) == (0, "nothing changed since v001\n")
    assert told.stdout == f"{reports.joinpath(*LIVERPOOL, 'v001')}\n"
    assert tree(reports) == before
    whole = json.loads(reports.joinpath(*LIVERPOOL, "v001", "build.json").read_text())["seconds"]
    assert seconds < max(whole, 5)


def test_forced_it_builds_v002_of_the_same_bytes(here, reports):
    first, second = (reports.joinpath(*LIVERPOOL, name) for name in ("v001", "v002"))
    told = build(*LIVERPOOL, reports=reports, force=True)
    assert (told.version.folder, told.new) == (second, True)
    done = {r.did: r.why for r in told.reasons if r.did != "withheld"}
    assert done == {"admitted": "--force", "ran": "--force"}, "nothing kept is believed"
    differ = {n for n in tree(first) | tree(second) if tree(first).get(n) != tree(second).get(n)}
    assert differ == {"build.json"}
    page = (second.parent / "index.html").read_text(encoding="utf-8")
    assert "v001" in page
    assert "v002" in page


def test_a_newest_version_that_was_tampered_with_is_no_reason_to_build_nothing(here, reports):
    first = reports.joinpath(*LIVERPOOL, "v001")
    (first / "evidence.csv").write_text("L05,86\n")
    told = build(*LIVERPOOL, reports=reports)
    assert told.version.folder == first.with_name("v002")
    assert {r.did for r in told.reasons} == {"not admitted again", "not run again", "withheld"}
    verify(told.version.folder)


def add_line(path, line):
    path.parent.mkdir(exist_ok=True)
    before = path.read_bytes() if path.is_file() else b""
    path.write_bytes(before + line.encode() + b"\n")


QUARTER = "data/liverpool/2024-25-Q1"
CHANGES = {
    "a return": (f"{QUARTER}/peer_recommendations.csv", ""),
}
MORE_CHANGES = {
    "a notebook": ("notebooks/04-what-is-collected-and-what-does-money-buy.ipynb", ""),
    "a suite": ("expectations/supplier_spend.json", ""),
    "a reference file": ("data/reference/indicators.yml", "# a word more"),
    "the council's file": ("data/liverpool/council.toml", "# a word more"),
    "a written correction": ("data/liverpool/corrections/none.yml", "[]"),
    "the as-at date": (f"{QUARTER}/pack.toml", "as_at = 2024-08-01"),
    "the position statement": (f"{QUARTER}/position-statement.md", "All is well."),
    "the outline of it": ("data/reference/position-statement.md", "All is well."),
    "an assignment by hand": (f"{QUARTER}/returns.toml", "[assign]"),
    "a file that is not used": (f"{QUARTER}/minutes.txt", "agreed"),
    "the package": ("lib/peerpack/words/sentences.py", "# a word more"),
    "a template": ("lib/peerpack/render/templates/style.css", "/* a word more */"),
    "the lock": ("requirements.lock", "# a word more"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_makes_a_new_version(change, here, reports):
    assert not build(*LIVERPOOL, reports=reports).new
    add_line(here / CHANGES[change][0], CHANGES[change][1])
    told = build(*LIVERPOOL, reports=reports)
    assert (told.version.name, told.new) == ("v002", True)
    assert verify(told.version.folder)
    assert not build(*LIVERPOOL, reports=reports).new


@pytest.mark.parametrize("change", CHANGES | MORE_CHANGES)
def test_every_input_of_the_design_is_among_the_inputs_that_are_compared(change, here, tmp_path):
    before = plan(*LIVERPOOL, (), tmp_path).inputs
    add_line(here / (CHANGES | MORE_CHANGES)[change][0], (CHANGES | MORE_CHANGES)[change][1])
    assert plan(*LIVERPOOL, (), tmp_path).inputs != before


def test_compiled_python_and_another_councils_returns_change_nothing(here, tmp_path):
    before = plan(*LIVERPOOL, (), tmp_path).inputs
    add_line(here / "lib/peerpack/__pycache__/cli.cpython-311.pyc", "")
    add_line(here / "data/sefton/2024-25-Q3/published_figures.csv", "")
    assert plan(*LIVERPOOL, (), tmp_path).inputs == before


def test_the_pack_of_an_earlier_quarter_is_an_input_by_its_digest(here, reports):
    assert plan(*LIVERPOOL, (), reports).inputs["previous_pack"] is None
    earlier = reports / "liverpool" / "2022-23-Q4"
    shutil.copytree(reports.joinpath(*LIVERPOOL), earlier)
    first = plan(*LIVERPOOL, (), reports).inputs["previous_pack"]
    assert re.fullmatch("[0-9a-f]{64}", first)
    shutil.copytree(earlier / "v001", earlier / "v002")
    (earlier / "v002" / "SHA256SUMS").write_text("another\n")
    assert plan(*LIVERPOOL, (), reports).inputs["previous_pack"] not in (None, first)


def test_of_two_builds_at_once_one_waits_and_finds_nothing_changed(checkout, tmp_path):
    reports = tmp_path / "reports"
    checkout = replace(checkout, again=True)
    both = [checkout.start("build", *LIVERPOOL, "--reports", reports) for _ in range(2)]
    told = [process.communicate(timeout=300) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert {out for out, _ in told} == {f"{reports.joinpath(*LIVERPOOL, 'v001')}\n"}
    assert sorted("nothing changed since v001" in said for _, said in told) == [False, True]
    assert sorted("ran 01-what-do-the-published" in said for _, said in told) == [False, True]
    assert visible(reports, *LIVERPOOL) == ["index.html", "v001"]


def bound_by_modes():
    """Root may write anywhere, unless it lays that right down."""
    if os.geteuid():
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("root needs setpriv (apt install util-linux) to be refused anything")
    return ("setpriv", "--bounding-set=-dac_override", "--")


@pytest.mark.parametrize("closed", ["reports", ".locks"])
def test_a_folder_that_may_not_be_written_is_said_in_one_paragraph(closed, checkout, tmp_path):
    reports = tmp_path / "reports"
    folder = reports if closed == "reports" else reports / closed
    folder.mkdir(parents=True)
    folder.chmod(0o555)
    process = checkout.start("build", *LIVERPOOL, "--reports", reports, prefix=bound_by_modes())
    _, said = process.communicate(timeout=300)
    folder.chmod(0o755)
    assert process.returncode == 2, said
    assert f"peerpack: Cannot write to {reports}: Permission denied" in said
    assert "ran 01" not in said
    assert "Give --reports a folder that you may write to" in said
    assert "Traceback" not in said
    assert not list(reports.rglob("v0*"))


def test_reports_that_are_a_file_are_said_in_one_paragraph(checkout, tmp_path):
    (tmp_path / "reports").write_text("")
    told = checkout.peerpack("build", *LIVERPOOL, "--reports", tmp_path / "reports")
    assert told.returncode == 2
    assert "Cannot write to" in told.stderr
    assert "Traceback" not in told.stderr
