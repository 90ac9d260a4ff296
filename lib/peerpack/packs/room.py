"""The room a build works in: a disk it may write to, a lock, a scratch folder of its own."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peerpack.errors import UsageError
from peerpack.packs.versions import fresh_folder

LOCK_TIMEOUT_S = 900
UNWRITABLE = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ENOTDIR, errno.EEXIST,
}  # fmt: skip


@contextmanager
def writable(reports: Path, own: Path) -> Iterator[None]:
    """Say what the disk refused, if it was asked to hold reports; before the work, where it can."""
    try:
        nearest = next(folder for folder in (own, *own.parents) if folder.exists())
        if not os.access(nearest, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(nearest))
        yield
    except OSError as fault:
        named = Path(os.fsdecode(fault.filename)) if fault.filename else reports
        if fault.errno not in UNWRITABLE or not named.is_relative_to(reports):
            raise
        raise UsageError(
            f"Cannot write to {reports}: {fault.strerror} ({named.name}). Nothing was published. "
            "Give --reports a folder that you may write to, on a disk with room."
        ) from fault


@contextmanager
def one_at_a_time(reports: Path, name: str) -> Iterator[None]:
    """Let one build of a quarter wait for another, for so long."""
    from filelock import FileLock, Timeout

    folder = reports / ".locks"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / f"{name}.lock", timeout=LOCK_TIMEOUT_S):
            yield
    except Timeout as fault:
        raise UsageError(
            f"{name}: another build of this quarter has run for {LOCK_TIMEOUT_S} s. "
            "Wait for it, or end it, and build again."
        ) from fault


@contextmanager
def scratch_folder(reports: Path, name: str) -> Iterator[Path]:
    """A folder of this build's own, on the packs' disk; removed whatever happens."""
    folder = fresh_folder(reports / ".scratch" / name)
    try:
        (folder / "pack").mkdir()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
