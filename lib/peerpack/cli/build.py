"""`build`, `check` and `verify`: a quarter's returns to a pack, and a pack held to its sums."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from peerpack.cli import verified
from peerpack.cli.app import (
    COUNCIL,
    QUARTER,
    AsJson,
    Council,
    Data,
    QuarterWord,
    Reports,
    app,
    default_reports,
    say,
)
from peerpack.cli.progress import progress
from peerpack.errors import UsageError

if TYPE_CHECKING:
    from peerpack.handover.check import QuarterChecked

COLOURS = {"good": "green", "care": "yellow", "bad": "bold red", "head": "bold"}
MARKS = {"tick": "✓", "triangle": "!", "cross": "✗"}


@app.command()
def build(
    council: Annotated[str, typer.Argument(help=COUNCIL, metavar="COUNCIL")] = "",
    quarter: Annotated[str, typer.Argument(help=QUARTER, metavar="QUARTER")] = "",
    data: Data = None,
    reports: Reports = None,
    strict: Annotated[bool, typer.Option(help="Publish nothing when a gate stops.")] = False,
    force: Annotated[bool, typer.Option(help="Build although nothing changed.")] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Build every council that has QUARTER, the only word.")
    ] = False,
    explain: Annotated[
        bool, typer.Option(help="Say of each dataset and notebook why it was done again, or not.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check, run, render and publish a quarter's pack; print its path last."""
    where = reports or default_reports()
    how: dict[str, Any] = {
        "roots": tuple(data or ()),
        "reports": where.resolve(),
        "strict": strict,
        "force": force,
    }
    if every:
        _build_all(_only_quarter(council, quarter), how | {"explain": explain}, as_json=as_json)
        return
    if not quarter:
        raise UsageError("build: give a council and a quarter, or --all and a quarter.")
    from peerpack.packs.reasons import explained
    from peerpack.packs.unchanged import build as make

    with progress("building") as tell:
        told = make(council, quarter, **how, tell=tell, left=tell.left)
    path = where / told.version.folder.relative_to(where.resolve())
    if not told.new:
        say(f"nothing changed since {told.version.name}")
    why = explained(told) if explain else []
    for reason in () if as_json else why:
        say(reason.words)
    fields = {"pack": str(path), "new": told.new}
    fields |= {"why": [reason.fields for reason in why]} if explain else {}
    print(json.dumps(fields) if as_json else path)


def _only_quarter(first: str, second: str) -> str:
    if second or not first:
        raise UsageError(
            "build: --all builds every council, so give it a quarter and nothing else: "
            "peerpack build --all 2024-25-Q1"
        )
    return first


def _build_all(quarter: str, how: dict[str, Any], *, as_json: bool) -> None:
    """Every council; what was done is summed up however it ends."""
    from peerpack.packs import every

    outcomes = []
    try:
        with progress("building") as tell:
            for outcome in every.build_all(quarter, **how, tell=tell, left=tell.left):
                outcomes.append(outcome)
                tell(outcome.line)
    finally:
        if outcomes:
            told = every.as_fields(outcomes)
            print(json.dumps(told) if as_json else "\n".join(every.summary(outcomes)))
    raise typer.Exit(every.exit_code(outcomes))


@app.command()
def check(
    council: Council,
    quarter: QuarterWord,
    data: Data = None,
    reports: Reports = None,
    as_json: AsJson = False,
) -> None:
    """Admit every return and report on it to its owner; run no notebook. Prints its page last."""
    from peerpack.packs import check as desk

    where = reports or default_reports()
    with progress("checking") as tell:
        checked = desk.check(council, quarter, where.resolve(), tuple(data or ()), tell)
    if not as_json:
        _report(checked)
    page = where / desk.write_page(checked, where.resolve()).relative_to(where.resolve())
    told = checked.model_dump(mode="json") | {"page": str(page)}
    print(json.dumps(told, indent=1) if as_json else page)
    desk.refuse(checked)


@app.command()
def verify(
    pack: Annotated[Path, typer.Argument(help="The folder of a pack, such as …/v001.")],
    signers: Annotated[
        Path | None,
        typer.Option(help="Who may sign, as OpenSSH has it; by default the council's own list."),
    ] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Check every file of a pack against its sums, then its review and its signature."""
    verified.tell(pack, signers, tuple(data or ()), as_json=as_json)


def _report(checked: "QuarterChecked") -> None:
    """The report in words; on a terminal with a table and colours that only repeat them."""
    from peerpack.render import overview, report_lines

    if not sys.stdout.isatty():
        for line in report_lines(checked):
            print(line.text)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("Verdict", "Return", title=f"{checked.council_name}, {checked.quarter}")
    for head in ("Rows in", "Admitted", "Set aside", "In quarantine"):
        table.add_column(head, justify="right")
    for badge, cells in overview(checked):
        table.add_row(
            Text(f"{MARKS[badge.shape]} {badge.text}", COLOURS[badge.tone]), *map(Text, cells)
        )
    console = Console(highlight=False)
    console.print(table)
    for line in report_lines(checked):
        console.print(Text(line.text, COLOURS.get(line.tone, "")))
