"""What a trace names, fetched anew from the raw files: nothing else of the trace is believed.

Of a trace's JSON only where its rows stand is used (role, dataset, quarter, file, sheet, line), and
which evidence it is. The cells come from the raw file, and what they mean from the headings there.
Settings are read as plain data: which headings a column may have, bank holidays, names of tables.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

import raw_cells
import raw_files
import yaml
from of_own_tables import receipt

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
THOUSANDS = re.compile(r"£\s?(000|'000|thousands?|k\b)", re.IGNORECASE)
OWN_TABLES = ("evidence", "receipts")


@lru_cache
def settings(name):
    """A file of the reference data, as plain data."""
    return yaml.safe_load((REFERENCE / name).read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Row:
    """One traced line of a raw file: its cells by column, and how much a money cell is in."""

    dataset: str
    quarter: str
    line: int
    cells: dict
    scale: int

    def words(self, column):
        return raw_cells.given(self.cells.get(column))

    def label(self, column):
        """Words as one of the spellings that the column's list has."""
        said = self.words(column)
        return _spellings(self.dataset, column).get(said.casefold(), said)

    def number(self, column):
        return raw_cells.number(self.cells.get(column))

    def money(self, column):
        found = self.number(column)
        return None if found is None else found * self.scale

    def day(self, column):
        return raw_cells.day(self.cells.get(column))


@dataclass(frozen=True)
class Traced:
    """One piece of evidence with the raw lines that its trace names, by role."""

    evidence_id: str
    quarter: str
    rows: dict = field(default_factory=dict)
    folders: tuple = ()

    @property
    def indicator(self):
        return self.evidence_id.partition("/")[0]

    @property
    def cuts(self):
        pairs = (pair.partition("=") for pair in self.evidence_id.partition("/")[2].split("&"))
        return {name: unquote(value) for name, _, value in pairs if name}

    @property
    def manifest(self):
        return json.loads(raw_files.content(self.folders, "manifest.json"))

    @property
    def as_at(self):
        """The one date that a pack knows."""
        return date.fromisoformat(self.manifest["as_at"])

    def rounded(self, count):
        """A count of staff of a part of the council, as the pack's regime shows it."""
        base = self.manifest["disclosure"]["rounding_base"]
        return base * round(count / base) if set(self.cuts) - {"measure"} else count

    def of(self, role):
        return self.rows.get(role, [])


def fetched(trace, folders):
    """The traced lines, from the raw files under these folders, the pack's own among them."""
    folders, rows = tuple(map(str, folders)), {}
    for place in trace["rows"]:
        if place["role"] != "comparator":
            rows.setdefault(place["role"], []).append(_row(place, folders))
    return Traced(trace["evidence_id"], trace["quarter"], rows, folders)


def _row(place, folders):
    name, sheet, line = place["file"], place["sheet"] or "", place["line"]
    if place["dataset"] == "receipts":
        return Row("receipts", place["quarter"], line, receipt(folders, name), 1)
    columns, scale = _columns(folders, name, sheet, place["dataset"])
    cells = raw_files.table(folders, name, sheet)[line]
    own = {column: cells[at] for column, at in columns.items() if at < len(cells)}
    return Row(place["dataset"], place["quarter"], line, own, scale)


@lru_cache
def _columns(folders, name, sheet, dataset):
    """Where each column stands in a file, and in how many pounds its amounts are."""
    lines = raw_files.table(folders, name, sheet)
    if dataset in OWN_TABLES:
        return {heading: at for at, heading in enumerate(lines[1])}, 1
    told = settings(f"datasets/{dataset}.yml")["columns"]
    headings = {c["name"]: [c["name"], *c.get("synonyms", ())] for c in told}
    places, at = raw_files.header(lines, headings)
    above = [str(cell) for line in lines if line <= at for cell in lines[line] if cell]
    return places, 1000 if any(THOUSANDS.search(cell) for cell in above) else 1


@lru_cache
def _spellings(dataset, column):
    told = settings(f"datasets/{dataset}.yml")["columns"]
    own = next((c for c in told if c["name"] == column), {})
    found = {str(word).casefold(): word for word in own.get("allowed", ())}
    for word, ways in (own.get("written_as") or {}).items():
        found |= {str(way).casefold(): word for way in ways}
    return found
