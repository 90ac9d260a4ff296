"""Read a document in a process of its own, which alone suffers what the file does to it.

It imports nothing of the package and writes JSON: the document's lines, each with its page (0 where
it has none); or the words of a refusal.
Arguments: the folder of the reader's library, the bytes and seconds it may use, the kind of
document (docx, html or pdf), the most pages it may have, and the most letters of text.
"""

import io
import json
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

Line = tuple[str, int]

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPOKEN = (
    "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "div", "section", "article", "br", "dt",
    "dd", "blockquote", "caption", "figcaption", "pre", "table", "ul", "ol",
)  # fmt: skip
UNSEEN = ("script", "style", "head", "template", "noscript", "svg", "nav")
COLUMN_GAP = 1.2
"""A gap of so many heights of a line between two pieces of it parts two columns."""


def main() -> None:
    """Read, and write what was read; leave the rest to whoever started this."""
    library, memory, seconds = sys.argv[1], *map(int, sys.argv[2:4])
    kind, most_pages, most_letters = sys.argv[4], *map(int, sys.argv[5:7])
    _limit(memory, seconds)
    sys.path.append(library)
    read = {"docx": _docx, "html": _html, "pdf": _pdf}[kind]
    try:
        answer: object = _bounded(read(sys.stdin.buffer.read(), most_pages), most_letters)
    except Exception as fault:  # what the readers raise differs by kind of file
        answer = str(fault) or type(fault).__name__
    json.dump(answer, sys.stdout)


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time is bounded from outside as well
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bounded(lines: Iterator[Line], most_letters: int) -> list[Line]:
    found, letters = [], 0
    for text, page in lines:
        letters += len(text)
        if letters > most_letters:
            raise ValueError(f"it holds more than {most_letters:,} letters of text")
        found.append((text, page))
    return found


def _docx(content: bytes, _: int) -> Iterator[Line]:
    """Paragraphs and tables as they follow each other; a row's cells between tabs."""
    from docx import Document
    from docx.table import Table

    for block in Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = {id(cell._tc): _words(cell._tc) for cell in row.cells}
                yield "\t".join(cells.values()), 0
            yield "", 0
        else:
            yield from ((line, 0) for line in (_marked(block), ""))


def _marked(paragraph: Any) -> str:
    """A paragraph with the mark of a heading or list item that its style or numbering gives it."""
    name = (paragraph.style.name if paragraph.style is not None else "") or ""
    text = _words(paragraph._p)
    numbered = paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None
    if not text:
        return ""
    if re.match(r"Heading|Title", name):
        return f"# {text}"
    return f"- {text}" if numbered or name.startswith("List") else text


def _words(element: Any) -> str:
    """The text that stands: what tracked changes took out is not there, what they put in is."""
    parts = []
    for node in element.iter(f"{WORD}t", f"{WORD}tab", f"{WORD}br", f"{WORD}p", f"{WORD}cr"):
        parts.append((node.text or "") if node.tag == f"{WORD}t" else " ")
    return " ".join("".join(parts).split())


def _html(content: bytes, _: int) -> Iterator[Line]:
    """What a reader sees: blocks on their own lines, rows with tabs, headings and items marked."""
    from lxml import etree

    root = etree.HTML(content, etree.HTMLParser(huge_tree=False, no_network=True))
    if root is None:
        return
    for unseen in list(root.iter(*UNSEEN, etree.Comment)):
        unseen.text = None
        for child in list(unseen):
            unseen.remove(child)
    parts: list[str] = []
    _spoken(root, parts)
    text = re.sub(r"[ \r\f\v]+", " ", "".join(parts))
    for line in (
        re.sub(r"\n\s*\n[\s\n]*", "\n\n", re.sub(r" ?\n ?", "\n", text)).strip().split("\n")
    ):
        yield line.strip(" "), 0


def _spoken(element: Any, parts: list[str]) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag == "tr":
        cells = [" ".join("".join(c.itertext()).split()) for c in element if c.tag in ("td", "th")]
        parts.append("\n" + "\t".join(cells))
        return
    block = tag in SPOKEN
    mark = "# " if re.fullmatch(r"h[1-6]", tag) else "- " if tag == "li" else ""
    parts.append(("\n" if tag in ("li", "br") else "\n\n") + mark if block else "")
    parts.append(_flat(element.text))
    for child in element:
        _spoken(child, parts)
        parts.append(_flat(child.tail))
    parts.append("\n" if tag == "li" else "\n\n" if block and tag != "br" else "")


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _pdf(content: bytes, most_pages: int) -> Iterator[Line]:
    """The lines of each page; a page with tables has tabs between their columns."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    if len(document) > most_pages:
        raise ValueError(f"it has {len(document):,} pages, more than {most_pages:,}")
    for number in range(len(document)):
        page = document[number].get_textpage()
        plain = page.get_text_range().replace("\r\n", "\n").replace("\r", "\n")
        lines = plain.split("\n")
        if _has_table(plain):
            lines = _laid_out(page) if _in_words(page, plain) else [_cells(x) for x in lines]
        for line in lines:
            yield re.sub("\ufffe$", "-", line).replace("\ufffe", "-"), number + 1
        yield "", number + 1


def _has_table(plain: str) -> bool:
    """Whether several lines end in two or more numbers, as the rows of a table do."""
    rows = re.findall(r"(?:^|\s)[(£-]*\d[\d,.]*[%)mk]*\s+[(£-]*\d[\d,.]*[%)mk]*\s*$", plain, re.M)
    return len(rows) >= 2


def _in_words(page: Any, plain: str) -> bool:
    """Whether the pieces of a page are words; some programs set every letter by itself."""
    return int(page.count_rects()) < len(plain) / 4


def _cells(line: str) -> str:
    """A line that ends in two numbers or more, a tab before each: `Adults 120.4 124.1`."""
    match = re.fullmatch(r"(\D.*?)((?:\s[(£-]*\d[\d,.]*[%)mk]*){2,})\s*", line)
    return match[1] + "".join(f"\t{each}" for each in match[2].split()) if match else line


def _laid_out(page: Any) -> list[str]:
    """The pieces of a page by lines from the top, a tab where a wide gap parts two of them."""
    pieces = sorted(
        (
            (*page.get_rect(n), page.get_text_bounded(*page.get_rect(n)))
            for n in range(page.count_rects())
        ),
        key=lambda piece: -piece[3],
    )
    lines: list[list[tuple[float, float, float, float, str]]] = []
    for piece in pieces:
        middle = (piece[1] + piece[3]) / 2
        if lines and lines[-1][0][1] <= middle <= lines[-1][0][3]:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [_joined(sorted(line)) for line in lines]


def _joined(line: list[tuple[float, float, float, float, str]]) -> str:
    text = line[0][4].strip()
    for before, piece in pairwise(line):
        height = max(piece[3] - piece[1], 1)
        text += ("\t" if piece[0] - before[2] > COLUMN_GAP * height else " ") + piece[4].strip()
    return text


if __name__ == "__main__":
    main()
