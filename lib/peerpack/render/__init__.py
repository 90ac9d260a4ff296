"""Pages from the records of a pack: arranged, spelt out and escaped. Computes no value."""

from peerpack.render.check import summary_line
from peerpack.render.difference_lines import difference_blocks, difference_lines
from peerpack.render.forms import form
from peerpack.render.history import history_blocks, history_csv, history_lines
from peerpack.render.lines import Grid, Line, overview, printable, report_lines
from peerpack.render.page import check_page, difference_page, pages, status_page
from peerpack.render.svg import crest

__all__ = [
    "Grid", "Line", "check_page", "crest", "difference_blocks", "difference_lines",
    "difference_page", "form", "history_blocks", "history_csv", "history_lines", "overview",
    "pages", "printable",
    "report_lines", "status_page", "summary_line",
]  # fmt: skip
