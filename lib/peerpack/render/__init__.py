"""Pages and documents from the records of a pack: arranged, spelt out, escaped. Computes no value.

`site/`: the reviewer's pages. `documents/`: the same to send and to keep. `page`: pages that stand
alone, beside the packs.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from peerpack.catalogue.branding import Branding
from peerpack.handover.pack import PackContents
from peerpack.render.check import summary_line
from peerpack.render.difference_lines import difference_blocks, difference_lines
from peerpack.render.documents import begin, finished
from peerpack.render.documents import warm as warm_documents
from peerpack.render.forms import form
from peerpack.render.history import history_blocks, history_csv, history_lines
from peerpack.render.lines import Grid, Line, overview, printable, report_lines
from peerpack.render.page import check_page, difference_page, status_page
from peerpack.render.site import site
from peerpack.render.site import warm as warm_site
from peerpack.render.site.page import Site
from peerpack.render.statement import statement_file
from peerpack.render.svg import crest
from peerpack.vocab import DocumentKind

__all__ = [
    "Grid", "Line", "check_page", "crest", "difference_blocks", "difference_lines",
    "difference_page", "everything", "form", "history_blocks", "history_csv", "history_lines",
    "overview", "pages", "printable", "report_lines", "status_page", "summary_line", "warm",
]  # fmt: skip

AT_ONCE = 3
"""Documents made at once, most of the time by other programs, while this one draws pages."""


def warm(documents: Iterable[DocumentKind], look: Branding | None = None) -> None:
    """Load and compile what `everything` asks for: by another thread, before there are contents.

    `documents`: the kinds that the council wants; `look`: its branding. Twice does no more.
    """
    warm_site()
    warm_documents(documents, look)


def everything(contents: PackContents) -> dict[str, bytes]:
    """The pages, and the documents that the council wants, by path in the pack.

    Same contents, same bytes. Raises what a page raised, else what the first document did; nothing
    is left running.
    """
    whole = Site(contents)
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        documents = begin(whole, pool)
        return _pages(whole) | finished(documents)
    finally:
        pool.shutdown(cancel_futures=True)


def pages(contents: PackContents) -> dict[str, bytes]:
    """The site, and the position statement as Markdown, by path in the pack."""
    return _pages(Site(contents))


def _pages(whole: Site) -> dict[str, bytes]:
    return site(whole) | statement_file(whole.contents.statement)
