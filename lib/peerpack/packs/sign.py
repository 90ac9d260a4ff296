"""Sign a pack: an SSH signature over its SHA256SUMS, `v001.sig` beside it."""

import os
from collections.abc import Sequence
from pathlib import Path

from peerpack.errors import ReviewRefused
from peerpack.packs.review.keeping import write_page
from peerpack.packs.review.steps import opened
from peerpack.packs.signatures import (
    ALLOWED,
    PACK,
    Signature,
    SignatureFault,
    held,
    signature_file,
    signed,
)
from peerpack.packs.versions import SUMS, write_whole


def sign(pack: Path, key: Path, roots: Sequence[Path] = ()) -> Signature:
    """Sign a pack that verifies, by a key that may; never over a signature that stands already.

    Where the council has allowed signers the key must be one of theirs. ReviewRefused otherwise,
    and for a pack that was withdrawn.
    """
    pack = pack.resolve()
    with opened(pack, roots) as (own, found):
        path = signature_file(pack)
        if os.path.lexists(path):
            raise ReviewRefused(f"{path.name} stands already. Take it away first to sign anew.")
        if found[pack.name].state == "withdrawn":
            raise ReviewRefused(f"{pack.name} is withdrawn. A withdrawn pack is not signed.")
        sums = (pack / SUMS).read_bytes()
        content = signed(sums, key, PACK)
        try:
            signature = held(sums, content, PACK, own.signers)
        except SignatureFault as fault:
            raise ReviewRefused(
                f"{pack.name} was not signed: {fault} of {own.council.slug}. Have your public key "
                f"put into its {ALLOWED}."
            ) from None
        write_whole(path, content)
        write_page(own, found)
        return signature
