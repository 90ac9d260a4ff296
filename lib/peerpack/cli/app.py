"""The command line itself: its application, the options its commands share, a line of progress."""

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="The peer challenge workbook: raw council returns in, verified packs of evidence out.",
)

COUNCIL = "A council's folder name, such as northborough."
QUARTER = "A financial-year quarter, such as 2024-25-Q1."
Council = Annotated[str, typer.Argument(help=COUNCIL)]
QuarterWord = Annotated[str, typer.Argument(help=QUARTER)]
Data = Annotated[
    list[Path] | None,
    typer.Option("--data", help="A folder of councils, searched first. Repeatable."),
]
Reports = Annotated[
    Path | None, typer.Option("--reports", help="Where packs go; by default reports/.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]


def default_reports() -> Path:
    """`reports/` of this checkout."""
    from peerpack.catalogue.places import project_root

    return project_root() / "reports"


def say(line: str) -> None:
    """A line of progress, on standard error."""
    print(line, file=sys.stderr, flush=True)
