"""Real files with bytes mutated, and drawn tables written out: read or refused, never broken.

`make bench-torture` does the same with a million bytes and ten thousand tables.
"""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpack.catalogue.places import project_root
from peerpack.errors import ReturnRefused
from peerpack.sources.tabular import grids

REAL = project_root().parent / "shared" / "real"
PROGRAM = Path(__file__).with_name("mutated_files.py")
FULL = bool(os.environ.get("PEERPACK_TORTURE"))
BYTES_N = 1_000_000 if FULL else 1_500
TABLES_N = 10_000 if FULL else 40
KINDS = {
    "text": ("csv/torture/*.csv", "csv/spectrum/*.csv", "leeds/*.csv", "devon/*.csv",
             "others/*.csv", "survey/*.csv"),
    "workbooks": ("spreadsheets/[B-L]*.xlsx", "spreadsheets/L*.ods", "spreadsheets/police-w*.ods",
                  "spreadsheets/*.xls"),
    "archives": ("trafford/2024-25-Q4/*.zip",),
}  # fmt: skip
SHARES = {"text": 0.55, "workbooks": 0.4, "archives": 0.05}
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/real is missing here")


@needs_real
@pytest.mark.parametrize("kind", KINDS)
def test_real_files_with_bytes_mutated_are_read_or_refused(kind, capsys):
    files = [path for pattern in KINDS[kind] for path in sorted(REAL.glob(pattern))]
    assert files
    bytes_n = int(BYTES_N * SHARES[kind])
    run = subprocess.run(
        [sys.executable, PROGRAM, "1", str(bytes_n), *files], capture_output=True, text=True,
        check=False, timeout=3 * 3600 if FULL else 300,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2_000:]
    told = json.loads(run.stdout)
    if FULL:
        with capsys.disabled():
            print(f"\n{kind}: {told}")
    assert told["bytes"] >= bytes_n
    assert told["read"] + told["refused"] == told["copies"]


CELLS = st.text(
    st.characters(codec="cp1252", exclude_characters="\0\r", categories=["L", "N", "P", "S", "Zs"])
    | st.sampled_from('",;|\t\n ^'),
    max_size=8,
)  # fmt: skip
TABLES = st.lists(
    st.lists(CELLS, min_size=1, max_size=6) | st.sampled_from([[""] * 3, ["Total", "", "1,234.5"]]),
    min_size=1, max_size=25,
)  # fmt: skip


@settings(max_examples=TABLES_N, deadline=None)
@given(
    TABLES,
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.sampled_from(["\r\n", "\n"]),
)
def test_every_row_of_a_drawn_table_is_there_with_its_cells_and_its_line(
    tmp_path_factory, rows, delimiter, encoding, quoting, newline
):
    rows = [["Column one", "Column two", "Column three"]] * 30 + rows
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=newline).writerows(rows)
    path = tmp_path_factory.mktemp("drawn") / "drawn.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    [grid] = grids(path)
    assert [list(row) for row in grid.rows] == rows
    lines, line = [], 1
    for row in rows:
        lines.append(line)
        line += 1 + sum(cell.count("\n") for cell in row)
    assert list(grid.lines) == lines


@settings(max_examples=TABLES_N, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-32", "utf-16-be"]))
def test_any_text_at_all_is_read_or_refused(tmp_path_factory, text, encoding):
    path = tmp_path_factory.mktemp("any") / "any.csv"
    path.write_bytes(text.encode(encoding, errors="ignore"))
    try:
        found = list(grids(path))
        assert all(len(grid.lines) == len(grid.rows) for grid in found)
    except ReturnRefused as refusal:
        assert "any.csv" in str(refusal)
