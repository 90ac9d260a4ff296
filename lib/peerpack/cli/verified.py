"""What `verify` says of a pack. It loads nothing that a pack without log and signature spares."""

from collections.abc import Sequence
from pathlib import Path


def tell(
    pack: Path, signers: Path | None = None, roots: Sequence[Path] = (), *, as_json: bool = False
) -> None:
    """Check a pack; print its sums, its review and its signature, a line each or as JSON."""
    from peerpack.packs.review.standing import standing_of
    from peerpack.packs.review.told import as_fields, standing_lines
    from peerpack.packs.verify import verify

    found = verify(pack)
    standing = standing_of(pack, signers, roots)
    if as_json:
        import json

        fields = {"pack": str(pack), "files": found.files_n} | as_fields(standing)
        print(json.dumps(fields, sort_keys=True))
        return
    print(f"{pack}: {found.files_n} files as published; evidence {found.evidence_sha256}")
    for line in standing_lines(standing):
        print(line)
