"""Build once more, by this Python, in a process that knows of this user and place nothing."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from peerpack.packs.reproduce.compare import shortened
from peerpack.packs.reproduce.recorded import Recorded

STOP_TIMEOUT_S = 30
PARAGRAPH = 1000
KEPT = ("PATH", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""What of this process's surroundings a program needs to start at all."""


@dataclass(frozen=True)
class Rebuilt:
    """The rebuilt pack, or why there is none: what the build said last, and its exit code."""

    folder: Path | None
    exit_code: int
    said: str


def rebuild(
    recorded: Recorded,
    checkout: Path,
    roots: Sequence[Path],
    room: Path,
    tell: Callable[[str], None],
) -> Rebuilt:
    """Build the pack's council and quarter in `room` from a checkout and these data roots."""
    reports = room / "reports"
    words = ["build", recorded.council, str(recorded.quarter), "--reports", str(reports)]
    words += [word for root in roots for word in ("--data", str(root))]
    code, said = _run([sys.executable, "-m", "peerpack", *words], _env(checkout, room), room, tell)
    made = reports / recorded.council / str(recorded.quarter) / "v001"
    return Rebuilt(made if code == 0 and made.is_dir() else None, code, said)


def _env(checkout: Path, room: Path) -> dict[str, str]:
    """A home of its own, and the checkout's code before any library that this Python was given."""
    home = room / "home"
    home.mkdir()
    inherited = [p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p]
    libraries = [p for p in inherited if not (Path(p) / "peerpack").exists()]
    return {name: os.environ[name] for name in KEPT if name in os.environ} | {
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "PEERPACK_ROOT": str(checkout),
        "PYTHONPATH": os.pathsep.join([str(checkout / "lib"), *libraries]),
    }


def _run(
    words: Sequence[str], env: dict[str, str], folder: Path, tell: Callable[[str], None]
) -> tuple[int, str]:
    """Run to the end, telling each line as it comes; exit code and the last paragraph said."""
    last = ""
    with (
        tempfile.TemporaryFile() as out,
        subprocess.Popen(  # noqa: S603 - this Python, and words that were parsed
            words, env=env, cwd=folder, stdin=subprocess.DEVNULL, stdout=out,
            stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace",
        ) as process,
    ):  # fmt: skip
        try:
            for line in process.stderr or ():
                last = shortened(line.strip(), PARAGRAPH) or last
                tell(f"rebuilding: {last}")
        except BaseException as stop:
            _end(process, told=isinstance(stop, KeyboardInterrupt))
            raise
    return process.returncode, last


def _end(process: "subprocess.Popen[str]", *, told: bool) -> None:
    """Let a build stop its kernels, as at an interrupt, of which a terminal has `told` it."""
    if not told:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
