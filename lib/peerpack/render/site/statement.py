"""What does the council say of itself? Its position statement, over the evidence."""

from collections.abc import Iterator

from peerpack.handover.pack import PackContents
from peerpack.render.places import STATEMENT
from peerpack.render.site.page import Page, Site
from peerpack.render.statement import stepped


def pages(contents: PackContents, _: Site) -> Iterator[Page]:
    """The position statement, where there is one."""
    if contents.statement:
        blocks = stepped(contents.statement.blocks)
        yield Page(STATEMENT, "statement.html.j2", {"blocks": blocks})
