"""Any file as received: encodings, dialects, damage, malice. Nothing is extracted or guessed."""

# ruff: noqa: E501 (a drawn table is read along its rows)

import csv
import struct
import zipfile

import pytest
from drawn_returns import (
    LEDGER,
    NEIGHBOURS,
    PAYMENTS,
    csv_bytes,
    write_csv,
    write_xlsx,
    write_zip,
)  # fmt: skip
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from peerpack.catalogue.load import dataset
from peerpack.errors import ReturnRefused
from peerpack.sources import read
from peerpack.sources.tabular import grids

SPEND = dataset("supplier_spend")
BUDGET = dataset("budget_monitoring")
PAID = ["30/04/2024", "NA", "Invented & Söhne, Ltd", "30/04/2024", "T1", "10.50"]
LINE = ["A", "B", "01", "5", "5", "5", "0"]


@pytest.fixture
def paid(tmp_path):
    return read([write_csv(tmp_path / "paid.csv", [list(PAYMENTS), PAID])], SPEND).frame


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_reading_is_the_same_in_every_dialect(tmp_path, paid, encoding, delimiter, newline):
    path = write_csv(tmp_path / "same.csv", [list(PAYMENTS), PAID], encoding=encoding,
                     delimiter=delimiter, newline=newline)  # fmt: skip
    assert_frame_equal(read([path], SPEND).frame, paid)


WORDS = st.text(st.sampled_from("abc £é,;|\"'’NA1.-"), max_size=12)


@settings(deadline=None, max_examples=50)
@given(st.lists(WORDS, min_size=1, max_size=5), st.sampled_from(["utf-8-sig", "cp1252", "utf-16"]),
       st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))  # fmt: skip
def test_any_words_read_the_same_whatever_the_encoding_and_quoting(
    tmp_path_factory, words, encoding, quoting
):
    folder = tmp_path_factory.mktemp("words")
    rows = [list(PAYMENTS), *([*PAID[:2], each, *PAID[3:]] for each in words)]
    plain = write_csv(folder / "plain.csv", rows)
    other = write_csv(folder / "other.csv", rows, encoding=encoding, quoting=quoting)
    assert_frame_equal(read([other], SPEND).frame, read([plain], SPEND).frame)
    assert len(read([plain], SPEND).frame) == len(words)


def test_the_label_na_stays_a_label(paid):
    assert list(paid.organisational_unit) == ["NA"]


def test_a_cell_of_two_lines_keeps_the_line_its_row_begins_on(tmp_path):
    rows = [list(PAYMENTS), [*PAID[:2], "two\nlines", *PAID[3:]], PAID]
    frame = read([write_csv(tmp_path / "p.csv", rows)], SPEND).frame
    assert list(frame.source_row) == [1_000_000_002, 1_000_000_004]


def test_an_open_quotation_mark_is_refused_before_it_swallows_rows(tmp_path):
    path = tmp_path / "open.csv"
    path.write_bytes(
        csv_bytes([list(PAYMENTS), PAID]) + b'30/04/2024,"Highways,X,30/04/2024,T2,5\r\n'
    )
    with pytest.raises(ReturnRefused, match=r"open.csv, line 3: cannot be read as a table of text"):
        read([path], SPEND)


@pytest.mark.parametrize("content", [
    csv_bytes([list(PAYMENTS), [*PAID[:2], "In\0vented", *PAID[3:]]]),
    csv_bytes([list(PAYMENTS), PAID], encoding="utf-16-le"),
    csv_bytes([list(PAYMENTS), PAID], encoding="utf-32"),
    csv_bytes([list(PAYMENTS), PAID], encoding="utf-16")[:-1],
    csv_bytes([list(PAYMENTS)]) + b"\x81\x8d\r\n",
], ids=["a NUL", "UTF-16 without its mark", "UTF-32", "half a letter", "bytes of no alphabet"])  # fmt: skip
def test_bytes_that_are_no_text_are_refused(tmp_path, content):
    path = tmp_path / "bytes.csv"
    path.write_bytes(content)
    with pytest.raises(ReturnRefused, match=r"bytes.csv: expected UTF-8, UTF-16 or cp1252 text"):
        read([path], SPEND)


def test_formula_errors_of_a_workbook_are_seen_where_its_reader_gives_blanks(tmp_path):
    lines = [["A", "B", "01", "=1/0|#DIV/0!", 5, 5, 0], ["A", "B", "02", 5, 5, 5, "=C1|#REF!"],
             ["A", "B", "03", "=2+3|5", 5, 5, 0], ["=NA()|#N/A", "B", "04", 5, 5, 5, 0]]  # fmt: skip
    reading = read([write_xlsx(tmp_path / "b.xlsx", {"P & 3": [list(LEDGER), *lines]})], BUDGET)
    assert [(q.row, q.column, q.found) for q in reading.quarantined] == [
        (5, "directorate", "#N/A"),
        (2, "original_budget_gbp", "#DIV/0!"),
        (3, "variance_gbp", "#REF!"),
    ]
    assert list(reading.frame.original_budget_gbp) == [5]


def test_an_opendocument_sheet_with_formula_errors_is_refused(tmp_path):
    write_zip(tmp_path / "b.ods", {"content.xml": '<c calcext:value-type="error"/>'})
    with pytest.raises(
        ReturnRefused, match=r"has formulas that ended in an error.*save it as .xlsx"
    ):
        list(grids(tmp_path / "b.ods"))


def test_a_hidden_sheet_that_fits_is_refused_rather_than_counted_or_ignored(tmp_path):
    sheets = {"P3": [list(LEDGER), LINE], "P2": [list(LEDGER), LINE]}
    with pytest.raises(
        ReturnRefused, match=r"the sheet 'P2' is hidden and has the columns of budget"
    ):
        read([write_xlsx(tmp_path / "b.xlsx", sheets, hidden={"P2"})], BUDGET)
    assert len(read([write_xlsx(tmp_path / "c.xlsx", sheets)], BUDGET).frame) == 2


def test_statuses_stand_in_a_column_of_their_own(tmp_path):
    rows = [
        list(NEIGHBOURS),
        *(["A", "KF01", str(n), cell, "%"] for n, cell in enumerate(["[x]", "c", "0", ""])),
    ]
    frame = read([write_csv(tmp_path / "n.csv", rows)], dataset("neighbour_figures")).frame
    assert [None if v != v else v for v in frame.value] == [None, None, 0.0, None]
    assert [None if v != v else v for v in frame.value_status] == ["x", "c", None, None]


def test_the_same_file_given_twice_is_refused_under_any_name(tmp_path):
    content = csv_bytes([list(PAYMENTS), PAID])
    one, two = tmp_path / "april.csv", tmp_path / "april (1).csv"
    one.write_bytes(content)
    two.write_bytes(content)
    inside = write_zip(tmp_path / "april.zip", {"spend.csv": content})
    for files in ([one, two], [one, inside]):
        with pytest.raises(
            ReturnRefused, match=r"has the same bytes as .*: the rows would count twice"
        ):
            read(files, SPEND)
    members = write_zip(tmp_path / "both.zip", {"a.csv": content, "b.csv": content})
    with pytest.raises(ReturnRefused, match=r"both.zip/b.csv has the same bytes as both.zip/a.csv"):
        read([members], SPEND)


def test_two_files_of_one_name_in_two_folders_are_refused(tmp_path):
    (tmp_path / "may").mkdir()
    files = [write_csv(tmp_path / "p.csv", [list(PAYMENTS), PAID]),
             write_csv(tmp_path / "may" / "p.csv", [list(PAYMENTS), PAID, PAID])]  # fmt: skip
    with pytest.raises(ReturnRefused, match=r"Two returns are called p.csv"):
        read(files, SPEND)


def test_files_are_numbered_by_name_whatever_their_order(tmp_path):
    b = write_csv(tmp_path / "b.csv", [list(PAYMENTS), PAID])
    a = write_csv(tmp_path / "a.csv", [list(PAYMENTS), PAID, PAID])
    frame = read([b, a], SPEND).frame
    assert list(frame.source_row) == [1_000_000_002, 1_000_000_003, 2_000_000_002]


@pytest.mark.parametrize("member", ["../../evil.csv", "/etc/evil.csv", "a/../../evil.csv"])
def test_a_member_that_would_leave_its_archive_is_read_and_never_written(tmp_path, member):
    folder = tmp_path / "a" / "quarter"
    folder.mkdir(parents=True)
    path = write_zip(folder / "returns.zip", {member: csv_bytes([list(PAYMENTS), PAID])})
    before = sorted(tmp_path.rglob("*"))
    assert read([path], SPEND).files[0].name == "returns.zip/evil.csv"
    assert sorted(tmp_path.rglob("*")) == before


def test_shadow_copies_that_a_mac_puts_into_an_archive_are_passed_over(tmp_path):
    content = csv_bytes([list(PAYMENTS), PAID])
    path = write_zip(tmp_path / "p.zip", {"__MACOSX/._p.csv": b"\x00\x05\x16", "p.csv": content})
    assert [file.name for file in read([path], SPEND).files] == ["p.zip/p.csv"]


@pytest.mark.parametrize("name", ["bomb.zip", "bomb.xlsx"])
def test_an_archive_that_says_it_would_unpack_to_gigabytes_is_refused_unread(tmp_path, name):
    path = write_zip(tmp_path / name, {"spend.csv": b"x"})
    content = bytearray(path.read_bytes())
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 3 * 1024**3)
    path.write_bytes(content)
    with pytest.raises(ReturnRefused, match=r"unpacked: 3,221,225,472 bytes, more than the 2,147,"):
        list(grids(path))


def test_a_member_longer_than_its_header_says_is_refused(tmp_path):
    path = write_zip(tmp_path / "p.zip", {"p.csv": csv_bytes([list(PAYMENTS), PAID])})
    content = bytearray(path.read_bytes())
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 3)
    path.write_bytes(content)
    with pytest.raises(ReturnRefused, match=r"p.csv: cannot be read as a member of a zip archive"):
        list(grids(path))


@pytest.mark.parametrize("name", ["r.zip", "r.xlsx", "r.xls", "r.ods"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"no archive at all"])
def test_a_damaged_file_is_refused_by_name_with_what_to_do(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(
        ReturnRefused, match=rf"{name}: cannot be read as a .*Ask its owner to expor"
    ):
        list(grids(tmp_path / name))


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 255), st.booleans())
def test_a_workbook_with_a_wrong_byte_is_read_or_refused_and_never_breaks(
    tmp_path_factory, at, byte, cut
):
    folder = tmp_path_factory.mktemp("byte")
    path = write_xlsx(folder / "b.xlsx", {"P3": [list(LEDGER), ["A", "B", "=1/0|#REF!"]]})
    content = bytearray(path.read_bytes())
    content[at % len(content)] = byte
    path.write_bytes(content[: at % len(content)] if cut else content)
    try:
        list(grids(path))
    except ReturnRefused as refusal:
        assert "b.xlsx" in str(refusal) or "xl/" in str(refusal)


def test_a_file_of_another_kind_holds_no_table(tmp_path):
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    assert list(grids(tmp_path / "notes.pdf")) == []


def test_an_encrypted_member_is_refused(tmp_path):
    path = write_zip(tmp_path / "p.zip", {"p.csv": b"x"})
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    path.write_bytes(content)
    assert zipfile.ZipFile(path).infolist()[0].flag_bits & 1
    with pytest.raises(ReturnRefused, match=r"p.csv: cannot be read as a member of a zip archive"):
        list(grids(path))
