"""Nothing changed: told before anything heavy is loaded.

After a build a stamp beside the reports says, by digest, of everything that the planning looked
into: which folders and files there are or are not, and what is in them. Where all of it is the same
and the newest version is as it was published, there is nothing to build. The stamp only spares
time: where anything about it is odd, the build plans as if there were none. Times of files do not
count.
"""

import hashlib
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peerpack.catalogue.places import (
    ENGLAND,
    council_file_if_any,
    data_roots,
    files_within,
    inside,
    project_root,
)
from peerpack.catalogue.private import holds, is_ours, make_private, seal
from peerpack.errors import PeerpackError
from peerpack.packs.inputs import digests, of_checkout
from peerpack.packs.verify import verify
from peerpack.packs.versions import (
    SUMS,
    Built,
    Version,
    newest_before,
    sha256_of,
    versions,
)
from peerpack.vocab import Quarter, council_slug

STAMPS = ".built"
LARGEST = 100_000
QUARTERS_BACK = 8
"""How far back a dataset may declare that its returns are read."""
OF_THE_PAGE = ("index.html", "v*.sig", "v*.review.jsonl", ".review.pending")
"""What stands beside a quarter's versions and is told of on its page, and the page."""
Tell = Callable[[str], None]
Left = Callable[[float], None]


@dataclass(frozen=True)
class Asked:
    """What a build was asked for, and where it looks."""

    council: str
    quarter: Quarter
    roots: tuple[Path, ...]
    reports: Path

    @property
    def own(self) -> Path:
        """Where the quarter's versions stand."""
        return self.reports / self.council / str(self.quarter)

    @property
    def stamp(self) -> Path:
        """Where its stamp stands."""
        return self.reports / STAMPS / f"{self.council}-{self.quarter}.json"

    def folders(self, name: str) -> list[Path]:
        """A folder of this name in every data root: one that is not there now may come."""
        return [root / name for root in self.roots]


def build(
    council: str,
    quarter: str,
    *,
    roots: Sequence[Path] = (),
    reports: Path,
    strict: bool = False,
    force: bool = False,
    tell: Tell = lambda _: None,
    left: Left = lambda _: None,
) -> Built:
    """Build a council's quarter, or find, light or else heavy, that nothing changed.

    As `packs.build.build`, which it calls where a stamp does not answer.
    """
    before = looked(council, quarter, roots, reports)
    found = None if force or before is None else same(*before)
    if found:
        return Built(found, new=False)
    with _loading(before is not None, tell) as warm:
        from peerpack.packs.build import build as make

        built = make(
            council, quarter, roots=roots, reports=reports, strict=strict, force=force, tell=tell,
            left=left, warm=warm,
        )  # fmt: skip
    # What was edited while the build ran, the stamp must not vouch for.
    if before and before == looked(council, quarter, roots, reports):
        stamp(*before, built.version)
    return built


def _loading(likely: bool, tell: Tell) -> AbstractContextManager[Mapping[str, str] | None]:
    """Kernels load on another core while this process loads what plans and admits for them.

    Not for a build that will likely be refused: that is to be said at once.
    """
    if not likely:
        return nullcontext()
    from peerpack.packs.run import warm_kernels

    return warm_kernels(tell)


def looked(
    council: str, quarter: str, roots: Sequence[Path], reports: Path
) -> tuple[Asked, dict[str, str]] | None:
    """What was asked for and a digest of each kind of thing consulted; None where it is odd."""
    try:
        where = tuple(data_roots(roots))
        asked = Asked(council_slug(council), Quarter.parse(quarter), where, reports)
        return asked, consulted(asked)
    except (OSError, ValueError, PeerpackError):
        return None


def consulted(asked: Asked) -> dict[str, str]:
    """One digest of each kind of thing that planning a build looks into."""
    return {kind: _digest(look(asked)) for kind, look in KINDS.items()}


def _words(asked: Asked) -> Any:
    said = {name: value for name, value in os.environ.items() if name.startswith("PEERPACK_")}
    where = [str(each) for each in (*asked.roots, project_root())]
    return [asked.council, str(asked.quarter), where, sorted(said.items())]


def _machine(_: Asked) -> Any:
    return [sys.version, sys.prefix, platform.platform(), shutil.which("ssh-keygen")]


def _settings(asked: Asked) -> Any:
    """The files that stand in the council's own folder, in every root."""
    folders = zip(asked.roots, asked.folders(asked.council), strict=True)
    return [_files_beside(inside(folder, root)) for root, folder in folders]


def _files_beside(folder: Path) -> dict[str, str] | None:
    if not folder.is_dir():
        return None
    return digests({p.name: inside(p, folder) for p in folder.iterdir() if p.is_file()})


def _quarters(asked: Asked) -> Any:
    """The quarter's returns, and those of every quarter that a dataset may look back to."""
    found, quarter = [], asked.quarter
    for _ in range(1 + QUARTERS_BACK):
        found.append(_below(asked, f"{asked.council}/{quarter}"))
        quarter = quarter.previous()
    return found


def _below(asked: Asked, name: str) -> list[dict[str, str] | None]:
    """Every file below a folder of this name, in each root; None where a root has none."""
    return [_all_below(folder) for folder in asked.folders(name)]


def _all_below(folder: Path) -> dict[str, str] | None:
    if not folder.is_dir():
        return None
    return digests({p.relative_to(folder).as_posix(): p for p in files_within(folder)})


def _previous_pack(asked: Asked) -> Any:
    found = newest_before(asked.reports / asked.council, asked.quarter)
    return found and [found.folder.parent.name, found.name, found.digest]


KINDS: Mapping[str, Callable[[Asked], Any]] = {
    "words": _words,
    "machine": _machine,
    "checkout": lambda _: of_checkout(project_root()),
    "settings": _settings,
    "corrections": lambda asked: _below(asked, f"{asked.council}/corrections"),
    "returns": _quarters,
    "england": lambda asked: _below(asked, ENGLAND),
    "previous pack": _previous_pack,
}
"""What is looked into, by kind."""
COVERED: Mapping[str, tuple[str, ...]] = {
    "parameters": ("words",),
    "as_at": ("settings", "returns"),
    "returns": ("returns", "england"),
    "earlier_returns": ("returns", "england"),
    "not_used": ("returns", "england"),
    "corrections": ("corrections",),
    "council_files": ("settings", "returns"),
    "settings": ("settings", "returns"),
    "previous_pack": ("previous pack",),
    "suites": ("checkout",),
    "notebooks": ("checkout",),
    "reference": ("checkout",),
    "code": ("checkout",),
    "lock": ("checkout",),
}
"""In which kinds each input of a manifest is seen."""


def same(asked: Asked, seen: Mapping[str, str]) -> Version | None:
    """The newest version, where a stamp vouches for it and it is as it was published."""
    try:
        said = _read(asked)
        newest = versions(asked.own)[-1]
        # A folder that cannot be written to is told of by the build itself.
        if said != _said(asked, seen, newest) or not os.access(asked.own, os.W_OK):
            return None
        verify(newest.folder)
    except (OSError, ValueError, LookupError, PeerpackError):
        return None
    return newest


def _said(asked: Asked, seen: Mapping[str, str], newest: Version) -> dict[str, Any]:
    """What a stamp says of a build: what it looked into, what it left, what its page rests on."""
    stands = [newest.name, newest.digest, list(_page(asked))]
    return {"consulted": dict(seen), "stands": _digest(stands)}


def _page(asked: Asked) -> Iterator[Any]:
    """What the quarter's page is made of and held against: logs, signatures, every version."""
    beside = sorted(p for pattern in OF_THE_PAGE for p in asked.own.glob(pattern))
    if any(p.suffix == ".sig" for p in beside) and _keys_end(asked):
        raise ValueError("whether a key still serves depends on the day")
    yield [(p.name, sha256_of(_plain(p))) for p in beside]
    for each in versions(asked.own):
        made = [_plain(each.folder / name) for name in (SUMS, "evidence.csv")]
        shown = sorted(p.name for p in (each.folder / "exhibits").glob("*.csv"))
        yield [each.name, [sha256_of(path) for path in made if path.is_file()], shown]


def _keys_end(asked: Asked) -> bool:
    signers = council_file_if_any(asked.council, "allowed_signers", asked.roots)
    return signers is not None and b"valid-" in signers.read_bytes()


def _plain(path: Path) -> Path:
    if path.is_symlink():
        raise ValueError(f"{path.name} is a link")
    return path


def _read(asked: Asked) -> Any:
    """What the stamp says; nothing where it is not one of ours, as we wrote it."""
    path = asked.stamp
    if not (is_ours(path.parent) and is_ours(path)) or path.stat().st_size > LARGEST:
        return None
    match json.loads(path.read_bytes()):
        case {"said": said, "seal": sealed} if holds(path.parent, _sealed(asked, said), sealed):
            return said
    return None


def stamp(asked: Asked, seen: Mapping[str, str], newest: Version) -> None:
    """Write a stamp; where the disk refuses, or the page is not still, there is none."""
    path = asked.stamp
    try:
        if versions(asked.own)[-1] != newest or (asked.own / ".review.pending").exists():
            return
        said = _said(asked, seen, newest)
        make_private(path.parent, path.parent)
        told = {"said": said, "seal": seal(path.parent, _sealed(asked, said))}
        at, new = tempfile.mkstemp(prefix=".new-", dir=path.parent)
        with os.fdopen(at, "w", encoding="utf-8") as file:
            json.dump(told, file)
        Path(new).replace(path)
    except (OSError, ValueError, LookupError):
        return


def _sealed(asked: Asked, said: Any) -> bytes:
    """What the seal is over: whose stamp it is too, so that none serves in another's place."""
    return json.dumps([asked.stamp.name, said], sort_keys=True).encode()


def _digest(found: Any) -> str:
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()
