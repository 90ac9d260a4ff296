"""`diff` and `history`: two packs held against each other, and one indicator over all packs."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from peerpack.cli.app import AsJson, Data, Reports, app, default_reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.table import Table

    from peerpack.render import Grid, Line

COLOURS = {"good": "green", "care": "yellow", "bad": "bold red", "head": "bold"}


@app.command()
def diff(
    a: Annotated[Path, typer.Argument(help="The folder of a pack, such as …/v001.")],
    b: Annotated[Path, typer.Argument(help="Another, or only its name, such as v002.")],
    data: Data = None,
    html: Annotated[Path | None, typer.Option(help="Write a page that shows it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what moved between two packs, by how much and why; which charts, which rows."""
    from peerpack.packs.diff import difference, opened, write_page
    from peerpack.render import difference_blocks, difference_lines

    packs = opened(a, b)
    found = difference(*packs, tuple(data or ()))
    if as_json:
        _print_json(found.model_dump(mode="json"))
    else:
        _print(difference_lines(found), difference_blocks(found))
    if html:
        write_page(html, found, *packs)


@app.command()
def history(
    indicator: Annotated[str, typer.Argument(help="An indicator, such as KF35, or evidence.")],
    council: Annotated[str, typer.Option(help="Only this council's packs.")] = "",
    reports: Reports = None,
    every_cut: Annotated[
        bool, typer.Option("--all", help="Every part of the council or area, not headlines only.")
    ] = False,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write a row per figure and period to this file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say of an indicator what packs reported then, and what is known now."""
    from peerpack.packs.history import history as over
    from peerpack.render import history_blocks, history_csv, history_lines

    found = over(reports or default_reports(), indicator, council, every_cut=every_cut)
    if csv:
        csv.write_text(history_csv(found), encoding="utf-8", newline="\n")
    if as_json:
        _print_json(found.model_dump(mode="json"))
    else:
        _print(history_lines(found), history_blocks(found))


def _print_json(told: object) -> None:
    print(json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False))


def _print(lines: "Iterator[Line]", blocks: "Iterator[Line | Grid]") -> None:
    """Lines; on a terminal blocks, with tables and colours that only repeat the words."""
    if not sys.stdout.isatty():
        for line in lines:
            print(line.text)
        return
    from rich.console import Console
    from rich.text import Text

    from peerpack.render import Line, printable

    console = Console(highlight=False)
    for block in blocks:
        if isinstance(block, Line):
            console.print(Text(printable(block.text), COLOURS.get(block.tone, "")))
        else:
            console.print(_table(block))


def _table(grid: "Grid") -> "Table":
    from rich.table import Table
    from rich.text import Text

    from peerpack.render import printable

    table = Table(*grid.headings, title=Text(printable(grid.title)) if grid.title else None,
                  show_lines=True)  # fmt: skip
    for row in grid.rows:
        table.add_row(*(Text("\n".join(map(printable, cell.split("\n")))) for cell in row))
    return table
