"""A pack to be sent away: as a BagIt bag for an archive, or as one zip for an e-mail."""

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from peerpack.errors import UsageError
from peerpack.packs.opened import OpenedPack, open_pack
from peerpack.packs.review.log import state_of
from peerpack.packs.versions import SUMS
from peerpack.render.documents.zipped import entry
from peerpack.words.numbers import quarter_in_full

BESIDE = ("sig", "review.jsonl")
READ_ME = "HOW-TO-CHECK.txt"
SIGNERS = "allowed_signers"
FIRST_DAY_OF_ZIP = date(1980, 1, 1)


def export_bag(pack: Path, to: Path, signers: Path | None = None) -> Path:
    """Write a bag (RFC 8493) of a verified pack, with its signature and its review log.

    The same pack gives the same bag: its date is the pack's as-at date. UsageError where something
    stands at `to` already.
    """
    opened = open_pack(pack)
    return _whole(to, lambda new: _bag(opened, new, signers))


def export_zip(pack: Path, to: Path, signers: Path | None = None) -> Path:
    """Write one zip of a verified pack, its signature, its review log, and how to check them.

    Whoever receives it needs `sha256sum`, and `ssh-keygen` where it is signed. The same pack gives
    the same bytes. UsageError where something stands at `to` already.
    """
    opened = open_pack(pack)
    return _whole(to, lambda new: _zip(opened, new, signers))


def _bag(opened: OpenedPack, folder: Path, signers: Path | None) -> None:
    import bagit

    folder.mkdir()
    for name, content in _parts(opened, signers):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    said = {
        "Bagging-Date": opened.manifest["as_at"],
        "Bag-Software-Agent": "peerpack",
        "Source-Organization": opened.council,
        "External-Identifier": f"{_name(opened)} sha256 {opened.digest}",
        "External-Description": f"Peer challenge evidence, {quarter_in_full(str(opened.quarter))}",
    }
    bagit.make_bag(str(folder), said, checksums=["sha256", "sha512"])


def _zip(opened: OpenedPack, path: Path, signers: Path | None) -> None:
    with zipfile.ZipFile(path, "w") as file:
        for name, content in _parts(opened, signers):
            file.writestr(entry(f"{_name(opened)}/{name}", FIRST_DAY_OF_ZIP), content)


def _parts(opened: OpenedPack, signers: Path | None) -> Iterator[tuple[str, bytes]]:
    """Every file that is sent, by its name there, in the order of the names."""
    folder = opened.folder
    inside = [p for p in folder.rglob("*") if p.is_file()]
    beside = [folder.with_name(f"{folder.name}.{kind}") for kind in BESIDE]
    found = {p.relative_to(folder.parent).as_posix(): p for p in (*inside, *beside) if _plain(p)}
    if signers and signers.is_file():
        found[SIGNERS] = signers
    contents = {name: path.read_bytes() for name, path in found.items()}
    contents[READ_ME] = _how_to_check(opened, contents).encode()
    yield from sorted(contents.items())


def _plain(path: Path) -> bool:
    """A file, and no link: a link could fetch what stands elsewhere on this machine."""
    return path.is_file() and not path.is_symlink()


def _name(opened: OpenedPack) -> str:
    return f"{opened.council}-{opened.quarter}-{opened.version}"


def _how_to_check(opened: OpenedPack, contents: dict[str, bytes]) -> str:
    version = opened.version
    inside = [name for name in contents if name.startswith(f"{version}/")]
    lines = [
        f"Peer challenge evidence of {opened.council}, {quarter_in_full(str(opened.quarter))}.",
        f"Open {version}/index.html in a browser; it needs no network.",
        f"When it was sent, its review stood at: {state_of(opened.folder)}.",
        "",
        "To check that no file was changed, added or lost:",
        f"  cd {version} && sha256sum --check {SUMS}",
        f"{version} holds {len(inside)} files: {SUMS}, build.json and those that {SUMS} names.",
        f"The sha256 of {SUMS} itself is {opened.digest}: ask the council whether it is theirs.",
    ]
    if f"{version}.sig" in contents:
        lines += [
            "",
            f"To check who signed it, with the name that stands in {SIGNERS}:",
            f"  ssh-keygen -Y verify -n peerpack -f {SIGNERS} -I NAME -s {version}.sig "
            f"< {version}/{SUMS}",
            f"A {SIGNERS} that came in the same message proves little: hold its keys against "
            "those the council publishes.",
        ]
    return "".join(f"{line}\n" for line in lines)


def _whole(to: Path, write: Callable[[Path], None]) -> Path:
    """Let it be written beside, then moved in one step: whole or not at all, and over nothing."""
    if to.exists() or to.is_symlink():
        raise UsageError(f"{to.name} stands there already. Give another name, or remove it first.")
    if not to.parent.is_dir():
        raise UsageError(f"There is no folder {to.parent} to write {to.name} into.")
    room = Path(tempfile.mkdtemp(prefix=".export-", dir=to.parent))
    try:
        write(room / to.name)
        (room / to.name).rename(to)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return to
