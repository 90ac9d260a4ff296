"""The same inputs give the same bytes, whoever builds, where, when and in what language."""

import json
import shutil
import stat
import sys
import time

from workbench import NORTHBOROUGH, run


def test_two_builds_of_one_quarter_differ_in_nothing_but_build_json(built, built_elsewhere):
    here, there = built(*NORTHBOROUGH), built_elsewhere(*NORTHBOROUGH)
    diff = run(["diff", "-rq", here, there])
    assert diff.stdout.splitlines() == [f"Files {here}/build.json and {there}/build.json differ"], (
        diff.stderr
    )


def test_a_pack_may_be_read_by_everyone_whatever_the_umask(built_elsewhere):
    pack = built_elsewhere(*NORTHBOROUGH)
    modes = {stat.S_IMODE(p.stat().st_mode) for p in pack.rglob("*") if p.is_file()}
    folders = {stat.S_IMODE(p.stat().st_mode) for p in (pack, *pack.rglob("*")) if p.is_dir()}
    assert (modes, folders) == ({0o644}, {0o755})
    assert stat.S_IMODE((pack.parent / "index.html").stat().st_mode) == 0o644


def test_a_pack_carried_to_another_folder_still_agrees_with_its_sums(liverpool, tmp_path):
    carried = shutil.copytree(liverpool, tmp_path / "carried")
    checked = run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=carried)
    assert checked.returncode == 0


def test_the_second_build_was_really_elsewhere_and_later(built, built_elsewhere):
    """Else the first test would say less than its name."""
    here, there = (
        json.loads((pack / "build.json").read_text(encoding="utf-8"))
        for pack in (built(*NORTHBOROUGH), built_elsewhere(*NORTHBOROUGH))
    )
    assert there["host"] == "another-host" != here["host"]
    assert len(there["revision"]) == 40 != len(here["revision"])
    home = built_elsewhere(*NORTHBOROUGH).parents[3] / "home-northborough"
    words = [sys.executable, "-c", "import time; print(time.time())"]
    told = run(words, env={"PYTHONPATH": str(home)})
    assert float(told.stdout) > time.time() + 3e7
