"""A clean checkout of the revision a pack was built from, or a copy of the one that is here."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from peerpack.errors import NotFound
from peerpack.packs.causes import Moved, causes, moved_inputs
from peerpack.packs.inputs import of_checkout
from peerpack.packs.reproduce.compare import shortened
from peerpack.packs.reproduce.recorded import Recorded

READ = ("lib/peerpack", "notebooks", "expectations", "data/reference")
FILES = ("pyproject.toml", "requirements.lock")
LEFT = shutil.ignore_patterns("*.pyc", "__pycache__", ".ipynb_checkpoints")
_REVISION = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?\Z")
GIT_TIMEOUT_S = 300
# Nothing of the user's settings, no hook, no monitor, no network, no question.
GIT_ENV = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "file",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}
GIT_SETTINGS = (
    f"core.hooksPath={os.devnull}", "core.fsmonitor=false", "safe.directory=*",
    "advice.detachedHead=false", "core.autocrlf=false",
)  # fmt: skip


@dataclass(frozen=True)
class Checkout:
    """What a pack is rebuilt with: where it stands, what it is in words, and what of it moved."""

    root: Path
    words: str
    moved: tuple[Moved, ...]


def recorded_checkout(recorded: Recorded, root: Path, to: Path) -> Checkout:
    """The recorded revision of the repository at `root`, in the folder `to` below which we write.

    Where it is not to be had, or is not what the pack was built from, a copy of the checkout as it
    is here, if that is; else the revision, or the copy where there is none, and what moved of it.
    """
    revision = str(recorded.note.get("revision", ""))
    why = cloned(root, revision, to / "clone")
    then = None if why else _compared(recorded, to / "clone", f"revision {revision}")
    if then and not then.moved:
        return then
    why = why or (
        f"revision {revision[:12]} is not what the pack was built from "
        f"({', '.join(causes(then.moved))} moved: changes that were not committed)"
        if then
        else ""
    )
    here = copied(recorded, root, to / "copy")
    if not here.moved or then is None:
        return Checkout(here.root, f"{here.words}: {why}", here.moved)
    return Checkout(then.root, f"{then.words}, although {why}", then.moved)


def copied(recorded: Recorded, root: Path, to: Path) -> Checkout:
    """A copy of what a build reads of the checkout as it is here, without its returns."""
    if not _is_checkout(root):
        raise NotFound(f"{root.name}: no checkout of the workbook is there. Give another.")
    for name in READ:
        shutil.copytree(root / name, to / name, ignore=LEFT)
    for name in FILES:
        shutil.copy(root / name, to / name)
    return _compared(recorded, to, "the checkout as it is here")


def _compared(recorded: Recorded, root: Path, words: str) -> Checkout:
    return Checkout(root, words, moved_inputs(recorded.inputs, of_checkout(root)))


def cloned(root: Path, revision: str, to: Path) -> str:
    """Clone a repository at a revision; why that could not be, or nothing where it is done.

    The revision comes out of a file that anyone may have written: git sees it only as full hex.
    """
    if not _REVISION.match(revision):
        return "the pack does not name the revision it was built from"
    git = shutil.which("git")
    if git is None:
        return "there is no git on this machine"
    if _git(git, root, "cat-file", "-e", f"{revision}^{{commit}}"):
        return f"revision {revision[:12]} is not in the repository here"
    # A shared clone copies no history, and reaches a commit that no branch holds any more.
    words = ("clone", "--quiet", "--shared", "--no-checkout", "--template=", str(root), str(to))
    why = _git(git, root, *words) or _git(git, to, "checkout", "--quiet", "--detach", revision)
    if why:
        return f"git could not check out revision {revision[:12]}: {shortened(why)}"
    return "" if _is_checkout(to) else f"revision {revision[:12]} is none of the workbook"


def _is_checkout(folder: Path) -> bool:
    files, folders = (folder / name for name in FILES), (folder / name for name in READ)
    return all(map(Path.is_file, files)) and all(map(Path.is_dir, folders))


def _git(git: str, folder: Path, *words: str) -> str:
    """Run git in a folder; the last line of what went wrong, or nothing."""
    settings = [word for each in GIT_SETTINGS for word in ("-c", each)]
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | GIT_ENV
    told = _run([git, *settings, "-C", str(folder), *words], env)
    if told.returncode == 0:
        return ""
    said = told.stderr.strip().splitlines()
    return said[-1] if said else f"exit {told.returncode}"


def _run(words: Sequence[str], env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(  # noqa: S603 - a fixed program, words of our own and checked hex
            words, env=env, capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL, timeout=GIT_TIMEOUT_S,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        late = f"no answer within {GIT_TIMEOUT_S} s"
        return subprocess.CompletedProcess(words, 1, "", late)
