"""What do pages share? The style sheet in the council's colours, script, index, crest."""

from importlib import resources

from peerpack.catalogue.branding import Branding
from peerpack.render.site import search
from peerpack.render.site.page import Site


def files(site: Site) -> dict[str, bytes]:
    """The files of `assets/`, by their path in the pack."""
    look = site.contents.branding
    made = {
        "assets/style.css": style(look),
        "assets/site.js": own("site.js"),
        search.INDEX: search.index(site.contents, site),
    }
    return made | ({f"assets/{look.crest_file}": look.crest} if look and look.crest else {})


def style(look: Branding | None) -> bytes:
    """The style sheet, with a council's two colours where it has its own."""
    colours = f":root {{ --council: {look.colour}; --accent: {look.accent}; }}\n" if look else ""
    return own("style.css") + colours.encode("ascii")


def own(name: str) -> bytes:
    """A file of ours that pages use as it is."""
    return (resources.files("peerpack.render") / "templates" / name).read_bytes()
