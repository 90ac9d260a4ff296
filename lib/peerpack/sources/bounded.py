"""A program that reads a hostile file, in a process of its own with bounded memory and time."""

import importlib.util
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

LEAST_MEMORY_BYTES = 768 * 1024**2
MEMORY_PER_BYTE = 12
LEAST_TIME_S = 4
BYTES_PER_S = 4 * 1024**2


class BrokenFile(ValueError):
    """A file that its reader cannot read; its text says why."""


def answer(
    program: Path,
    library: str,
    content: bytes,
    *arguments: object,
    object_hook: Callable[[dict[str, Any]], Any] | None = None,
) -> Any:
    """What a program writes as JSON when it is given a content, in memory and time as of its size.

    The program imports nothing of the package. Its arguments: the folder of the library it reads
    with, the bytes and seconds it may use, then those given. BrokenFile where it ends otherwise, or
    answers with a text, which is a refusal.
    """
    size = _unpacked_bytes(content)
    seconds = LEAST_TIME_S + size // BYTES_PER_S
    memory = LEAST_MEMORY_BYTES + MEMORY_PER_BYTE * size
    words = map(str, (_folder_of(library), memory, seconds, *arguments))
    try:
        run = subprocess.run(  # noqa: S603 - our own program, and no word of the file
            [sys.executable, "-I", "-S", program, *words],
            input=content, capture_output=True, check=False, timeout=10 * seconds,
        )  # fmt: skip
    except subprocess.TimeoutExpired as fault:
        raise BrokenFile(_why(None)) from fault
    try:
        found = json.loads(run.stdout, object_hook=object_hook)
    except (ValueError, KeyError, TypeError) as fault:
        raise BrokenFile(_why(run.returncode)) from fault
    if isinstance(found, str):
        raise BrokenFile(found)
    return found


def _folder_of(library: str) -> Path:
    """The folder that holds the reader: the program starts without the site's packages."""
    found = importlib.util.find_spec(library)
    if found is None or not found.origin:
        raise ImportError(f"{library} is not installed")
    return Path(found.origin).parents[1]


def _unpacked_bytes(content: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return len(content)


def _why(returncode: int | None) -> str:
    """What ended the reader: signals are negative, -9 and -24 are those of the time limit."""
    if returncode in (None, -9, -24):
        return "it keeps its reader busy far longer than a file of its size should"
    return "it asks for far more memory than a file of its size should, or breaks its reader"
