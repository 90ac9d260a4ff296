"""The pack as documents to send and to keep: made of the same contents as the site."""

from importlib import import_module

from peerpack.handover.pack import PackContents
from peerpack.vocab import DocumentKind

FOLDER = "documents"
MAKERS: dict[DocumentKind, tuple[str, ...]] = {
    "pdf": ("pdf",),
    "word": ("word",),
    "spreadsheet": ("workbook",),
    "html": ("one_file",),
}
"""The modules of this package that make each kind: `made(contents)` gives bytes by file name."""


def documents(contents: PackContents) -> dict[str, bytes]:
    """The documents that the council wants, by path in the pack. Same contents, same bytes."""
    wanted = [module for kind in contents.documents for module in MAKERS.get(kind, ())]
    made: dict[str, bytes] = {}
    for module in wanted:
        made |= import_module(f"{__name__}.{module}").made(contents)
    return {f"{FOLDER}/{name}": made[name] for name in sorted(made)}
