"""How large a return may be: each bound with the sentence that refuses what is beyond it.

They stand far above what councils send (2 million rows of a ledger are 250 MB), and low enough that
a file made to choke its reader is refused within seconds.
"""

import io
import re
import zipfile
from typing import IO

from peerpack.errors import ReturnRefused

MOST_BYTES = 2 * 1024**3
MOST_LINE_BYTES = 1024**2
MOST_COLUMNS = 16_384
MOST_CELLS = 150_000_000
MOST_SHEET_CELLS = 20_000_000
MOST_MEMBERS = 10_000
FREELY_UNPACKED_BYTES = 64 * 1024**2
MOST_RATIO = 100
"""So many times its packed size may an archive unpack to, above `FREELY_UNPACKED_BYTES`."""

_CHUNK_BYTES = 1024**2
_PROLOG_BYTES = 64 * 1024
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def refuse_huge(name: str, size: int) -> None:
    """Refuse a file of more bytes than a return may have."""
    if size > MOST_BYTES:
        raise ReturnRefused(
            f"{name}: {size:,} bytes, more than the {MOST_BYTES:,} a return may have. "
            "Export it in parts."
        )


def refuse_bomb(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse an archive that would unpack to more than files of its size do."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise ReturnRefused(
            f"{name}: {len(members):,} files inside, more than the {MOST_MEMBERS:,} an archive of "
            "returns may have. Put the returns themselves there."
        )
    size, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    refuse_huge(f"{name}, unpacked", size)
    if size > max(FREELY_UNPACKED_BYTES, MOST_RATIO * packed):
        raise ReturnRefused(
            f"{name}: unpacks to {size:,} bytes, {size // max(packed, 1):,} times its size; a "
            f"return has at most {MOST_RATIO}. Unpack it, look at it, and export it in parts."
        )


def refuse_declarations(name: str, book: zipfile.ZipFile) -> None:
    """Refuse a spreadsheet whose parts declare entities: no program that exports one does."""
    for member in book.infolist():
        if member.filename.lower().endswith((".xml", ".rels")):
            with book.open(member) as part:
                if _DECLARATION.search(part.read(_PROLOG_BYTES)):
                    raise ReturnRefused(
                        f"{name}: its part {member.filename} has a document type declaration, by "
                        "which other files could be drawn in; no spreadsheet program writes one. "
                        "Open it in a spreadsheet program and save it again as .xlsx."
                    )


def lines_of(name: str, file: IO[bytes]) -> bytes:
    """All bytes of a text; refuse one with a line too long to be a row, as soon as it is seen."""
    found, line_bytes = io.BytesIO(), 0
    while chunk := file.read(_CHUNK_BYTES):
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        first = min((at for at in map(chunk.find, (b"\n", b"\r")) if at >= 0), default=len(chunk))
        if line_bytes + first > MOST_LINE_BYTES:
            raise ReturnRefused(
                f"{name}: a line of more than {MOST_LINE_BYTES:,} bytes, expected a row on each "
                "line. Ask its owner to export it again, as a table."
            )
        line_bytes = len(chunk) - 1 - last if last >= 0 else line_bytes + len(chunk)
        found.write(chunk)
    return found.getvalue()
