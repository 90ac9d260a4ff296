"""`peerpack reproduce`."""

from pathlib import Path
from typing import Annotated

import typer

from peerpack.cli.app import AsJson, Data, app
from peerpack.cli.progress import progress
from peerpack.errors import UsageError


@app.command()
def reproduce(
    pack: Annotated[Path, typer.Argument(help="The folder of a pack, such as …/v001.")],
    data: Data = None,
    checkout: Annotated[
        Path | None,
        typer.Option(help="The repository to take the recorded revision from; by default this."),
    ] = None,
    here: Annotated[
        bool, typer.Option("--here", help="Rebuild from everything as it is here now.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Rebuild a pack from its manifest elsewhere, and compare byte for byte."""
    from peerpack.packs import reproduce as again

    if here and checkout:
        raise UsageError("reproduce: --here takes this checkout; leave out --checkout.")
    with progress("rebuilding") as tell:
        told = again.reproduce(pack, data=data or (), checkout=checkout, here=here, tell=tell)
    print(again.as_json(told, pack) if as_json else "\n".join(again.lines(told, pack)))
    again.refuse(told, pack)
