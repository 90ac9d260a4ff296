"""What a build would run, and every input its bytes depend on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peerpack.catalogue import load
from peerpack.catalogue.branding import Branding
from peerpack.catalogue.models import Council
from peerpack.catalogue.places import council_file, project_root
from peerpack.handover.pack import NO_EVIDENCE, Withheld
from peerpack.handover.statement import FILE as STATEMENT
from peerpack.intake import Desk, supplied
from peerpack.intake.cache import CACHE
from peerpack.intake.desk import correction_files
from peerpack.intake.earlier import earlier_returns
from peerpack.notebooks.reads import reads
from peerpack.notebooks.shape import Meta, meta, read
from peerpack.packs.causes import digest_of_settings
from peerpack.packs.inputs import by_name, digests, of_checkout
from peerpack.packs.versions import Version, newest_before
from peerpack.packs.word_reference import word_reference, word_reference_file
from peerpack.vocab import DocumentKind, Quarter

if TYPE_CHECKING:
    from peerpack.packs.revisions import Before


@dataclass(frozen=True)
class Source:
    """A notebook of `notebooks/` and what it says of itself."""

    path: Path
    meta: Meta
    reads: frozenset[str] | None
    """The datasets it asks for, whether it must have them or not; None where it may be any."""

    @property
    def name(self) -> str:
        """Its file name without ending: `02-where-will-the-budget-land`."""
        return self.path.stem

    @property
    def judges(self) -> bool:
        """Whether it reads the pack's own tables, and so runs after the others."""
        return bool(self.meta.named & set(load.own_tables()))

    def withheld(self, why: str) -> Withheld:
        """The notebook, not run."""
        return Withheld(self.name, self.meta.question, self.meta.theme, why)


@dataclass(frozen=True)
class Plan:
    """A council's quarter, ready to run."""

    council: Council
    quarter: Quarter
    as_at: date
    roots: tuple[Path, ...]
    desk: Desk
    sources: tuple[Source, ...]
    previous: Version | None
    earlier: tuple[tuple[Desk, str], ...] = ()
    """Returns of earlier quarters that figures may rest on too: desk and dataset."""
    branding: Branding | None = None
    word_reference: bytes = b""

    @cached_property
    def before(self) -> "Before | None":
        """What the previous pack says, if there is one."""
        from peerpack.packs.revisions import before_of

        return before_of(self.previous) if self.previous else None

    @property
    def to_run(self) -> tuple[Source, ...]:
        """The notebooks whose datasets were supplied; the build itself makes its own tables."""
        there = {*self.desk.assignment.files, *load.own_tables()}
        return tuple(s for s in self.sources if s.meta.can_run_on(there))

    @property
    def not_supplied(self) -> tuple[Withheld, ...]:
        """The notebooks for whose datasets nothing was supplied."""
        return tuple(s.withheld(NO_EVIDENCE) for s in self.sources if s not in self.to_run)

    @property
    def documents(self) -> tuple[DocumentKind, ...]:
        """Which documents the council, or the quarter, wants."""
        return load.documents_wanted(self.council.slug, self.quarter, self.roots)

    @property
    def statement(self) -> Path:
        """Where the council's position statement stands, if it wrote one."""
        return self.desk.folder / STATEMENT

    @cached_property
    def inputs(self) -> dict[str, Any]:
        """Every input named under Determinism in the design, by digest."""
        council = self.council.slug
        look = load.branding_files(council, self.roots)
        told = [council_file(council, "council.toml", self.roots), self.desk.folder / "pack.toml"]
        word = word_reference_file(council, self.roots)
        own = [*told, *look, *([word] if word else [])]
        return {
            "parameters": {"council": council, "quarter": str(self.quarter)},
            "as_at": self.as_at.isoformat(),
            "returns": digests(_returns(self.desk)),
            "earlier_returns": _earlier_digests(self.earlier),
            "not_used": sorted(self.desk.name_of(p.path) for p in self.desk.assignment.not_used),
            "corrections": digests(correction_files(council, self.roots)),
            "council_files": digests(by_name(filter(Path.is_file, [*own, self.statement]))),
            "settings": _settings(filter(Path.is_file, own)),
            "previous_pack": self.previous.digest if self.previous else None,
        } | of_checkout(project_root())


def plan(council: str, quarter: str, roots: Sequence[Path], reports: Path) -> Plan:
    """Plan a build; refuse a malformed quarter, an unknown council, an empty folder."""
    asked = Quarter.parse(quarter)
    known = load.council(council, roots)
    desk = supplied(council, asked, roots, kept=reports / CACHE)
    return Plan(
        council=known,
        quarter=asked,
        as_at=load.as_at(council, asked, roots),
        roots=tuple(roots),
        desk=desk,
        sources=tuple(sources()),
        previous=newest_before(reports / council, asked),
        earlier=tuple((d, name) for d, name, _ in earlier_returns(desk, roots, reports / CACHE)),
        branding=_branding(council, roots),
        word_reference=word_reference(council, roots),
    )


def _branding(council: str, roots: Sequence[Path]) -> Branding | None:
    """The council's branding, its crest cleaned: what is unfit stops a build before its work."""
    said = load.branding(council, roots)
    if said is None or said.crest_file != "crest.svg":
        return said
    from peerpack import render  # most councils have no such crest

    return said.model_copy(update={"crest": render.crest(said.crest)})


def sources() -> list[Source]:
    """Every notebook of `notebooks/`, in order."""
    found = sorted((project_root() / "notebooks").glob("*.ipynb"))
    return [_source(path) for path in found]


def _source(path: Path) -> Source:
    nb = read(path)
    return Source(path, meta(nb, path.name), reads(nb))


def _returns(desk: Desk) -> dict[str, Path]:
    """The files a build reads, by their place on the desk."""
    used = [p for files in desk.assignment.files.values() for p in files]
    return {desk.name_of(path): path for path in (*used, *filter(Path.is_file, _by_hand(desk)))}


def _settings(files: Iterable[Path]) -> dict[str, str]:
    """What settings say apart from the as-at date, by digest: the date is an input of its own."""
    own = sorted(path for path in files if path.suffix == ".toml")
    return {path.name: digest_of_settings(load.read_toml(path)) for path in own}


def _earlier_digests(earlier: Iterable[tuple[Desk, str]]) -> dict[str, str]:
    named = {f"{d.quarter}/{d.name_of(p)}": p for d, name in earlier for p in _read(d, name)}
    return digests(named)


def _read(desk: Desk, dataset: str) -> Iterable[Path]:
    """The files of a dataset; where files are assigned by hand, all that the list may name."""
    by_hand = [path for path in _by_hand(desk) if path.is_file()]
    every = [path for files in desk.assignment.files.values() for path in files]
    return (*by_hand, *every) if by_hand else desk.files(dataset)


def _by_hand(desk: Desk) -> list[Path]:
    return [folder / "returns.toml" for folder in (desk.folder, desk.england) if folder]
