"""What do pages share? The style sheet, in a file of its own."""

from peerpack.render.site.page import Site
from peerpack.render.templating import rendered


def files(_: Site) -> dict[str, bytes]:
    """The files of `assets/`, by their path in the pack."""
    return {"assets/style.css": rendered("style.css")}
