"""What a client asks of the server, and how it is parsed: JSON in one line, nothing else."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

LONGEST = 4 * 1024 * 1024
"""Bytes of a request; the environment of a process cannot be larger than half of it."""


class Refused(Exception):
    """A request that is not served; its text says why."""


@dataclass(frozen=True)
class Request:
    """One kernel: what stands behind `-m ipykernel_launcher`, and the surroundings it starts in."""

    arguments: tuple[str, ...]
    env: dict[str, str]
    cwd: str
    umask: int

    def to_line(self) -> bytes:
        """The request as it is sent."""
        return to_line(asdict(self))


def to_line(message: dict[str, Any]) -> bytes:
    """A message as one line; no text in JSON holds a line end."""
    return json.dumps(message).encode("ascii") + b"\n"


def parsed(line: bytes) -> Request:
    """The request in a line; raises `Refused` for anything that is not exactly one."""
    given = _object(line, {"arguments", "env", "cwd", "umask"})
    arguments, env, cwd, umask = (given[key] for key in ("arguments", "env", "cwd", "umask"))
    if not isinstance(arguments, list) or not all(_is_text(each) for each in arguments):
        raise Refused("`arguments` must be a list of texts.")
    if not isinstance(env, dict) or not all(_is_variable(*each) for each in env.items()):
        raise Refused("`env` must give a text to each name.")
    if not _is_text(cwd) or not Path(cwd).is_absolute():
        raise Refused("`cwd` must be an absolute path.")
    if type(umask) is not int or not 0 <= umask <= 0o777:
        raise Refused("`umask` must be a number from 0 to 0o777.")
    return Request(tuple(arguments), env, cwd, umask)


def parsed_signal(line: bytes) -> int:
    """The number of a signal to send; raises `Refused`."""
    number = _object(line, {"signal"})["signal"]
    if type(number) is not int or not 1 <= number <= 64:
        raise Refused("`signal` must be a number from 1 to 64.")
    return number


def _object(line: bytes, keys: set[str]) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        raise Refused("Not JSON.") from None
    if not isinstance(given, dict) or set(given) != keys:
        raise Refused(f"Expected exactly {', '.join(sorted(keys))}.")
    return given


def _is_text(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value


def _is_variable(name: str, value: object) -> bool:
    return bool(name) and "=" not in name and _is_text(name) and _is_text(value)
