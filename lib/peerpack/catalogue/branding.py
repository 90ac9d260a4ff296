"""A council's branding: its name as it is shown, two colours that can be read, its crest."""

import re
import struct
import zlib
from collections.abc import Iterator

from pydantic import Field, field_validator

from peerpack.catalogue.models import Model

THEME = "theme.toml"
CRESTS = ("crest.svg", "crest.png")
"""The names a crest may have; it stands beside `theme.toml`."""
LARGEST_CREST = 100_000
WIDEST_CREST = 2_000
FOR_TEXT, FOR_LINES = 4.5, 3.0
"""The contrasts that WCAG 2.2 asks for: 1.4.3 of text, 1.4.11 of lines and shapes."""
WHITE = "#ffffff"
SURFACES = {
    "light page": WHITE,
    "light page's shaded parts": "#f3f5f7",
    "dark page": "#14191d",
    "dark page's shaded parts": "#1f262c",
}
"""What a line in a council's colour stands on: `--paper` and `--shade` of the style sheet."""
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_PNG = b"\x89PNG\r\n\x1a\n"
_NEEDED = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}


class Branding(Model):
    """What `theme.toml` says, and the crest beside it (its bytes; none where there is no crest).

    `colour`: of the band at the head of a page, under white words. `accent`: of lines, on light
    pages and on dark ones. Either is refused where it cannot be read.
    """

    name: str = Field(min_length=1, max_length=100)
    colour: str
    accent: str
    crest: bytes = Field(b"", strict=True, max_length=LARGEST_CREST)

    @property
    def crest_file(self) -> str:
        """The crest's name in a pack, by what its bytes are; empty where there is none."""
        is_png = self.crest.startswith(_PNG)
        return CRESTS[is_png] if self.crest else ""

    @field_validator("name")
    @classmethod
    def _name_can_be_shown(cls, name: str) -> str:
        if not name.isprintable() or not name.strip():
            raise ValueError("it holds a sign that cannot be seen, such as a mark of direction")
        return name.strip()

    @field_validator("colour", "accent")
    @classmethod
    def _a_colour(cls, said: str) -> str:
        if not _COLOUR.fullmatch(said.lower()):
            raise ValueError(f"{said[:20]!r} is no colour such as #12436d")
        return said.lower()

    @field_validator("colour")
    @classmethod
    def _white_words_can_be_read_on_it(cls, colour: str) -> str:
        _refuse_faint(colour, WHITE, FOR_TEXT, "white words on it have")
        return colour

    @field_validator("accent")
    @classmethod
    def _its_lines_can_be_seen(cls, accent: str) -> str:
        for surface, behind in SURFACES.items():
            _refuse_faint(accent, behind, FOR_LINES, f"a line of it on the {surface} has")
        return accent

    @field_validator("crest")
    @classmethod
    def _a_picture(cls, crest: bytes) -> bytes:
        return plain_png(crest) if crest.startswith(_PNG) else crest


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21, by the formula of WCAG 2.2."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _refuse_faint(colour: str, behind: str, wanted: float, what: str) -> None:
    found = contrast(colour, behind)
    if found < wanted:
        other = "darker" if _luminance(behind) > _luminance(colour) else "lighter"
        raise ValueError(
            f"{colour}: {what} a contrast of {int(found * 100) / 100:.2f} to 1, and WCAG 2.2 asks "
            f"for {wanted:.1f} to 1. Take a {other} one"
        )


def plain_png(content: bytes) -> bytes:
    """A PNG with nothing in it but its picture: no comment, no place, nothing after its end.

    Refuses, as a ValueError, one that is damaged, or wider or higher than WIDEST_CREST.
    """
    chunks = [(kind, data) for kind, data in _chunks(content) if kind in _NEEDED]
    if not chunks or chunks[0][0] != b"IHDR" or chunks[-1][0] != b"IEND":
        raise ValueError("the PNG is damaged")
    width, height = struct.unpack(">II", chunks[0][1][:8])
    if not 0 < max(width, height) <= WIDEST_CREST:
        raise ValueError(f"{width} × {height} pixels; a crest has at most {WIDEST_CREST} each way")
    return _PNG + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a PNG up to its end, each with the sum that it must have."""
    at = len(_PNG)
    while at + 12 <= len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        data = content[at + 8 : at + 8 + size]
        if content[at : at + 12 + size] != _chunk(kind, data):
            return
        yield kind, data
        if kind == b"IEND":
            return
        at += 12 + size


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
