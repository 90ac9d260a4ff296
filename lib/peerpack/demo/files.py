"""Bytes that do not depend on the machine: seeded chance, CSV text and re-zipped workbooks."""

import csv
import io
import random
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date

# The date an unset zip entry carries; any fixed date would do.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def stream(seed: int, purpose: str) -> random.Random:
    """Chance for one purpose, so that a change to one file leaves the other four as they were.

    Text seeds go through SHA-512, not `hash`, and so do not depend on PYTHONHASHSEED.
    """
    return random.Random(f"northborough {seed} {purpose}")  # noqa: S311 (data, not secrets)


def csv_bytes(
    header: Sequence[str], rows: Iterable[Sequence[str]], encoding: str, line_end: str
) -> bytes:
    """A header and rows of text as the bytes of a CSV file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=line_end)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def rezipped(workbook: bytes) -> bytes:
    """The same workbook, entries sorted and stored, so that no zlib version shows in the bytes."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as plain,
    ):
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.create_system = 3
            plain.writestr(entry, source.read(name))
    return target.getvalue()


def uk_date(day: date | None) -> str:
    """A day as dd/mm/yyyy text; no day as an empty cell."""
    return f"{day:%d/%m/%Y}" if day else ""
