"""That nothing changed is told without loading anything heavy, and never where something did."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from workbench import LIVERPOOL, summed

from peerpack.catalogue.models import Council, Dataset
from peerpack.intake import Desk
from peerpack.packs.plan import Plan
from peerpack.packs.unchanged import COVERED, KINDS, QUARTERS_BACK, looked, same, stamp
from peerpack.packs.versions import versions
from peerpack.sources import Assignment
from peerpack.vocab import Quarter

NOW, THEN = "2024-25-Q1", "2023-24-Q4"
NORTHBY = 'slug = "northby"\nname = "Northby"\n'
WORLD = {
    "main/lib/peerpack/counts.py": "ONE = 1\n",
    "main/requirements.lock": "pandas==3\n",
    "main/notebooks/01-what.ipynb": "{}",
    "main/expectations/pay.json": "{}",
    "main/data/reference/terms.yml": "[]",
    "main/data/northby/council.toml": NORTHBY,
    "main/data/northby/theme.toml": 'name = "Northby"\n',
    "main/data/northby/corrections/all.yml": "[]",
    f"main/data/northby/{NOW}/pay.csv": "pay\n1\n",
    f"main/data/northby/{NOW}/letter.txt": "Dear all\n",
    f"main/data/northby/{NOW}/pack.toml": "as_at = 2024-07-01\n",
    f"main/data/northby/{THEN}/pay.csv": "pay\n2\n",
    "main/data/england/people.csv": "people\n3\n",
}
CHANGES = {
    "parameters": [("env", "PEERPACK_DATA"), ("env", "PEERPACK_LINEAGE")],
    "as_at": [(f"main/data/northby/{NOW}/pack.toml", "as_at = 2024-07-02\n")],
    "returns": [
        (f"main/data/northby/{NOW}/pay.csv", "pay\n9\n"),
        (f"main/data/northby/{NOW}/more.csv", "pay\n1\n"),
        (f"main/data/northby/{NOW}/pay.csv", None),
        (f"main/data/northby/{NOW}/returns.toml", "[assign]\n"),
        (f"other/northby/{NOW}/pay.csv", "pay\n1\n"),
        ("main/data/england/people.csv", "people\n4\n"),
        ("other/england/people.csv", "people\n3\n"),
    ],
    "earlier_returns": [
        (f"main/data/northby/{THEN}/pay.csv", "pay\n3\n"),
        ("main/data/northby/2022-23-Q1/pay.csv", "pay\n0\n"),
        (f"other/northby/{THEN}/pay.csv", "pay\n2\n"),
    ],
    "not_used": [
        (f"main/data/northby/{NOW}/letter.txt", "pay\n1\n"),
        (f"main/data/northby/{NOW}/second.txt", "Dear all\n"),
    ],
    "corrections": [
        ("main/data/northby/corrections/all.yml", "[{}]"),
        ("main/data/northby/corrections/new.yml", "[]"),
        ("main/data/northby/corrections/all.yml", None),
        ("other/northby/corrections/all.yml", "[]"),
    ],
    "council_files": [
        ("main/data/northby/theme.toml", 'name = "Another"\n'),
        ("main/data/northby/crest.svg", "<svg/>"),
        ("main/data/northby/reference.docx", "styles"),
        (f"main/data/northby/{NOW}/position-statement.md", "# We\n"),
        ("other/northby/theme.toml", 'name = "Northby"\n'),
    ],
    "settings": [
        ("main/data/northby/council.toml", NORTHBY + "invented = true\n"),
        ("other/northby/council.toml", NORTHBY),
    ],
    "previous_pack": [(f"reports/northby/{THEN}/v001/SHA256SUMS", "")],
    "suites": [
        ("main/expectations/pay.json", "[]"),
        ("main/expectations/new.json", "{}"),
        ("main/expectations/pay.json", None),
    ],
    "notebooks": [("main/notebooks/01-what.ipynb", "[]"), ("main/notebooks/02-why.ipynb", "{}")],
    "reference": [("main/data/reference/terms.yml", "[1]"), ("main/data/reference/a/b.yml", "[]")],
    "code": [
        ("main/lib/peerpack/counts.py", "ONE = 2\n"),
        ("main/lib/peerpack/page.css", ""),
        ("main/lib/peerpack/counts.py", None),
    ],
    "lock": [("main/requirements.lock", "pandas==4\n")],
}
"""By the inputs of a manifest: a file as it becomes (None: it goes), or a word to set."""
OF_THE_REPORTS = [
    (f"northby/{NOW}/v001/evidence.csv", "value\n2\n"),
    (f"northby/{NOW}/v001/more.csv", ""),
    (f"northby/{NOW}/v001/SHA256SUMS", None),
    (f"northby/{NOW}/v001/build.json", "{}"),
    (f"northby/{NOW}/v000/evidence.csv", "value\n2\n"),
    (f"northby/{NOW}/v000/exhibits/chart.csv", "value\n"),
    (f"northby/{NOW}/v002/SHA256SUMS", ""),
    (f"northby/{NOW}/index.html", "<html>"),
    (f"northby/{NOW}/index.html", None),
    (f"northby/{NOW}/v001.review.jsonl", "{}\n"),
    (f"northby/{NOW}/v001.sig", "signed"),
    (f"northby/{NOW}/.review.pending", "{}"),
    (f".built/northby-{NOW}.json", None),
    (f".built/northby-{NOW}.json", "no stamp"),
    (f".built/northby-{NOW}.json", "[]"),
    (f".built/northby-{NOW}.json", '{"said": {}, "seal": "0"}'),
    (".built/.key", None),
    (".built/.key", "k" * 32),
]


def put(root, name, text):
    """Write a file that nobody else can read, as a stamp is; None takes it away."""
    path = root / name
    if text is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)


@pytest.fixture
def world(tmp_path, monkeypatch):
    """A drawn checkout, a data root before it that is empty, two versions, and a stamp."""
    monkeypatch.delenv("PEERPACK_DATA", raising=False)
    monkeypatch.setenv("PEERPACK_ROOT", str(tmp_path / "main"))
    for name, text in WORLD.items():
        put(tmp_path, name, text)
    (tmp_path / "other").mkdir()
    for quarter, version in ((THEN, "v001"), (NOW, "v000"), (NOW, "v001")):
        pack = f"reports/northby/{quarter}/{version}"
        put(tmp_path, f"{pack}/manifest.json", "{}")
        put(tmp_path, f"{pack}/evidence.csv", "value\n1\n")
        summed(tmp_path / pack)
    put(tmp_path, f"reports/northby/{NOW}/index.html", "<html></html>")
    asked, seen = look(tmp_path)
    stamp(asked, seen, versions(asked.own)[-1])
    return tmp_path


def look(world):
    return looked("northby", NOW, [world / "other"], world / "reports")


def answer(world):
    """The version that a build would name at once; None where it must plan."""
    found = look(world)
    return found and same(*found)


def test_where_nothing_changed_the_newest_version_is_named(world):
    assert answer(world).name == "v001"


def test_times_of_files_do_not_count(world):
    for path in world.rglob("*"):
        os.utime(path, (0, 0))
    shutil.copytree(world / "reports", world / "moved")
    assert looked("northby", NOW, [world / "other"], world / "moved")
    assert answer(world).name == "v001"


def test_every_input_of_a_manifest_is_covered_by_something_that_is_looked_into(world):
    desk = Desk("northby", Quarter.parse(NOW), world, Assignment({}, ()), ())
    council = Council(slug="northby", name="Northby")
    inputs = Plan(council, Quarter.parse(NOW), date(2024, 7, 1), (), desk, (), None).inputs
    assert set(inputs) == set(COVERED) == set(CHANGES)
    assert {kind for kinds in COVERED.values() for kind in kinds} <= set(KINDS)


def test_it_looks_as_far_back_as_any_dataset_may(world):
    [limit] = [each.le for each in Dataset.model_fields["earlier_quarters"].metadata
               if hasattr(each, "le")]  # fmt: skip
    assert limit == QUARTERS_BACK


@pytest.mark.parametrize(
    ("given", "name", "became"),
    [(given, *change) for given, changes in CHANGES.items() for change in changes],
)
def test_a_change_of_any_input_is_seen_where_it_is_said_to_be(
    world, monkeypatch, given, name, became
):
    before = look(world)[1]
    if name == "env":
        monkeypatch.setenv(became, str(world / "other"))
    else:
        put(world, name, became)
    after = look(world)
    assert answer(world) is None
    assert {kind for kind in KINDS if after[1][kind] != before[kind]} & set(COVERED[given])


@pytest.mark.parametrize(("name", "became"), OF_THE_REPORTS)
def test_a_pack_a_page_or_a_stamp_that_is_not_as_it_was_is_left_to_the_build(world, name, became):
    put(world / "reports", name, became)
    assert answer(world) is None


def test_a_stamp_that_others_could_write_is_not_believed(world):
    path = world / "reports" / ".built" / f"northby-{NOW}.json"
    path.chmod(0o644)
    assert answer(world) is None
    path.chmod(0o600)
    path.parent.chmod(0o755)
    assert answer(world) is None


def test_a_stamp_of_another_quarter_is_not_believed_even_with_its_own_seal(world):
    asked, seen = look(world)
    other = replace(asked, quarter=asked.quarter.previous())
    shutil.copytree(asked.own, other.own, dirs_exist_ok=True)
    shutil.copy(asked.stamp, other.stamp)
    assert same(asked, seen)
    assert same(other, seen) is None


def test_a_link_that_leads_out_of_the_folder_is_left_to_the_build(world):
    outside = world / "outside.csv"
    outside.write_text("pay\n1\n")
    path = world / f"main/data/northby/{NOW}/pay.csv"
    path.unlink()
    path.symlink_to(outside)
    assert look(world) is None


def test_keys_that_end_are_left_to_the_build(world):
    put(world, "main/data/northby/allowed_signers", 'a@b.uk valid-before="20250101" ssh-ed25519 A')
    put(world, f"reports/northby/{NOW}/v001.sig", "signed")
    asked, seen = look(world)
    stamp(asked, seen, versions(asked.own)[-1])
    assert answer(world) is None


HEAVY = {"pandas", "numpy", "pyarrow", "nbformat", "jinja2", "yaml", "python_calamine", "lxml",
         "matplotlib", "papermill", "great_expectations", "jupyter_client", "scipy"}  # fmt: skip
MODULES = """
import json, sys
from peerpack.cli import main
sys.argv = ["peerpack", *sys.argv[1:]]
try: main()
except SystemExit as left: assert not left.code, left
print(json.dumps(sorted(sys.modules)))
"""


def test_a_build_of_what_did_not_change_loads_nothing_heavy(checkout, liverpool, tmp_path):
    reports = shutil.copytree(liverpool.parents[2], tmp_path / "reports")
    told = subprocess.run(
        [sys.executable, "-c", MODULES, "build", *LIVERPOOL, "--reports", reports, "--explain"],
        env=checkout.env(), cwd=checkout.root.parent, capture_output=True, text=True, check=True,
    )  # fmt: skip
    said = told.stderr.splitlines()
    assert said[0] == "nothing changed since v001"
    assert {line.partition(": ")[2].partition(": ")[0] for line in said[1:]} == {
        "not admitted again", "not run again", "withheld",
    }  # fmt: skip
    assert "published_figures: not admitted again: all it rests on is as it was" in said
    path, modules = told.stdout.splitlines()
    assert path.endswith("v001")
    assert "peerpack.packs.unchanged" in json.loads(modules)
    assert HEAVY.isdisjoint(json.loads(modules))
