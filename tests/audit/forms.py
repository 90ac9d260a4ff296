"""A report in Markdown, in the other forms in which reports are sent: HTML, Word, PDF.

Only the Markdown that the reports here use: headings, paragraphs, lists, tables.
"""

import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OPTIONS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
STYLE = (
    "body { font: 11pt sans-serif } table { border-collapse: collapse } td, th { padding: 2pt 8pt }"
)


def blocks(markdown: str) -> Iterator[tuple[str, Any]]:
    """(kind, content): `h1`, `h2`, `p` with text, `ul` with its items, `table` with its rows."""
    for part in markdown.strip().split("\n\n"):
        lines = part.split("\n")
        if part.startswith("#"):
            marks, _, title = part.partition(" ")
            yield f"h{len(marks)}", title
        elif part.startswith("|"):
            yield "table", [cells(line) for line in lines if not line.startswith("|---")]
        elif part.startswith("- "):
            yield "ul", [item.replace("\n", " ").strip() for item in part[2:].split("\n- ")]
        else:
            yield "p", " ".join(lines).replace("**", "")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def as_html(markdown: str) -> str:
    """One page, as a content system would publish it."""
    body = "\n".join(html_of(kind, content) for kind, content in blocks(markdown))
    head = f'<meta charset="utf-8"><title>Report</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'


def html_of(kind: str, content: Any) -> str:
    if kind == "ul":
        return "<ul>" + "".join(f"<li>{html.escape(item)}</li>" for item in content) + "</ul>"
    if kind != "table":
        return f"<{kind}>{html.escape(content)}</{kind}>"
    head, *rows = content
    lines = [row_of("th", head), *(row_of("td", row) for row in rows)]
    return "<table>\n" + "\n".join(lines) + "\n</table>"


def row_of(tag: str, row: list[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>"


def write_word(markdown: str, where: Path) -> Path:
    """The report as a Word document with true headings, lists and tables."""
    from docx import Document

    document = Document()
    for kind, content in blocks(markdown):
        if kind == "table":
            fill(document.add_table(len(content), len(content[0])), content)
        elif kind == "ul":
            for item in content:
                document.add_paragraph(item, style="List Bullet")
        elif kind == "p":
            document.add_paragraph(content)
        else:
            document.add_heading(content, int(kind[1:]))
    document.save(str(where))
    return where


def fill(table: Any, rows: list[list[str]]) -> None:
    for cells_of_row, row in zip((each.cells for each in table.rows), rows, strict=True):
        for cell, text in zip(cells_of_row, row, strict=True):
            cell.text = text


def write_pdf(page: str, where: Path, chromium: str) -> Path:
    """The page printed by a browser: the usual way from a screen to a PDF."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=OPTIONS)
        tab = browser.new_page()
        tab.set_content(page)
        tab.pdf(path=str(where), format="A4")
        browser.close()
    return where
