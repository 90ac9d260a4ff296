"""Signatures by the system's ssh-keygen: of a pack's sums, and of the lines of its review.

`v001.sig` stands beside the pack. Who may sign stands in `data/<council>/allowed_signers`, in
OpenSSH's own format; principals are e-mail addresses. No key is ever read by us.
"""

import binascii
import os
import re
import shutil
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from peerpack.catalogue.places import council_file
from peerpack.errors import NotFound, PackTampered, ReviewRefused, UsageError
from peerpack.packs.versions import SUMS, Version

if TYPE_CHECKING:
    import subprocess

ALLOWED = "allowed_signers"
PACK = "peerpack"
LINE = "peerpack-review"
_OF = {PACK: "pack", LINE: "line"}
LARGEST_SIGNATURE = 20_000
NO_SSH_KEYGEN = "there is no ssh-keygen on this machine; install OpenSSH's client"
_ARMOUR = re.compile(
    rb"-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]+)-----END SSH SIGNATURE-----\n?\Z"
)
_KEY = re.compile(r"\bkey (SHA256:[A-Za-z0-9+/]+)\s*\Z")


class SignatureFault(Exception):
    """A signature that does not hold, and why, in words that follow a colon."""


@dataclass(frozen=True)
class Signature:
    """A signature that holds.

    `principal`: whose key it is by the allowed signers; empty where there is no list of them.
    """

    key: str
    principal: str = ""


def can_check() -> bool:
    """Whether this machine has ssh-keygen."""
    return shutil.which("ssh-keygen") is not None


def allowed_signers(council: str, roots: Sequence[Path] = ()) -> Path | None:
    """Who may sign for a council: the first data root that says so, or nobody does."""
    try:
        return council_file(council, ALLOWED, roots)
    except NotFound:
        return None


def signature_file(pack: Path) -> Path:
    """`v001.sig`, beside the pack."""
    return pack.with_name(f"{pack.name}.sig")


def signed(data: bytes, key: Path, namespace: str) -> bytes:
    """An armoured signature; ReviewRefused in ssh-keygen's own words where it will not sign."""
    if not key.is_file():
        raise NotFound(f"--key: there is no file {key.name}. Give your SSH key's file.")
    told = _ssh(["sign", "-n", namespace, "-f", str(key.resolve())], data)
    if told.returncode != 0 or not _ARMOUR.match(told.stdout):
        said = printable(told.stderr.decode(errors="replace").strip().rpartition("\n")[2])
        raise ReviewRefused(f"--key: ssh-keygen did not sign with {key.name}: {said[:200]}.")
    return told.stdout


def held(
    data: bytes,
    signature: bytes,
    namespace: str,
    signers: Path | None,
    principal: str = "",
    at: str = "",
) -> Signature:
    """The key of a signature that holds, and whose it is; SignatureFault otherwise.

    With `signers` the key must be allowed: to `principal`, or where that is empty to anyone.
    `at` (`YYYYMMDDHHMMSSZ`) holds a key's `valid-before` against that time, not against now.
    """
    found = _ARMOUR.match(signature)
    if not found or not _is_ssh_signature(found[1]):
        raise SignatureFault("signature file is no signature")
    told = _checked(["check-novalidate", "-n", namespace], data, signature)
    key = _KEY.search(told.stdout.decode(errors="replace"))
    if told.returncode != 0 or not key:
        raise SignatureFault(f"signature is not of this {_OF[namespace]}")
    if signers is None:
        return Signature(key[1])
    when = ["-O", f"verify-time={at}"] if at else []
    words = ["-n", namespace, "-f", str(signers.resolve()), *when]
    named = [principal] if principal else _principals(words, data, signature)
    for each in named:
        if _checked(["verify", *words, "-I", each], data, signature).returncode == 0:
            return Signature(key[1], printable(each))
    raise SignatureFault("key is not among the allowed signers")


def signature_of(pack: Path, signers: Path | None) -> Signature | None:
    """The signature beside a pack, if there is one; PackTampered where it does not hold."""
    path = signature_file(pack)
    if not os.path.lexists(path):
        return None
    try:
        content = plain_bytes(path, LARGEST_SIGNATURE)
        return held((pack / SUMS).read_bytes(), content or b"", PACK, signers)
    except SignatureFault as fault:
        raise PackTampered(
            f"{path.name}: {fault}. Do not take the pack for signed; "
            "ask whoever gave it to you for the signature."
        ) from None


def council_of(pack: Path) -> str:
    """The council a pack says it is of."""
    said = Version(pack, 0).manifest().get("council")
    if not isinstance(said, str):
        raise PackTampered(f"{pack.name}: its manifest names no council.")
    return said


def plain_bytes(path: Path, largest: int) -> bytes | None:
    """A file's bytes; None for a link, a folder, a pipe, or a file larger than that."""
    try:
        at = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    if not stat.S_ISREG(os.fstat(at).st_mode):
        os.close(at)
        return None
    with os.fdopen(at, "rb") as file:
        content = file.read(largest + 1)
    return content if len(content) <= largest else None


def printable(text: str) -> str:
    """A text as a terminal may show it."""
    return "".join(c if c.isprintable() else "?" for c in text)


def _is_ssh_signature(armoured: bytes) -> bool:
    try:
        return binascii.a2b_base64(armoured).startswith(b"SSHSIG\0\0\0\1")
    except ValueError:
        return False


def _principals(words: list[str], data: bytes, signature: bytes) -> list[str]:
    told = _checked(["find-principals", *words], data, signature)
    return told.stdout.decode(errors="replace").splitlines() if told.returncode == 0 else []


def _checked(
    words: list[str], data: bytes, signature: bytes
) -> "subprocess.CompletedProcess[bytes]":
    """ssh-keygen with the data on its standard input, and the signature in a file of its own."""
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".sig") as file:
        file.write(signature)
        file.flush()
        return _ssh([*words, "-s", file.name], data)


def _ssh(words: list[str], data: bytes) -> "subprocess.CompletedProcess[bytes]":
    import subprocess

    found = shutil.which("ssh-keygen")
    if found is None:
        raise UsageError(f"Signatures need ssh-keygen: {NO_SSH_KEYGEN}.")
    return subprocess.run(  # noqa: S603 - no shell, words of our own
        [found, "-Y", *words],
        input=data,
        capture_output=True,
        check=False,
        env=os.environ | {"LC_ALL": "C"},
    )
