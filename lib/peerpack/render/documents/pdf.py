"""The pack and the position statement as PDF that is accessible to all (PDF/UA-1)."""

from collections.abc import Mapping

from peerpack.handover.pack import PackContents
from peerpack.render.documents.drawn import drawings
from peerpack.render.documents.linear import Linear, Medium, linear
from peerpack.render.documents.pandoc import FOLDER, converted
from peerpack.render.documents.typeset import typeset_pdf

_FILTER = f"--lua-filter={FOLDER / 'typst.lua'}"


def made(contents: PackContents) -> dict[str, bytes]:
    """The PDFs of a pack by file name. Same contents, same bytes."""
    drawn = drawings(contents)
    names = {anchor: f"chart-{n}.svg" for n, anchor in enumerate(drawn, start=1)}
    files = {names[anchor]: content for anchor, content in drawn.items()}
    if contents.branding and contents.branding.crest_file:
        files[contents.branding.crest_file] = contents.branding.crest
    return {f"{each.stem}.pdf": _pdf(each, files) for each in linear(contents, Medium(names))}


def _pdf(told: Linear, files: Mapping[str, bytes]) -> bytes:
    body = converted(told.html, "typst", [_FILTER]).decode("utf-8")
    look = (FOLDER / "look.typ").read_text(encoding="utf-8")
    given = vars(told.cover) | {
        "tall": "tall" if told.has_tall_rows else "",
        "pages": " ".join(told.pages),
    }
    return typeset_pdf(f"{look}\n{body}", files, given)
