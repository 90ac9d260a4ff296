"""The same inputs give the same bytes, whoever builds, where, when and in what language."""

import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from workbench import LIVERPOOL, NORTHBOROUGH

COUNCILS = pytest.mark.parametrize("council", [LIVERPOOL, NORTHBOROUGH], ids=lambda c: c[0])


@COUNCILS
def test_two_builds_of_one_quarter_differ_in_nothing_but_build_json(
    council, built, built_elsewhere
):
    here, there = built(*council), built_elsewhere(*council)
    diff = subprocess.run(["diff", "-rq", here, there], capture_output=True, text=True)
    assert diff.stdout.splitlines() == [
        f"Files {here}/build.json and {there}/build.json differ"
    ], diff.stderr


@COUNCILS
def test_a_pack_may_be_read_by_everyone_whatever_the_umask(council, built_elsewhere):
    pack = built_elsewhere(*council)
    modes = {stat.S_IMODE(p.stat().st_mode) for p in pack.rglob("*") if p.is_file()}
    folders = {stat.S_IMODE(p.stat().st_mode) for p in (pack, *pack.rglob("*")) if p.is_dir()}
    assert (modes, folders) == ({0o644}, {0o755})
    above = [pack.parent, pack.parents[1], pack.parent / "index.html"]
    assert all(p.stat().st_mode & 0o044 == 0o044 for p in above)


def test_a_pack_carried_to_another_folder_still_agrees_with_its_sums(liverpool, tmp_path):
    carried = shutil.copytree(liverpool, tmp_path / "carried")
    checked = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=carried)
    assert checked.returncode == 0


def test_the_clock_of_the_second_build_was_really_ahead(built_elsewhere):
    """Else the first test would say less than its name."""
    site = Path(built_elsewhere(*LIVERPOOL)).parents[3] / "home-liverpool" / "sitecustomize.py"
    told = subprocess.run(
        ["python3", "-c", "import time; print(time.time())"],
        env={"PYTHONPATH": str(site.parent), "PATH": "/usr/bin:/bin"}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    import time

    assert float(told.stdout) > time.time() + 3e7
