"""A line of a review's log: one step, as canonical JSON, and nothing that does not belong in it."""

import json
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from peerpack.packs.review.people import Person, one_line
from peerpack.packs.review.table import Role, State, Step

WHEN = "%Y-%m-%dT%H:%M:%SZ"


def _moment(text: str) -> str:
    datetime.strptime(text, WHEN)  # noqa: DTZ007 - UTC, as its Z says
    return text


Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
VersionName = Annotated[str, Field(pattern="^v[0-9]{3,}$")]
Moment = Annotated[str, Field(pattern="^2.{18}Z$"), AfterValidator(_moment)]
Words = Annotated[str, AfterValidator(one_line)]
Named = Annotated[str, AfterValidator(lambda text: str(Person.parse(text)))]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ExhibitSaid(_Model):
    """What was said of one exhibit: what it shows, for whom; what hides whom, and who looked."""

    context: Words
    controls: Words


class Line(_Model):
    """One step of a review, as its log keeps it. What does not apply is left out."""

    previous: Digest
    at: Moment
    by: Named
    role: Role
    step: Step
    state: State
    reason: Words | None = None
    exhibits: dict[Words, ExhibitSaid] | None = None
    supersedes: list[VersionName] | None = None
    superseded_by: VersionName | None = None
    signature: Annotated[str, Field(max_length=20_000)] | None = None

    def written(self) -> bytes:
        """The line as its log has it, without the end of the line."""
        return _canonical(self.model_dump(mode="json", exclude_none=True))

    def to_sign(self) -> bytes:
        """What its signature is over: the line without it."""
        return self.model_copy(update={"signature": None}).written()

    @property
    def person(self) -> Person:
        """Who took the step."""
        return Person.parse(self.by)


def parsed(piece: bytes) -> Line:
    """A line as a log has it; a ValueError says why it is none."""
    try:
        line = Line.model_validate(json.loads(piece))
        same = line.written() == piece
    except ValidationError as fault:
        raise ValueError(_first(fault)) from None
    except (ValueError, RecursionError):
        raise ValueError("it is not JSON as a log has it") from None
    if not same:
        raise ValueError("it is not written as a log writes it, byte for byte")
    return line


def _first(fault: ValidationError) -> str:
    """The first thing wrong with a line. A field's name is told only where it is one of ours."""
    first = fault.errors(include_input=False, include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    where = name if name in Line.model_fields else "a field that no line has"
    return f"{where}: {first['msg']}" if where == name else where


def _canonical(fields: object) -> bytes:
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
