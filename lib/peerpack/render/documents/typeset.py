"""The only door to typst: it sees one folder and the fonts of the lock."""

import importlib.util
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peerpack.errors import OurFault

if TYPE_CHECKING:
    from typst import Fonts

FAMILY = "DejaVu Sans"
PIXELS_PER_INCH = 200
MAIN = "main.typ"


def typeset_pdf(source: str, files: Mapping[str, bytes], said: Mapping[str, str]) -> bytes:
    """A typst source with the files it names as PDF/UA-1; `said` reaches it as strings.

    OurFault with typst's words where it refuses: a missing alternative text, a level of heading
    that is left out.
    """
    pages = _typeset(source, files, said, format="pdf", pdf_standards=["ua-1"])
    return b"".join(pages)


def typeset_png(drawings: Sequence[bytes]) -> list[bytes]:
    """Drawings, or pictures in PNG, as pictures each as large as it says."""
    if not drawings:
        return []
    files = {f"{n}.{_kind(content)}": content for n, content in enumerate(drawings)}
    pages = "\n".join(f'#page(image("{name}"))' for name in files)
    source = f"#set page(width: auto, height: auto, margin: 0pt)\n{pages}"
    return _typeset(source, files, {}, format="png", ppi=PIXELS_PER_INCH)


def _kind(drawing: bytes) -> str:
    return "png" if drawing.startswith(b"\x89PNG") else "svg"


def _typeset(
    source: str, files: Mapping[str, bytes], said: Mapping[str, str], **options: Any
) -> list[bytes]:
    """The pages, where the format has each in a file of its own; else the one file."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        for name, content in {MAIN: source.encode("utf-8"), **files}.items():
            (Path(folder) / name).write_bytes(content)
        try:
            made = typst.compile(
                Path(folder) / MAIN, root=folder, font_paths=fonts(), ignore_system_fonts=True,
                sys_inputs=dict(said), package_path=folder, package_cache_path=folder, **options,
            )  # fmt: skip
        except typst.TypstError as fault:
            hints = " ".join(fault.hints)
            raise OurFault(f"typst made no document: {fault.message} {hints}".strip()) from fault
    return made if isinstance(made, list) else [made or b""]


@lru_cache
def fonts() -> "Fonts":
    """The fonts of the lock: those that matplotlib brings, and draws the charts with.

    One of them has a box for any letter: a PDF that is accessible to all shows every letter it has.
    """
    import typst

    spec = importlib.util.find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise OurFault("matplotlib is not installed, and its fonts are those of a document.")
    folder = Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
    # Without a font typst leaves every word out, and says nothing.
    if FAMILY not in fonts.families():
        raise OurFault(f"matplotlib brings no {FAMILY}, the font of a document.")
    return fonts
