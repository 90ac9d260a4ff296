"""What a pack recorded of its own making: every input by digest, and where it stood."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from peerpack.catalogue.branding import CRESTS, THEME
from peerpack.catalogue.places import ENGLAND
from peerpack.errors import NotReproducible
from peerpack.packs.verify import BUILD, verify
from peerpack.packs.word_reference import WORD_REFERENCE
from peerpack.vocab import Quarter, council_slug

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
BY_NAME = ("returns", "earlier_returns", "corrections", "council_files")
"""The inputs of a manifest that are files of a data folder."""


class _Inputs(BaseModel):
    """A manifest's `inputs`, as far as they are asked for here; others may stand beside them."""

    model_config = ConfigDict(extra="ignore", strict=True)

    parameters: dict[str, str]
    as_at: str
    returns: dict[str, Digest]
    earlier_returns: dict[str, Digest] = {}
    not_used: list[str] = []
    corrections: dict[str, Digest] | list[Digest]
    council_files: dict[str, Digest]
    suites: dict[str, Digest]
    notebooks: dict[str, Digest]
    reference: Digest
    code: Digest
    lock: Digest
    previous_pack: Digest | None


@dataclass(frozen=True, order=True)
class Item:
    """A recorded file of a data folder: its input and name there, its place, its digest."""

    given: str
    name: str
    place: str
    sha256: str


@dataclass(frozen=True)
class Recorded:
    """A verified pack, and what its manifest and its build note say of how it was made."""

    folder: Path
    council: str
    quarter: Quarter
    inputs: Mapping[str, Any]
    files: Mapping[str, Mapping[str, str]]
    note: Mapping[str, Any]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every file of a data folder that it was made of."""
        given = ((given, self.inputs[given]) for given in BY_NAME if self.inputs.get(given))
        return tuple(
            Item(kind, name, self._place(kind, name), sha256)
            for kind, told in given
            for name, sha256 in sorted(_named(told).items())
        )

    @property
    def not_used(self) -> tuple[str, ...]:
        """The places of files that were there and no return: only their names are in the pack."""
        return tuple(self._place("returns", name) for name in self.inputs.get("not_used", ()))

    def _place(self, given: str, name: str) -> str:
        """The place in a data folder of what the manifest names; refuse one outside it."""
        quarter = str(self.quarter)
        if given == "earlier_returns":
            quarter, _, name = name.partition("/")
            Quarter.parse(quarter)
        if given == "corrections":
            return safe(f"{self.council}/corrections", name)
        if given == "council_files":
            own = "" if name in ("council.toml", THEME, *CRESTS, WORD_REFERENCE) else f"/{quarter}"
            return safe(f"{self.council}{own}", name)
        national = name.startswith(f"{ENGLAND}/")
        return safe("", name) if national else safe(f"{self.council}/{quarter}", name)


def read_recorded(folder: Path) -> Recorded:
    """Verify a pack and read what it recorded; a manifest that says too little is refused (41)."""
    verify(folder)
    manifest = _json(folder / "manifest.json")
    inputs = manifest.get("inputs", {})
    try:
        read = _Inputs.model_validate(inputs)
    except ValidationError as fault:
        first = fault.errors()[0]
        raise NotReproducible(
            f"{folder.name}: manifest.json does not say what the pack was made of: inputs."
            f"{'.'.join(map(str, first['loc']))}: {first['msg']}. It cannot be rebuilt from that."
        ) from fault
    council = council_slug(read.parameters.get("council"))
    quarter = Quarter.parse(read.parameters.get("quarter"))
    files = _files(manifest.get("files"))
    recorded = Recorded(folder, council, quarter, inputs, files, _json(folder / BUILD))
    _refuse_clashes(recorded.items)
    return recorded


def read_inputs(folder: Path) -> dict[str, Any]:
    """The inputs that a pack's manifest states."""
    return dict(_json(folder / "manifest.json").get("inputs", {}))


def safe(folder: str, name: str) -> str:
    """The place `folder/name` of a data folder; refuse a name that leads out of it, or hides."""
    path = PurePosixPath(name)
    strange = not path.parts or path.as_posix() != name or "\0" in name or "\\" in name
    if strange or path.is_absolute() or any(part.startswith(".") for part in path.parts):
        raise NotReproducible(
            f"manifest.json names a file {name!r}, which is no place in a data folder. Nothing was "
            "written. Do not rely on a pack whose manifest says so."
        )
    return f"{folder}/{name}" if folder else name


def _refuse_clashes(items: Sequence[Item]) -> None:
    """Refuse two files of one place, or a file where another has its folder."""
    folders = {above.as_posix() for each in items for above in PurePosixPath(each.place).parents}
    digest_at: dict[str, str] = {}
    for item in items:
        other = digest_at.setdefault(item.place, item.sha256) != item.sha256
        if other or item.place in folders:
            raise NotReproducible(
                f"manifest.json names two files for the place {item.place!r}. Nothing was written."
            )


def _named(told: Mapping[str, str] | list[str]) -> dict[str, str]:
    """Files by name; a pack built before corrections had names gives them their digest's."""
    return dict(told) if isinstance(told, Mapping) else {f"{each}.yml": each for each in told}


def _files(told: object) -> dict[str, dict[str, str]]:
    """The digest of each file of the code and the reference data, where the manifest has them."""
    found = told if isinstance(told, dict) else {}
    return {str(k): dict(v) for k, v in found.items() if isinstance(v, dict)}


def _json(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError) as fault:
        raise NotReproducible(f"{path.parent.name}: {path.name} is not JSON.") from fault
