"""What is admitted once is taken again from the same bytes alone, and equals what was made."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

import peerpack
from peerpack.catalogue.places import project_root
from peerpack.intake.admit import admit_once, made_from
from peerpack.intake.cache import (
    CACHE,
    CODE,
    KEPT_N,
    KEPT_OF_PERSONAL_N,
    SUMS,
    rules,
    tree_digest,
)
from peerpack.intake.desk import supplied
from peerpack.vocab import Quarter

Q1 = Quarter(2024, 1)
HEAD = "Directorate,Service,Cost Centre,Original Budget,Revised Budget,Forecast Outturn,Variance"
LEDGER = f"{HEAD},Comments\nAdults,Homecare,01,100,100,110,10,é\nAdults,Homecare,02,5,5,5,TBC,\n"
CORRECTION = """
- {id: c1, dataset: budget_monitoring, reason: Agreed., author: A, date: 2024-07-09,
   where: {cost_centre: '01'}, column: variance_gbp, expect: 10, value: 10}
"""


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "data" / "northby"
    (folder / str(Q1)).mkdir(parents=True)
    (folder / "corrections").mkdir()
    (folder / "council.toml").write_text('slug = "northby"\nname = "Northby"\n')
    (folder / str(Q1) / "ledger.csv").write_text(LEDGER, encoding="utf-8")
    return tmp_path / "data"


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "reports" / CACHE


def desk(root, kept):
    return supplied("northby", Q1, [root], kept)


def once(root, kept):
    return admit_once(desk(root, kept), "budget_monitoring", kept)


def entries(kept, name="budget_monitoring"):
    return sorted((kept / "northby" / str(Q1) / name).iterdir())


def place_on_disk(kept):
    """What changes when an entry is written anew."""
    return [entry.stat().st_ino for entry in (*entries(kept), *entries(kept, "assigned"))]


def test_a_hit_equals_a_miss_in_frame_and_receipt(root, kept):
    made = once(root, kept)
    before = place_on_disk(kept)
    taken = once(root, kept)
    assert place_on_disk(kept) == before
    assert taken.frame is not made.frame
    assert_frame_equal(taken.frame, made.frame, check_exact=True)
    assert (taken.frame.dtypes == made.frame.dtypes).all()
    assert (taken.frame.index.name, taken.receipt) == ("source_row", made.receipt)
    assert made.receipt.rows_quarantined == 1


@pytest.mark.parametrize(("file", "change"), [
    ("2024-25-Q1/ledger.csv", lambda text: text.replace("é", "è")),
    ("corrections/all.yml", lambda text: CORRECTION),
])  # fmt: skip
def test_one_byte_of_a_return_or_a_correction_is_another_admission(root, kept, file, change):
    before = made_from(desk(root, kept), "budget_monitoring")
    once(root, kept)
    path = root / "northby" / file
    there = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(change(there), encoding="utf-8")
    assert made_from(desk(root, kept), "budget_monitoring") != before
    once(root, kept)
    assert len(entries(kept)) == 2


def test_another_name_for_the_same_bytes_is_another_admission(root, kept):
    before = made_from(desk(root, kept), "budget_monitoring")
    folder = root / "northby" / str(Q1)
    (folder / "ledger.csv").rename(folder / "P3.csv")
    assert made_from(desk(root, kept), "budget_monitoring") != before


@pytest.mark.parametrize("edited", [
    "expectations/budget_monitoring.json", "requirements.lock",
    "data/reference/datasets/budget_monitoring.yml",
])  # fmt: skip
def test_an_edit_of_suite_lock_or_contract_is_another_admission(tmp_path, monkeypatch, edited):
    for name in ("expectations", "data/reference"):
        shutil.copytree(project_root() / name, tmp_path / name)
    shutil.copy(project_root() / "requirements.lock", tmp_path)
    before = rules()
    monkeypatch.setenv("PEERPACK_ROOT", str(tmp_path))
    assert rules() == before
    with (tmp_path / edited).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert rules() != before


def test_an_edit_of_the_code_is_another_admission(tmp_path):
    package = Path(peerpack.__file__).parent
    shutil.copytree(package, tmp_path / "peerpack")
    assert tree_digest(tmp_path / "peerpack", "*.py") == tree_digest(package, "*.py") == CODE
    with (tmp_path / "peerpack/sources/values.py").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert tree_digest(tmp_path / "peerpack", "*.py") != CODE


def damage(entry: Path):
    path = entry / "budget_monitoring.arrow"
    path.write_bytes(path.read_bytes()[:-9])


def forge(entry: Path):
    """Another verdict, with sums that agree: who lacks the key cannot seal them."""
    path = entry / "budget_monitoring.json"
    before = path.read_text()
    path.write_text(before.replace('"outcome":"warn"', '"outcome":"pass"'))
    assert path.read_text() != before
    told = json.loads((entry / SUMS).read_text())
    told["sums"][path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    (entry / SUMS).write_text(json.dumps(told))


@pytest.mark.parametrize("harm", [
    damage,
    forge,
    lambda entry: (entry.parents[3] / ".key").unlink(),
    lambda entry: (entry.parents[3] / ".key").write_bytes(b"k" * 32),
    lambda entry: (entry.parents[3] / ".key").chmod(0o644),
    lambda entry: (entry / SUMS).write_text("no sums"),
    lambda entry: (entry / SUMS).unlink(),
    lambda entry: (entry / "more.arrow").write_bytes(b""),
    lambda entry: (shutil.rmtree(entry), entry.write_text("a file")),
], ids=["cut", "of another verdict", "key lost", "another key", "key others read", "no JSON",
        "no sums", "a file more", "no folder"])  # fmt: skip
def test_an_entry_that_is_not_whole_or_not_ours_is_made_anew(root, kept, harm):
    made = once(root, kept)
    [entry] = entries(kept)
    harm(entry)
    why = []
    again = admit_once(desk(root, kept), "budget_monitoring", kept, why.append)
    assert why == ["what was kept of it is damaged"]
    assert again.receipt == made.receipt
    assert_frame_equal(again.frame, made.frame)
    assert_frame_equal(once(root, kept).frame, made.frame)


def test_a_whole_entry_in_the_place_of_another_is_not_taken_for_it(root, kept):
    once(root, kept)
    [first] = entries(kept)
    ledger = root / "northby" / str(Q1) / "ledger.csv"
    ledger.write_text(LEDGER.replace("110,10", "120,20"), encoding="utf-8")
    once(root, kept)
    [second] = [entry for entry in entries(kept) if entry != first]
    shutil.rmtree(first)
    second.rename(first)
    ledger.write_text(LEDGER, encoding="utf-8")
    assert once(root, kept).frame["variance_gbp"].iloc[0] == 10


def test_it_is_told_which_part_moved_since_the_last_admission(root, kept):
    why = []

    def admit():
        admit_once(desk(root, kept), "budget_monitoring", kept, why.append)

    admit()
    admit()
    ledger = root / "northby" / str(Q1) / "ledger.csv"
    ledger.write_text(LEDGER.replace("é", "è"), encoding="utf-8")
    admit()
    (root / "northby/corrections/all.yml").write_text(CORRECTION)
    admit()
    assert why == [
        "for the first time",
        "",
        "return ledger.csv changed since the last time",
        "corrections changed since the last time",
    ]


def test_an_entry_that_others_could_write_is_made_anew(root, kept):
    once(root, kept)
    before = entries(kept)[0].stat().st_ino
    entries(kept)[0].chmod(0o777)
    once(root, kept)
    assert entries(kept)[0].stat().st_ino != before


def test_everything_kept_is_for_its_owner_alone(root, kept):
    once(root, kept)
    folders = [kept, *(p for p in kept.rglob("*") if p.is_dir())]
    assert {p.stat().st_mode & 0o777 for p in folders} == {0o700}


def test_only_the_newest_entries_stay(root, kept):
    for n in range(KEPT_N + 2):
        path = root / "northby" / str(Q1) / "ledger.csv"
        path.write_text(LEDGER + f"Adults,Homecare,1{n},1,1,1,0,\n", encoding="utf-8")
        once(root, kept)
    assert len(entries(kept)) == KEPT_N


PEOPLE = project_root() / "data/northborough"


def test_of_personal_data_only_the_last_admission_stays(tmp_path, kept):
    shutil.copytree(PEOPLE, tmp_path / "data" / "northborough")
    for n in range(2):
        found = supplied("northborough", Q1, [tmp_path / "data"])
        with found.files("absence_spells")[0].open("ab") as file:
            file.write(b"\r\n" * n)
        admit_once(found, "absence_spells", kept)
    assert (
        len(list((kept / "northborough" / str(Q1) / "absence_spells").iterdir()))
        == KEPT_OF_PERSONAL_N
    )


def test_a_disk_that_refuses_costs_time_and_no_more(root, tmp_path):
    (tmp_path / "taken").write_text("a file where the cache would be")
    kept = tmp_path / "taken" / CACHE
    assert len(once(root, kept).frame) == 1
