"""What `make bench` times is there, and does what its figures claim. Nothing is timed here."""

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import by_plain_python
import pytest
import run
import six_notebooks
from contest import GIGABYTES, SECONDS, Contender, Figure, of_figure, refuse_unlike, rounds
from of_again import OF_ONE, OF_TRAFFORD, SMALLEST, changed
from of_light import padded
from place import NORTHBOROUGH, REAL, TRAFFORD, Place, data_root
from timed import Failed, Spent, spent

from peerpack.packs.verify import verify


@dataclass(frozen=True)
class Looked(Place):
    """A place that looks whether each command of a preparation could be run, and runs none."""

    def run(self, *words):
        assert_is_there(words)


def assert_is_there(words):
    """The program is on this machine, and the script or command that it is given is ours."""
    assert shutil.which(words[0])
    if words[1:3] == ("-m", "peerpack"):
        assert words[3] in {"build", "verify", "--help"}
    elif isinstance(words[1], Path):
        assert words[1].is_file()


@pytest.mark.parametrize("name", run.BENCHMARKS)
def test_each_figure_is_of_two_commands_that_are_there(name, tmp_path):
    benchmark = run.BENCHMARKS[name]
    if why := benchmark.skipped():
        pytest.skip(why)
    (tmp_path / "laid").mkdir()
    contenders = benchmark.prepare(Looked(tmp_path))
    for figure in benchmark.figures:
        assert {figure.ours, figure.baseline} <= contenders.keys()
    for contender in contenders.values():
        assert_is_there(contender.words)


def test_no_two_figures_have_one_name():
    names = [figure.name for each in run.BENCHMARKS.values() for figure in each.figures]
    assert len(set(names)) == len(names)


def test_contenders_take_turns_each_with_its_inputs_made_ready_before():
    done = []
    two = {
        "a": Contender(("a",), before=lambda at: done.append(f"ready {at}")),
        "b": Contender(("b",)),
    }

    def measure(name, contender):
        done.append(name)
        return Spent(1.0, 1.0, 1.0)

    assert {name: len(costs) for name, costs in rounds(two, 2, measure).items()} == {"a": 2, "b": 2}
    assert done == ["ready 0", "a", "b", "ready 1", "a", "b"]


COSTS = {
    "ours": [Spent(s, 0.5, 1024.0) for s in (9.0, 1.0, 2.0)],
    "baseline": [Spent(s, 0.5, 2048.0) for s in (4.0, 90.0, 8.0)],
}


@pytest.mark.parametrize(
    ("unit", "bound", "value", "met"),
    [
        ("ratio", 0.25, 0.25, True),
        ("ratio", 0.249, 0.25, False),
        (SECONDS, 1.9, 2.0, False),
        (GIGABYTES, 1.0, 1.0, True),
    ],
)
def test_a_figure_is_of_medians_and_is_kept_whether_it_is_met_or_not(unit, bound, value, met):
    told = of_figure(Figure("f", "claim", "ours", "baseline", bound, unit), COSTS)
    assert (told["value"], told["met"]) == (value, met)
    assert (told["ours_s"], told["baseline_s"]) == ([9.0, 1.0, 2.0], [4.0, 90.0, 8.0])


def test_contenders_that_come_to_two_answers_are_refused():
    said = [Spent(1.0, 1.0, 1.0, answer) for answer in ("pass", "pass", "stop")]
    refuse_unlike({"ours": said[:1], "baseline": said[1:2]})
    with pytest.raises(Failed, match="ours, baseline: they came to 2 different answers"):
        refuse_unlike({"ours": said[:1], "baseline": said[1:]})


def test_a_contender_that_breaks_is_no_time_at_all(tmp_path):
    words = [sys.executable, "-c", "raise SystemExit('broke here')"]
    with pytest.raises(Failed, match="exit 1\nbroke here"):
        spent(words, {}, tmp_path, tmp_path / "log")


def test_plain_python_shows_and_draws_what_a_notebook_would(tmp_path):
    cells = [
        ("parameters", "topic = 'none'", {"tags": ["parameters"]}),
        ("table", "class Table:\n    _repr_html_ = lambda _: f'<b>{topic}</b>'\nTable()", {}),
        ("chart", "import matplotlib.pyplot as plt\nplt.plot([1, 2]);", {}),
    ]
    source = tmp_path / "n.ipynb"
    source.write_text(json.dumps({"cells": [
        {"cell_type": "code", "id": name, "source": text, "metadata": tags}
        for name, text, tags in cells
    ]}))  # fmt: skip
    by_plain_python.run(source, {"topic": "calls"}, tmp_path)
    shown = (tmp_path / "n.out").read_bytes()
    assert b"<b>calls</b>" in shown
    assert shown.count(b"\x89PNG") == 1


def test_the_six_notebooks_come_of_their_seed(tmp_path):
    made = six_notebooks.made(tmp_path / "a", rows_n=20)
    again = six_notebooks.made(tmp_path / "b", rows_n=20)
    other = six_notebooks.made(tmp_path / "c", rows_n=20, seed=2)
    tables = [path.with_suffix(".csv").read_bytes() for path in (made[0], again[0], other[0])]
    assert len(made) == 6
    assert tables[0] == tables[1] != tables[2]


@pytest.mark.parametrize(
    ("quarter", "change"),
    [(NORTHBOROUGH, SMALLEST), (NORTHBOROUGH, OF_ONE), (TRAFFORD, OF_TRAFFORD)],
    ids=lambda each: getattr(each, "file", None),
)
def test_a_round_changes_one_line_of_a_return_to_what_it_never_was(quarter, change, tmp_path):
    if quarter == TRAFFORD and not REAL.is_dir():
        pytest.skip(f"needs {REAL}, real returns that are not part of the project")
    folder = data_root(tmp_path / "data", quarter).joinpath(*quarter)
    seen = [(folder / change.file).read_text(encoding="utf-8-sig").splitlines()]
    for at in range(5):
        changed(folder, change, at)
        seen.append((folder / change.file).read_text(encoding="utf-8-sig").splitlines())
        assert sum(old != new for old, new in zip(*seen[-2:], strict=True)) == 1
    assert len({tuple(lines) for lines in seen}) == 6


def test_a_padded_pack_verifies(tmp_path):
    pack = padded(tmp_path / "v001", size=4_000_000)
    sizes = [path.stat().st_size for path in pack.rglob("*") if path.is_file()]
    assert verify(pack).files_n == len(sizes) - 2
    assert sum(sizes) == pytest.approx(4_000_000, rel=0.01)
