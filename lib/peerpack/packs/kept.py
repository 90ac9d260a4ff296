"""Notebooks that ran are kept, and not run again while all that they rest on is as it was.

A kernel is let at the returns that its notebook names, at its own council's settings of its own
quarter, and at what stands in the checkout. So those are what a kept notebook is found by.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from peerpack import spare_iri_grammar
from peerpack.catalogue import load
from peerpack.errors import PeerpackError
from peerpack.intake.cache import (
    CACHE,
    CODE,
    RAN,
    Parts,
    code_now,
    digest,
    found,
    keep,
    rules,
    sha256_of,
    why_made,
)
from peerpack.intake.door import EARLIER
from peerpack.notebooks.normalise import normalise, to_text
from peerpack.packs.plan import Plan, Source
from peerpack.packs.run import KERNEL_ENV
from peerpack.vocab import Quarter, council_slug

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOK = "executed.ipynb"


def forget(reports: Path, council: str, quarter: str) -> None:
    """Take away what is kept of a council's returns, and of its notebooks of that quarter."""
    own = council_slug(council)
    for folder in (reports / CACHE / own, reports / RAN / own / str(Quarter.parse(quarter))):
        shutil.rmtree(folder, ignore_errors=True)


class Kept:
    """The notebooks of one build's council and quarter that are kept, and those that it keeps.

    `admitted`: where the build lays its returns.
    """

    def __init__(self, planned: Plan, admitted: Path, reports: Path) -> None:
        self._planned, self._admitted = planned, admitted
        self._folder = reports / RAN / planned.council.slug / str(planned.quarter)
        self._rested_on: dict[str, Parts] = {}
        self.why: dict[str, str] = {}
        """Of each notebook that was looked for, why it is to run; empty where it was kept."""

    def look(self, source: Source) -> "NotebookNode | None":
        """A notebook as it ran on the same; None where none is kept, or it is not as it was."""
        parts = self._rested_on[source.name] = rests_on(source, self._planned, self._admitted)
        entry = found(self._folder / source.name, parts)
        if entry:
            self.why[source.name] = ""
            return _read((entry / NOTEBOOK).read_text(encoding="utf-8"))
        self.why[source.name] = why_made(self._folder / source.name, parts)
        return None

    def keep(self, source: Source, ran: "NotebookNode") -> "NotebookNode":
        """Keep a notebook that has just run, and give it back as it will be found: normalised."""
        text = to_text(normalise(ran))
        if self._is_still(source):
            parts = self._rested_on[source.name]
            keep(
                self._folder / source.name,
                parts,
                lambda entry: (entry / NOTEBOOK).write_text(text, encoding="utf-8"),
            )
        return _read(text)

    def _is_still(self, source: Source) -> bool:
        """Whether nothing moved meanwhile: a kernel reads the code and the settings as it runs."""
        try:
            now = rests_on(source, self._planned, self._admitted)
        except (OSError, PeerpackError):
            return False
        return now == self._rested_on[source.name] and code_now() == CODE


def rests_on(source: Source, planned: Plan, admitted: Path) -> Parts:
    """All that the outputs of a notebook are made from, by digest."""
    council, quarter, roots = planned.council.slug, planned.quarter, planned.roots
    return {
        "the notebook": sha256_of(source.path),
        "parameters": [council, str(quarter)],
        "the as-at date": load.as_at(council, quarter, roots).isoformat(),
        "council.toml": digest(load.council(council, roots).model_dump_json()),
        "pack.toml": digest(load.pack(council, quarter, roots).model_dump_json()),
        "the kernel's environment": digest(KERNEL_ENV),
        **rules(),
        **dict(_returns(source, admitted)),
    }


def _returns(source: Source, admitted: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Each dataset that a notebook may take, with what is laid of it, if anything is."""
    before = sorted(p for p in (admitted / EARLIER).glob("*") if p.is_dir())
    for folder in (admitted, *before):
        of = "" if folder == admitted else f" of {folder.name}"
        named = {p.stem for p in folder.glob("*.json")} if source.reads is None else source.reads
        for name in sorted(named):
            yield f"{name}{of}", {p.name: sha256_of(p) for p in sorted(folder.glob(f"{name}.*"))}


def _read(text: str) -> "NotebookNode":
    spare_iri_grammar()
    from nbformat import reader

    return reader.reads(text)
