"""The pack and the position statement as Word documents, with headings, captions and alt text."""

import io
from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

from peerpack.catalogue.branding import Branding
from peerpack.handover.pack import PackContents
from peerpack.render.documents.cover import Cover
from peerpack.render.documents.drawn import drawings
from peerpack.render.documents.house import house_reference
from peerpack.render.documents.linear import PARTS, Linear, Medium, linear, warm_words
from peerpack.render.documents.making import Making
from peerpack.render.documents.pandoc import FOLDER, converted
from peerpack.render.documents.typeset import fonts, typeset_png
from peerpack.render.documents.zipped import rezipped
from peerpack.render.site.page import Site

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

CREST = "crest"
INLINE = "data:image/png;base64,"
REFERENCE = "reference.docx"
_OPTIONS = (f"--lua-filter={FOLDER / 'word.lua'}", f"--reference-doc={REFERENCE}")


def warm(look: Branding | None) -> None:
    """Load what a Word document asks for, the styles of the council's look among it."""
    warm_words()
    fonts()
    _house(look)


def making(site: Site) -> Making:
    """The Word documents of a pack. Same contents, same bytes."""
    contents = site.contents
    drawn = drawings(site) | _crest(contents)
    sources = dict(zip(drawn, map(_source, typeset_png(list(drawn.values()))), strict=True))
    # Those that look alike are one file, and Word's list of pictures is in the order of the names.
    names = {source: f"picture-{n:04}.png" for n, source in enumerate(sorted({*sources.values()}))}
    places = {each: names[source] for each, source in sources.items()}
    for each in linear(site, Medium(places, opening=True)):
        yield f"{each.stem}.docx", partial(_docx, each, contents, names)


def _crest(contents: PackContents) -> dict[str, bytes]:
    look = contents.branding
    return {CREST: look.crest} if look and look.crest else {}


def _house(look: Branding | None) -> bytes:
    return house_reference(look.colour, look.accent) if look else house_reference()


def _source(picture: bytes) -> str:
    """What a picture says of where it came from: no file, but all that it is."""
    return INLINE + b64encode(picture).decode()


def _docx(told: Linear, contents: PackContents, pictures: Mapping[str, str]) -> bytes:
    """`pictures`: the file of each by its source."""
    from docx import Document

    files = {name: b64decode(said.removeprefix(INLINE)) for said, name in pictures.items()}
    files |= {REFERENCE: contents.word_reference or _house(contents.branding)}
    book = Document(io.BytesIO(converted(told.html, "docx", _OPTIONS, files)))
    _set_sources(book, {name: said for said, name in pictures.items()})
    _set_properties(book, told)
    _set_head_and_foot(book, told.cover)
    _set_tables(book)
    _begin_pages(book, {PARTS[each] for each in told.pages})
    target = io.BytesIO()
    book.save(target)
    return rezipped(target.getvalue(), told.day)


def _set_sources(book: "Document", sources: Mapping[str, str]) -> None:
    from docx.oxml.ns import qn

    for each in book.element.iter(qn("pic:cNvPr")):
        each.set("descr", sources[each.get("descr")])


def _set_properties(book: "Document", told: Linear) -> None:
    said = book.core_properties
    said.title, said.author, said.language = told.cover.title, told.cover.council, "en-GB"
    said.created = said.modified = datetime.combine(told.day, time(), UTC)
    said.subject, said.keywords, said.comments = told.cover.kind, "", ""


def _set_head_and_foot(book: "Document", cover: Cover) -> None:
    """At the head and foot of every page, unless the reference document has its own there."""
    page = book.sections[0]
    for part, words in ((page.header, cover.head), (page.footer, cover.foot)):
        if part.is_linked_to_previous or not any(each.text for each in part.paragraphs):
            line = part.paragraphs[0]
            _small(line, words)
    if page.footer.paragraphs[0].text == cover.foot:
        _add_page_number(page.footer.paragraphs[0])


def _small(line: "Paragraph", words: str) -> None:
    from docx.shared import Pt

    line.add_run(words).font.size = Pt(8)


def _add_page_number(line: "Paragraph") -> None:
    """The one field of a document, and it is ours: the number of the page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    _small(line, ". Page ")
    field: Any = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    _small(line, "1")
    field.append(line.runs[-1]._r)
    line._p.append(field)


def _set_tables(book: "Document") -> None:
    """Tables of the reference document's style, headed on every page, no row over two pages."""
    from docx.oxml import OxmlElement

    for table in book.tables:
        for n, row in enumerate(table.rows):
            wanted = ("w:cantSplit", "w:tblHeader") if n == 0 else ("w:cantSplit",)
            properties: Any = row._tr.get_or_add_trPr()
            for name in wanted:
                if properties.find(f"{{{properties.nsmap['w']}}}{name[2:]}") is None:
                    properties.append(OxmlElement(name))


def _begin_pages(book: "Document", titles: Collection[str]) -> None:
    heading = book.styles["Heading 1"].style_id
    for each in book.paragraphs:
        if each._p.style == heading and each.text in titles:
            each.paragraph_format.page_break_before = True
