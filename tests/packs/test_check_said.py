"""What `peerpack check` prints: plain lines, JSON, and on a terminal a table that repeats them."""

import json
import os
import pty
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from peerpack.cli.commands import app
from peerpack.errors import ReturnRefused

LEDGER = (
    "Directorate,Service,Cost Centre,Cost Centre Desc,Original Budget,Revised Budget,"
    "Forecast Outturn,Variance\nAdults,Homecare,01,Care,{},100,110,10\n"
)


@pytest.fixture
def said(tmp_path):
    """The words of a check of one ledger, and how it ended."""

    def said(*words, budget="100"):
        folder = tmp_path / "data" / "northby" / "2024-25-Q1"
        folder.mkdir(parents=True)
        (folder.parent / "council.toml").write_text('slug = "northby"\nname = "Northby"\n')
        (folder / "ledger.csv").write_text(LEDGER.format(budget))
        where = ["--data", str(tmp_path / "data"), "--reports", str(tmp_path / "reports")]
        return CliRunner().invoke(app, ["check", "northby", "2024-25-Q1", *where, *words])

    return said


def test_the_summary_is_first_and_the_path_of_the_page_last(said, tmp_path):
    lines = said().stdout.splitlines()
    assert lines[0] == "Northby, 2024-25-Q1. 1 return: 1 pass, 0 warn, 0 stop"
    assert lines[-1] == str(tmp_path / "reports" / "northby" / "2024-25-Q1" / "check.html")


def test_a_refused_quarter_is_reported_and_its_page_written_before_it_ends_so(said, tmp_path):
    told = said(budget="TBC")
    assert isinstance(told.exception, ReturnRefused)
    assert "verdict: refused" in told.stdout
    assert (tmp_path / "reports" / "northby" / "2024-25-Q1" / "check.html").is_file()


def test_json_is_all_that_is_printed_and_names_the_page(said):
    told = json.loads(said("--json").stdout)
    assert told["returns"][0]["receipt"]["rows_admitted"] == 1
    assert told["page"].endswith("check.html")


ON_A_TERMINAL = """
from peerpack.cli.build import _report
from peerpack.handover.check import QuarterChecked, ReturnChecked
each = ReturnChecked(dataset="d", title="Payroll", owner="HR", personal=True, holds={},
                     refused="Damaged [bold]file[/bold].", exit_code=11)
_report(QuarterChecked(council="n", council_name="Northby", invented=False,
                       quarter="2024-25-Q1", returns=(each,), not_used=()))
"""


def test_on_a_terminal_a_table_repeats_in_colour_what_the_words_say():
    ours, theirs = pty.openpty()
    env = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    subprocess.run([sys.executable, "-c", ON_A_TERMINAL], stdout=theirs, env=env, check=True)
    os.close(theirs)
    told = os.read(ours, 65_536).decode()
    os.close(ours)
    assert "✗ Refused" in told
    assert "verdict: refused" in told
    assert "Damaged [bold]file[/bold]." in told
    assert "\x1b[" in told
