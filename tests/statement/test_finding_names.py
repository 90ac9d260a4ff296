"""Findings have names that a writer can look up: each once, and all of them on the page."""

import json
import re

from peerpack.catalogue.places import project_root
from peerpack.handover.records import Finding, NamedFinding

ROOT = project_root()
SAYS = Finding(text="x", theme="T1", evidence_ids=(), cell="0123")


def cells_that_find(notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [c["id"] for c in cells if "record.finding(" in "".join(c["source"])]


def names():
    return {
        path.stem: [NamedFinding.placed(SAYS, cell, path.stem).name
                    for cell in cells_that_find(path)]
        for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
    }  # fmt: skip


def test_no_two_cells_of_the_workbook_give_a_finding_one_name():
    every = [name for found in names().values() for name in found]
    assert len(every) == len(set(every)) > 50
    assert "savings" in every


def test_every_name_is_on_the_page_and_no_other():
    page = (ROOT / "docs/reference/position-statement.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d\d-[\w-]+) \| (.+) \|$", page, re.MULTILINE)
    assert {notebook: re.findall(r"`([\w-]+)`", told) for notebook, told in rows} == names()


def test_a_cell_called_nothing_but_finding_gives_the_name_of_its_notebook():
    made = NamedFinding.placed(SAYS, "finding", "08-is-parking-fair")
    assert (made.name, made.notebook, made.cell) == ("is-parking-fair", made.notebook, "finding")
    assert NamedFinding.placed(SAYS, "parking-finding", "08-x").name == "parking"
    assert NamedFinding.placed(SAYS, "refinding", "08-x").name == "refinding"
