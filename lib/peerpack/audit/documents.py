"""A report as text: what kind of file it is, and its lines, read without trusting it."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from peerpack.errors import NotFound, ReturnRefused
from peerpack.sources import bounded, limits
from peerpack.sources.bounded import BrokenFile

PROGRAM = Path(__file__).with_name("document_process.py")
MOST_BYTES = 100 * 1024**2
MOST_LETTERS = 2_000_000
MOST_PAGES = 2_000
KINDS = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text", ".html": "html",
    ".htm": "html", ".docx": "docx", ".pdf": "pdf",
}  # fmt: skip
LIBRARIES = {"docx": "docx", "html": "lxml", "pdf": "pypdfium2"}
NAMES = {"text": "plain text", "html": "a web page", "docx": "a Word document", "pdf": "a PDF"}
SAVE = "Save it as .docx, .pdf, .html, .md or .txt, and give that."


@dataclass(frozen=True)
class Document:
    """A report's text, its lines as the audit counts them, and the page of each (0: none)."""

    text: str
    pages: tuple[int, ...]


def read_document(path: Path) -> Document:
    """The text of a report: plain text, Markdown, HTML, Word or PDF.

    The kind is told by the content and must be what the name says. NotFound without the file;
    ReturnRefused, with what to do, for what is too large, encrypted, damaged, or another kind.
    """
    content = _content(path)
    kind = _kind(path.name, content)
    if kind == "text":
        return _plain(path.name, content)
    if kind == "docx":
        _refuse_hostile_archive(path.name, content)
    if kind == "html":
        _refuse_entities(path.name, content)
    try:
        lines = bounded.answer(PROGRAM, LIBRARIES[kind], content, kind, MOST_PAGES, MOST_LETTERS)
    except BrokenFile as fault:
        raise ReturnRefused(f"{path.name}: {_reworded(str(fault))}. {SAVE}") from fault
    return Document("\n".join(line for line, _ in lines), tuple(page for _, page in lines))


def _content(path: Path) -> bytes:
    if not path.exists():
        raise NotFound(f"{path.name}: there is no such file. Give the path of a report.")
    if not path.is_file():
        raise ReturnRefused(f"{path.name}: it is not a file. Give one report at a time.")
    if path.stat().st_size > MOST_BYTES:
        raise ReturnRefused(
            f"{path.name}: {path.stat().st_size:,} bytes, more than the {MOST_BYTES:,} a report "
            "may have. Give its text alone, or its parts."
        )
    return path.read_bytes()


def _kind(name: str, content: bytes) -> str:
    """The kind that the content shows; refused where the name says another."""
    found = _shown_by(name, content)
    said = KINDS.get(Path(name).suffix.lower())
    if said and said != found:
        raise ReturnRefused(
            f"{name}: its name says {NAMES[said]}, and its content is {NAMES[found]}. Rename it."
        )
    return found


def _shown_by(name: str, content: bytes) -> str:
    start = content[:1024]
    if b"%PDF-" in start:
        return "pdf"
    if start.startswith(b"PK"):
        return _word(name, content)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReturnRefused(
            f"{name}: it is an old Word or Excel file, or a document with a password. {SAVE}"
        )
    if start.lstrip().startswith(b"{\\rtf"):
        raise ReturnRefused(f"{name}: it is a rich text file (.rtf). {SAVE}")
    marked = start.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if marked.startswith((b"<!doctype html", b"<html")) or _page_by_name(name, marked):
        return "html"
    return "text"


def _page_by_name(name: str, marked: bytes) -> bool:
    return KINDS.get(Path(name).suffix.lower()) == "html" and b"<" in marked


def _word(name: str, content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "word/document.xml" in archive.namelist():
                return "docx"
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
        raise ReturnRefused(
            f"{name}: it is damaged: no archive can be read there. {SAVE}"
        ) from fault
    raise ReturnRefused(f"{name}: it is an archive or a spreadsheet, and no Word document. {SAVE}")


def _plain(name: str, content: bytes) -> Document:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", errors="replace")
    elif b"\0" in content:
        raise ReturnRefused(f"{name}: it is not text, nor a document of a kind we read. {SAVE}")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    if len(text) > MOST_LETTERS:
        raise ReturnRefused(
            f"{name}: it holds more than {MOST_LETTERS:,} letters of text. Give it in parts."
        )
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return Document(lines, (0,) * (lines.count("\n") + 1))


def _refuse_hostile_archive(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            limits.refuse_bomb(name, archive)
            limits.refuse_declarations(name, archive)
    except ReturnRefused as fault:
        raise ReturnRefused(
            f"{name}: it unpacks to far more than a document does, or declares entities by which "
            f"other text could be drawn in; no word processor writes such a file. {SAVE}"
        ) from fault
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError, NotImplementedError) as fault:
        raise ReturnRefused(f"{name}: it is damaged or has a password. {SAVE}") from fault


def _refuse_entities(name: str, content: bytes) -> None:
    if b"<!ENTITY" in content.upper():
        raise ReturnRefused(
            f"{name}: it declares entities, by which other text could be drawn in; no page of a "
            f"report does. {SAVE}"
        )


def _reworded(fault: str) -> str:
    """The reader's words as a sentence: of a password plainly, else its own as far as they help."""
    if "password" in fault.lower() or "security" in fault.lower():
        return "it has a password; take it off first"
    if fault.startswith("it "):
        return fault
    return "it is damaged, and its reader cannot read it"
