"""How is an exhibit shown? Its drawing, its alternative text, and its numbers as a table."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from peerpack.handover.records import Exhibit
from peerpack.render.svg import inlined
from peerpack.words.numbers import period_in_full

ROWS_SHOWN = 60
OVERALL = "Overall"
# An exhibit's CSV has every column of the evidence; a reader wants these, the rest is in the file.
_READABLE = ("group", "display", "base_n", "lower", "upper", "comparator_value", "status")
_OF_CLAIMS = ("title", "stated_value", "comparator_value", "display", "lower", "upper", "status")
_HEADINGS = {
    "display": "figure", "base_n": "people or answers", "lower": "lower end", "upper": "upper end",
    "stated_value": "as printed", "comparator_value": "comparator", "status": "marks",
}  # fmt: skip
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"[-−]?[£$]?[\d,]*\.?\d+\s*(%|pp|m|k)?\Z|\[[a-z]+\]\Z|\Z")


@dataclass(frozen=True)
class Column:
    """A column of a shown table: its heading, and whether it holds numbers."""

    name: str
    numeric: bool


@dataclass(frozen=True)
class Chart:
    """An exhibit ready for the page; `more_n` rows of its table are only in its CSV."""

    anchor: str
    title: str
    alt: str
    source: str
    drawing: Markup
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    more_n: int
    file: str
    evidence_ids: tuple[str, ...]
    theme: str


def chart(exhibit: Exhibit, number: int) -> Chart:
    """One exhibit; `number` keeps the ids of its drawing apart from every other's."""
    header, body = _readable(exhibit.table)
    body = [tuple(_shortened(cell) for cell in row) for row in body]
    columns = (Column(n, _is_numeric(i, body)) for i, n in enumerate(header))
    return Chart(
        anchor="chart-" + quote(exhibit.id, safe=""),
        title=exhibit.title,
        alt=exhibit.alt,
        source=_source(exhibit.source),
        drawing=inlined(exhibit.svg, f"x{number}-", exhibit.title, exhibit.alt),
        columns=tuple(columns),
        rows=tuple((row[0] or OVERALL, *row[1:]) for row in body[:ROWS_SHOWN] if row),
        more_n=max(0, len(body) - ROWS_SHOWN),
        file=f"exhibits/{quote(exhibit.id, safe='')}.csv",
        evidence_ids=exhibit.evidence_ids,
        theme=exhibit.theme,
    )


def _readable(table: str) -> tuple[list[str], list[tuple[str, ...]]]:
    """Header and rows of a CSV, without columns that are empty or only for machines."""
    header, *body = list(csv.reader(io.StringIO(table))) or [[]]
    body = [row for row in body if len(row) == len(header)]
    kept = [i for i in _wanted(header, body) if not body or any(row[i] for row in body)]
    words = [_HEADINGS.get(header[i], header[i].replace("_", " ")) for i in kept]
    return words, [tuple(row[i] for i in kept) for row in body]


def _wanted(header: Sequence[str], body: Sequence[Sequence[str]]) -> list[int]:
    """The places of the columns to show; published figures are known by their titles."""
    if "evidence_id" not in header:
        return list(range(len(header)))
    printed = header.index("stated_value") if "stated_value" in header else None
    claims = printed is not None and any(row[printed] for row in body)
    return [header.index(n) for n in (_OF_CLAIMS if claims else _READABLE) if n in header]


def _source(source: str) -> str:
    """A source line without the word that the page says itself, its days in full."""
    said = source.removeprefix("Source:").strip()
    return _ISO_DAY.sub(lambda found: period_in_full(found[0]), said)


def _shortened(cell: str) -> str:
    """A float at full precision is for the file; a reader gets two decimals."""
    is_long = re.fullmatch(r"-?\d+\.\d{3,}(e-?\d+)?", cell)
    whole = re.fullmatch(r"(-?\d+)\.0", cell)
    return f"{float(cell):,.2f}" if is_long else f"{int(whole[1]):,}" if whole else cell


def _is_numeric(place: int, rows: Sequence[Sequence[str]]) -> bool:
    cells = [row[place] for row in rows]
    return place > 0 and any(cells) and all(_NUMBER.match(cell) for cell in cells)
