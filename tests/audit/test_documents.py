"""Documents of each kind, made here, and how their lines are told; hostile ones are refused."""

import io
import zipfile

import pytest

from peerpack.audit import audit
from peerpack.audit.documents import MOST_LETTERS, read_document
from peerpack.errors import NotFound, ReturnRefused

WRONG = "Of the 126 referrals, 13.4% were late."


def page_content(lines):
    """The drawing of a page: each line a list of texts, in columns 150 points apart."""
    drawn = [
        f"BT /F1 11 Tf {60 + 150 * column} {760 - 20 * row} Td ({text}) Tj ET"
        for row, cells in enumerate(lines)
        for column, text in enumerate(cells)
    ]
    return "\n".join(drawn).encode("latin-1")


def pdf(*pages, encrypt=b""):
    """A PDF of pages of lines, as small as one can be."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, lines in enumerate(pages):
        content = page_content(lines)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for n, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (n, body))
    start = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, rows))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (count, encrypt))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def word(path):
    """A Word document with a heading, a paragraph, a list, a table and a tracked change."""
    from docx import Document
    from docx.oxml import parse_xml

    made = Document()
    made.add_heading("4 Referrals", level=1)
    made.add_paragraph(WRONG)
    made.add_paragraph("60 were for stress", style="List Bullet")
    table = made.add_table(rows=0, cols=2)
    for cells in (("Team", "Referrals"), ("North", "60"), ("South", "66"), ("Total", "136")):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    made.add_paragraph("There were ")._p.append(
        parse_xml(f"<w:ins {space}><w:r><w:t>12 posts</w:t></w:r></w:ins>")
    )
    made.paragraphs[-1]._p.append(
        parse_xml(f"<w:del {space}><w:r><w:delText>99 posts</w:delText></w:r></w:del>")
    )
    made.save(path)
    return path


HTML = f"""<!doctype html><html><head><title>9 reports</title><script>7 scripts</script></head>
<body><h1>4 Referrals</h1><p>{WRONG.replace("late", "<b>late</b>")}</p><!-- 5 comments -->
<table><tr><th>Team</th><th>Referrals</th></tr><tr><td>North</td><td>60</td></tr>
<tr><td>South</td><td>66</td></tr><tr><td>Total</td><td>136</td></tr></table>
<p>There were 12&nbsp;posts.</p></body></html>"""


def told(path):
    return [(c.value, c.verdict) for c in audit(path)]


TOLD = [(126, "not_checkable"), (13.4, "cannot_be"), (60, "not_checkable"), (66, "not_checkable"),
        (136, "cannot_be"), (12, "not_checkable")]  # fmt: skip


def test_word_is_read_in_order_with_its_tables_and_without_what_was_struck_out(tmp_path):
    path = word(tmp_path / "report.docx")
    assert told(path) == [*TOLD[:2], TOLD[2], *TOLD[2:]]
    lines = read_document(path).text.split("\n")
    assert "# 4 Referrals" in lines and "- 60 were for stress" in lines and "Total\t136" in lines
    assert [lines[c.line - 1] for c in audit(path) if c.value == 13.4] == [WRONG]


def test_a_web_page_is_read_as_seen(tmp_path):
    path = tmp_path / "report.html"
    path.write_text(HTML, encoding="utf-8")
    assert told(path) == TOLD


def test_a_pdf_says_the_page_and_keeps_its_tables(tmp_path):
    path = tmp_path / "report.pdf"
    rows = [["Team", "Referrals", "Days"], ["North", "60", "5"], ["South", "66", "6"]]
    path.write_bytes(pdf([[WRONG]], [*rows, ["Total", "136", "11"]]))
    found = [(c.value, c.page) for c in audit(path) if c.verdict == "cannot_be"]
    assert found == [(13.4, 1), (136, 2)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_of_offices(tmp_path, encoding):
    path = tmp_path / "report.txt"
    path.write_bytes(f"It’s £3m of £60m (9%).\r\n{WRONG}\r\n".encode(encoding))
    assert [(c.line, c.verdict) for c in audit(path) if c.unit == "%"] == [
        (1, "cannot_be"), (2, "cannot_be"),
    ]  # fmt: skip


def test_no_file_is_not_found(tmp_path):
    with pytest.raises(NotFound, match=r"report.md: there is no such file"):
        audit(tmp_path / "report.md")


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


ENCRYPT = (
    b"/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt "
    b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>"
)
ENTITY = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
HOSTILE = {
    "a password.pdf": (pdf([[WRONG]], encrypt=ENCRYPT), "it has a password"),
    "cut short.pdf": (pdf([[WRONG]])[:60], "damaged"),
    "many pages.pdf": (pdf(*[[["1"]]] * 2001), "2,001 pages, more than 2,000"),
    "a bomb.docx": (zipped(word__document=b" " * (80 * 1024**2)), "unpacks to far more"),
    "entities.docx": (zipped(word__document=ENTITY + b"<d>&b;</d>"), "declares entities"),
    "entities.html": (b"<!doctype html>" + ENTITY + b"<p>&b;</p>", "declares entities"),
    "empty.docx": (zipped(word__document=b"<w/>"), "damaged"),
    "a workbook.docx": (zipped(xl__workbook=b"<w/>"), "no Word document"),
    "cut short.docx": (b"PK\x03\x04 and no more", "damaged"),
    "another name.docx": (pdf([[WRONG]]), "says a Word document, and its content is a PDF"),
    "a page.pdf": (HTML.encode(), "its name says a PDF"),
    "old.doc": (b"\xd0\xcf\x11\xe0" + bytes(600), "password"),
    "rich.rtf": (b"{\\rtf1 hello}", "rich text"),
    "bytes.txt": (b"12 \x00\x01 things", "not text"),
    "endless.txt": (b"1 thing. " * (MOST_LETTERS // 9 + 1), "letters of text"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_refused_with_what_to_do(tmp_path, name):
    content, words = HOSTILE[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReturnRefused, match=words):
        audit(tmp_path / name)


@pytest.mark.parametrize(
    "text",
    [
        "12 of 13 (1%) " * 300,
        "9" * 3000,
        "(" * 3000,
        "a\t1\n" * 300 + "Total\t7\n",
        "\t".join(map(str, range(100))) + "\nTotal\t1\n",
    ],
    ids=["no full stop", "one long number", "brackets", "long table", "wide table"],
)
def test_a_text_that_nobody_wrote_is_read_and_nobody_accused(tmp_path, text):
    path = tmp_path / "made up.txt"
    path.write_text(text, encoding="utf-8")
    assert [c for c in audit(path) if c.verdict == "cannot_be" and c.unit != "%"] == []
