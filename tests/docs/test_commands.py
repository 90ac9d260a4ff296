"""Every command of the tutorial and the how-to pages is run, in a copy of the checkout."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from peerpack.catalogue.places import project_root

ROOT = project_root()
PAGES = sorted([*(ROOT / "docs/tutorial").glob("*.md"), *(ROOT / "docs/how-to").glob("*.md")])
BLOCK = re.compile(r"^```(sh run|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COPIED = ("data", "expectations", "notebooks", "lib", "pyproject.toml", "requirements.lock")
SETS_UP = ("make ", ". .venv/bin/activate", "peerpack build trafford ")

SAID = {
    "first-pack": ("94 rows in = 59 admitted", "northborough/2024-25-Q1/v001", "nothing changed"),
    "build-a-pack": ("reports/liverpool/2024-25-Q1/v001",),
    "build-every-council": (
        "quillford: refused with exit code 10: quillford 2031-32-Q1: none of 1 files fits",
        "0 published, 0 as before, 1 refused",
        "exit code 10",
    ),
    "add-a-return": ("3 rows in = 2 admitted + 1 set aside + 0 in quarantine",),
    "check-a-quarter": (
        "2 returns: 0 pass, 2 warn, 0 stop",
        "row 3, forecast_outturn_gbp: found '#REF!'",
        "stops-early",
        "a gap, not a saving",
        "checktown/2024-25-Q1/check.html",
    ),
    "correct-a-row": ("exit code 12", "Correction oth-2024-q1-001: expected"),
    "use-a-national-return": ("6 rows in = 3 admitted + 3 set aside", "E08000012"),
    "explain-a-word": ("One unbroken stretch of sickness",),
    "compare-two-packs": (
        "Identical: every byte under the sums is the same.",
        "as reported then: ",
    ),
    "write-the-position-statement": ("# About this statement",),
    "trace-a-number": ("published_figures.csv, line 8: id: L05",),
    "verify-a-pack": ("files as published", "evidence.csv changed", "exit code 40"),
    "review-and-sign": (
        "compared-by-theme: context is empty",
        "exit code 50: nothing was filled in",
        "the same person is analyst",
        "approved by Cat Approver <cat@example.org>",
        "WITHDRAWN by Cat Approver",
        "signed by SHA256:",
        'Good "peerpack" signature for dee@example.org',
    ),
    "add-a-dataset": (
        "5 rows in, 3 admitted as complaints, verdict pass",
        "for Customer relations team",
        "complaints-n-given: A row without “Number of complaints”",
        "exit code 21",
    ),
    "set-targets-neighbours-and-actions": (
        "2024-25-Q4 [('KF17', 94.0)]",
        "2025-26-Q1 []",
    ),
    "send-a-pack": ("liverpool-2024-25-Q1.zip", "evidence.csv: OK", "is valid"),
    "audit-a-report": (
        "cannot be · line 3",
        "No whole number gives 13.4%: of 126, 16 is 12.7% and 17 is 13.5%.",
        "6 claims: 1 cannot be",
        "exit code 1",
    ),
    "add-an-indicator": ("Complaints for each service",),
}


def blocks(page: Path) -> list[tuple[str, str]]:
    """Each block of commands of a page: how it is marked, and its text."""
    return BLOCK.findall(page.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "checkout"
    (folder / "docs" / "reference").mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder)
    for settings in (folder / "data").glob("*/council.toml"):  # what these pages do not speak of
        settings.write_text(f"documents = []\n{settings.read_text(encoding='utf-8')}")
    return folder


def run(block: str, checkout: Path) -> str:
    """What a block of commands says; it must end well."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PEERPACK_")}
    done = subprocess.run(
        ["sh", "-euc", block],
        cwd=checkout,
        env=own | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{block}\n{done.stdout}"
    return done.stdout


RUN = [page for page in PAGES if any(mark == "sh run" for mark, _ in blocks(page))]


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.stem)
def test_a_page_does_what_it_says(page, checkout):
    said = "".join(run(text, checkout) for mark, text in blocks(page) if mark == "sh run")
    for expected in SAID[page.stem]:
        assert expected in said


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_only_set_up_and_data_that_do_not_ship_are_left_out(page):
    lines = [line for mark, text in blocks(page) if mark == "sh" for line in text.splitlines()]
    assert [line for line in lines if not line.startswith(SETS_UP)] == []
