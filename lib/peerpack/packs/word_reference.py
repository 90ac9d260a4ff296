"""A council's own reference document for Word: read, and refused where a pack must not carry it."""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from peerpack.catalogue.places import council_file_if_any
from peerpack.errors import StaleCorrection

WORD_REFERENCE = "reference.docx"
"""What a council calls it in its folder."""
LARGEST = 5_000_000
LARGEST_UNPACKED = 50_000_000
_NEEDED = ("[Content_Types].xml", "word/document.xml", "word/styles.xml")
_NOT_TO_BE = re.compile(
    r"(vbaProject|vbaData|activeX|embeddings|attachedToolbars|altChunk)", re.IGNORECASE
)
# A link that a reader may choose is none that Word follows by itself.
_OUTSIDE = re.compile(
    rb"<Relationship\b(?![^>]*/hyperlink[\"'])[^>]*TargetMode\s*=\s*[\"']External", re.IGNORECASE
)
_MACROS = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
_DECLARED = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_FIELD = re.compile(rb"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"")
_FETCHING = re.compile(rb"INCLUDE|DDE|MACRO|DATABASE|LINK", re.IGNORECASE)


def word_reference_file(council: str, roots: Sequence[Path] = ()) -> Path | None:
    """Where it stands, if the council has one."""
    return council_file_if_any(council, WORD_REFERENCE, roots)


def word_reference(council: str, roots: Sequence[Path] = ()) -> bytes:
    """Its bytes, none where the council has none.

    Refuses (12) what is no docx, is too large, or would run or fetch something: macros, objects,
    what it takes from outside.
    """
    path = word_reference_file(council, roots)
    if path is None:
        return b""
    if path.stat().st_size > LARGEST:
        raise _refused(f"has more than {LARGEST:,} bytes", "Take pictures out of it.")
    content = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            _refuse_unfit(book)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as fault:
        raise _refused("is no Word document", "Save it from Word as .docx.") from fault
    return content


def _refuse_unfit(book: zipfile.ZipFile) -> None:
    names = {each.filename for each in book.infolist()}
    if not names.issuperset(_NEEDED):
        raise _refused("is no Word document", "Save it from Word as .docx.")
    if sum(each.file_size for each in book.infolist()) > LARGEST_UNPACKED:
        raise _refused(f"unpacks to more than {LARGEST_UNPACKED:,} bytes", "Take pictures out.")
    for name in sorted(names):
        _refuse_part(name, book.read(name))


def _refuse_part(name: str, content: bytes) -> None:
    if _NOT_TO_BE.search(name) or _MACROS.search(content):
        raise _refused("holds macros or objects", "Save it from Word as .docx, without them.")
    if not name.lower().endswith((".xml", ".rels")):
        return
    if _OUTSIDE.search(content):
        raise _refused(
            "takes something from outside it", "Put linked pictures and templates in, or out."
        )
    if _DECLARED.search(content):
        raise _refused(f"declares entities in {name}", "Save it again from Word as .docx.")
    # Word may cut a field's words in pieces.
    fields = b"".join(b"".join(each) for each in _FIELD.findall(content))
    if _FETCHING.search(fields):
        raise _refused("has a field that fetches or runs", "Keep no field but page numbers.")


def _refused(why: str, next_step: str) -> StaleCorrection:
    return StaleCorrection(
        f"{WORD_REFERENCE} {why}. {next_step} Or remove it: the house one serves."
    )
