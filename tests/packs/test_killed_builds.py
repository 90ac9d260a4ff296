"""A build killed at any moment leaves the reports as they were, and the next one succeeds."""

import json
import random
import shutil
import time
from dataclasses import replace

import psutil
import pytest
from workbench import LIVERPOOL, tree, visible

from peerpack.packs.verify import verify
from peerpack.packs.versions import SUMS

ORPHANS_END_S = 20


START_S = 3
"""What a build takes before its own clock begins: Python, and the imports of the command line."""


@pytest.fixture(scope="module")
def whole(liverpool, tmp_path_factory):
    """Reports that hold one good pack, and how long its build took that was left alone."""
    reports = shutil.copytree(liverpool.parents[2], tmp_path_factory.mktemp("whole") / "reports")
    took = json.loads((liverpool / "build.json").read_text())["seconds"]
    return reports, took + START_S


def a_moment(seconds):
    """A moment in the first half of a build's time."""
    return seconds * random.Random(20240630).random() / 2


@pytest.fixture(scope="session")
def checkout(checkout):
    """The same, where every notebook is run: it is while they run that builds are killed."""
    return replace(checkout, again=True)


def killed_at(moment, checkout, reports, tmp_path, *words):
    """Kill -9 the main process alone; its kernels must find out by themselves."""
    mark = {"KILLED_BUILD": str(tmp_path)}
    process = checkout.start("build", *LIVERPOOL, "--reports", reports, *words, env=mark)
    time.sleep(moment)
    process.kill()
    _, said = process.communicate()
    wait_for_orphans(mark["KILLED_BUILD"])
    return said.splitlines()[-1:]


def wait_for_orphans(mark):
    until = time.monotonic() + ORPHANS_END_S
    while left := [p for p in psutil.process_iter() if marked(p, mark)]:
        assert time.monotonic() < until, left
        time.sleep(0.2)


def marked(process, mark):
    try:
        alive = process.status() != psutil.STATUS_ZOMBIE
        return alive and process.environ().get("KILLED_BUILD") == mark
    except psutil.Error:
        return False


def refuse_half_packs(reports):
    """Only whole packs, the status page, and what a reader's listing does not show."""
    for name in visible(reports, *LIVERPOOL):
        path = reports.joinpath(*LIVERPOOL, name)
        if name == "index.html":
            assert path.read_text(encoding="utf-8").rstrip().endswith("</html>")
        elif not name.startswith("."):
            verify(path)


def killed_once_it_ran_one(checkout, reports, tmp_path):
    """Kill -9 the main process as soon as it says that a notebook ran; which."""
    mark = {"KILLED_BUILD": str(tmp_path)}
    process = checkout.start("build", *LIVERPOOL, "--reports", reports, env=mark)
    said = next((line for line in process.stderr if line.startswith("ran ")), None)
    process.kill()
    process.communicate()
    wait_for_orphans(mark["KILLED_BUILD"])
    return said.removeprefix("ran ").strip()


def test_a_first_build_killed_leaves_no_half_pack_and_the_next_one_goes_on_where_it_was(
    checkout, liverpool, tmp_path
):
    reports = tmp_path / "reports"
    first = killed_once_it_ran_one(checkout, reports, tmp_path)
    refuse_half_packs(reports)
    told = checkout.peerpack("build", *LIVERPOOL, "--reports", reports)
    assert told.returncode == 0, told.stderr
    said = told.stderr.splitlines()
    assert f"not run again {first}" in said
    assert f"ran {first}" not in said
    made = reports.joinpath(*LIVERPOOL, "v001", SUMS).read_bytes()
    assert made == (liverpool / SUMS).read_bytes(), "as if all notebooks had run in one build"
    assert visible(reports, *LIVERPOOL) == ["index.html", "v001"]
    assert verify(reports.joinpath(*LIVERPOOL, "v001")).files_n
    assert list((reports / ".scratch").iterdir()) == []


def test_a_build_killed_beside_a_good_pack_leaves_it_as_it_was(checkout, whole, tmp_path):
    reports, seconds = whole
    good = reports.joinpath(*LIVERPOOL)
    before = tree(good / "v001")
    at = a_moment(seconds)
    print(f"killed after {at:.1f} s of {seconds:.1f}:",
          *killed_at(at, checkout, reports, tmp_path, "--force"))  # fmt: skip
    refuse_half_packs(reports)
    assert tree(good / "v001") == before
    told = checkout.peerpack("build", *LIVERPOOL, "--reports", reports)
    assert told.returncode == 0, told.stderr
    newest = sorted(good.glob("v*"))[-1]
    assert f"nothing changed since {newest.name}" in told.stderr
    assert tree(good / "v001") == before
    assert [p.name for p in good.iterdir() if p.name.startswith(".")] == []
