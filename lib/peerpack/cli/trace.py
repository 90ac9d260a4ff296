"""`peerpack trace`: a number back to its rows."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from peerpack.cli.app import AsJson, Data, Reports, app, default_reports, say
from peerpack.errors import UsageError


@app.command()
def trace(
    evidence: Annotated[
        list[str], typer.Argument(help="Evidence ids of one pack, or their links on its page.")
    ],
    pack: Annotated[
        Path | None,
        typer.Option(help="The pack's folder; by default the newest that holds the evidence."),
    ] = None,
    data: Data = None,
    reports: Reports = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write every row to this file, for you alone.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print the way back from numbers to the lines of the raw files; people are masked."""
    from peerpack.packs import trace as packs

    if csv and len(evidence) > 1:
        raise UsageError("--csv writes the rows of one number. Give one evidence id.")
    where = reports or default_reports()
    for traced in packs.traces(evidence, pack, roots=tuple(data or ()), reports=where):
        if as_json:
            sys.stdout.writelines(packs.as_json(traced))
        else:
            for line in packs.as_lines(traced):
                print(line)
        if csv:
            packs.write_csv(traced, csv)
            say(f"rows written: {csv}")
