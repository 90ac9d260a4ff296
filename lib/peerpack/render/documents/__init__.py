"""The pack as documents to send and to keep: made of the same contents as the site."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from importlib import import_module
from typing import Any

from peerpack.catalogue.branding import Branding
from peerpack.render.documents.making import begun
from peerpack.render.site.page import Site
from peerpack.vocab import DocumentKind

FOLDER = "documents"
MAKERS: dict[DocumentKind, tuple[str, ...]] = {
    "pdf": ("pdf",),
    "word": ("word",),
    "spreadsheet": ("workbook",),
    "html": ("one_file",),
}
"""The modules of this package that make each kind.

`making(site)`: its files, each with the work that gives its bytes. `warm(look)`: loads libraries.
"""


def warm(documents: Iterable[DocumentKind], look: Branding | None) -> None:
    """Load and compile what these kinds of documents ask for."""
    for maker in makers(documents):
        maker.warm(look)


def begin(site: Site, pool: Executor) -> list[tuple[str, Future[bytes]]]:
    """The documents that the council wants, each with its bytes to come from the pool."""
    wanted = makers(site.contents.documents)
    return [each for maker in wanted for each in begun(maker.making(site), pool)]


def makers(documents: Iterable[DocumentKind]) -> Iterator[Any]:
    """The modules that make these kinds of documents."""
    wanted = (module for kind in documents for module in MAKERS.get(kind, ()))
    return (import_module(f"{__name__}.{module}") for module in wanted)


def finished(documents: list[tuple[str, Future[bytes]]]) -> dict[str, bytes]:
    """Their bytes, by path in the pack; raises what the first of them raised."""
    made = {name: to_come.result() for name, to_come in documents}
    return {f"{FOLDER}/{name}": made[name] for name in sorted(made)}
