"""The guard of commits, shown files as a council's systems would print them."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
import yaml

from peerpack.catalogue.places import project_root
from peerpack.guard import main, personal

SPELLS = (
    "Personal Reference,Position Reference,Reason,Absence Start,Absence End,Days Lost\n"
    "000005,POS20037,Covid-19,09/05/2024,10/05/2024,2.00 Day(s)\n"
)
BUDGET = "Directorate,Service,Revised Budget,Forecast Outturn\nPlace,PLA-Parks,1000,1200\n"
ROOT = project_root()


@pytest.fixture
def spells(tmp_path: Path) -> Path:
    path = tmp_path / "absence spells.csv"
    path.write_text(SPELLS, encoding="utf-8")
    return path


def test_a_file_with_the_columns_of_personal_data_is_refused_by_name(spells, capsys):
    assert main([str(spells)]) == 1
    said = capsys.readouterr().err
    assert "absence spells.csv: has the columns of absence_spells, which is personal data" in said
    assert "git rm --cached" in said


@pytest.mark.parametrize("name", ["holidays.csv", "notes.txt", "README.md", "scan.pdf", "data"])
def test_another_name_or_ending_does_not_hide_it(spells, name):
    assert personal(spells.rename(spells.with_name(name))) == ["absence_spells"]


@pytest.mark.parametrize("name", ["spells.zip", "photos.jpg"])
def test_a_zip_of_it_is_refused(spells, name):
    path = spells.with_name(name)
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(spells, "inner/plain.csv")
    assert personal(path) == ["absence_spells"]


@pytest.mark.parametrize("name", ["spells.xlsx", "spells.zip"])
def test_a_workbook_of_it_under_a_title_row_is_refused(tmp_path, name):
    title = ["Absence report", *[""] * 5]
    sheet = pd.DataFrame([title, *[line.split(",") for line in SPELLS.splitlines()]])
    sheet.to_excel(tmp_path / "made.xlsx", header=False, index=False, engine="xlsxwriter")
    assert personal((tmp_path / "made.xlsx").rename(tmp_path / name)) == ["absence_spells"]


@pytest.mark.parametrize("name", ["spells.parquet", "spells.dat"])
def test_a_parquet_file_of_it_is_refused(tmp_path, name):
    head, row = (line.split(",") for line in SPELLS.splitlines())
    pd.DataFrame([row], columns=head).to_parquet(tmp_path / name)
    assert personal(tmp_path / name) == ["absence_spells"]


@pytest.mark.parametrize(
    ("compress", "name"), [(False, "s.sav"), (True, "s.zsav"), (True, "s.csv")]
)
def test_an_spss_file_of_a_survey_is_refused(tmp_path, compress, name):
    columns = ["URN", "Mode", "InterviewDate", "Ward", "Q2_CouncilRunsThings", "weight"]
    row = pd.DataFrame([["1", "Telephone", "2024-05-07", "Docks", "DK", 1.0]], columns=columns)
    pyreadstat.write_sav(row, str(tmp_path / name), compress=compress)
    assert personal(tmp_path / name) == ["resident_survey"]


def test_a_file_with_a_byte_order_mark_and_semicolons_is_refused(spells):
    spells.write_text(SPELLS.replace(",", ";"), encoding="utf-8-sig")
    assert personal(spells) == ["absence_spells"]


def test_rows_of_an_export_called_a_program_are_refused(spells):
    assert personal(spells.rename(spells.with_name("spells.py"))) == ["absence_spells"]


def test_a_program_that_draws_a_table_in_its_text_is_not_a_return(tmp_path):
    path = tmp_path / "drawn.py"
    path.write_text(f'TABLE = """\n{SPELLS}"""\n', encoding="utf-8")
    assert personal(path) == []


def test_a_return_that_is_not_personal_may_be_committed(tmp_path):
    path = tmp_path / "budget.csv"
    path.write_text(BUDGET, encoding="utf-8")
    assert personal(path) == []


CASES = "Ref,Type,Received,Due,Closed,Service{}\nF1,FOI,02/04/2024,30/04/2024,,Finance{}\n"


def test_a_log_of_cases_may_be_committed_until_a_column_names_people(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text(CASES.format("", ""), encoding="utf-8")
    assert personal(path) == []
    path.write_text(CASES.format(",Requester Name,E-mail", ",A N Invented,"), encoding="utf-8")
    assert personal(path) == ["complaints_and_requests"]


@pytest.mark.parametrize(("head", "name"), [
    ("Referral Ref,Referral Date,Directorate,Reason\n", "occupational_health_referrals"),
    ("RespondentID,Submitted,Directorate,Recommend Employer\n", "staff_survey"),
])  # fmt: skip
def test_referrals_and_answers_of_staff_are_personal(tmp_path, head, name):
    path = tmp_path / "return.csv"
    path.write_text(head, encoding="utf-8")
    assert personal(path) == [name]


def test_invented_returns_ship_only_while_their_council_says_so(tmp_path, monkeypatch):
    council = tmp_path / "data" / "northborough"
    (council / "2024-25-Q1").mkdir(parents=True)
    (tmp_path / "data" / "reference").symlink_to(ROOT / "data" / "reference")
    path = council / "2024-25-Q1" / "spells.csv"
    path.write_text(SPELLS, encoding="utf-8")
    monkeypatch.setenv("PEERPACK_ROOT", str(tmp_path))
    settings = 'slug = "northborough"\nname = "Northborough Council"\n'
    (council / "council.toml").write_text(settings)
    assert personal(path) == ["absence_spells"]
    (council / "council.toml").write_text(f"{settings}invented = true\n")
    assert personal(path) == []


def test_everything_in_this_checkout_may_be_committed():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout, so nothing is to be committed")
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    assert [str(path) for path in files if personal(path)] == []


def test_every_hook_is_local_and_runs_what_this_checkout_holds():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    entries = [hook["entry"] for hook in config["repos"][0]["hooks"]]
    assert ".venv/bin/python -m peerpack.guard" in entries
    assert ".venv/bin/python -m peerpack.notebooks strip" in entries
    assert all(entry.startswith(".venv/bin/") for entry in entries)


def test_the_command_stops_a_commit(spells):
    words = [sys.executable, "-m", "peerpack.guard", str(spells)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "absence_spells" in done.stderr) == (1, True)
