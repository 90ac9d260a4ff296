"""`export`: a pack to be sent away."""

from pathlib import Path
from typing import Annotated

import typer

from peerpack.cli.app import app
from peerpack.errors import UsageError


@app.command()
def export(
    pack: Annotated[Path, typer.Argument(help="The folder of a pack, such as …/v001.")],
    bagit: Annotated[
        Path | None, typer.Option("--bagit", help="Write a BagIt bag: a folder for an archive.")
    ] = None,
    as_zip: Annotated[
        Path | None, typer.Option("--zip", help="Write one zip file, for an e-mail.")
    ] = None,
    signers: Annotated[
        Path | None,
        typer.Option("--signers", help="The allowed_signers file to send with a signed pack."),
    ] = None,
) -> None:
    """Write a verified pack as a bag or a zip that others can check without the workbook."""
    from peerpack.packs.export import export_bag, export_zip

    if not bagit and not as_zip:
        raise UsageError("peerpack export: say --bagit FOLDER, --zip FILE, or both.")
    if bagit:
        print(export_bag(pack, bagit, signers))
    if as_zip:
        print(export_zip(pack, as_zip, signers))
