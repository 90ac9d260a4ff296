"""`peerpack audit`."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from peerpack.cli.app import AsJson, app

if TYPE_CHECKING:
    from peerpack.audit import Claim

COLOURS = {"cannot_be": "bold red", "ambiguous": "yellow", "no_comparator": "yellow"}


@app.command()
def audit(
    document: Annotated[Path, typer.Argument(help="A report: .docx, .pdf, .html, .md or .txt.")],
    pack: Annotated[
        Path | None, typer.Option(help="A pack whose evidence may support its figures.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with 1 if any figure cannot be.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Test the figures of a report: which follow, which cannot be, which are left open."""
    from peerpack.audit import CANNOT_BE, counted, machine_readable, worst_first
    from peerpack.audit import audit as audited
    from peerpack.packs.opened import open_pack

    found = audited(document, open_pack(pack).evidence if pack else None)
    if as_json:
        print(json.dumps(machine_readable(found), indent=1, sort_keys=True, ensure_ascii=False))
    else:
        _show(worst_first(found))
        print(counted(found))
    if strict and any(claim.verdict == CANNOT_BE for claim in found):
        raise typer.Exit(1)


def _show(found: "Sequence[Claim]") -> None:
    """A line each, or on a terminal a table whose colours only repeat its words."""
    if not sys.stdout.isatty():
        for claim in found:
            print(f"{_verdict(claim)} · {_where(claim)} · {claim.quotation}\n  {claim.reason}")
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("Verdict", "Line", "Quotation", "Why", show_lines=True)
    for claim in found:
        cells = (_where(claim), claim.quotation, claim.reason)
        table.add_row(Text(_verdict(claim), COLOURS.get(claim.verdict, "")), *map(Text, cells))
    if found:
        Console(highlight=False).print(table)


def _verdict(claim: "Claim") -> str:
    return claim.verdict.replace("_", " ")


def _where(claim: "Claim") -> str:
    return f"line {claim.line}" + (f", page {claim.page}" if claim.page else "")
