"""What does each question's notebook say? A page to each."""

from collections.abc import Iterator

from peerpack.handover.pack import PackContents
from peerpack.render.places import question_page
from peerpack.render.site.page import Page, Site
from peerpack.vocab import THEMES


def pages(contents: PackContents, site: Site) -> Iterator[Page]:
    """A page to each question that was answered."""
    for each in contents.notebooks:
        charts = [c for c in site.charts if c.theme == each.theme]
        words = {"question": each, "charts": charts, "theme_title": THEMES[each.theme]}
        yield Page(question_page(each.name), "question.html.j2", words)
