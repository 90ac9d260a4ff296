"""Pages from the records of a pack: arranged, spelt out and escaped. Computes no value."""

from peerpack.render.check import summary_line
from peerpack.render.difference_lines import difference_lines
from peerpack.render.forms import form
from peerpack.render.lines import overview, report_lines
from peerpack.render.page import check_page, difference_page, pages, status_page

__all__ = [
    "check_page",
    "difference_lines",
    "difference_page",
    "form",
    "overview",
    "pages",
    "report_lines",
    "status_page",
    "summary_line",
]
