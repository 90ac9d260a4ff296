"""The inputs that are a checkout's own, by digest. It loads nothing heavy."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from peerpack.packs.versions import sha256_of


def of_checkout(root: Path) -> dict[str, Any]:
    """The inputs that are a checkout's own, whatever council and quarter, by digest."""
    files = checkout_files(root)
    return {
        "suites": digests(by_name((root / "expectations").glob("*.json"))),
        "notebooks": digests(by_name((root / "notebooks").glob("*.ipynb"))),
        "reference": of_all(files["reference"]),
        "code": of_all(files["code"]),
        "lock": sha256_of(root / "requirements.lock"),
    }


def checkout_files(root: Path) -> dict[str, dict[str, str]]:
    """The digest of each file of the code and of the reference data, by its place there."""
    folders = {"code": root / "lib" / "peerpack", "reference": root / "data" / "reference"}
    return {name: _tree(folder) for name, folder in folders.items()}


def by_name(paths: Iterable[Path]) -> dict[str, Path]:
    """Files by their names."""
    return {path.name: path for path in paths}


def digests(named: Mapping[str, Path]) -> dict[str, str]:
    """The digest of each file, by name."""
    return {name: sha256_of(named[name]) for name in sorted(named)}


def of_all(files: Mapping[str, str]) -> str:
    """One digest of files by name."""
    lines = sorted(f"{digest}  {name}" for name, digest in files.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _tree(folder: Path) -> dict[str, str]:
    """A folder's files by name; compiled Python is no input."""
    files = (p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc")
    return {p.relative_to(folder).as_posix(): sha256_of(p) for p in files}
