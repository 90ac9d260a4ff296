"""`build --all`: each council's pack is as it is alone, and one that is refused stops no other."""

import json
import shutil
import signal

import pytest
import strangers
from typer.testing import CliRunner
from workbench import tree, visible

from peerpack.cli.commands import app
from peerpack.errors import NotFound, UsageError
from peerpack.packs import every
from peerpack.vocab import Quarter

QUARTER = "2027-28-Q2"
GOOD = ("inventon-01", "inventon-02", "inventon-03")
BROKEN = "inventon-00"
HEADINGS = (
    "Directorate,Service,Cost Centre,Cost Centre Desc,Original Budget,Revised Budget,"
    "Forecast Outturn,Variance\n"
)


def called(council):
    return council.replace("-", " ").title()


def lay(root, council, text, name="ledger.csv", slug=None):
    folder = root / council / QUARTER
    folder.mkdir(parents=True)
    (folder / name).write_text(text)
    (folder.parent / "council.toml").write_text(
        f'slug = "{slug or council}"\nname = "{called(council)} Council"\ndocuments = []\n'
    )


def ledger(council):
    """Six services whose every amount is this council's alone."""
    number = int(council[-2:])
    lines = []
    for at in range(6):
        budget = 7_000_000 + 791_903 * number + 133_337 * at + 1_011 * number * at
        over = (at - 2) * (30_011 + 9_773 * number)
        lines.append(f"Directorate {at // 2},Service {at},{number}{at},Centre {at},{budget},"
                     f"{budget},{budget + over},{over}\n")  # fmt: skip
    return HEADINGS + "".join(lines)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Three councils, and one before them that cannot be built."""
    root = tmp_path_factory.mktemp("councils")
    for council in GOOD:
        lay(root, council, ledger(council))
    lay(root, BROKEN, ledger(BROKEN), slug="another")
    return root


@pytest.fixture(scope="module")
def all_of(data, checkout, tmp_path_factory):
    """`build --all` in one process: what it said, and the reports."""
    reports = tmp_path_factory.mktemp("all") / "reports"
    told = checkout.peerpack("build", "--all", QUARTER, "--data", data, "--reports", reports)
    return told, reports


@pytest.fixture(scope="module")
def packs(all_of):
    return {council: all_of[1] / council / QUARTER / "v001" for council in GOOD}


def test_one_that_is_refused_stops_no_other_and_gives_the_exit_code(all_of):
    told, reports = all_of
    assert told.returncode == 12
    lines = told.stdout.splitlines()
    assert lines[0].startswith(f"{BROKEN}: refused with exit code 12: {BROKEN}/council.toml says")
    assert [line.partition(",")[0] for line in lines[1:4]] == [
        f"{council}: v001 published" for council in GOOD
    ]
    assert lines[4:] == ["3 published, 0 as before, 1 refused"]
    assert [visible(reports, council, QUARTER) for council in GOOD] == 3 * [["index.html", "v001"]]


def test_one_that_is_refused_leaves_nothing_half_written(all_of):
    _, reports = all_of
    assert sorted(p.name for p in reports.iterdir() if p.name[0] != ".") == list(GOOD)
    assert list((reports / ".scratch").iterdir()) == []


def test_no_pack_names_another_council(packs):
    names = {council: (council, called(council)) for council in (*GOOD, BROKEN)}
    assert strangers.names_of_others(packs, names) == []


def test_no_pack_holds_a_number_or_a_chart_of_another_council(packs):
    assert set(strangers.own_values(packs).values()) == set(GOOD)
    assert strangers.values_of_others(packs) == []
    assert strangers.charts_of_others(packs) == []


def test_what_is_another_councils_would_be_found(packs, tmp_path):
    first, second, _ = (shutil.copytree(pack, tmp_path / name) for name, pack in packs.items())
    chart = next((first / "exhibits").glob("*.svg")).name
    shutil.copy(first / "exhibits" / chart, second / "exhibits" / chart)
    value = next(v for v, own in strangers.own_values(packs).items() if own == GOOD[0])
    (second / "themes" / "T9.html").write_text(f"<p>£{value:,} of {called(GOOD[0])}</p>")
    mixed = packs | {GOOD[0]: first, GOOD[1]: second}
    names = {GOOD[0]: (called(GOOD[0]),)}
    assert strangers.names_of_others(mixed, names)[-1] == (
        f"{GOOD[1]}: themes/T9.html names {called(GOOD[0])}"
    )
    assert strangers.values_of_others(mixed)[-1].startswith(f"{GOOD[1]}: themes/T9.html holds")
    assert len(strangers.charts_of_others(mixed)) == 1
    assert strangers.differing(second, packs[GOOD[1]]) == [f"exhibits/{chart}", "themes/T9.html"]


def test_the_last_of_them_is_byte_for_byte_the_pack_that_is_built_alone(
    all_of, packs, data, checkout, tmp_path
):
    """What was admitted may be taken: that another's is not taken, its own tests show."""
    reports = tmp_path / "reports"
    shutil.copytree(all_of[1] / ".admitted", reports / ".admitted")
    told = checkout.peerpack("build", GOOD[-1], QUARTER, "--data", data, "--reports", reports)
    assert told.returncode == 0, told.stderr
    assert strangers.differing(packs[GOOD[-1]], reports / GOOD[-1] / QUARTER / "v001") == []


def test_built_again_nothing_changed_and_only_the_refused_one_is_tried(all_of, data, checkout):
    _, reports = all_of
    before = {council: tree(reports / council) for council in GOOD}
    told = checkout.peerpack(
        "build", "--all", QUARTER, "--data", data, "--reports", reports, "--json"
    )
    assert told.returncode == 12
    said = json.loads(told.stdout)
    assert said["exit_code"] == 12
    assert [(c["council"], c["new"], c["exit_code"]) for c in said["councils"]] == [
        (BROKEN, False, 12), *((council, False, 0) for council in GOOD),
    ]  # fmt: skip
    assert said["councils"][1]["pack"] == str(reports / GOOD[0] / QUARTER / "v001")
    assert f"{BROKEN}: 1 of 1 to build" in told.stderr
    assert {council: tree(reports / council) for council in GOOD} == before


def test_an_interrupt_ends_it_and_what_was_done_is_summed_up(data, checkout, tmp_path):
    reports = tmp_path / "reports"
    process = checkout.start(
        "build", "--all", QUARTER, "--data", data, "--reports", reports,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    for line in process.stderr:
        if line.startswith(f"{GOOD[0]}: 2 of 4"):
            break
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode not in (0, 12)
    first, last = out.splitlines()
    assert first.startswith(f"{BROKEN}: refused with exit code 12")
    assert last == "0 published, 0 as before, 1 refused"
    assert not list(reports.glob("*/*/v*"))


@pytest.fixture
def rooted(own_checkout, monkeypatch):
    """The checkout of this process, with no council but ours."""
    monkeypatch.delenv("PEERPACK_DATA", raising=False)
    monkeypatch.setenv("PEERPACK_ROOT", str(own_checkout.root))
    return own_checkout.root


def test_what_is_loaded_once_must_not_move_between_one_council_and_the_next(rooted, tmp_path):
    for council in GOOD[:2]:
        lay(tmp_path / "data", council, "Dear all", name="letter.txt")
    outcomes = every.build_all(QUARTER, roots=[tmp_path / "data"], reports=tmp_path / "reports")
    assert next(outcomes).exit_code == 10
    terms = rooted / "data" / "reference" / "glossary.yml"
    terms.write_text(f"# edited\n{terms.read_text()}")
    refused = next(outcomes)
    assert refused.exit_code == 2
    assert refused.said.startswith("reference of the workbook changed while the councils before")
    assert list(outcomes) == []


def test_every_council_of_every_root_once_and_neither_england_nor_reference(rooted, tmp_path):
    for root, council in (("a", "ashby"), ("b", "ashby"), ("b", "bray"), ("b", "Not A Name")):
        lay(tmp_path / root, council, root * 10 if root == "b" else "")
    for other in ("england", "reference", ".hidden"):
        lay(tmp_path / "a", other, "")
    (tmp_path / "a" / "empty").mkdir()
    (tmp_path / "a" / "notes.txt").write_text("")
    found = every.councils(Quarter.parse(QUARTER), [tmp_path / "a", tmp_path / "b"])
    assert found == {"ashby": 0, "bray": 10, "Not A Name": 10}


def test_a_quarter_that_nobody_has_and_a_root_that_is_not_there_are_refused(rooted, tmp_path):
    with pytest.raises(NotFound, match="no council in any data root has a folder of this quarter"):
        every.councils(Quarter.parse(QUARTER), [tmp_path])
    with pytest.raises(UsageError, match="nowhere: there is no such folder"):
        every.councils(Quarter.parse(QUARTER), [tmp_path / "nowhere"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("northborough", QUARTER, "--all"), "give it a quarter and nothing else"),
        (("--all",), "give it a quarter and nothing else"),
        (("northborough",), "give a council and a quarter"),
    ],
)
def test_words_that_cannot_be_meant_are_refused(rooted, words, said):
    told = CliRunner().invoke(app, ["build", *words])
    assert isinstance(told.exception, UsageError)
    assert said in str(told.exception)


def test_the_exit_code_is_the_highest_so_that_a_fault_of_ours_hides_behind_no_other():
    outcomes = [every.Outcome("a", 1.0, exit_code=code) for code in (10, 70, 0, 2)]
    assert every.exit_code(outcomes) == 70
    assert every.exit_code([]) == 0


def test_the_line_of_a_refusal_is_one_line_however_long_its_paragraph():
    refused = every.Outcome("a", 1.0, exit_code=60, said="Two faults:\n- one\n- another")
    assert refused.line == "a: refused with exit code 60: Two faults: - one - another"
