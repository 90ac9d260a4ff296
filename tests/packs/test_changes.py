"""What changed since the pack before, drawn as small tables of evidence."""

import json

import pandas as pd
import pytest

from peerpack.catalogue.models import Indicator
from peerpack.handover.changes import FigureNamed, InputChanged
from peerpack.handover.evidence import EVIDENCE_COLUMNS, NUMBER_COLUMNS
from peerpack.packs.changes import changes
from peerpack.packs.versions import Version

Q1, Q2, HALF = "2024-04-01 to 2024-06-30", "2024-07-01 to 2024-09-30", "2024-04-01 to 2024-09-30"
KF01 = Indicator(
    id="KF01", title="Variance", formula="a / b", numerator="a", denominator="b", unit="%",
    decimals=1, polarity="lower", theme="T4", source="", comparator_rule="", pitfalls="",
)  # fmt: skip


def row(id_, value, **said):
    blank = {c: None if c in NUMBER_COLUMNS else "" for c in EVIDENCE_COLUMNS}
    usual = {
        "evidence_id": id_, "indicator": id_.partition("/")[0], "kind": "indicator", "period": Q2,
        "title": f"Title of {id_}", "theme": "T4", "unit": "%", "value": value,
        "display": f"{value:.1f}%", "breakdown": "team" if "/" in id_ else "",
    }  # fmt: skip
    return blank | usual | said


def hidden(id_):
    return row(id_, float("nan"), display="[c]", status="c")


def table(rows):
    told = pd.DataFrame(list(rows), columns=list(EVIDENCE_COLUMNS))
    return told.astype(dict.fromkeys(NUMBER_COLUMNS, "float64"))


@pytest.fixture
def told(tmp_path):
    """What is told of two packs' evidence and inputs."""

    def made(then, now, inputs=(), was=(), files=None, files_then=None, meant=(), means=()):
        folder = tmp_path / "2024-25-Q1" / "v001"
        folder.mkdir(parents=True, exist_ok=True)
        table(then).to_csv(folder / "evidence.csv", index=False)
        manifest = {"inputs": dict(was), "files": files_then or {}, "definitions": dict(meant)}
        (folder / "manifest.json").write_text(json.dumps(manifest))
        (folder / "SHA256SUMS").write_text("")
        known = {"KF01": KF01}
        version = Version(folder, 1)
        return changes(table(now), version, dict(inputs), files or {}, known, dict(means))

    return made


def test_of_a_first_pack_there_is_nothing_to_tell():
    assert changes(table([row("KF01", 1.0)]), None, {}, {}, {}, {}) is None


def test_a_figure_that_moved_is_told_with_both_sides_and_the_difference(told):
    found = told([row("KF01", 1.0, period=Q1, rag="green", target=2.0)],
                 [row("KF01", 2.5, direction="worsening", rag="amber", target=2.5)])  # fmt: skip
    (moved,) = found.moved
    assert (found.previous, found.alike_n) == ("2024-25-Q1", 0)
    assert moved.figure == FigureNamed("KF01", "Title of KF01", "T4")
    assert (moved.then, moved.now, moved.by) == ("1.0%", "2.5%", "+1.5 percentage points")
    assert (moved.how, moved.rating_then, moved.rating_now) == ("worse", "green", "amber")
    assert (moved.target_then, moved.target_now) == ("2.0%", "2.5%")


@pytest.mark.parametrize(
    ("then", "now", "how"),
    [
        ({}, {"direction": "improving"}, "better"),
        ({}, {"direction": "increasing"}, "higher"),
        ({}, {"direction": ""}, "other"),
        ({"lower": 0.0, "upper": 4.0}, {"lower": 2.0, "upper": 6.0, "direction": "worsening"},
         "no clear change"),
        ({"display": "1%"}, {"display": "1%", "direction": "worsening"}, "no clear change"),
        ({"period": Q1}, {"period": HALF, "direction": "worsening"}, "longer"),
        ({"period": "2024-06-30"}, {"period": "2024-09-30", "direction": "worsening"}, "worse"),
    ],
)  # fmt: skip
def test_better_and_worse_are_said_only_where_they_are_earned(told, then, now, how):
    (moved,) = told([row("KF01", 1.0, **then)], [row("KF01", 4.0, **now)]).moved
    assert moved.how == how


def test_a_rating_that_moved_is_news_though_the_figure_stayed(told):
    found = told([row("KF01", 1.0, rag="green")], [row("KF01", 1.0, rag="red")])
    assert [(each.how, each.rating_now) for each in found.moved] == [("", "red")]


def test_a_figure_that_only_one_of_the_packs_shows_is_named_and_no_number_is_told(told):
    parts = [f"KF01/team={name}" for name in "ABCD"]
    a, b, c, d = parts
    then = [row(a, 71.0), hidden(b), row(c, 73.0), row("KF09", 74.0)]
    found = told(then, [hidden(a), row(b, 75.0), row(d, 76.0), hidden("KF08")])
    assert [each.evidence_id for each in found.hidden] == [a, b]
    assert [each.evidence_id for each in found.came] == [d, "KF08"]
    assert [(each.evidence_id, each.of) for each in found.went] == [(c, "part"), ("KF09", "whole")]
    assert found.moved == ()
    assert not [n for n in range(71, 77) if str(n) in repr(found)]


def test_figures_that_are_the_same_are_counted_and_noise_is_no_news(told):
    found = told([row("KF01", 1.0, period=Q1), row("KF02", 3.0)],
                 [row("KF01", 1.0), row("KF02", 3.0 + 1e-12)])  # fmt: skip
    assert (found.alike_n, found.moved) == (2, ())


def test_returns_are_new_each_quarter_and_no_news_and_definitions_are_told_by_file(told):
    was = {"returns": {"a.csv": "1"}, "reference": "1", "code": "1", "notebooks": {"n": "1"}}
    now = {"returns": {"b.csv": "2"}, "reference": "2", "code": "1", "notebooks": {"n": "2"}}
    of_files = {"reference": {"indicators.yml": "1", "regimes.yml": "1"}}
    files = {"reference": {"indicators.yml": "2", "regimes.yml": "1"}}
    found = told([], [], now, was, files, of_files)
    assert found.inputs == (
        InputChanged("notebooks", ("n",)), InputChanged("reference", ("indicators.yml",)),
    )  # fmt: skip


def test_of_a_pack_that_states_no_files_a_kind_of_input_is_told_by_its_name(told):
    found = told([], [], {"reference": "2"}, {"reference": "1"}, {"reference": {}})
    assert found.inputs == (InputChanged("reference", ("definitions or reference data",)),)


def test_a_figure_whose_definition_moved_is_neither_better_nor_worse(told):
    sides = [row("KF01", 1.0)], [row("KF01", 4.0, direction="worsening")]
    meant, means = {"KF01": "a", "KF02": "a"}, {"KF01": "b", "KF02": "a", "KF03": "a"}
    found = told(*sides, meant=meant, means=means)
    assert found.redefined == ("KF01",)
    assert found.moved[0].how == "other"
    assert told(*sides, means=means).redefined == ()
