"""A pack is as it was published, or verify names each file that is not."""

import ast
import json
import os
import shutil
import sys

import pytest
from workbench import run, tree

from peerpack.errors import NotFound, PackTampered
from peerpack.packs.verify import verify


@pytest.fixture
def pack(northborough, tmp_path):
    return shutil.copytree(northborough, tmp_path / "v001")


def faults(pack):
    with pytest.raises(PackTampered) as caught:
        verify(pack)
    told = str(caught.value)
    assert told.startswith("v001 is not as it was published: ")
    assert caught.value.exit_code == 40
    return told.removeprefix("v001 is not as it was published: ").partition(". Do not")[0]


def sums_agree(pack):
    words = ["sha256sum", "-c", "--quiet", "--strict", "SHA256SUMS"]
    return run(words, cwd=pack).returncode == 0


def test_a_pack_as_published_agrees_with_both_readers_of_its_sums(pack):
    found = verify(pack)
    assert sums_agree(pack)
    assert found.files_n == len(tree(pack)) - 2
    assert found.evidence_sha256 == tree(pack)["evidence.csv"]


def test_one_byte_flipped_anywhere_in_any_file_is_found_and_the_file_named(pack):
    for name in tree(pack):
        path = pack / name
        whole = path.read_bytes()
        for at in sorted({0, len(whole) // 2, len(whole) - 1}):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            told = faults(pack)
            if name != "SHA256SUMS":
                assert told == f"{name} changed"
                assert sums_agree(pack) == (name == "build.json")
            else:
                assert "SHA256SUMS changed" in told
        path.write_bytes(whole)
    verify(pack)


def test_every_file_taken_away_is_found_and_named(pack):
    for name in tree(pack).keys() - {"SHA256SUMS"}:
        whole = (pack / name).read_bytes()
        (pack / name).unlink()
        assert faults(pack) == f"{name} missing"
        (pack / name).write_bytes(whole)
    verify(pack)


def test_a_pack_without_its_sums_is_no_pack(pack):
    (pack / "SHA256SUMS").unlink()
    with pytest.raises(NotFound, match=r"v001: no pack here, there is no SHA256SUMS"):
        verify(pack)


def test_several_faults_are_all_named(pack):
    (pack / "findings.json").unlink()
    (pack / "evidence.csv").write_text("")
    (pack / "note.txt").write_text("")
    told = faults(pack)
    assert told == "evidence.csv changed; findings.json missing; note.txt added"


@pytest.mark.parametrize(
    "name", ["note.txt", "exhibits/chart.svg", ".hidden", "new/deep/build.json"]
)
def test_a_file_added_anywhere_is_named(pack, name):
    (pack / name).parent.mkdir(parents=True, exist_ok=True)
    (pack / name).write_text("added")
    assert f"{name} added" in faults(pack)


@pytest.mark.parametrize("name", ["empty", "exhibits/empty"])
def test_an_empty_folder_added_is_named(pack, name):
    (pack / name).mkdir()
    assert faults(pack) == f"{name}/ added"


@pytest.mark.parametrize("name", ["evidence.csv", "SHA256SUMS", "build.json"])
def test_a_link_in_place_of_a_file_is_a_change_whatever_it_leads_to(pack, tmp_path, name):
    (pack / name).rename(tmp_path / "same bytes")
    (pack / name).symlink_to(tmp_path / "same bytes")
    assert faults(pack) == f"{name} changed"


def test_a_link_to_nowhere_and_a_link_to_a_folder_are_named(pack, tmp_path):
    (pack / "nowhere").symlink_to(tmp_path / "not there")
    (pack / "elsewhere").symlink_to(tmp_path)
    assert faults(pack) == "elsewhere added; nowhere added"


def test_a_folder_replaced_by_a_link_to_the_same_files_is_a_change(pack, tmp_path):
    (pack / "quality").rename(tmp_path / "quality")
    (pack / "quality").symlink_to(tmp_path / "quality")
    assert "quality/ changed" in faults(pack)


def test_a_pipe_in_place_of_a_file_is_a_change_and_does_not_hang(pack):
    (pack / "findings.json").unlink()
    os.mkfifo(pack / "findings.json")
    assert faults(pack) == "findings.json changed"


def test_a_line_taken_from_the_sums_names_the_sums_and_the_file(pack):
    lines = (pack / "SHA256SUMS").read_text().splitlines(keepends=True)
    for line in lines:
        (pack / "SHA256SUMS").write_text("".join(each for each in lines if each != line))
        name = line.rstrip("\n").partition("  ")[2]
        assert faults(pack) == "; ".join(sorted(["SHA256SUMS changed", f"{name} added"]))


@pytest.mark.parametrize("said", ["", "null", "[]", "7", '"sums"', "{}", '{"digest": 1}', "\udcff"])
def test_a_build_note_that_says_nothing_is_a_change(pack, said):
    (pack / "build.json").write_text(said, errors="surrogateescape")
    assert faults(pack) == "build.json changed"


def test_the_build_note_may_not_be_rewritten_without_its_digest(pack):
    said = json.loads((pack / "build.json").read_text())
    (pack / "build.json").write_text(json.dumps(said | {"host": "another"}))
    assert faults(pack) == "build.json changed"


def test_where_no_pack_is_the_command_says_so_and_exits_10(checkout, tmp_path):
    told = checkout.peerpack("verify", tmp_path / "v009")
    assert told.returncode == 10
    assert told.stderr.startswith("peerpack: v009: no pack here")


def test_the_command_exits_40_and_names_the_file(checkout, pack):
    assert checkout.peerpack("verify", pack).returncode == 0
    (pack / "index.html").write_text("")
    told = checkout.peerpack("verify", pack)
    assert told.returncode == 40
    assert "index.html changed" in told.stderr
    assert "Traceback" not in told.stderr


HEAVY = {
    "pandas", "numpy", "pyarrow", "pydantic", "nbformat", "jinja2", "duckdb", "scipy", "matplotlib",
    "lxml", "yaml", "rich", "great_expectations", "papermill", "jsonschema", "typer",
}  # fmt: skip


def test_verify_of_a_draft_that_nobody_signed_loads_nothing_heavy_so_it_is_quick(
    checkout, northborough
):
    script = (
        "import sys; sys.argv = ['peerpack', 'verify', sys.argv[1]]\n"
        "from peerpack.cli import main\n"
        "main()\n"
        "print(sorted({each.partition('.')[0] for each in sys.modules}))"
    )
    told = run([sys.executable, "-c", script, northborough], env=checkout.env())
    assert northborough.with_name("index.html").is_file(), "a page that counts no line of a log"
    assert "draft: not submitted for review\nnot signed\n" in told.stdout, told.stderr
    assert not set(ast.literal_eval(told.stdout.splitlines()[-1])) & HEAVY


def test_verify_says_the_same_whether_its_words_are_plain_or_not(checkout, pack):
    plain = checkout.peerpack("verify", pack)
    with_an_option = checkout.peerpack("verify", pack, "--data", checkout.root / "data")
    assert plain.stdout == with_an_option.stdout
    assert json.loads(checkout.peerpack("verify", "--json", pack).stdout)["state"] == "draft"
