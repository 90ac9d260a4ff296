"""Files made to choke, mislead or break out of their reader; `python hostile_files.py FOLDER` reads
each as an analyst's folder is read, and prints what came of it, its seconds and the peak memory."""

import io
import json
import re
import resource
import stat
import sys
import zipfile
from pathlib import Path

import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table

HEAD = b"Payment Date,Supplier,Amount,Directorate,Transaction Number,Effective Date\r\n"
PAID = b"30/04/2024,Invented Ltd,10,Highways,T1,30/04/2024\r\n"
DTD = b'<?xml version="1.0"?><!DOCTYPE x [%s]>'
LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (n + 1, b"&l%d;" % n * 10) for n in range(9)
)  # fmt: skip
OUTSIDE = b'<!ENTITY out SYSTEM "file:///etc/passwd">'
GIGABYTE = 1024**3


def zipped(*members, level=9):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def bomb(name, size):
    """A member of so many bytes, all alike, a two-hundredth of that when packed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(name, "w", force_zip64=True) as member,
    ):
        for _ in range(size // 2**20):
            member.write(b"0,0,0,0\n" * 2**17)
    return out.getvalue()


def workbook():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("P3")
        for at, line in enumerate((HEAD, PAID)):
            sheet.write_row(at, 0, line.decode().strip().split(","))
    return out.getvalue()


def with_part(content, name, change):
    """A workbook with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    return zipped(*((part, change(b) if part == name else b) for part, b in parts.items()))


SHEET = "xl/worksheets/sheet1.xml"
FAR_CELL = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
REPEATED = (
    b'<table:table-row table:number-rows-repeated="60000"><table:table-cell '
    b'office:value-type="float" office:value="1" table:number-columns-repeated="1000"/>'
    b"</table:table-row></table:table>"
)


def ods():
    document = OpenDocumentSpreadsheet()
    document.spreadsheet.addElement(Table(name="P3"))
    out = io.BytesIO()
    document.write(out)
    empty, opened = (
        b'<table:table table:name="P3"/>',
        b'<table:table table:name="P3"></table:table>',
    )
    return with_part(out.getvalue(), "content.xml", lambda xml: xml.replace(empty, opened))


def link(name, to):
    """A member that is a link out of the archive."""
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info, to


def one_long_line(path, size):
    """A text of so many bytes without a line's end; on the disk it takes two megabytes."""
    with path.open("wb") as file:
        file.write(HEAD + b"x" * 2 * 2**20)
        file.truncate(size)


def write_all(folder: Path, size: int) -> None:
    """Every hostile file; `size`: how many bytes a bomb unpacks to."""
    first = b'<c r="A2" t="e">' * 200_000
    files = {
        "flat bomb.zip": bomb("paid.csv", size),
        "nested bomb.zip": zipped(("inner.zip", bomb("paid.csv", size))),
        "bomb.xlsx": bomb(SHEET, size),
        "bomb.ods": bomb("content.xml", size),
        "many members.zip": zipped(*((f"{n}.csv", b"") for n in range(10_001)), level=1),
        "outside entity.xlsx": with_part(workbook(), SHEET, lambda xml: DTD % OUTSIDE + xml),
        "laughs.xlsx": with_part(workbook(), "xl/sharedStrings.xml",
                                 lambda xml: DTD % (b'<!ENTITY l0 "ha">' + LAUGHS) + xml),
        "outside entity.ods": with_part(ods(), "content.xml", lambda xml: DTD % OUTSIDE + xml),
        "laughs.ods": with_part(ods(), "content.xml",
                                lambda xml: DTD % (b'<!ENTITY l0 "ha">' + LAUGHS) + xml),
        "far cell.xlsx": with_part(workbook(), SHEET,
                                   lambda xml: xml.replace(b"</sheetData>", FAR_CELL)),
        "lone far cell.xlsx": with_part(workbook(), SHEET, lambda xml: (
            xml[: xml.index(b"<sheetData>")] + b"<sheetData>" + FAR_CELL
            + xml[xml.index(b"</sheetData>") + 12 :])),
        "said to be vast.xlsx": with_part(workbook(), SHEET, lambda xml: xml.replace(
            b'<dimension ref="A1:F2"/>', b'<dimension ref="A1:XFD1048576"/>')),
        "repeated.ods": with_part(ods(), "content.xml",
                                  lambda xml: xml.replace(b"</table:table>", REPEATED)),
        "open cells.xlsx": with_part(workbook(), SHEET,
                                     lambda xml: xml.replace(b"<row r=", first + b"<row r=", 1)),
        "300 columns.csv": b"".join(
            b",".join(b"c%dr%d" % (n, row) for n in range(300)) + b"\r\n" for row in range(100)),
        "300000 columns.csv": b"," * 300_000 + b"\r\n" + PAID,
        "spaces.csv": HEAD + PAID.replace(b",10,", b",1" + b" " * 100_000 + b"x,"),
        "long cell.csv": HEAD + PAID.replace(b"Invented", b"I" * 200_000),
        "climbing.zip": zipped(("../../paid.csv", HEAD + PAID)),
        "absolute.zip": zipped(("/etc/paid.csv", HEAD + PAID)),
        "link.zip": zipped(link("paid.csv", "/etc/passwd")),
        "formulas.csv": HEAD + b"".join(
            PAID.replace(b"Invented Ltd", cell) for cell in
            (b"=cmd|' /C calc'!A0", b'"=HYPERLINK(""http://x"",""y"")"', b"+1+cmd", b"@SUM(A1)")),
    }  # fmt: skip
    for name, content in files.items():
        (folder / name).write_bytes(content)
    one_long_line(folder / "long line.csv", 2 * GIGABYTE)
    one_long_line(folder / "long line to see.csv", 2 * GIGABYTE - 1)


def outcome(path: Path) -> str:
    """What `peerpack check` would come to, of this file alone."""
    from peerpack.catalogue.load import dataset, datasets
    from peerpack.errors import PeerpackError
    from peerpack.sources import fits, read
    from peerpack.sources.tabular import grids

    try:
        assigned = fits([path], datasets(), {}).files
        if not assigned:
            return f"not used: {[(len(g.rows), len(g.rows[0])) for g in grids(path)]}"
        reading = read([path], dataset("supplier_spend"))
    except PeerpackError as refusal:
        return f"refused: {refusal}"
    found = [str(each) for each in reading.frame.supplier]
    return (
        f"read ({', '.join(assigned)}): {len(found)} rows, {len(reading.quarantined)} apart: "
        + (" | ".join(each[:30] for each in found))
    )


def used():
    """Seconds of the processor so far, with those of ended children, and the peak memory."""
    own, ended = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    seconds = sum(each.ru_utime + each.ru_stime for each in (own, ended))
    # Not ru_maxrss of our own: that begins with what the process that started us had.
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return seconds, max(int(peak[1]), ended.ru_maxrss) * 1024


def main(folder: Path) -> None:
    """Read each file, and print a line of JSON for it."""
    outcome(folder / "climbing.zip")  # and every library is loaded
    for path in sorted(folder.iterdir()):
        started_s, _ = used()
        found = outcome(path)
        ended_s, peak_bytes = used()
        print(json.dumps([path.name, found, ended_s - started_s, peak_bytes]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
