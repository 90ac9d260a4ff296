"""What one user keeps for himself: folders that nobody else can enter, and seals on what is there.

A seal is an HMAC-SHA256 with a random key of the folder's own. Who can write an entry and its sums
but does not hold the key cannot pass the entry for one of ours.
"""

import hashlib
import hmac
import os
import secrets
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

KEY = ".key"
KEY_BYTES = 32


def is_ours(path: Path) -> bool:
    """A plain file or folder of this user that nobody else can read or write; no link."""
    said = path.lstat()
    plain = stat.S_ISDIR(said.st_mode) or stat.S_ISREG(said.st_mode)
    ours = not hasattr(os, "getuid") or said.st_uid == os.getuid()
    return plain and ours and not said.st_mode & 0o077


def make_private(folder: Path, top: Path) -> None:
    """The folder, and those above it up to `top`, for this user alone."""
    above = [folder, *folder.parents]
    for each in reversed(above[: above.index(top) + 1]):
        each.mkdir(parents=True, exist_ok=True, mode=0o700)
        each.chmod(0o700)


def seal(top: Path, said: bytes) -> str:
    """The seal of some bytes under a private folder's key, which is made where there is none."""
    return _seal(_key(top) or _new_key(top), said)


def holds(top: Path, said: bytes, seal: object) -> bool:
    """Whether that is their seal; not where the key is missing, or others can read it."""
    key = _key(top)
    return bool(key) and isinstance(seal, str) and hmac.compare_digest(_seal(key, said), seal)


def _seal(key: bytes, said: bytes) -> str:
    return hmac.new(key, said, hashlib.sha256).hexdigest()


def _key(top: Path) -> bytes:
    """The folder's key; nothing where it is not as we write it."""
    path = top / KEY
    try:
        key = path.read_bytes() if is_ours(top) and is_ours(path) else b""
    except OSError:
        return b""
    return key if len(key) == KEY_BYTES else b""


def _new_key(top: Path) -> bytes:
    """A key, whole or not at all; of two that are made at once the first stays."""
    path = top / KEY
    with suppress(FileNotFoundError):
        path.unlink()
    at, new = tempfile.mkstemp(prefix=".key-", dir=top)
    try:
        with os.fdopen(at, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
        with suppress(FileExistsError):
            os.link(new, path)
    finally:
        Path(new).unlink()
    return path.read_bytes()
