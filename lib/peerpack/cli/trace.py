"""`peerpack trace`: a number back to its rows."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from peerpack.cli.app import AsJson, Data, Reports, app, default_reports, say


@app.command()
def trace(
    evidence: Annotated[str, typer.Argument(help="An evidence id, or its link on a pack's page.")],
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
    """Print the way back from a number to the lines of the raw files; people are masked."""
    from peerpack.packs import trace as packs

    traced = packs.trace(
        evidence, pack, roots=tuple(data or ()), reports=reports or default_reports()
    )
    if as_json:
        sys.stdout.writelines(packs.as_json(traced))
    else:
        for line in packs.as_lines(traced):
            print(line)
    if csv:
        packs.write_csv(traced, csv)
        say(f"rows written: {csv}")
    packs.refuse_incomplete(traced)
