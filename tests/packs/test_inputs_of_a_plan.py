"""A manifest's inputs say of every file that is read its name and its digest."""

import hashlib
from datetime import date

import pytest

from peerpack.catalogue import load
from peerpack.intake import Desk
from peerpack.packs.causes import digest_of_settings
from peerpack.packs.plan import Plan
from peerpack.sources import Assignment, NotUsed
from peerpack.vocab import Quarter

NOW, THEN = Quarter.parse("2024-25-Q1"), Quarter.parse("2023-24-Q4")


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def write(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def desk(root, quarter, used, left=()):
    folder = root / "northby" / str(quarter)
    files = {name: tuple(folder / each for each in own) for name, own in used.items()}
    unused = tuple(NotUsed(folder / each, "it holds no table") for each in left)
    return Desk("northby", quarter, folder, Assignment(files, unused), ())


@pytest.fixture
def inputs(tmp_path):
    """The inputs of a drawn council's quarter, whose files are these by their place."""

    def made(files, used=None, left=(), before=None):
        write(tmp_path, {"northby/council.toml": 'slug = "northby"\nname = "Northby"\n'} | files)
        roots = (tmp_path,)
        earlier = ((desk(tmp_path, THEN, before), next(iter(before))),) if before else ()
        own = desk(tmp_path, NOW, used or {}, left)
        council = load.council("northby", roots)
        return Plan(council, NOW, date(2024, 7, 1), roots, own, (), None, earlier).inputs

    return made


def test_the_corrections_that_are_read_are_inputs_by_name_and_no_others(inputs):
    told = inputs({
        "northby/corrections/a.yml": "1", "northby/corrections/2024/b.yaml": "2",
        "northby/corrections/notes.txt": "3", "northby/corrections/.c.yml": "4",
    })  # fmt: skip
    assert told["corrections"] == {"a.yml": sha("1"), "2024/b.yaml": sha("2")}


def test_a_file_that_is_no_return_is_named_with_its_place(inputs):
    own = f"northby/{NOW}"
    told = inputs(
        {f"{own}/a/letter.txt": "", f"{own}/b/letter.txt": ""},
        left=("b/letter.txt", "a/letter.txt"),
    )
    assert told["not_used"] == ["a/letter.txt", "b/letter.txt"]


def test_an_earlier_return_is_an_input_with_the_list_that_assigned_it_and_all_it_may_name(inputs):
    """Else a folder with only some of the files that its list names would be refused."""
    own = f"northby/{THEN}"
    files = {f"{own}/pay.csv": "p", f"{own}/spend.csv": "s"}
    used = {"hr_positions": ("pay.csv",), "supplier_spend": ("spend.csv",)}
    alone = {f"{THEN}/pay.csv": sha("p")}
    assert inputs(files, before=used)["earlier_returns"] == alone
    by_hand = {f"{own}/returns.toml": "[assign]\n"}
    assert inputs(files | by_hand, before=used)["earlier_returns"] == alone | {
        f"{THEN}/returns.toml": sha("[assign]\n"), f"{THEN}/spend.csv": sha("s"),
    }  # fmt: skip


def test_settings_are_the_same_whatever_their_date_and_comments(inputs):
    name = f"northby/{NOW}/pack.toml"
    then = inputs({name: "as_at = 2024-07-01\n"})
    now = inputs({name: "# later\nas_at = 2024-07-15\n"})
    assert then["settings"] == now["settings"]
    assert then["settings"]["pack.toml"] == digest_of_settings({})
    assert then["council_files"] != now["council_files"]


def test_the_reference_document_for_word_is_an_input_wherever_it_is_told_of(inputs):
    then = inputs({})
    now = inputs({"northby/reference.docx": "styles"})
    assert now["council_files"] == then["council_files"] | {"reference.docx": sha("styles")}
    assert now["settings"] == then["settings"]


def test_a_theme_and_the_crest_beside_it_are_inputs(inputs):
    theme = 'name = "Northby"\ncolour = "#1f5f5b"\naccent = "#c2571a"\n'
    files = {"northby/theme.toml": theme, "northby/crest.svg": "<svg/>"}
    told = inputs(files)["council_files"]
    assert told["theme.toml"] == sha(theme)
    assert told["crest.svg"] == sha("<svg/>")
