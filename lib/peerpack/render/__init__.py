"""Pages and documents from the records of a pack: arranged, spelt out, escaped. Computes no value.

`site/`: the reviewer's pages. `documents/`: the same to send and to keep. `page`: pages that stand
alone, beside the packs.
"""

from peerpack.handover.pack import PackContents
from peerpack.render.check import summary_line
from peerpack.render.difference_lines import difference_blocks, difference_lines
from peerpack.render.documents import documents
from peerpack.render.forms import form
from peerpack.render.history import history_blocks, history_csv, history_lines
from peerpack.render.lines import Grid, Line, overview, printable, report_lines
from peerpack.render.page import check_page, difference_page, status_page
from peerpack.render.site import site
from peerpack.render.statement import statement_file
from peerpack.render.svg import crest

__all__ = [
    "Grid", "Line", "check_page", "crest", "difference_blocks", "difference_lines",
    "difference_page", "documents", "form", "history_blocks", "history_csv", "history_lines",
    "overview", "pages", "printable", "report_lines", "status_page", "summary_line",
]  # fmt: skip


def pages(contents: PackContents) -> dict[str, bytes]:
    """The site, and the position statement as Markdown, by path in the pack."""
    return site(contents) | statement_file(contents.statement)
