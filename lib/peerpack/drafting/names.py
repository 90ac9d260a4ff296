"""Headings to names: lower case, words joined, the unit at the end."""

import re
import unicodedata
from collections.abc import Sequence

from peerpack.catalogue.models import Kind

LONGEST_NAME = 48
SAYS_KIND: dict[Kind, tuple[str, ...]] = {
    "money": ("gbp", "pounds"),
    "percentage": ("pct", "percent", "percentage"),
}
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[a-z0-9]+")
_YEAR = re.compile(r"(19|20)\d\d")


def listed(words: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(words.split())


def words_of(heading: str) -> list[str]:
    """The words of a heading: `NumberNotPaid`, `Number not paid` and `number_not_paid` are one."""
    signs = heading.replace("%", " pct ").replace("£", " gbp ")
    plain = unicodedata.normalize("NFKD", _HUMP.sub(" ", signs)).encode("ascii", "ignore")
    return _WORD.findall(plain.decode("ascii").lower())


def column_name(heading: str, kind: Kind, unit: str) -> str:
    """A name for the column under a heading that says its unit, such as `amount_gbp`."""
    words = [w for w in words_of(heading) if w not in SAYS_KIND.get(kind, ())]
    if unit == "count" and words[:1] and words[0] in ("number", "no"):
        words = words[2:] if words[1:2] == ["of"] else words[1:]
    stem = _cut(words or ["value"])
    return f"{stem}{_ending(stem, kind, unit)}"


def _ending(stem: str, kind: Kind, unit: str) -> str:
    said = stem.split("_")
    if kind in ("money", "percentage"):
        return {"money": "_gbp", "percentage": "_pct"}[kind]
    if kind == "date":
        return "" if "date" in said else "_date"
    ending = {"count": "n", "FTE": "fte"}.get(unit, unit)
    return f"_{ending}" if ending and ending not in said else ""


def _cut(words: Sequence[str]) -> str:
    """Words joined until the name is long enough; a name begins with a letter."""
    stem = words[0]
    for word in words[1:]:
        if len(stem) + 1 + len(word) > LONGEST_NAME:
            break
        stem = f"{stem}_{word}"
    stem = stem[:LONGEST_NAME].rstrip("_")
    if stem[0].isdigit():
        return f"year_{stem}" if _YEAR.match(stem) else f"no_{stem}"
    return stem


def dataset_name(stem: str) -> str:
    """A file's name as a dataset's: without years, quarters and numbers of versions."""
    words = [w for w in words_of(stem) if not re.fullmatch(r"\d+|q[1-4]|p\d+|v\d+", w)]
    return _cut(words) if words else "new_dataset"
