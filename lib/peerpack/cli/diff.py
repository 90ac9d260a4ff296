"""`diff` and `history`: two packs held against each other, and one indicator over all packs."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from peerpack.cli.app import AsJson, Data, app

if TYPE_CHECKING:
    from peerpack.handover.difference import Difference

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

    packs = opened(a, b)
    found = difference(*packs, tuple(data or ()))
    if as_json:
        print(json.dumps(found.model_dump(mode="json"), indent=1, sort_keys=True,
                         ensure_ascii=False))  # fmt: skip
    else:
        _print(found)
    if html:
        write_page(html, found, *packs)


def _print(found: "Difference") -> None:
    """The summary; on a terminal with tables and colours that only repeat the words."""
    from peerpack.render import difference_lines

    if not sys.stdout.isatty():
        for line in difference_lines(found):
            print(line.text)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in difference_lines(found):
        console.print(Text(line.text, COLOURS.get(line.tone, "")))
