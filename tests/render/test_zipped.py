import io
import zipfile
from datetime import date

from peerpack.render.documents.zipped import rezipped

AS_AT = date(2024, 7, 1)


def archive(entries, when=(2031, 5, 6, 7, 8, 10)):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in entries:
            file.writestr(zipfile.ZipInfo(name, when), content)
    return made.getvalue()


def entries_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return [(entry, file.read(entry)) for entry in file.infolist()]


def test_order_and_clock_of_the_first_archive_leave_no_trace():
    one = archive([("word/b.xml", "b"), ("[Content_Types].xml", "a")])
    other = archive([("[Content_Types].xml", "a"), ("word/b.xml", "b")], (1999, 1, 1, 0, 0, 0))
    assert one != other
    assert rezipped(one, AS_AT) == rezipped(other, AS_AT)


def test_every_entry_is_kept_and_dated_at_the_as_at_date():
    found = entries_of(rezipped(archive([("b", "2"), ("a", "1")]), AS_AT))
    assert [(each.filename, content) for each, content in found] == [("a", b"1"), ("b", b"2")]
    assert {each.date_time for each, _ in found} == {(2024, 7, 1, 0, 0, 0)}


def test_an_opendocument_file_still_begins_with_its_mimetype():
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    made = rezipped(archive([("META-INF/manifest.xml", "m"), ("mimetype", kind)]), AS_AT)
    assert made[30:].startswith(b"mimetype" + kind.encode())
