"""The checklist of accessible spreadsheets, read back from both files by other means."""

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from documents_of import documents
from documents_of import made as made_of
from python_calamine import CalamineWorkbook

import peerpack
from peerpack.catalogue.models import Council
from peerpack.handover.evidence import HISTORY_COLUMNS, REVISION_COLUMNS
from peerpack.handover.history import Earlier
from peerpack.handover.records import Finding
from peerpack.render.documents.book import LONGEST, sheet_names, text

NAME = "northborough-2024-25-Q1-tables"
NAMES = (f"{NAME}.ods", f"{NAME}.xlsx")
HOSTILE = (
    "=cmd|' /C calc'!A0", "+1+cmd()", "-1+cmd()", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1",
    '=HYPERLINK("http://x.example","y")', "http://x.example/", "[y](http://x.example)",
    "[a](b) [c](d)", "$$note$$", "—", "<script>alert(1)</script>", "a\u202eb", "a\x00\x1bb",
    "עברית", "\u202e=1", "x" * 10_000, "😀" * 40_000,
)  # fmt: skip
LIKE_A_CELL = re.compile(r"[A-Z]{1,3}[0-9]+\Z|R[0-9]*C[0-9]*\Z", re.IGNORECASE)
MARK = re.compile(r"\[(note \d+|[a-z])\]")


def made(contents):
    return made_of("spreadsheet", contents)


@pytest.fixture
def pack(draw, rows):
    """Every kind of table: headlines, a breakdown with one part hidden, a claim, a revision."""
    cut = {"breakdown": "directorate", "title": "Variance: Place"}
    revised = ["KF01", "2024-04-01 to 2024-06-30", 2.1, 2.4, "%", "A later return.", "", "", "Q4"]
    return draw(
        [
            rows.figure(value=1234.5678, target=0.5, target_basis="Set in May", rag="red",
                        lower=1200.25, upper=1300.75, interval="95% interval", status="p;r",
                        comparator_value=2.0, comparator="neighbours",
                        comparator_statistic="median", comparator_period="2023-24"),
            rows.figure(evidence_id="KF01/directorate=Place", group="Place", **cut),
            rows.suppressed(evidence_id="KF01/directorate=Adults", group="Adults", target=0.5,
                            **cut),
            rows.claim(),
        ],
        comparators=[{"evidence_id": "KF01", "group": "neighbours", "version": "2024",
                      "statistic": "median", "period": "2023-24", "value": 1.13, "n": 15,
                      "missing": "Hull; Leeds"}],
        revisions=pd.DataFrame([revised], columns=list(REVISION_COLUMNS)),
    )  # fmt: skip


KEPT = {}


@pytest.fixture
def files(pack):
    """The xlsx and the ods, made once: nothing here changes them."""
    told = KEPT.get("files") or KEPT.setdefault("files", made(pack))
    ods, xlsx = (told[name] for name in NAMES)
    return xlsx, ods


def cells(file):
    """The cells of each worksheet, read by a library that wrote neither file."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names}  # fmt: skip


def table(sheet, heading="Reference"):
    """The table of a worksheet: its rows by their headings."""
    heads = next(n for n, row in enumerate(sheet) if heading in row)
    return [dict(zip(sheet[heads], row, strict=True)) for row in sheet[heads + 1 :]]


def parts(file):
    with zipfile.ZipFile(io.BytesIO(file)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def tags(content):
    """Every element without its namespace, with its attributes likewise."""
    for element in ET.fromstring(content).iter():
        said = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
        yield element.tag.rpartition("}")[2], said, element


def marked_ranges(xlsx):
    """Each worksheet's marked table: its name, its range, its headings."""
    inside = parts(xlsx)
    book = [said for tag, said, _ in tags(inside["xl/workbook.xml"]) if tag == "sheet"]
    for number, sheet in enumerate(book, start=1):
        near = inside.get(f"xl/worksheets/_rels/sheet{number}.xml.rels", b"<none/>")
        own = re.findall(r"tables/(table\d+\.xml)", near.decode())
        yield sheet["name"], [list(tags(inside[f"xl/tables/{name}"])) for name in own]


def letters(n):
    return (letters((n - 1) // 26) if n > 26 else "") + chr(65 + (n - 1) % 26)


def test_both_files_hold_the_same_worksheets_and_cells(files):
    xlsx, ods = map(cells, files)
    assert list(xlsx) == list(ods)
    for name in xlsx:
        assert [[c for c in row if c != ""] for row in xlsx[name]] == [
            [c for c in row if c != ""] for row in ods[name]
        ]


def test_first_a_cover_then_contents_that_lead_to_every_table_then_notes(files):
    for file in map(cells, files):
        names = list(file)
        assert names[:3] == ["Cover", "Contents", "Notes"]
        listed = [row["Worksheet"] for row in table(file["Contents"], "Worksheet")]
        assert listed == names[2:]
        counted = [row["Rows"] for row in table(file["Contents"], "Worksheet")]
        assert counted[1:] == [len(table(file[n], file[n][2][0])) for n in names[3:]]


def test_the_cover_says_what_it_is_as_at_when_whom_to_ask_and_that_it_is_invented(files):
    for file in files:
        said = " ".join(str(row[0]) for row in cells(file)["Cover"])
        assert said.startswith("Northborough (invented), April to June 2024: tables")
        for words in ("as at 1 July 2024", "Northborough does not exist",
                      "Ask Northborough", "Counts of people from 1 to 7 are not"):  # fmt: skip
            assert words in said


def test_every_table_is_marked_up_with_one_row_of_headings_and_holds_all_to_the_last_row(files):
    told = cells(files[0])
    for name, found in list(marked_ranges(files[0]))[1:]:
        (own,) = found
        said = next(said for tag, said, _ in own if tag == "table")
        rows, heads = told[name], int(said["ref"].partition(":")[0].removeprefix("A"))
        columns = [said["name"] for tag, said, _ in own if tag == "tableColumn"]
        assert columns == rows[heads - 1]
        assert len({head.casefold() for head in columns}) == len(columns)
        assert said["ref"] == f"A{heads}:{letters(len(columns))}{len(rows)}"
        assert said["name"] == f"table_{name}"
        assert "autoFilter" not in {tag for tag, _, _ in own}


def test_the_ods_marks_the_same_ranges_and_repeats_their_headings(files):
    content = parts(files[1])["content.xml"]
    ranges = {said["name"]: said for tag, said, _ in tags(content) if tag == "database-range"}
    for name, found in list(marked_ranges(files[0]))[1:]:
        place = next(said["ref"] for tag, said, _ in found[0] if tag == "table")
        own = ranges[f"table_{name}"]
        assert own["target-range-address"].replace(f"{name}.", "") == place
        assert (own["contains-header"], own["display-filter-buttons"]) == ("true", "false")
    heads = [e for tag, _, e in tags(content) if tag == "table-header-rows"]
    assert len(heads) == len(ranges)


def test_nothing_is_merged_hidden_frozen_filtered_pictured_or_printed_at_the_foot(files):
    for file in files:
        inside = parts(file)
        assert not [n for n in inside if re.search("media|drawing|vba|Pictures|Scripts", n)]
        for content in (c for n, c in inside.items() if n.endswith(".xml")):
            found = list(tags(content))
            assert not {tag for tag, _, _ in found} & {
                "mergeCell", "pane", "autoFilter", "headerFooter", "drawing", "covered-table-cell",
                "filter", "dataValidation", "f",
            }  # fmt: skip
            named = {name for _, said, _ in found for name in said}
            assert not named & {"hidden", "visibility", "number-columns-spanned", "formula"}
            assert {
                said.get("display") for tag, said, _ in found if tag in ("header", "footer")
            } <= {"false"}


def test_no_cell_of_a_table_is_empty_and_no_worksheet_has_but_one_table(files):
    for file in map(cells, files):
        for name in list(file)[1:]:
            rows = table(file[name], file[name][2][0])
            assert rows
            assert "" not in [cell for row in rows for cell in row.values()]


def test_a_number_is_one_number_at_full_precision_with_commas_and_a_nought_at_the_right(files):
    for file in files:
        (headline,) = table(cells(file)["Headlines_T4"])
        assert headline["Value [note 1]"] == 1234.5678
        assert headline["Lower end of range [note 2]"] == 1200.25
        assert headline["Target [note 4]"] == 0.5
        assert headline["Unit"] == "per cent"
    inside = parts(files[0])
    forms = {
        said["formatCode"] for tag, said, _ in tags(inside["xl/styles.xml"]) if tag == "numFmt"
    }
    assert "#,##0.0" in forms
    styles = next(e for tag, _, e in tags(inside["xl/styles.xml"]) if tag == "cellXfs")
    sheet = next(c for n, c in inside.items() if b"1234.5678" in c and "sheet" in n)
    (cell,) = [s for tag, s, e in tags(sheet) if tag == "c" and "1234.5678" in e.itertext()]
    assert styles[int(cell["s"])][0].attrib["horizontal"] == "right"
    assert 'office:value="1234.5678"' in parts(files[1])["content.xml"].decode()
    assert ">1,234.6<" in parts(files[1])["content.xml"].decode()


def test_a_suppressed_figure_stays_suppressed(files):
    for file in map(cells, files):
        hidden, shown = sorted(table(file["KF01_directorate"]), key=lambda row: row["Directorate"])
        assert hidden["Value, per cent [note 1]"] == "[c]"
        assert hidden["Status marks"] == "[c]"
        assert hidden["Target, per cent [note 4]"] == 0.5
        assert shown["Value, per cent [note 1]"] == 2.4
        assert "Rating [note 4]" not in shown


def test_a_suppressed_figure_that_carries_a_number_is_refused(draw, rows):
    with pytest.raises(peerpack.errors.OurFault, match="still carries value"):
        made(draw([rows.suppressed(value=3.0)]))


def test_every_note_and_mark_that_is_used_is_explained(files):
    for file in map(cells, files):
        used = {m for name, sheet in file.items() if name != "Notes"
                for row in sheet for cell in row for m in MARK.findall(str(cell))}  # fmt: skip
        told = {row["Note or mark"] for row in table(file["Notes"], "Note or mark")}
        assert {f"[{mark}]" for mark in used} <= told
        assert used >= {"note 1", "c", "p", "r", "z"}


def test_title_language_and_day_are_among_the_properties_and_no_clock(files):
    for file, name in zip(files, ("docProps/core.xml", "meta.xml"), strict=True):
        said = {tag: e.text for tag, _, e in tags(parts(file)[name])}
        assert said["title"].startswith("Northborough (invented), April to June 2024")
        assert said["language"] == "en-GB"
        assert said.get("created", said.get("creation-date")).startswith("2024-07-01T00:00:00")
        with zipfile.ZipFile(io.BytesIO(file)) as opened:
            assert {entry.date_time[:3] for entry in opened.infolist()} == {(2024, 7, 1)}
    styles = parts(files[1])["styles.xml"].decode()
    assert 'fo:language="en" fo:country="GB"' in styles


def test_no_worksheet_is_called_like_a_cell_or_at_length():
    wanted = ["KF01", "R1C1", "A" * 40, "A" * 40, "a" * 40, "KF01_x", "KF01 x", "é/[]:*?\\'"]
    found = sheet_names([*wanted, "KF01_x_2"])
    assert len({name.casefold() for name in found}) == len(wanted) + 1
    assert not [name for name in found if len(name) > 31 or LIKE_A_CELL.match(name)]
    assert all(re.fullmatch(r"\w+", name, re.ASCII) for name in found)


def test_a_headline_stands_as_each_pack_said_it_and_a_hidden_one_without_a_number(draw, rows):
    before = {"evidence_id": "KF01", "indicator": "KF01", "quarter": "2023-24-Q4", "unit": "%",
              "period": "2023-10-01 to 2023-12-31", "value": 3.14159, "display": "3.1%",
              "rag": "red", "status": "p", "evidence_sha256": "ab"}  # fmt: skip
    hidden = before | {"quarter": "2023-24-Q3", "value": None, "display": "[c]", "status": "c"}
    past = Earlier(pd.DataFrame([hidden, before], columns=list(HISTORY_COLUMNS)), "whole")
    for file in made(draw([rows.figure(), rows.claim()], history=past)).values():
        told = table(cells(file)["Headlines_over_time"])
        assert [row["Value [note 1]"] for row in told] == ["[c]", 3.14159, 2.4]
        assert [row["Status marks"] for row in told] == ["[c]", "[p]", "[z]"]
        assert told[1]["What the pack of this quarter said"] == "January to March 2024"


def test_a_pack_without_a_figure_has_a_cover_and_says_what_it_could_not_show(draw):
    for file in made(draw([], findings=())).values():
        assert list(cells(file)) == [
            "Cover", "Contents", "Notes", "Not_answered", "Data_quality", "Data_checks",
            "Files_read",
        ]  # fmt: skip


def test_what_no_reader_can_see_is_marked_and_lines_stay_lines():
    assert text("a\r\nb\tc") == "a\nb\tc"
    assert text("\ud800\x1b\u2066\ufffe") == "����"
    assert text("\u202e=1+1()") == "�=1+1()"
    assert text(" \n ") == "[z]"


def test_what_is_too_long_is_cut_and_counted():
    assert text("x" * LONGEST) == "x" * LONGEST
    cut = text("😀" * 40_000)
    assert cut.endswith("😀 [cut here: 24,000 more characters]")
    assert len(cut.encode("utf-16-le")) // 2 < 32_767


@pytest.fixture
def hostile(draw, rows):
    """Each hostile text as a council's part, its claim, its finding and its dataset's owner."""
    figures = [
        rows.figure(evidence_id=f"KF01/ward=W{n}", breakdown="ward", group=each, note=each,
                    title=f"Variance: {each}", comparator=each, interval=each, target_basis=each)
        for n, each in enumerate(HOSTILE)
    ]  # fmt: skip
    return draw(
        [rows.figure(title=HOSTILE[0]), *figures],
        findings=tuple(Finding(text=each, theme="T4", evidence_ids=("KF01",), cell="x")
                       for each in HOSTILE),
        receipts=tuple(rows.receipt(dataset=f"d{n}", title=each, owner=each)
                       for n, each in enumerate(HOSTILE)),
        council=Council(slug="northborough", name=HOSTILE[0] + HOSTILE[9] + HOSTILE[11]),
    )  # fmt: skip


def test_hostile_texts_are_cells_of_text_and_nothing_else(hostile):
    for kind, file in made(hostile).items():
        for content in (c for n, c in parts(file).items() if re.search("sheet|content", n)):
            for tag, said, element in tags(content):
                assert tag != "f"
                assert "formula" not in said
                assert not said.get("href", "#").partition("#")[0]
                assert not re.search("[\u202a-\u202e\x00-\x08]", element.text or "")
        assert b'TargetMode="External"' not in b"".join(parts(file).values())
        notes = [row["Finding"] for row in table(cells(file)["Findings"], "Finding")]
        assert not [n for n in notes if n[:1] in tuple("=+-@\t\r＝") and n != "-"], kind
        for each in ("'=cmd|' /C calc'!A0", "[a](b) [c](d)", "$$note$$", "a�b", "עברית", "�=1",
                     "x" * 10_000, "http://x.example/"):  # fmt: skip
            assert each in notes, (kind, each[:20])


def test_libreoffice_opens_both_and_finds_the_same(draw, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: soffice is not on the PATH")
    said = tuple(Finding(text=t, theme="T4", evidence_ids=(), cell="x") for t in HOSTILE[:-1])
    given = [tmp_path / f"both-{name[-4:].strip('.')}{Path(name).suffix}" for name in sorted(NAMES)]
    for path, (_, content) in zip(given, sorted(made(draw(findings=said)).items()), strict=True):
        path.write_bytes(content)
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    own = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = [office, own, "--headless", "--convert-to", every_sheet, "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, given)], check=True, capture_output=True, timeout=120)
    ods, xlsx = (
        {
            p.name.rpartition("-")[2]: p.read_text("utf-8-sig")
            for p in tmp_path.glob(f"{kind}-*.csv")
        }
        for kind in ("both-ods", "both-xlsx")
    )
    assert len(ods) == 9
    assert ods == xlsx
    assert all(sheet.strip() for sheet in ods.values())
    assert "'=cmd|' /C calc'!A0" in ods["Findings.csv"]
    assert "Headline figures of theme T4" in ods["Headlines_T4.csv"]


def digests(contents):
    return sorted(hashlib.sha256(content).hexdigest() for content in made(contents).values())


def test_the_same_bytes_in_another_process_zone_locale_and_umask(draw):
    code = (
        "import os; os.umask(0o077); from datetime import date; import conftest as c; "
        "from test_spreadsheets import digests; print(*digests(c.draw.__wrapped__()()))"
    )
    paths = [str(Path(peerpack.__file__).parents[1]), str(Path(__file__).parent)]
    there = {**os.environ, "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7",
             "PYTHONPATH": os.pathsep.join(paths)}  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], env=there, check=True, text=True,
                          capture_output=True)  # fmt: skip
    assert done.stdout.split() == digests(draw())


def test_they_are_made_where_the_council_wants_them_and_else_not(draw):
    names = list(documents(draw(documents=("spreadsheet",))))
    assert names == [f"documents/{NAME}.ods", f"documents/{NAME}.xlsx"]
    assert documents(draw(documents=())) == {}
