"""A question as its page tells it: the cells of its notebook, what it needs and what it used."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from peerpack.handover.records import NamedFinding, Used
from peerpack.handover.statement import Block


@dataclass(frozen=True)
class Prose:
    """A cell of prose, as blocks."""

    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Code:
    """A cell of code with what it recorded, in order.

    `outputs`: what it printed as plain text, without pictures, tables and records. `checks`: what
    its assertions hold, in their own words; of a cell that did not run there are none.
    """

    name: str
    source: str
    outputs: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    evidence_ids: tuple[str, ...] = ()
    exhibit_ids: tuple[str, ...] = ()
    findings: tuple[NamedFinding, ...] = ()


Cell: TypeAlias = Prose | Code
State = Literal["supplied", "stopped", "missing"]


@dataclass(frozen=True)
class Need:
    """A dataset that a question is answered from: what it is called, what it holds, whose it is."""

    title: str
    description: str
    owner: str
    state: State


@dataclass(frozen=True)
class Question:
    """A notebook, run or withheld, cell by cell.

    `needs`: the datasets that it cannot do without; `any_of`: lists of which one must be whole.
    `used`: the returns it took figures from.
    """

    notebook: str
    cells: tuple[Cell, ...] = ()
    needs: tuple[Need, ...] = ()
    any_of: tuple[tuple[Need, ...], ...] = ()
    used: tuple[Used, ...] = ()
