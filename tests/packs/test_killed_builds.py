"""A build killed at any moment leaves the reports as they were, and the next one succeeds."""

import json
import random
import shutil
import time

import psutil
import pytest
from workbench import LIVERPOOL, tree, visible

from peerpack.packs.verify import verify

MOMENTS = 2
FIRST_BUILDS = (1,)
ORPHANS_END_S = 20


START_S = 3
"""What a build takes before its own clock begins: Python, and the imports of the command line."""


@pytest.fixture(scope="module")
def whole(liverpool, tmp_path_factory):
    """Reports that hold one good pack, and how long its build took that was left alone."""
    reports = shutil.copytree(liverpool.parents[2], tmp_path_factory.mktemp("whole") / "reports")
    took = json.loads((liverpool / "build.json").read_text())["seconds"]
    return reports, took + START_S


def moments(seconds):
    """One moment in each part of a build's time."""
    drawn = random.Random(20240630)
    return [seconds * (part + drawn.random()) / MOMENTS for part in range(MOMENTS)]


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


@pytest.mark.parametrize("part", FIRST_BUILDS)
def test_a_first_build_killed_leaves_no_half_pack_and_the_next_one_makes_v001(
    part, checkout, whole, tmp_path
):
    reports = tmp_path / "reports"
    at = moments(whole[1])[part]
    print(
        f"killed after {at:.1f} s of {whole[1]:.1f}:", *killed_at(at, checkout, reports, tmp_path)
    )
    refuse_half_packs(reports)
    told = checkout.peerpack("build", *LIVERPOOL, "--reports", reports)
    assert told.returncode == 0, told.stderr
    assert visible(reports, *LIVERPOOL) == ["index.html", "v001"]
    assert verify(reports.joinpath(*LIVERPOOL, "v001")).files_n
    assert list((reports / ".scratch").iterdir()) == []


@pytest.mark.parametrize("part", sorted(set(range(MOMENTS)) - set(FIRST_BUILDS)))
def test_a_build_killed_beside_a_good_pack_leaves_it_as_it_was(part, checkout, whole, tmp_path):
    reports, seconds = whole
    good = reports.joinpath(*LIVERPOOL)
    before = tree(good / "v001")
    at = moments(seconds)[part]
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
