"""What a pack says of its own making: `manifest.json`, and `build.json`, which no sum covers."""

import platform
import shutil
import socket
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from peerpack.catalogue.places import project_root
from peerpack.handover.pack import PackContents
from peerpack.packs.inputs import checkout_files
from peerpack.packs.libraries import other_than_locked
from peerpack.packs.plan import Plan
from peerpack.packs.verify import build_note
from peerpack.packs.versions import SUMS, sha256_of


def manifest_of(planned: Plan, contents: PackContents) -> dict[str, object]:
    """Council, quarter and date, every input by digest, and which notebooks ran or did not."""
    return {
        "council": planned.council.slug,
        "quarter": str(planned.quarter),
        "as_at": planned.as_at.isoformat(),
        "invented": planned.council.invented,
        "inputs": planned.inputs,
        "files": checkout_files(project_root()),
        "disclosure": planned.council.disclosure.model_dump(),
        "definitions": dict(contents.history.definitions),
        "notebooks": [vars(page) for page in contents.notebooks],
        "withheld": [vars(each) for each in contents.withheld],
    }


def note_of(folder: Path, seconds: float) -> bytes:
    """What may differ between two builds of one pack: when, where, how long, from which commit."""
    return build_note(
        {
            "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(seconds, 1),
            "host": socket.gethostname(),
            "python": platform.python_version(),
            "platform": platform.platform(),
            "revision": _revision(),
            "libraries": other_than_locked(project_root()),
            "sums_sha256": sha256_of(folder / SUMS),
        }
    )


def _revision() -> str:
    """The checkout's commit, if it is one; a pack does not depend on it."""
    git = shutil.which("git")
    if git is None:
        return ""
    words = [git, "-C", str(project_root()), "rev-parse", "HEAD"]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
