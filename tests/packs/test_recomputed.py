"""Figures of a pack are the same by another hand, from the lines that their traces name."""

import ast
import hashlib
import sys
from itertools import islice

import pytest
from workbench import ROOT

SCRIPTS = ROOT / "tests" / "recompute"
sys.path.append(str(SCRIPTS))

import draw  # noqa: E402 - scripts, found by the path above

import recompute  # noqa: E402 - a script too, found by the path above

DRAWN_N = 20


@pytest.fixture(scope="module")
def pack(northborough, checkout):
    return draw.Pack(northborough, checkout.root / "data")


@pytest.fixture(scope="module")
def hidden(pack):
    return next(row["evidence_id"] for row in pack.evidence() if row["status"] == "c")


@pytest.fixture(scope="module")
def asked(pack):
    return list(islice(draw.in_order([pack], seed=1), DRAWN_N))


@pytest.fixture(scope="module")
def told(checkout, pack, asked, hidden):
    """What one process says of all the figures drawn, and of a suppressed one among them."""
    ids = ["KF01", "KR01", "KW01", hidden, *(figure.id for figure in asked)]
    return checkout.peerpack("trace", *ids, "--pack", pack.folder, "--json")


@pytest.fixture(scope="module")
def traces(told):
    return {each["evidence_id"]: each for each in recompute.documents(told.stdout)}


def test_figures_of_every_kind_are_the_same_by_another_hand(pack, asked, traces):
    values = {row["evidence_id"]: row["value"] for row in pack.evidence()}
    found = [recompute.judged(trace, pack.places()) for trace in traces.values()]
    assert [recompute.line(verdict) for verdict in found if not verdict.equal] == []
    assert all(verdict.anew == pytest.approx(float(values[verdict.evidence_id]), rel=1e-9)
               for verdict in found)  # fmt: skip
    kept = [figure for figure in asked if figure.id in traces]
    assert {figure.kind for figure in kept} == set(draw.KINDS)
    assert len(kept) >= 15


def test_a_suppressed_figure_is_passed_over_and_said(told, traces, hidden):
    assert told.returncode == 31
    assert hidden not in traces
    assert f"{hidden} is suppressed in v001" in told.stderr


@pytest.fixture
def changed(pack, tmp_path):
    """`changed(trace, role, said, instead)`: places where the first line of a role is otherwise."""

    def places(trace, role, said, instead):
        row = next(each for each in trace["rows"] if each["role"] == role)
        raw = next(p / row["file"] for p in pack.places() if (p / row["file"]).is_file())
        lines = raw.read_bytes().splitlines(keepends=True)
        before = lines[row["line"] - 1]
        lines[row["line"] - 1] = before.replace(said, instead)
        assert before != lines[row["line"] - 1]
        (tmp_path / row["file"]).write_bytes(b"".join(lines))
        return (tmp_path, *pack.places())

    return places


@pytest.mark.parametrize(
    ("evidence_id", "role", "said", "instead"),
    [
        ("KR01", "denominator", b".", b"1."),  # a weight
        ("KW01", "denominator", b",Council,", b",Council,,,,"),  # an FTE, moved out of its column
        ("KW01", "numerator", b"/05/2024", b"/02/2023"),  # the days of a spell
    ],
)
def test_a_changed_cell_of_a_traced_line_is_noticed(
    traces, changed, evidence_id, role, said, instead
):
    trace = traces[evidence_id]
    places = changed(trace, role, said, instead)
    assert recompute.judged(trace, places).why.startswith("not the file of the receipt: ")
    believed = trace | {"returns": [_of_bytes(each, places[0]) for each in trace["returns"]]}
    assert not recompute.judged(believed, places).equal


def _of_bytes(returned, folder):
    """A return whose receipt is of the changed file."""
    files = [
        file | {"sha256": hashlib.sha256((folder / file["name"]).read_bytes()).hexdigest()}
        if (folder / file["name"]).is_file()
        else file
        for file in returned["files"]
    ]
    return returned | {"files": files}


@pytest.mark.parametrize("evidence_id", ["KF01", "KR01", "KW01"])
def test_a_trace_that_leaves_a_line_out_is_noticed(pack, traces, evidence_id):
    trace = traces[evidence_id]
    rows = [each for each in trace["rows"] if each["role"] == "denominator"][1:]
    rest = [each for each in trace["rows"] if each["role"] != "denominator"]
    assert not recompute.judged(trace | {"rows": rows + rest}, pack.places()).equal


def test_the_scripts_import_nothing_of_the_workbook():
    for path in SCRIPTS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = [each.name for each in getattr(node, "names", ())] + [
                getattr(node, "module", None) or ""
            ]
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert not [name for name in named if name.split(".")[0] == "peerpack"], path.name
