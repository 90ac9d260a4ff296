"""`sign` and `review`: a pack signed by its council, and reviewed by three people."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from peerpack.cli.app import AsJson, Data, app
from peerpack.errors import UsageError
from peerpack.packs.review.table import STEPS, Step

Pack = Annotated[Path, typer.Argument(help="The folder of a pack, such as …/v001.")]


class Word(StrEnum):
    """What `review` is asked for: to tell where the pack stands, the form, or a step."""

    STATUS = "status"
    FORM = "form"
    SUBMIT = "submit"
    RETURN = "return"
    REVIEW = "review"
    APPROVE = "approve"
    WITHDRAW = "withdraw"


_STEPS: dict[Word, Step] = {Word(step): step for step in STEPS if step != "supersede"}


@app.command()
def sign(
    pack: Pack,
    key: Annotated[Path, typer.Option(help="Your SSH key's file; ssh-keygen reads it, not we.")],
    data: Data = None,
) -> None:
    """Sign a pack with an SSH key: v001.sig, beside it."""
    from peerpack.packs.sign import sign as make
    from peerpack.packs.signatures import signature_file

    found = make(pack, key, tuple(data or ()))
    print(f"signed by {found.principal or found.key}")
    print(signature_file(pack))


@app.command()
def review(
    pack: Pack,
    word: Annotated[Word, typer.Argument(metavar="STEP", help="status, form, or a step.")],
    by: Annotated[str, typer.Option(help="Who takes the step: Name <mail>.")] = "",
    reason: Annotated[str, typer.Option(help="Why; needed to return and to withdraw.")] = "",
    exhibits: Annotated[
        Path | None, typer.Option(help="The form, filled in; needed to submit.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(help="Your SSH key's file; needed where signers are listed.")
    ] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Take a step of a pack's review, print the form to submit with, or say where it stands."""
    from peerpack.packs.review.steps import Asked, form_of, status, take
    from peerpack.packs.review.told import as_fields, standing_lines

    roots = tuple(data or ())
    if word == Word.FORM:
        print(form_of(pack, roots), end="")
        return
    if word != Word.STATUS:
        if not by:
            raise UsageError(f"review {word}: say who takes the step, --by 'Name <mail>'.")
        take(pack, Asked(_STEPS[word], by, reason, exhibits, key), roots)
    found = status(pack, roots)
    fields = json.dumps(as_fields(found), sort_keys=True)
    print(fields if as_json else "\n".join(standing_lines(found)))
