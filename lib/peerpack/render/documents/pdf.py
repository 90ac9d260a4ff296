"""The pack and the position statement as PDF that is accessible to all (PDF/UA-1)."""

from collections.abc import Mapping
from functools import partial

from peerpack.catalogue.branding import Branding
from peerpack.render.documents.drawn import drawings
from peerpack.render.documents.linear import Linear, Medium, linear, warm_words
from peerpack.render.documents.making import Making
from peerpack.render.documents.pandoc import FOLDER, converted
from peerpack.render.documents.typeset import fonts, typeset_pdf
from peerpack.render.site.page import Site

_FILTER = f"--lua-filter={FOLDER / 'typst.lua'}"


def warm(_: Branding | None) -> None:
    """Load what a PDF asks for."""
    warm_words()
    fonts()


def making(site: Site) -> Making:
    """The PDFs of a pack. Same contents, same bytes."""
    drawn, look = drawings(site), site.contents.branding
    names = {anchor: f"chart-{n}.svg" for n, anchor in enumerate(drawn, start=1)}
    files = {names[anchor]: content for anchor, content in drawn.items()}
    if look and look.crest_file:
        files[look.crest_file] = look.crest
    for each in linear(site, Medium(names)):
        yield f"{each.stem}.pdf", partial(_pdf, each, files)


def _pdf(told: Linear, files: Mapping[str, bytes]) -> bytes:
    body = converted(told.html, "typst", [_FILTER]).decode("utf-8")
    look = (FOLDER / "look.typ").read_text(encoding="utf-8")
    given = vars(told.cover) | {
        "tall": "tall" if told.has_tall_rows else "",
        "pages": " ".join(told.pages),
    }
    return typeset_pdf(f"{look}\n{body}", files, given)
