"""Read a suite: JSON that Great Expectations could load, held to more than it would ask."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from peerpack.catalogue.places import project_root
from peerpack.errors import GateCannotJudge

M = TypeVar("M", bound=BaseModel)
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Model(BaseModel):
    """Frozen, and strict about names: a misspelt key is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Meta(Model):
    """What a check is called, why a councillor would want it, and who says so.

    `nullable`: a missing value is lawful in this column, so the check speaks of the rest only.
    """

    id: Id
    why: Text
    source: Text
    nullable: bool = False


class Entry(Model):
    """One declared expectation; `info` is no severity here, for nothing would follow from it."""

    type: Text
    kwargs: dict[str, Any]
    severity: Literal["critical", "warning"]
    meta: Meta


class SuiteFile(Model):
    """The file before its entries are read one by one, so that a fault can name its entry."""

    name: Text
    expectations: list[Any] = Field(min_length=1)
    meta: dict[str, Any] = {}


class Suite(Model):
    """A suite that says what it checks and why; `where` is its file, for messages."""

    where: str
    name: str
    entries: tuple[Entry, ...]


def suite_path(dataset: str) -> Path:
    """The suite of a dataset: `expectations/<dataset>.json` of the checkout."""
    return project_root() / "expectations" / f"{dataset}.json"


def read(path: Path) -> Suite:
    """A suite, or a refusal that names the file, the entry and the key."""
    where = f"{path.parent.name}/{path.name}"
    file = _checked(SuiteFile, _parsed(path, where), where)
    entries = tuple(
        _checked(Entry, fields, f"{where}, {_entry(number, fields)}")
        for number, fields in enumerate(file.expectations, start=1)
    )
    _refuse_repeats(where, "meta.id", (e.meta.id for e in entries))
    _refuse_repeats(where, "meta.why", (e.meta.why for e in entries))
    return Suite(where=where, name=file.name, entries=entries)


def _parsed(path: Path, where: str) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_keys_once)
    except FileNotFoundError:
        found = "no such file"
    except ValueError as fault:
        found = str(fault)
    raise GateCannotJudge(
        f"{where}: expected a suite, JSON as Great Expectations writes it; found: {found}. "
        "Mend or add the file."
    )


def _keys_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # JSON lets a later key silently replace an earlier one, and so a check another.
    twice = _repeated(key for key, _ in pairs)
    if twice:
        raise ValueError(f"the key {twice[0]!r} twice in one object")
    return dict(pairs)


def _entry(number: int, fields: Any) -> str:
    """How a message names an entry: its number, and its id where it has one."""
    meta = fields.get("meta") if isinstance(fields, dict) else None
    named = meta.get("id") if isinstance(meta, dict) else None
    return f"expectation {number} ({named or 'without an id'})"


def _checked(model: type[M], fields: Any, where: str) -> M:
    try:
        return model.model_validate(fields)
    except ValidationError as fault:
        first = fault.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the whole entry"
        found = "nothing" if first["type"] == "missing" else repr(first["input"])[:80]
        raise GateCannotJudge(
            f"{where}: {key}: {first['msg']}; found {found}. "
            "Mend the entry: nothing is judged by a suite that is only partly understood."
        ) from None


def _refuse_repeats(where: str, key: str, values: Iterable[str]) -> None:
    twice = _repeated(values)
    if twice:
        raise GateCannotJudge(
            f"{where}: {key} {twice[0]!r} stands in more than one expectation; expected one of "
            "its own for each, so that a failure can be told apart. Change one."
        )


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]
