"""What a notebook asks the door for: the datasets it reads, by the names it says."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from peerpack.notebooks.shown import DOORS

if TYPE_CHECKING:
    from nbformat import NotebookNode

ANYTHING = None
"""A dataset is named by something else than a plain text, so that it may be any."""


def reads(nb: "NotebookNode") -> frozenset[str] | None:
    """The datasets that a notebook names to `intake.admit` and its likes, needed or not.

    `ANYTHING` where a name is not a plain text, or a cell cannot be read.
    """
    try:
        named = [_dataset(call) for cell in _code(nb) for call in _asked(cell)]
    except SyntaxError:
        return ANYTHING
    known = frozenset(name for name in named if name)
    return known if len(known) == len(set(named)) else ANYTHING


def _code(nb: "NotebookNode") -> Iterator[str]:
    return (cell.source for cell in nb.cells if cell.cell_type == "code")


def _asked(source: str) -> Iterator[ast.Call]:
    """Every call of a door in a cell."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr=door) | ast.Name(id=door)) if door in DOORS:
                yield node


def _dataset(call: ast.Call) -> str | None:
    """The dataset of a call: its first argument, or the one called `dataset`."""
    said = [*call.args[:1], *(word.value for word in call.keywords if word.arg == "dataset")]
    match said:
        case [ast.Constant(value=str(name))]:
            return name
    return None
