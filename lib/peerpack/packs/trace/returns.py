"""The raw files of a pack's returns, found again under the data roots by their digests."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from peerpack.catalogue.places import ENGLAND, data_roots
from peerpack.errors import PackTampered, PeerpackError
from peerpack.handover.receipt import Receipt
from peerpack.intake import AsReceived, as_received, corrections_of
from peerpack.packs.opened import OpenedPack
from peerpack.packs.versions import sha256_of


@dataclass(frozen=True, order=True)
class NotHere:
    """A return that cannot be read as the pack read it; `moved`: it is here with other bytes."""

    dataset: str
    quarter: str
    words: str
    moved: bool


class Returns:
    """The returns of a pack as received, each read once; what was not found is kept to be said."""

    def __init__(self, pack: OpenedPack, roots: Sequence[Path]) -> None:
        self._pack, self._roots = pack, roots
        self._read: dict[tuple[str, str], AsReceived | NotHere] = {}
        self._digests: dict[Path, str] = {}

    @property
    def not_here(self) -> tuple[NotHere, ...]:
        """What was asked for and not found, by dataset and quarter."""
        return tuple(sorted(each for each in self._read.values() if isinstance(each, NotHere)))

    def of(self, receipt: Receipt) -> AsReceived | None:
        """A return by its receipt; None where its bytes are not here."""
        key = receipt.dataset, receipt.quarter
        if key not in self._read:
            self._read[key] = self._found(receipt)
        found = self._read[key]
        return None if isinstance(found, NotHere) else found

    def _found(self, receipt: Receipt) -> AsReceived | NotHere:
        files = {_name_on_disk(file.name): file.sha256 for file in receipt.files}
        paths = {name: self._path(name, sha256) for name, sha256 in files.items()}
        lost = [name for name, path in paths.items() if path is None]
        if lost:
            return self._lost(receipt, lost)
        return self._as_received(receipt, {n: path for n, path in paths.items() if path})

    def _path(self, name: str, sha256: str) -> Path | None:
        """The file of these bytes, whatever it is called now; that of its name is tried first."""
        named_first = sorted(self._files, key=lambda path: path.name != name)
        return next((path for path in named_first if self._digest(path) == sha256), None)

    def _digest(self, path: Path) -> str:
        if path not in self._digests:
            self._digests[path] = sha256_of(path)
        return self._digests[path]

    @cached_property
    def _files(self) -> list[Path]:
        """Every file of the council, and of England; none that a link brings from elsewhere."""
        folders = [
            r / name for r in data_roots(self._roots) for name in (self._pack.council, ENGLAND)
        ]
        return [path for folder in folders for path in _within(folder)]

    def _lost(self, receipt: Receipt, lost: Sequence[str]) -> NotHere:
        places = (receipt.quarter, ENGLAND)
        moved = any(p.name in lost and set(places) & set(p.parts) for p in self._files)
        why = (
            f"{', '.join(lost)}: the bytes are not those of the pack's receipt. "
            "Put back the file as it was received; a later return belongs in a new build."
            if moved
            else f"{', '.join(lost)}: no file of these bytes. Give --data, the folder of councils "
            "that holds it."
        )
        return NotHere(receipt.dataset, receipt.quarter, why, moved)

    def _as_received(self, receipt: Receipt, paths: dict[str, Path]) -> AsReceived | NotHere:
        """Read under the names of the receipt, for rows are numbered by the order of names."""
        with tempfile.TemporaryDirectory(prefix="pp-") as folder:
            for name, path in paths.items():
                (Path(folder) / name).symlink_to(path.resolve())
            files = [Path(folder) / name for name in sorted(paths)]
            try:
                found = as_received(files, receipt, corrections_of(receipt.council, self._roots))
            except PeerpackError as stop:
                return NotHere(receipt.dataset, receipt.quarter, str(stop), moved=True)
        if found.sha256 != receipt.sha256:
            why = (
                "its files are here, but the corrections written of it are not those of the pack. "
                "Put back data/<council>/corrections as they were, or build a new pack."
            )
            return NotHere(receipt.dataset, receipt.quarter, why, moved=True)
        return found


def _name_on_disk(name: str) -> str:
    """The file of a receipt's name, which for a member of an archive goes on after a stroke."""
    own = name.partition("/")[0]
    if own in ("", ".", "..") or "\0" in own or Path(own).name != own:
        raise PackTampered(f"A receipt names {own!r}, which is no file. Build the pack again.")
    return own


def _within(folder: Path) -> Iterator[Path]:
    own = folder.resolve()
    yield from (p for p in _plain_files(folder.rglob("*")) if p.resolve().is_relative_to(own))


def _plain_files(paths: Iterable[Path]) -> Iterator[Path]:
    yield from (path for path in sorted(paths) if path.is_file())
