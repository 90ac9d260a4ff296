"""Parquet and SPSS files become the same table that a CSV file is; what is no table is refused."""

# ruff: noqa: DTZ001, E501 (a cell of a table has no zone; a drawn table is read along its rows)

import datetime
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
from drawn_returns import PAYMENTS, csv_bytes, write_csv, write_zip
from pandas.testing import assert_frame_equal

from peerpack.catalogue.load import dataset
from peerpack.errors import ReturnRefused
from peerpack.sources import fits, read
from peerpack.sources.kinds import kind_of
from peerpack.sources.tabular import grids

SPEND, SURVEY = dataset("supplier_spend"), dataset("resident_survey")
PAID = [["30/04/2024", "NA", "Invented & Söhne", "30/04/2024", "T1", "10.50"],
        ["30/04/2024", "Roads", "Invented Ltd", "01/05/2024", "T2", "-0.10"]]  # fmt: skip
DAYS = [[datetime.date(2024, 4, 30)] * 2, [datetime.date(2024, 4, 30), datetime.date(2024, 5, 1)]]


def parquet(path, **others):
    columns = [pa.array(each) for each in zip(*PAID, strict=True)]
    columns[0], columns[3] = (pa.array(each) for each in DAYS)
    columns[5] = pa.array([Decimal("10.50"), Decimal("-0.10")])
    drawn = dict(zip(PAYMENTS, columns, strict=True)) | others
    pq.write_table(pa.table(drawn), path)
    return path


def test_a_parquet_file_is_read_as_the_csv_file_it_was_made_of(tmp_path):
    as_csv = read([write_csv(tmp_path / "p.csv", [list(PAYMENTS), *PAID])], SPEND)
    as_parquet = read([parquet(tmp_path / "p.parquet")], SPEND)
    assert_frame_equal(as_parquet.frame, as_csv.frame)
    assert fits([tmp_path / "p.parquet"], {"supplier_spend": SPEND}, {}).not_used == ()


def test_a_parquet_file_of_pandas_brings_no_index_and_runs_nothing(tmp_path):
    frame = pd.DataFrame(PAID, columns=PAYMENTS).set_axis(["x", "y"])
    frame.to_parquet(tmp_path / "p.parquet")
    reading = read([tmp_path / "p.parquet"], SPEND)
    assert list(reading.frame.index) == [1_000_000_002, 1_000_000_003]
    assert [h.heading for h in reading.not_read] == ["__index_level_0__"]


@pytest.mark.parametrize("nested", [
    pa.array([[1], [2]]), pa.array([{"a": 1}, {"a": 2}]), pa.array([b"x", b"y"]),
], ids=["list", "struct", "bytes"])  # fmt: skip
def test_a_column_of_nested_values_or_bytes_is_refused_by_name(tmp_path, nested):
    with pytest.raises(
        ReturnRefused, match=r"p.parquet: the column 'Notes' holds .*one plain value"
    ):
        list(grids(parquet(tmp_path / "p.parquet", Notes=nested)))


def test_a_moment_with_a_zone_is_no_day(tmp_path):
    late = pa.array([datetime.datetime(2024, 4, 30, 23, 30)] * 2, pa.timestamp("ns", tz="UTC"))
    reading = read([parquet(tmp_path / "p.parquet", **{"Payment Date": late})], SPEND)
    assert [q.column for q in reading.quarantined] == ["payment_date"] * 2


@pytest.mark.parametrize(("name", "content"), [
    ("p.parquet", b"PAR1 cut short"), ("p.sav", b"$FL2 cut short"), ("p.zsav", b"$FL3"),
])  # fmt: skip
def test_a_damaged_file_is_refused_with_what_to_do(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(
        ReturnRefused, match=rf"{name}: cannot be read as an? .*Ask its owner to exp"
    ):
        list(grids(tmp_path / name))


ANSWERS = pd.DataFrame({
    "urn": ["R1", "R2", "R3"], "v2": [1.0, 1.0, 2.0], "v3": datetime.datetime(2024, 5, 1),
    "v4": ["Northgate", "Southgate", ""], "q2": [1.0, 9.0, 2.0], "v6": [0.8, 1.2, 1.0],
})  # fmt: skip
CALLED = ["Number", "Mode", "Interview Date", "Ward", "Q2 Council Runs Things", "Weight"]


def spss(path, **more):
    labels = {"v2": {1.0: "Telephone", 2.0: "Online"},
              "q2": {1.0: "Very satisfied", 2.0: "Fairly satisfied", 9.0: "Refused"}}  # fmt: skip
    told = {"variable_value_labels": labels, "missing_ranges": {"q2": [9.0]}} | more
    pyreadstat.write_sav(ANSWERS, path, column_labels=CALLED, **told)
    return path


@pytest.mark.parametrize("name", ["survey.sav", "survey.zsav"])
def test_an_spss_file_is_known_by_its_names_or_by_what_they_are_called(tmp_path, name):
    path = spss(tmp_path / name, row_compress=name.endswith(".zsav"))
    assert list(fits([path], {"resident_survey": SURVEY}, {}).files) == ["resident_survey"]
    reading = read([path], SURVEY)
    assert (reading.rows_in, len(reading.frame)) == (5, 3)
    assert reading.set_aside[0].lines == (1, 2)
    assert {h.column: h.heading for h in reading.headers}["respondent_ref"] == "urn"
    assert list(reading.frame["mode"]) == ["Telephone", "Telephone", "Online"]
    assert list(reading.frame.weight) == [0.8, 1.2, 1.0]


def test_what_an_spss_file_declares_missing_is_blank_and_told(tmp_path):
    reading = read([spss(tmp_path / "s.sav")], SURVEY)
    answers = [None if each != each else each for each in reading.frame.q2_council_runs_things]
    assert answers == ["Very satisfied", None, "Fairly satisfied"]
    told = [(n.column, n.row, n.rows_n, n.words) for n in reading.noticed]
    assert told == [("q2_council_runs_things", 4, 1, "1 cells hold what the file declares missing "
                     "('Refused'): read as blank.")]  # fmt: skip


def test_an_spss_file_inside_an_archive_is_read(tmp_path):
    content = spss(tmp_path / "s.sav").read_bytes()
    path = write_zip(tmp_path / "s.zip", {"s.sav": content, "readme.md": b"#"})
    assert len(read([path], SURVEY).frame) == 3


TABLE = csv_bytes([list(PAYMENTS), *PAID])
BYTES = {
    "a zip archive": b"PK\x03\x04....", "an older Office file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..",
    "a PDF document": b"%PDF-1.7", "a web page": b"\n<!DOCTYPE html><html>", "JSON": b'[{"a": 1}]',
    "XML": b"<?xml version='1.0'?>", "a Parquet file": b"PAR1....", "an SPSS file": b"$FL2....",
}  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "sav", "zip"])
@pytest.mark.parametrize("kind", sorted(BYTES))
def test_a_file_that_is_not_what_its_name_says_is_not_used_and_its_bytes_are_named(
    tmp_path, ending, kind
):
    (tmp_path / f"spend.{ending}").write_bytes(BYTES[kind])
    [left] = fits([tmp_path / f"spend.{ending}"], {"supplier_spend": SPEND}, {}).not_used
    own = {"xlsx": ("a zip archive", "an older Office file"), "parquet": ("a Parquet file",),
           "sav": ("an SPSS file",), "zip": ("a zip archive",), "csv": ()}[ending]  # fmt: skip
    assert (f"its bytes are {kind}" in left.reason) != (kind in own)
    assert "cannot be read as a" in left.reason


@pytest.mark.parametrize("ending", ["xlsx", "zip", "parquet", "sav"])
def test_text_called_a_workbook_is_not_used(tmp_path, ending):
    (tmp_path / f"spend.{ending}").write_bytes(TABLE)
    [left] = fits([tmp_path / f"spend.{ending}"], {"supplier_spend": SPEND}, {}).not_used
    assert "its bytes are text, such as a CSV file" in left.reason


@pytest.mark.parametrize("content", [
    TABLE, b"[Directorate],[Service]\r\n", b"{a},b\r\n", "Café,£\r\n".encode("cp1252"), b"<b>,1\r\n",
    "a,b".encode("utf-16"), b"",
])  # fmt: skip
def test_text_that_only_begins_strangely_is_text(content):
    assert kind_of(content) in ("text, such as a CSV file", "")
