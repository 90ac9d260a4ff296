"""The only door to pandoc: HTML of ours in, a document out."""

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from peerpack.errors import OurFault

FOLDER = Path(__file__).resolve().parents[1] / "templates" / "documents"
SECONDS = 300


def converted(
    html: str,
    to: str,
    options: Sequence[str] = (),
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """HTML as pandoc writes it in another format; `options` are pandoc's own.

    Runs in a folder that holds `files` alone, with no settings of the user's, in pandoc's sandbox,
    which has no clock and no network. OurFault with pandoc's words where it refuses, as the filters
    do where a picture has no alternative text.
    """
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as settings:
        for name, content in (files or {}).items():
            (Path(folder) / name).write_bytes(content)
        words = [_pandoc(), "--sandbox", f"--data-dir={settings}", "--wrap=none", "--from=html",
                 f"--to={to}", "--output=-", *options]  # fmt: skip
        done = subprocess.run(  # noqa: S603
            words, input=html.encode("utf-8"), capture_output=True, check=False, cwd=folder,
            env={"LC_ALL": "C.UTF-8"}, timeout=SECONDS,
        )  # fmt: skip
    if done.returncode:
        raise OurFault(f"pandoc made no {to}: {done.stderr.decode('utf-8', 'replace').strip()}")
    return done.stdout


def _pandoc() -> str:
    """The pandoc of the lock: pypandoc itself would take a newer one that the machine has."""
    import pypandoc

    path = shutil.which("pandoc", path=Path(pypandoc.__file__).parent / "files")
    if path is None:
        raise OurFault("pypandoc-binary brings no pandoc. Install what requirements.lock names.")
    return path


@lru_cache
def default_reference() -> bytes:
    """The reference document that pandoc brings for Word."""
    words = [_pandoc(), "--print-default-data-file=reference.docx"]
    return subprocess.run(words, capture_output=True, check=True, timeout=SECONDS).stdout  # noqa: S603
