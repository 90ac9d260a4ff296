"""What the bytes of a file are, whatever its name says."""

import re

from peerpack.errors import ReturnRefused

_BEGINS = (
    (b"PK\x03\x04", "a zip archive or an Office workbook"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Office file"),
    (b"%PDF", "a PDF document"),
    (b"PAR1", "a Parquet file"),
    (b"$FL2", "an SPSS file"),
    (b"$FL3", "an SPSS file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "a word-processor document"),
    (b"SQLite format 3\x00", "a database"),
)
_HTML = re.compile(rb"\s*<(!doctype\s+html|html|head|body|table|meta|style)\b", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)
_JSON = re.compile(rb'\s*(\{\s*("|\})|\[\s*(\{|\[|"|\]))')
_MARK_OF_TEXT = b"\xef\xbb\xbf"
_LOOKED_AT = 4_096
TEXT = "text, such as a CSV file"
ZIP, OLD_OFFICE = _BEGINS[0][1], _BEGINS[2][1]

_EXPECTED = {
    ".csv": (TEXT,), ".tsv": (TEXT,), ".txt": (TEXT,),
    ".xlsx": (ZIP, OLD_OFFICE), ".xlsm": (ZIP, OLD_OFFICE), ".xlsb": (ZIP, OLD_OFFICE),
    ".xls": (ZIP, OLD_OFFICE), ".ods": (ZIP,), ".zip": (ZIP, "an empty zip archive"),
    ".parquet": ("a Parquet file",), ".sav": ("an SPSS file",), ".zsav": ("an SPSS file",),
}  # fmt: skip
_CALLED = {".csv": "a table of text", ".tsv": "a table of text", ".txt": "a table of text",
           ".zip": "a zip archive", ".parquet": "a Parquet file", ".sav": "an SPSS file",
           ".zsav": "an SPSS file"}  # fmt: skip


def kind_of(content: bytes) -> str:
    """What these bytes are, in words; empty where nothing tells."""
    head = content[:_LOOKED_AT].removeprefix(_MARK_OF_TEXT)
    for begins, kind in _BEGINS:
        if head.startswith(begins):
            return kind
    for pattern, kind in ((_HTML, "a web page (HTML)"), (_XML, "XML"), (_JSON, "JSON")):
        if pattern.match(head):
            return kind
    return TEXT if head and not _is_binary(head) else ""


def refuse_other_kind(name: str, content: bytes) -> None:
    """Refuse a file whose bytes are plainly of another kind than its name says."""
    ending = name.lower()[name.rfind(".") :]
    expected, found = _EXPECTED.get(ending, ()), kind_of(content)
    if found and expected and found not in expected:
        raise ReturnRefused(
            f"{name}: cannot be read as {_CALLED.get(ending, 'a spreadsheet')}: its bytes are "
            f"{found}. Ask its owner to export it again, as {ending}, or name it by what it is."
        )


def _is_binary(head: bytes) -> bool:
    """Text of UTF-16 begins with its mark; other text has no byte of value nought."""
    return b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
