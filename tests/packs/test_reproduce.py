"""A pack is rebuilt from its manifest elsewhere; where bytes differ, what moved is named."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbench import ROOT, elsewhere, run, tree

from peerpack.errors import NotFound, NotReproducible, PackTampered
from peerpack.packs.causes import Moved, causes, moved_inputs
from peerpack.packs.inputs import of_checkout
from peerpack.packs.libraries import other_than_locked
from peerpack.packs.reproduce import as_json, lines, refuse
from peerpack.packs.reproduce.checkout import Checkout, cloned, copied, recorded_checkout
from peerpack.packs.reproduce.compare import Difference, compare
from peerpack.packs.reproduce.lay import lay, lay_previous
from peerpack.packs.reproduce.recorded import Recorded, safe
from peerpack.packs.reproduce.reproduce import (
    Bench,
    Reproduction,
    as_here,
    as_recorded,
    inputs_laid,
    moved_libraries,
    reproduce,
)
from peerpack.packs.verify import build_note, sums
from peerpack.packs.versions import SUMS, sha256_of
from peerpack.vocab import CAUSES, Quarter

QUARTER = Quarter.parse("2024-25-Q1")
OWN = "northby/2024-25-Q1"
CHECKOUT = {
    "lib/peerpack/a.py": "A = 1\n",
    "notebooks/01-q.ipynb": "{}\n",
    "expectations/ledger.json": "{}\n",
    "data/reference/indicators.yml": "[]\n",
    "data/reference/neighbours/n.yml": "{}\n",
    "requirements.lock": "typer==1.0 \\\n    --hash=sha256:0\n",
    "pyproject.toml": "",
}
DATA = {
    f"{OWN}/ledger.csv": "service,spent\nRoads,12\n",
    f"{OWN}/pack.toml": "as_at = 2024-07-01\n",
    "northby/2023-24-Q4/ledger.csv": "service,spent\nRoads,9\n",
    "northby/corrections/sign.yml": "[]\n",
    "northby/council.toml": 'slug = "northby"\nname = "Northby"\n',
    "england/population.csv": "area,people\nNorthby,100\n",
}


def write(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def pack_in(reports, quarter, text):
    folder = write(reports / "northby" / quarter / "v001", {"evidence.csv": text})
    return summed(folder)


def summed(folder, **note):
    """A folder with sums and a build note of its own, as whoever wrote it would make them."""
    (folder / SUMS).write_bytes(sums(folder))
    (folder / "build.json").write_bytes(
        build_note(note | {"sums_sha256": sha256_of(folder / SUMS)})
    )
    return folder


@pytest.fixture
def place(tmp_path):
    """A drawn checkout, its data, a pack before, and what a pack made of them recorded."""
    write(tmp_path / "checkout", CHECKOUT)
    write(tmp_path / "data", DATA)
    pack_in(tmp_path / "reports", "2023-24-Q4", "then")
    return tmp_path


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def recorded_of(place):
    before = sha256_of(place / "reports/northby/2023-24-Q4/v001" / SUMS)
    inputs = {
        "parameters": {"council": "northby", "quarter": str(QUARTER)},
        "as_at": "2024-07-01",
        "returns": {
            "ledger.csv": digest(DATA[f"{OWN}/ledger.csv"]),
            "england/population.csv": digest(DATA["england/population.csv"]),
        },
        "earlier_returns": {
            "2023-24-Q4/ledger.csv": digest(DATA["northby/2023-24-Q4/ledger.csv"]),
        },
        "not_used": ["notes/letter.docx"],
        "corrections": {"sign.yml": digest(DATA["northby/corrections/sign.yml"])},
        "council_files": {
            "council.toml": digest(DATA["northby/council.toml"]),
            "pack.toml": digest(DATA[f"{OWN}/pack.toml"]),
        },
        "previous_pack": before,
    }  # fmt: skip
    own = inputs | of_checkout(place / "checkout")
    pack = place / "reports" / OWN / "v001"
    return Recorded(pack, "northby", QUARTER, own, {}, {})


def moved_here(place, recorded):
    """What is said to have moved, of what is here now."""
    roots = (place / "data",)
    laid = lay(recorded, roots, place / "fresh")
    previous = lay_previous(recorded, [place / "reports/northby"], place / "fresh-reports")
    checkout = Checkout(place / "checkout", "the checkout as it is here", ())
    return moved_inputs(
        recorded.inputs, inputs_laid(recorded, Bench(checkout, (place / "fresh",), laid, previous))
    )


CHANGES = [
    ("data", f"data/{OWN}/ledger.csv", "service,spent\nRoads,13\n"),
    ("data", "data/england/population.csv", "area,people\nNorthby,101\n"),
    ("data", "data/northby/2023-24-Q4/ledger.csv", "service,spent\nRoads,8\n"),
    ("correction", "data/northby/corrections/sign.yml", "[] # mended\n"),
    ("suite", "checkout/expectations/ledger.json", '{"expectations": []}\n'),
    ("code", "checkout/lib/peerpack/a.py", "A = 2\n"),
    ("code", "checkout/notebooks/01-q.ipynb", '{"cells": []}\n'),
    ("parameter", f"data/{OWN}/pack.toml", "as_at = 2024-07-15\n"),
    ("library", "checkout/requirements.lock", "typer==1.1 \\\n    --hash=sha256:1\n"),
    ("reference", "checkout/data/reference/indicators.yml", "[{}]\n"),
    ("reference", "checkout/data/reference/neighbours/n.yml", "{a: 1}\n"),
    ("reference", "data/northby/council.toml", 'slug = "northby"\nname = "North by"\n'),
]


def test_nothing_changed_is_no_cause(place):
    assert moved_here(place, recorded_of(place)) == ()


@pytest.mark.parametrize(("cause", "path", "text"), CHANGES)
def test_one_input_changed_is_its_cause_named_alone(place, cause, path, text):
    recorded = recorded_of(place)
    write(place, {path: text})
    moved = moved_here(place, recorded)
    assert [each.cause for each in moved] == [cause], moved


def test_another_pack_before_is_the_previous_pack_named_alone(place):
    recorded = recorded_of(place)
    shutil.rmtree(place / "reports/northby/2023-24-Q4")
    pack_in(place / "reports", "2023-24-Q3", "another")
    (moved,) = moved_here(place, recorded)
    assert (moved.cause, moved.then) == ("previous pack", recorded.inputs["previous_pack"])
    assert moved.now == sha256_of(place / "reports/northby/2023-24-Q3/v001" / SUMS)


def test_several_inputs_changed_are_all_named_in_order(place):
    recorded = recorded_of(place)
    shutil.rmtree(place / "reports/northby/2023-24-Q4")
    for _, path, text in CHANGES:
        write(place, {path: text})
    assert causes(moved_here(place, recorded)) == CAUSES


def test_other_packs_before_are_passed_by_for_the_recorded_one(place):
    recorded = recorded_of(place)
    pack_in(place / "reports", "2023-24-Q3", "another")
    later = shutil.copytree(
        place / "reports/northby/2023-24-Q4/v001", place / "reports/northby/2023-24-Q4/v002"
    )
    (later / "evidence.csv").write_text("now")
    summed(later)
    assert moved_here(place, recorded) == ()


def test_a_return_is_found_by_its_bytes_whatever_it_is_called_and_wherever_it_lies(place):
    recorded = recorded_of(place)
    (place / "data/northby").rename(place / "data/boxes")
    (place / "data/boxes/2024-25-Q1/ledger.csv").rename(place / "data/boxes/final FINAL.bin")
    assert moved_here(place, recorded) == ()
    fresh = tree(place / "fresh")
    assert {name: sha for name, sha in fresh.items() if "letter" not in name} == {
        name: digest(text) for name, text in DATA.items()
    }


def test_a_file_that_was_no_return_has_an_empty_one_in_its_place(place):
    lay(recorded_of(place), (place / "data",), place / "fresh")
    assert (place / "fresh" / OWN / "notes/letter.docx").read_bytes() == b""


def test_a_link_out_of_a_data_root_is_not_followed(place):
    recorded = recorded_of(place)
    own = place / "data" / OWN / "ledger.csv"
    own.rename(place / "outside.csv")
    own.symlink_to(place / "outside.csv")
    laid = lay(recorded, (place / "data",), place / "fresh")
    assert [each.item.name for each in laid if each.became == "missing"] == ["ledger.csv"]


@pytest.mark.parametrize("name", [
    "../x.csv", "a/../../x.csv", "/etc/passwd", "", ".", "..", "a//b", "./a", "a/", "a\\b", "a\0b",
    ".hidden", "a/.git/config",
])  # fmt: skip
def test_a_name_that_is_no_place_in_a_data_folder_is_refused(name):
    with pytest.raises(NotReproducible, match="no place in a data folder"):
        safe(OWN, name)


@given(st.text(alphabet="a./\\~ é\0", max_size=12))
def test_a_name_is_refused_or_stays_below_its_folder(name):
    try:
        placed = safe(OWN, name)
    except NotReproducible:
        return
    inside = Path("/data").joinpath(placed)
    assert inside.resolve() == inside
    assert inside.is_relative_to(f"/data/{OWN}")


def forged(liverpool, to, change):
    """A pack that agrees with its sums, and whose manifest says what someone else wrote."""
    folder = shutil.copytree(liverpool, to / "v001")
    manifest = json.loads((folder / "manifest.json").read_bytes())
    change(manifest["inputs"])
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return summed(folder, revision="")


@pytest.mark.parametrize(("change", "said"), [
    (lambda i: i["returns"].update({"../../x.csv": "a" * 64}), "no place in a data folder"),
    (lambda i: i["corrections"].update({"../../council.toml": "a" * 64}), "no place"),
    (lambda i: i["returns"].update({"a": "a" * 64, "a/b": "a" * 64}), "two files for the place"),
    (lambda i: i["returns"].update({"a": "no digest"}), "inputs.returns.a"),
    (lambda i: i["earlier_returns"].update({"2023-24-Q4/../x": "a" * 64}), "no place"),
    (lambda i: i["not_used"].append("../../.bashrc"), "no place"),
    (lambda i: i.pop("lock"), "inputs.lock: Field required"),
    (lambda i: i.clear(), "inputs.parameters: Field required"),
])  # fmt: skip
def test_a_manifest_that_someone_else_wrote_writes_nowhere(liverpool, tmp_path, change, said):
    pack = forged(liverpool, tmp_path, change)
    before = tree(tmp_path)
    with pytest.raises(NotReproducible, match=said):
        reproduce(pack, data=[tmp_path], checkout=ROOT)
    assert tree(tmp_path) == before


def test_a_tampered_pack_is_not_rebuilt(liverpool, tmp_path):
    pack = shutil.copytree(liverpool, tmp_path / "v001")
    (pack / "evidence.csv").write_text("")
    with pytest.raises(PackTampered, match=r"evidence\.csv changed"):
        reproduce(pack, checkout=ROOT)


def test_a_return_that_is_nowhere_is_named_with_where_it_was_looked_for(liverpool, tmp_path):
    pack = forged(liverpool, tmp_path, lambda i: i["returns"].update({"absence.csv": "a" * 64}))
    with pytest.raises(NotReproducible) as refusal:
        reproduce(pack, data=[tmp_path], checkout=ROOT)
    assert f"data: absence.csv sha256 {'a' * 64} is nowhere under {tmp_path}" in str(refusal.value)


# A checkout of the recorded revision


@pytest.fixture
def repository(tmp_path):
    """A drawn checkout whose first commit no branch holds, and hooks that would leave a mark."""
    root = write(tmp_path / "here é", CHECKOUT | {"data/northby/council.toml": "then"})
    mark = tmp_path / "mark"

    def git(*words):
        own = ["git", "-C", root, "-c", "user.name=A. Analyst", "-c", "user.email=a@example.org"]
        told = run([*own, *words])
        assert told.returncode == 0, told.stderr
        return told.stdout.strip()

    git("init", "--quiet")
    git("add", "-A")
    git("commit", "--quiet", "--message", "One")
    first = git("rev-parse", "HEAD")
    write(root, {"lib/peerpack/a.py": "A = 2\n"})
    git("commit", "--quiet", "--all", "--amend", "--message", "Another first")
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        write(tmp_path / "hooks", {hook: f"#!/bin/sh\ntouch '{mark}'\n"})
        (tmp_path / "hooks" / hook).chmod(0o755)
    settings = f"[core]\n\thooksPath = {tmp_path / 'hooks'}\n"
    write(tmp_path / "home", {".gitconfig": settings})
    return root, first, mark


def test_the_recorded_revision_is_cloned_whatever_became_of_the_branch_and_runs_no_hook(
    repository, tmp_path, monkeypatch
):
    root, first, mark = repository
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    before = tree(root)
    assert cloned(root, first, tmp_path / "clone") == ""
    assert (tmp_path / "clone/lib/peerpack/a.py").read_text() == "A = 1\n"
    assert tree(root) == before
    assert not mark.exists()


@pytest.mark.parametrize("revision", [
    "", "HEAD", "main", "0123abc", "A" * 40, "0" * 41, "a" * 40 + "\n", "--upload-pack=touch mark",
    "-" * 40, "a" * 39 + ";",
])  # fmt: skip
def test_a_revision_that_is_not_full_hex_is_refused_before_git_sees_it(tmp_path, revision):
    assert cloned(tmp_path / "nowhere", revision, tmp_path / "clone") == (
        "the pack does not name the revision it was built from"
    )
    assert not (tmp_path / "clone").exists()


def test_why_there_is_no_revision_is_said(repository, tmp_path, monkeypatch):
    root, first, _ = repository
    unknown = "revision aaaaaaaaaaaa is not in the repository here"
    assert cloned(root, "a" * 40, tmp_path / "clone") == unknown
    assert cloned(tmp_path / "no repository", "a" * 40, tmp_path / "clone") == unknown
    monkeypatch.setenv("PATH", "")
    assert cloned(root, first, tmp_path / "clone") == "there is no git on this machine"


def test_a_revision_or_a_folder_that_holds_no_workbook_is_said_to(place, repository, tmp_path):
    root, _, _ = repository
    run(["git", "-C", root, "rm", "-r", "--quiet", "--cached", "notebooks"])
    own = ["git", "-C", root, "-c", "user.name=A. Analyst", "-c", "user.email=a@example.org"]
    run([*own, "commit", "--quiet", "--message", "Without notebooks"])
    revision = run(["git", "-C", root, "rev-parse", "HEAD"]).stdout.strip()
    said = cloned(root, revision, tmp_path / "clone")
    assert said == f"revision {revision[:12]} is none of the workbook"
    with pytest.raises(NotFound, match="no checkout of the workbook is there"):
        copied(recorded_of(place), tmp_path / "data", tmp_path / "copy")


def test_the_checkout_here_is_taken_only_where_it_is_the_recorded_one(place):
    recorded = recorded_of(place)
    here = recorded_checkout(recorded, place / "checkout", place / "room")
    assert here.moved == ()
    assert here.words == (
        "the checkout as it is here: the pack does not name the revision it was built from"
    )
    write(place, {"checkout/lib/peerpack/a.py": "A = 2\n"})
    edited = recorded_checkout(recorded, place / "checkout", place / "another room")
    assert [each.cause for each in edited.moved] == ["code"]


def test_a_pack_built_before_its_commit_is_rebuilt_from_the_checkout_that_built_it(
    repository, tmp_path
):
    root, first, _ = repository
    write(root, {"lib/peerpack/a.py": "A = 3\n"})
    inputs = of_checkout(root)
    recorded = Recorded(tmp_path, "northby", QUARTER, inputs, {}, {"revision": first})
    here = recorded_checkout(recorded, root, tmp_path / "room")
    assert here.root == tmp_path / "room" / "copy"
    assert here.moved == ()
    assert "(code moved: changes that were not committed)" in here.words
    write(root, {"lib/peerpack/a.py": "A = 4\n"})
    neither = recorded_checkout(recorded, root, tmp_path / "another room")
    assert neither.root == tmp_path / "another room" / "clone"
    assert [each.cause for each in neither.moved] == ["code"]


def recorded_at(place, root, revision):
    """What a pack made of a revision and of the drawn data recorded."""
    drawn = recorded_of(place)
    inputs = dict(drawn.inputs) | of_checkout(root)
    return Recorded(drawn.folder, "northby", QUARTER, inputs, {}, {"revision": revision})


def test_of_the_data_of_a_clone_only_what_is_recorded_is_within_reach_of_a_rebuild(
    place, repository, tmp_path
):
    """A root is asked for each folder that those before it lack."""
    root, first, _ = repository
    write(root, {"lib/peerpack/a.py": "A = 1\n"})
    recorded = recorded_at(place, root, first)
    bench = as_recorded(recorded, root, (place / "data",), tmp_path / "room")
    assert bench.checkout.words == f"revision {first}"
    assert bench.roots == (tmp_path / "room" / "data",)
    assert [path.name for path in (tmp_path / "room/clone/data").iterdir()] == ["reference"]
    assert {each.became for each in bench.laid} == {"as recorded"}
    assert bench.previous == recorded.inputs["previous_pack"]


def test_a_return_that_only_the_recorded_revision_holds_is_found_there(place, repository, tmp_path):
    root, first, _ = repository
    recorded = recorded_at(place, root, first)
    recorded.inputs["returns"]["ledger.csv"] = digest("then")
    bench = as_recorded(recorded, root, (place / "data",), tmp_path / "room")
    assert (tmp_path / "room/data" / OWN / "ledger.csv").read_text() == "then"
    assert {each.became for each in bench.laid} == {"as recorded"}


def test_here_means_everything_as_it_is_here_now(place):
    recorded = recorded_of(place)
    write(place, {f"data/{OWN}/ledger.csv": "another", "checkout/lib/peerpack/a.py": "A = 2\n"})
    roots = (place / "data",)
    bench = as_here(recorded, place / "checkout", roots, place / "room")
    assert bench.roots == roots
    moved = moved_inputs(recorded.inputs, inputs_laid(recorded, bench))
    assert [each.words for each in moved] == [
        "data: ledger.csv changed", "code: the workbook's code changed",
    ]  # fmt: skip


def test_a_pack_that_had_none_before_it_is_given_none(place):
    recorded = recorded_of(place)
    recorded.inputs["previous_pack"] = None
    assert lay_previous(recorded, [place / "reports/northby"], place / "fresh") is None
    assert not (place / "fresh").exists()


# Libraries


def test_a_library_of_another_version_than_the_lock_is_named_with_both(tmp_path, monkeypatch):
    lock = "Peer.Lib==2.0 \\\n    --hash=sha256:0\nother==1 ; python_version < '3'\ngone==1\n"
    said = "Metadata-Version: 2.1\nName: peer-lib\nVersion: 1.9\n"
    own = "over/peer_lib-1.9.dist-info/METADATA"
    write(tmp_path, {"requirements.lock": lock, own: said})
    monkeypatch.syspath_prepend(tmp_path / "over")
    assert other_than_locked(tmp_path) == {"gone": "not installed", "peer-lib": "1.9"}
    moved = moved_libraries({}, tmp_path)
    assert [(m.cause, m.name, m.then, m.now) for m in moved] == [
        ("library", "gone", "1", "not installed"), ("library", "peer-lib", "2.0", "1.9"),
    ]  # fmt: skip
    assert (
        moved_libraries({"libraries": {"peer-lib": "1.9", "gone": "not installed"}}, tmp_path) == ()
    )
    then = moved_libraries({"libraries": {"peer-lib": "1.8", "gone": "not installed"}}, tmp_path)
    assert [(m.name, m.then, m.now) for m in then] == [("peer-lib", "1.8", "1.9")]


def test_the_libraries_here_are_those_of_the_lock():
    """Else the packs of these tests would be of no one's libraries."""
    assert other_than_locked(ROOT) == {}


# Where bytes differ

CSV = "evidence_id,value,note\nKF01,{},\nKF35,4.5,é\n"
PERIODS = "evidence_id,period,value\nK,a,1\nK,b,{}\n"
NOTEBOOK = {
    "cells": [
        {"id": "question", "cell_type": "markdown", "source": ["Why?"]},
        {"id": "compute", "cell_type": "code", "outputs": [{"data": {"text/plain": ["a\n", "b"]}}]},
    ],
    "nbformat": 4,
}


def notebook(line):
    book = json.loads(json.dumps(NOTEBOOK))
    book["cells"][1]["outputs"][0]["data"]["text/plain"][1] = line
    return json.dumps(book)


def two(tmp_path, name, then, now):
    """Two packs of one file."""
    folders = [tmp_path / "then", tmp_path / "now"]
    for folder, text in zip(folders, (then, now), strict=True):
        summed(write(folder, {"same.txt": "same"} | ({name: text} if text is not None else {})))
    return [(d.file, d.kind, d.where, d.then, d.now) for d in compare(*folders)]


@pytest.mark.parametrize(("name", "then", "now", "told"), [
    ("evidence.csv", CSV.format(12), CSV.format(12.5), [("KF01, value", "12", "12.5")]),
    ("evidence.csv", CSV.format(12), CSV.format(12).replace("KF35", "KF36"),
     [("row KF35", "there", "nothing"), ("row KF36", "nothing", "there")]),
    ("comparators.csv", PERIODS.format(2), PERIODS.format(3),
     [("K b, value", "2", "3")]),
    ("exhibits/e.csv", "ward,pct\nA,1\nA,2\n", "ward,pct\nA,1\nA,9\n", [("A (2), pct", "2", "9")]),
    ("evidence.csv", CSV.format(1), CSV.format(1).replace("\n", "\r\n"),
     [("bytes, although its values agree", "", "")]),
    ("a.json", '{"rows": {"in": 3}, "by": [{"id": "x", "n": 1}]}',
     '{"rows": {"in": 4}, "by": [{"id": "x", "n": 2}]}',
     [("rows / in", "3", "4"), ("by / x / n", "1", "2")]),
    ("a.json", "{}", "{", [("bytes, although its values agree", "", "")]),
    ("notebooks/n.ipynb", notebook("b"), notebook("c"),
     [("cell compute / outputs / 1 / data / text/plain / 2", "b", "c")]),
    ("a.svg", "<svg>\n<a/>\n</svg>", "<svg>\n<b/>\n</svg>", [("line 2", "<a/>", "<b/>")]),
    ("index.html", f"{'a' * 200}b", f"{'a' * 200}c",
     [("line 1", f"…{'a' * 40}b", f"…{'a' * 40}c")]),
    ("index.html", "a\nb", "a\nb\nc", [("line 3", "nothing", "c")]),
    ("index.html", "a\x1b[31m", "b\x1b[31m", [("line 1", "a\\x1b[31m", "b\\x1b[31m")]),
])  # fmt: skip
def test_the_place_in_a_file_that_differs_is_named(tmp_path, name, then, now, told):
    assert two(tmp_path, name, then, now) == [(name, "differs", *each) for each in told]


def test_a_file_that_is_missing_or_extra_is_named(tmp_path):
    assert two(tmp_path / "a", "x.csv", "a\n", None) == [("x.csv", "missing", "", "", "")]
    assert two(tmp_path / "b", "x.csv", None, "a\n") == [("x.csv", "extra", "", "", "")]


# What is said


def drawn(*differences, moved=(), stopped="", notes=()):
    inside = {
        "code": (Moved("code", "code", "measures/absence.py", "changed", "a" * 64, "b" * 64),)
    }
    return Reproduction(22, "revision 3f2c", moved, inside, differences, stopped, notes)


def test_what_moved_is_said_before_what_differs_and_figures_before_what_follows_from_them():
    moved = (
        Moved("data", "returns", "ledger.csv", "changed", "a" * 64, "b" * 64),
        Moved("correction", "corrections", "sign.yml", "went", "c" * 64),
        Moved("code", "code", "the workbook's code", "changed", "d" * 64, "e" * 64),
    )
    told = drawn(
        Difference("a.svg", "extra"),
        Difference("evidence.csv", "differs", "KF35, dataset_sha256", "a" * 64, "b" * 64),
        Difference("evidence.csv", "differs", "KF35, display", "10%", "9%"),
        Difference("evidence.csv", "differs", "KF35, value", "9.5", "9.4"),
        Difference("evidence.parquet", "differs", "KF35, display", "10%", "9%"),
        Difference("evidence.parquet", "differs", "KF35, value", "9.50", "9.40"),
        Difference("evidence.parquet", "differs", "KF35, dataset_sha256", "a" * 64, "b" * 64),
        Difference("manifest.json", "differs", "inputs / code", f"sha256:{'a' * 64}", "b" * 64),
        moved=moved,
    )
    assert list(lines(told, Path("v001"))) == [
        "v001: not reproduced: of 22 files 3 differ, 0 are missing; 1 are extra",
        "rebuilt from revision 3f2c",
        "data: ledger.csv changed: aaaaaaaaaaaa recorded, bbbbbbbbbbbb here",
        "correction: sign.yml went: cccccccccccc recorded, nothing here",
        "code: the workbook's code changed: dddddddddddd recorded, eeeeeeeeeeee here",
        "  measures/absence.py changed",
        "evidence.csv",
        "  KF35, value: 9.5 → 9.4",
        "  KF35, display: 10% → 9%",
        "  and 1 digests of what differs; all of them with --json",
        "a.svg is extra",
        "evidence.parquet: as evidence.csv",
        "manifest.json: digests of what differs, 1",
    ]
    with pytest.raises(NotReproducible, match="data, correction, code moved; the rebuild differs"):
        refuse(told, Path("v001"))


def test_a_rebuild_that_stopped_says_why_and_what_moved():
    moved = (Moved("correction", "corrections", "sign.yml", "changed", "c" * 64, "d" * 64),)
    told = drawn(moved=moved, stopped="exit 12: Correction sign: expected 3.")
    first = next(lines(told, Path("v001")))
    assert first.endswith("the rebuild stopped, exit 12: Correction sign: expected 3.")
    with pytest.raises(NotReproducible, match="correction moved; the rebuild stopped: exit 12"):
        refuse(told, Path("v001"))


def test_bytes_that_differ_though_nothing_moved_are_said_to():
    told = drawn(Difference("a.svg", "differs", "line 2", "a", "b"), notes=("python: 3.12 then",))
    said = list(lines(told, Path("v001")))
    assert "every recorded input was found; none of them moved" in said
    assert "evidence.csv is identical: no figure moves" in said
    assert "also differs, and is no input: python: 3.12 then" in said
    with pytest.raises(NotReproducible, match="no recorded input moved"):
        refuse(told, Path("v001"))


def test_nothing_read_from_a_pack_commands_the_terminal_and_json_has_all_of_it():
    hostile = "x\x1b]0;y\x07\nz"
    moved = (Moved("data", "returns", hostile, "changed", hostile, hostile),)
    rows = [f"{hostile}{n}, value" for n in range(9)]
    places = [Difference("evidence.csv", "differs", row, "1", "2") for row in rows]
    told = drawn(*places, moved=moved)
    said = "\n".join(lines(told, Path("v001")))
    assert "\x1b" not in said
    assert "\x07" not in said
    assert "  and 1 more places; all of them with --json" in said
    plain = json.loads(as_json(told, Path("v001")))
    assert len(plain["differences"]) == 9
    assert (plain["causes"], plain["identical"]) == (["data"], False)


# The whole command


def test_a_pack_is_reproduced_by_another_user_with_other_settings_on_one_core(
    liverpool, checkout, tmp_path
):
    env = elsewhere(tmp_path / "home")
    env["PYTHONPATH"] = f"{env['HOME']}:{checkout.root}/lib"
    one_core = ("taskset", "-c", "0") if shutil.which("taskset") else ()
    process = checkout.start("reproduce", liverpool, prefix=one_core, env=env, umask=0o077)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    n = len((liverpool / SUMS).read_text().splitlines())
    assert out.splitlines()[0] == f"{liverpool}: identical: {n} files"
    assert "the pack does not name the revision it was built from" in out
