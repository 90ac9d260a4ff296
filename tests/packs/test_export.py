"""A pack that is sent away: as a bag, as a zip, checked by whoever receives it."""

import sys
import zipfile
from pathlib import Path

import pytest
from reviewing import step
from workbench import laid, run, tree

from peerpack.errors import PackTampered, UsageError
from peerpack.packs.export import export_bag, export_zip

BAGIT = Path(sys.executable).with_name("bagit.py")


@pytest.fixture
def pack(tmp_path):
    return laid(tmp_path / "reports")


def checked(bag):
    done = run([sys.executable, BAGIT, "--validate", bag])
    return done.returncode, done.stderr


def test_bagit_itself_accepts_the_bag_and_the_pack_in_it_is_the_same(pack, tmp_path):
    bag = export_bag(pack, tmp_path / "bag")
    assert checked(bag)[0] == 0
    assert tree(bag / "data" / "v001") == tree(pack)


@pytest.mark.parametrize("spoil", [
    lambda data: (data / "v001" / "evidence.csv").write_text("x"),
    lambda data: (data / "v001" / "evidence.csv").unlink(),
    lambda data: (data / "v001" / "added.csv").write_text("x"),
], ids=["changed", "removed", "added"])  # fmt: skip
def test_bagit_itself_notices(spoil, pack, tmp_path):
    bag = export_bag(pack, tmp_path / "bag")
    spoil(bag / "data")
    assert checked(bag)[0] != 0


def test_a_bag_and_a_zip_are_the_same_bytes_each_time(pack, tmp_path):
    bags = [tree(export_bag(pack, tmp_path / name)) for name in ("one", "two")]
    zips = [export_zip(pack, tmp_path / name).read_bytes() for name in ("1.zip", "2.zip")]
    assert bags[0] == bags[1]
    assert zips[0] == zips[1]


def test_a_zip_is_checked_by_sha256sum_alone(pack, tmp_path):
    step(pack, "submit")
    with zipfile.ZipFile(export_zip(pack, tmp_path / "sent.zip")) as sent:
        sent.extractall(tmp_path / "there")
    there = tmp_path / "there" / "liverpool-2024-25-Q1-v001"
    words = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    assert run(words, cwd=there / "v001").returncode == 0
    assert (there / "v001.review.jsonl").is_file()
    assert "its review stood at: submitted" in (there / "HOW-TO-CHECK.txt").read_text()
    assert (
        f"v001 holds {len(list((there / 'v001').rglob('*.*'))) + 1} files"
        in (there / "HOW-TO-CHECK.txt").read_text()
    )
    (there / "v001" / "findings.json").write_text("[]")
    assert "findings.json: FAILED" in run(words, cwd=there / "v001").stdout


def test_a_pack_that_was_changed_is_not_sent(pack, tmp_path):
    (pack / "findings.json").write_text("[]")
    with pytest.raises(PackTampered, match=r"findings\.json changed"):
        export_zip(pack, tmp_path / "sent.zip")
    assert not (tmp_path / "sent.zip").exists()


def test_what_stands_there_already_is_never_written_over(pack, tmp_path):
    (tmp_path / "sent.zip").write_text("mine")
    with pytest.raises(UsageError, match="stands there already"):
        export_zip(pack, tmp_path / "sent.zip")
    assert (tmp_path / "sent.zip").read_text() == "mine"


def test_a_bag_that_could_not_be_finished_leaves_nothing(pack, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bagit.make_bag", full)
    there = set(tmp_path.iterdir())
    with pytest.raises(OSError, match="No space"):
        export_bag(pack, tmp_path / "bag")
    assert set(tmp_path.iterdir()) == there


def test_a_link_beside_a_pack_is_not_followed(pack, tmp_path):
    (tmp_path / "secret").write_text("private key")
    (pack.parent / "v001.sig").symlink_to(tmp_path / "secret")
    with pytest.raises(PackTampered, match="signature file is no signature"):
        export_zip(pack, tmp_path / "sent.zip")
