"""Installed libraries against the lock: the lock's digest says what was meant, not what runs."""

import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

LOCK = "requirements.lock"
NONE = "not installed"
_PINNED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[^\\#]+")


def other_than_locked(root: Path) -> dict[str, str]:
    """The version installed of each library that the lock pins otherwise, by name.

    Only what the lock pins for this Python and platform; one that is absent is `not installed`.
    """
    pinned = locked(root)
    found = {name: _installed(name) for name in sorted(pinned)}
    return {name: version for name, version in found.items() if version != pinned[name]}


def locked(root: Path) -> dict[str, str]:
    """The version that the lock pins of each library, for this Python and platform."""
    return dict(_pins((root / LOCK).read_text(encoding="utf-8")))


def _pins(text: str) -> Iterator[tuple[str, str]]:
    from packaging.requirements import InvalidRequirement, Requirement
    from packaging.utils import canonicalize_name

    for line in text.splitlines():
        pinned = _PINNED.match(line)
        if not pinned:
            continue
        try:
            asked = Requirement(pinned[0].strip())
        except InvalidRequirement:
            continue  # a lock that was edited; its digest says so
        if asked.marker is None or asked.marker.evaluate():
            yield canonicalize_name(asked.name), str(asked.specifier).removeprefix("==")


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return NONE
