"""Headings as compared: words only, with and without the unit they name."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from peerpack.catalogue.models import Column, Dataset
from peerpack.sources.units import without_unit

LONGEST = 200
"""So many letters no heading has: a cell of more is a text."""

_NOT_WORDS = re.compile(r"[^0-9a-z%]+")
_PERCENT = re.compile(r"%|\bper ?cent(age)?\b", re.IGNORECASE)

Required = Mapping[str, set[tuple[str, str]]]


@lru_cache(maxsize=50_000)
def key_of(heading: str) -> str:
    """A heading as known: `DatePaid`, `Date Paid` and `date_paid` are one."""
    return plain(heading).replace(" ", "")


@lru_cache(maxsize=50_000)
def plain(heading: str) -> str:
    """A heading as compared: lower case, words only."""
    return _NOT_WORDS.sub(" ", heading.casefold()).strip()


@lru_cache(maxsize=50_000)
def _without_percent(heading: str) -> str:
    return _PERCENT.sub(" ", heading)


_WITHOUT_UNIT = {"money": without_unit, "percentage": _without_percent}


def places_of(labels: Sequence[str], column: Column) -> list[int]:
    """Where the column's headings stand; of a column `in_order`, the first listed alone.

    Words of a unit are seen through where no heading is known as it stands.
    """
    known = _keys(column)
    found = _known([key_of(label) for label in labels], known)
    if not found and column.kind in _WITHOUT_UNIT:
        known = [*known, *_bare_keys(column)]
        without = _WITHOUT_UNIT[column.kind]
        found = _known([key_of(without(label)) for label in labels], known)
    if found and column.in_order:
        return found[min(found, key=known.index)]
    return sorted(at for places in found.values() for at in places)


def _keys(column: Column) -> list[str]:
    return [key_of(each) for each in (column.name, *column.synonyms)]


def _bare_keys(column: Column) -> list[str]:
    without = _WITHOUT_UNIT.get(column.kind)
    return [key_of(without(each)) for each in (column.name, *column.synonyms)] if without else []


def _known(keys: list[str], known: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        if key and key in known:
            found.setdefault(key, []).append(at)
    return found


def required_of(datasets: Iterable[Dataset]) -> Required:
    """Each key that may head a required column: of which dataset, and which column."""
    found: dict[str, set[tuple[str, str]]] = {}
    for dataset in datasets:
        for column in (c for c in dataset.columns if c.required):
            for key in (*_keys(column), *_bare_keys(column)):
                found.setdefault(key, set()).add((dataset.dataset, column.name))
    return found


def headed_by(labels: Iterable[str], required: Required) -> dict[str, set[str]]:
    """The required columns that these labels may head, by dataset."""
    found: dict[str, set[str]] = {}
    for key in {key for label in labels if label for key in _every_key(label)}:
        for dataset, column in required.get(key, ()):
            found.setdefault(dataset, set()).add(column)
    return found


@lru_cache(maxsize=50_000)
def _every_key(label: str) -> tuple[str, ...]:
    if len(label) > LONGEST:
        return ()
    return (key_of(label), key_of(without_unit(label)), key_of(_without_percent(label)))


def other_tables_headings(labels: Sequence[str], dataset: Dataset) -> list[str]:
    """The labels that only other tables have."""
    others = {key_of(heading) for heading in dataset.signs.not_headed}
    return [label for label in labels if label and key_of(label) in others]
