"""`python -m peerpack.notebooks lint|strip FILE…`, for pre-commit and make."""

import sys
from pathlib import Path

from peerpack.errors import PeerpackError, UsageError
from peerpack.notebooks.lint import lint
from peerpack.notebooks.normalise import strip, to_text
from peerpack.notebooks.shape import read


def main(words: list[str]) -> int:
    """Lint or strip each file: a line for each fault, and 1 if there is any."""
    if len(words) < 2 or words[0] not in ("lint", "strip"):
        raise UsageError("Usage: python -m peerpack.notebooks lint|strip FILE…")
    work = {"lint": _lint, "strip": _strip}[words[0]]
    faults = [fault for file in words[1:] for fault in work(Path(file))]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def _lint(path: Path) -> list[str]:
    try:
        return lint(read(path), path.name)
    except PeerpackError as fault:
        return [str(fault)]


def _strip(path: Path) -> list[str]:
    """Strip a file in place; a file that already is stripped is not touched."""
    try:
        text = to_text(strip(read(path)))
    except PeerpackError as fault:
        return [str(fault)]
    if text != path.read_text(encoding="utf-8"):
        path.write_text(text, encoding="utf-8", newline="\n")
    return []


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except UsageError as stop:
        print(stop, file=sys.stderr)
        sys.exit(stop.exit_code)
