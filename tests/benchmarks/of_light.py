"""What must be quick because it is asked often: help, and whether a pack is as it was published."""

import hashlib
import random
import shutil

from contest import SECONDS, Benchmark, Contender, Figure
from place import ROOT, peerpack

REFERENCE = ROOT / "reports" / "liverpool" / "2024-25-Q1" / "v001"
PACK_BYTES = 50_000_000
FILES_N = 40
HELP, BARE = "help", "help, a Python that does nothing"
VERIFY, SUMS = "verify", "verify, sha256sum --check"
FIGURES = (
    Figure("help", "`peerpack --help`: at most 0.25 s", HELP, BARE, 0.25, SECONDS),
    Figure("verify", "`peerpack verify` of a pack of 50 MB: at most 1.5 of `sha256sum --check`",
           VERIFY, SUMS, 1.5),
)  # fmt: skip


def prepare(place):
    pack = padded(place.folder / "padded" / "liverpool" / "2024-25-Q1" / "v001")
    python = peerpack()[0]
    return {
        HELP: Contender(peerpack("--help")),
        BARE: Contender((python, "-c", "pass")),
        VERIFY: Contender(peerpack("verify", pack)),
        SUMS: Contender(("sha256sum", "--check", "SHA256SUMS"), cwd=pack),
    }


def padded(pack, size=PACK_BYTES):
    """The reference pack with files beside its own until it has the size, its sums in order."""
    from peerpack.packs.verify import BUILD, build_note, sums

    shutil.copytree(REFERENCE, pack)
    drawn = random.Random(1)
    left = size - sum(path.stat().st_size for path in pack.rglob("*") if path.is_file())
    for number in range(FILES_N):
        (pack / "exhibits" / f"padding-{number:02d}.csv").write_bytes(
            drawn.randbytes(left // FILES_N)
        )
    told = sums(pack)
    (pack / "SHA256SUMS").write_bytes(told)
    note = build_note({"sums_sha256": hashlib.sha256(told).hexdigest()})
    (pack / BUILD).write_bytes(note)
    return pack


BENCHMARK = Benchmark("light", FIGURES, prepare)
