"""Where things stand: the first root that has a folder wins, and no link leads out of it."""

import pytest

from peerpack.catalogue import places
from peerpack.catalogue.places import (
    corrections_folder,
    council_file,
    data_roots,
    files_within,
    project_root,
    quarter_folder,
)  # fmt: skip
from peerpack.errors import NotFound, ReturnRefused, UsageError
from peerpack.vocab import Quarter

Q1 = Quarter(2024, 1)


def quarter_of(root, council="northby"):
    folder = root / council / str(Q1)
    folder.mkdir(parents=True)
    return folder


def test_outside_any_checkout_the_one_the_package_is_installed_from_is_meant(tmp_path, monkeypatch):
    monkeypatch.delenv("PEERPACK_ROOT", raising=False)
    monkeypatch.chdir(tmp_path)
    assert (project_root() / "lib" / "peerpack" / "vocab.py").is_file()


def test_no_checkout_at_all_is_not_found(tmp_path, monkeypatch):
    monkeypatch.delenv("PEERPACK_ROOT", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(places, "_is_ours", lambda _: False)
    with pytest.raises(NotFound, match=r"No checkout of the workbook at .* or set PEERPACK_ROOT"):
        project_root()


def test_roots_are_searched_as_given_then_as_set_then_in_the_checkout(tmp_path, monkeypatch):
    monkeypatch.setenv("PEERPACK_DATA", f"{tmp_path / 'b'}:{tmp_path / 'c'}")
    roots = data_roots([tmp_path / "a"])
    assert roots == [tmp_path / "a", tmp_path / "b", tmp_path / "c", project_root() / "data"]


def test_the_first_root_that_has_the_quarter_wins_and_folders_are_never_merged(tmp_path):
    first, second = quarter_of(tmp_path / "one"), quarter_of(tmp_path / "two")
    (second / "only in two.csv").write_text("a")
    found = quarter_folder("northby", Q1, [tmp_path / "one", tmp_path / "two"])
    assert (found, files_within(found)) == (first, [])


def test_a_quarter_that_no_root_holds_is_not_found(tmp_path):
    with pytest.raises(
        NotFound, match=r"no data root holds the folder northby/2024-25-Q1. Put the"
    ):
        quarter_folder("northby", Q1, [tmp_path])


@pytest.mark.parametrize("name", ["../northby", "/etc", "north\0by", ".."])
def test_a_council_that_would_leave_the_root_is_refused(tmp_path, name):
    for find in (lambda: quarter_folder(name, Q1, [tmp_path]),
                 lambda: council_file(name, "council.toml", [tmp_path]),
                 lambda: corrections_folder(name, [tmp_path])):  # fmt: skip
        with pytest.raises(UsageError, match=r"is not a council's short name"):
            find()


def test_a_quarter_that_is_a_link_out_of_its_root_is_refused(tmp_path):
    elsewhere = quarter_of(tmp_path / "elsewhere")
    (tmp_path / "root" / "northby").mkdir(parents=True)
    (tmp_path / "root" / "northby" / str(Q1)).symlink_to(elsewhere)
    with pytest.raises(ReturnRefused, match=r"2024-25-Q1 is a link that leaves root/. Put what it"):
        quarter_folder("northby", Q1, [tmp_path / "root"])


def test_a_council_that_is_a_link_out_of_its_root_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "council.toml").write_text("")
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "northby").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ReturnRefused, match=r"council.toml is a link that leaves root/"):
        council_file("northby", "council.toml", [tmp_path / "root"])


def test_a_root_that_is_itself_a_link_is_the_users_own_choice(tmp_path):
    folder = quarter_of(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert quarter_folder("northby", Q1, [tmp_path / "link"]) == folder


@pytest.mark.parametrize("target", ["secret.csv", "secrets", "not there"])
def test_a_file_or_folder_that_is_a_link_out_of_the_quarter_is_refused(tmp_path, target):
    (tmp_path / "secret.csv").write_text("a")
    (tmp_path / "secrets").mkdir()
    folder = quarter_of(tmp_path / "root")
    (folder / "return.csv").symlink_to(tmp_path / target)
    with pytest.raises(ReturnRefused, match=r"return.csv is a link that leaves 2024-25-Q1/"):
        files_within(folder)


def test_files_are_found_by_name_in_folders_too_and_hidden_ones_passed_over(tmp_path):
    folder = quarter_of(tmp_path)
    (folder / "b").mkdir()
    for name in ("c.csv", "b/a.csv", ".hidden.csv", "~$open.xlsx"):
        (folder / name).write_text("a")
    assert [str(path.relative_to(folder)) for path in files_within(folder)] == ["b/a.csv", "c.csv"]
