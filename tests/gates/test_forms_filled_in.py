"""The form of every dataset, filled in with drawn rows, is known as its dataset and admitted."""

import io
import zipfile
from html import escape

import pandas as pd
import pytest
from drawn_frames import drawn

from peerpack.catalogue.load import dataset, datasets
from peerpack.intake import supplied
from peerpack.intake.admit import admit_from
from peerpack.packs.new_quarter import new_quarter, supplied_by_councils
from peerpack.render.forms import asked, form
from peerpack.sources import fits
from peerpack.vocab import Quarter

NAMES = [each.dataset for each in supplied_by_councils()]


def filled(name):
    """The form of a dataset with the rows of its drawn frame typed in."""
    rows = drawn(name).reset_index(drop=True).astype(object)
    columns = [column.name for column in asked(dataset(name))]
    for status in [each for each in rows if each.endswith("_status")]:
        value = status.removesuffix("_status")
        rows[value] = rows[value].where(rows[value].notna(), "[" + rows[status] + "]")
    typed = "".join(_row(at + 2, cells) for at, cells in rows.reindex(columns=columns).iterrows())
    source, target = zipfile.ZipFile(io.BytesIO(form(dataset(name)))), io.BytesIO()
    with zipfile.ZipFile(target, "w") as book:
        for each in source.namelist():
            part = source.read(each)
            if each == "xl/worksheets/sheet1.xml":
                part = part.replace(b"</sheetData>", f"{typed}</sheetData>".encode())
            book.writestr(each, part)
    return target.getvalue()


def _row(line, cells):
    return f'<row r="{line}">{"".join(map(_cell, cells))}</row>'


def _cell(value):
    if pd.isna(value):
        return "<c/>"
    if isinstance(value, pd.Timestamp):
        return f"<c><v>{(value - pd.Timestamp(1899, 12, 30)).days}</v></c>"
    if isinstance(value, float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'


@pytest.mark.parametrize("name", NAMES)
def test_a_form_filled_in_is_its_dataset_and_no_other_and_every_row_is_admitted(tmp_path, name):
    laid = new_quarter("northby", "2024-25-Q1", [tmp_path])
    (laid.folder / f"{name}.xlsx").write_bytes(filled(name))
    desk = supplied("northby", Quarter(2024, 1), [tmp_path])
    assert list(desk.assignment.files) == [name]
    receipt = admit_from(desk, name).receipt
    assert (receipt.rows_admitted, receipt.quarantined, receipt.not_read) == (3, (), ())
    assert receipt.verdict.outcome != "stop"


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_form_fits_exactly_its_dataset(tmp_path, name):
    path = tmp_path / "any name.xlsx"
    path.write_bytes(form(dataset(name)))
    assert list(fits([path], datasets(), {}).files) == [name]
