"""Files made to choke, mislead or break out of their reader: refused or made harmless, and soon."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hostile_files import write_all

from peerpack.packs.write import _csv
from peerpack.words.cells import inert

PROGRAM = Path(__file__).with_name("hostile_files.py")
BOMB_BYTES = 72 * 2**20
MOST_S, MOST_BYTES = 5, 1024**3
UNPACKS = r"refused: .* unpacks to [\d,]+ bytes, \d+ times its size; .*export it in parts"
DECLARES = r"refused: .*has a document type declaration.*save it again as .xlsx"
LONG_LINE = r"refused: .*a line of more than 1,048,576 bytes, expected a row on each line"
ONE_ROW = r"read \(supplier_spend\): 1 rows, 0 apart: Invented Ltd"

EXPECTED = {
    "flat bomb.zip": UNPACKS,
    "nested bomb.zip": r"refused: .*holds another archive, inner.zip.*Unpack it",
    "bomb.xlsx": UNPACKS,
    "bomb.ods": UNPACKS,
    "many members.zip": r"refused: .*10,001 files inside, more than the 10,000",
    "outside entity.xlsx": DECLARES,
    "laughs.xlsx": DECLARES,
    "outside entity.ods": DECLARES,
    "laughs.ods": DECLARES,
    "far cell.xlsx": r"refused: .*asks for far more memory than a file of its size should",
    "lone far cell.xlsx": r"refused: .*'P3' reaches to row 1,048,576 and column 16,384.*stray cell",
    "said to be vast.xlsx": ONE_ROW,
    "repeated.ods": r"refused: .*asks for far more memory than a file of its size should",
    "open cells.xlsx": r"refused: .*cannot be read as a spreadsheet",
    "300 columns.csv": r"not used: \[\(100, 300\)\]",
    "300000 columns.csv": r"refused: .*line 1: .*300,001 cells in a row, more than the 16,384",
    "spaces.csv": r"read \(supplier_spend\): 0 rows, 1 apart",
    "long cell.csv": r"refused: .*line 2: .*field larger than field limit",
    "long line.csv": LONG_LINE,
    "long line to see.csv": LONG_LINE,
    "climbing.zip": ONE_ROW,
    "absolute.zip": ONE_ROW,
    "link.zip": r"not used: \[\(1, 1\)\]",
    "formulas.csv": r"read \(supplier_spend\): 4 rows, 0 apart: =cmd",
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """Each file by name: what came of it, seconds of the processor, and the peak memory so far."""
    folder = tmp_path_factory.mktemp("hostile")
    write_all(folder, BOMB_BYTES)
    run = subprocess.run(
        [sys.executable, PROGRAM, folder], capture_output=True, text=True, check=True, timeout=300
    )
    found = [json.loads(line) for line in run.stdout.splitlines()]
    return {name: told for name, *told in found}


def test_every_file_is_expected_to_come_to_something(outcomes):
    assert outcomes.keys() == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_hostile_file_is_refused_or_harmless_within_seconds_and_a_gigabyte(outcomes, name):
    found, took_s, peak_bytes = outcomes[name]
    assert re.match(EXPECTED[name], found), found
    assert took_s <= MOST_S
    assert peak_bytes <= MOST_BYTES


FORMULAS = ["=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "+1+cmd", "-1+cmd", "@SUM(A1)"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_that_came_as_text_leaves_as_text(tmp_path, text):
    _csv(tmp_path / "evidence.csv", pd.DataFrame({"group": [text], "value": [-1.5]}))
    written = (tmp_path / "evidence.csv").read_text(encoding="utf-8").splitlines()[1]
    assert written.lstrip('"').startswith("'")
    assert written.endswith(",-1.5")
    assert inert(text) == f"'{text}"
