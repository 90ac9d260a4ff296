"""What lies on the desk for a quarter: the council's files, each assigned to its dataset."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field, TypeAdapter

from peerpack.catalogue.load import checked, datasets, read_toml, read_yaml
from peerpack.catalogue.models import Dataset, Model
from peerpack.catalogue.places import (
    ENGLAND,
    corrections_folder,
    council_file,
    england_folder,
    files_within,
    quarter_folder,
    quarter_folder_if_any,
)
from peerpack.corrections import Correction
from peerpack.errors import NotFound, ReturnRefused, StaleCorrection
from peerpack.handover.statement import FILE as STATEMENT
from peerpack.intake.cache import files_digest, once, rules
from peerpack.sources import Assignment, NotUsed, fits, latest_year
from peerpack.vocab import Quarter

ASSIGNED = "assigned.json"
SETTINGS = ("returns.toml", "pack.toml", STATEMENT)
TEMPLATES = "templates"
"""The folder of a quarter that holds empty forms: nothing in it is a return."""
Refused = dict[Path, ReturnRefused]


class Returns(Model):
    """What a quarter's `returns.toml` may say: which file is which dataset."""

    assign: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True)
class Desk:
    """A quarter's files by dataset, and the council's corrections.

    `folder` is the council's own for the quarter, and may not be there where `england` has national
    returns. `years`: the year whose period is taken of each dataset that has several.
    """

    council: str
    quarter: Quarter
    folder: Path
    assignment: Assignment
    corrections: tuple[Correction, ...]
    england: Path | None = None
    years: dict[str, int] = field(default_factory=dict)

    def files(self, dataset: str) -> tuple[Path, ...]:
        """The files of a dataset; refuse one that was not supplied."""
        found = self.assignment.files.get(dataset, ())
        if not found:
            raise NotFound(
                f"{self.council} {self.quarter}: no file fits {dataset}. Supplied: "
                f"{', '.join(self.assignment.files) or 'nothing'}. Add the return, or rename its "
                "headings to those of the dataset's contract."
            )
        return found

    def name_of(self, path: Path) -> str:
        """A file's place in the council's folder, or in England's: `england/population.csv`."""
        if self.england and path.is_relative_to(self.england):
            return f"{ENGLAND}/{path.relative_to(self.england).as_posix()}"
        return path.relative_to(self.folder).as_posix()


@dataclass(frozen=True)
class Tray:
    """The files of one folder by dataset, those of no use, and the year taken of each dataset."""

    files: dict[str, tuple[Path, ...]]
    not_used: tuple[NotUsed, ...]
    years: dict[str, int]


def supplied(
    council: str,
    quarter: Quarter,
    roots: Sequence[Path] = (),
    kept: Path | None = None,
    refused: Refused | None = None,
) -> Desk:
    """Find and assign every file of a council's quarter, and the national returns beside it.

    A national return is taken from `england/` only where the council's own folder has none.
    With `kept`, the folder of the cache, the same files are not looked into again. Where `refused`
    is given, a file that cannot be assigned is put there and does not hide the others.
    """
    cache = kept / council / str(quarter) / "assigned" if kept else None
    england = england_folder(roots)
    own = _own_folder(council, quarter, england, roots)
    national = {name: each for name, each in datasets().items() if each.national}
    trays = [_tray_once(own, datasets(), quarter, cache, refused)]
    trays += [_tray_once(england, national, quarter, cache, refused)] if england else []
    assigned = _first_wins(trays)
    if not assigned.files and not refused:
        raise NotFound(
            f"{council} {quarter}: none of {len(assigned.not_used)} files fits a dataset. "
            "Run `peerpack check` after adding a return."
        )
    years = {name: year for tray in reversed(trays) for name, year in tray.years.items()}
    return Desk(council, quarter, own, assigned, corrections_of(council, roots), england, years)


def _own_folder(
    council: str, quarter: Quarter, england: Path | None, roots: Sequence[Path]
) -> Path:
    """The council's folder; a known council may have none where there are national returns."""
    if not england:
        return quarter_folder(council, quarter, roots)
    own = quarter_folder_if_any(council, quarter, roots)
    return own or council_file(council, "council.toml", roots).parent / str(quarter)


def _tray_once(
    folder: Path,
    declared: dict[str, Dataset],
    quarter: Quarter,
    cache: Path | None,
    refused: Refused | None,
) -> Tray:
    """A folder's files, or what was found of the same files by the same rules."""
    if cache is None or refused is not None or not folder.is_dir():
        return _tray(folder, declared, quarter, refused)
    plain = TypeAdapter(Tray)
    asked = [str(folder), sorted(declared), str(quarter)]
    return once(
        cache,
        lambda: {"asked": asked, "files": files_digest(files_within(folder), folder)} | rules(),
        take=lambda entry: plain.validate_json((entry / ASSIGNED).read_bytes()),
        make=lambda: _tray(folder, declared, quarter, None),
        lay=lambda entry, made: (entry / ASSIGNED).write_bytes(plain.dump_json(made)),
    )


def _tray(
    folder: Path, declared: dict[str, Dataset], quarter: Quarter, refused: Refused | None
) -> Tray:
    """A folder's files; a dataset is of no use before the first of its periods has begun."""
    there = files_within(folder) if folder.is_dir() else []
    paths = [p for p in there if is_a_return(p, folder)]
    found = _assigned(paths, declared, _by_hand(folder, paths), refused)
    years = {
        name: latest_year(files, declared[name], quarter.last_day)
        for name, files in found.files.items()
        if declared[name].reference
    }
    used = {name: files for name, files in found.files.items() if years.get(name, quarter.year)}
    left = [
        NotUsed(path, f"{name} of no period that had begun by {quarter.last_day}")
        for name, files in found.files.items()
        if name not in used
        for path in files
    ]
    return Tray(used, (*found.not_used, *left), {n: year for n, year in years.items() if year})


def is_a_return(path: Path, folder: Path) -> bool:
    """Neither a setting nor a form of `new-quarter`, which has headings and no rows."""
    return path.name not in SETTINGS and path.relative_to(folder).parts[0] != TEMPLATES


def _assigned(
    files: Sequence[Path],
    declared: dict[str, Dataset],
    by_hand: dict[str, str],
    refused: Refused | None,
) -> Assignment:
    if refused is None:
        return fits(files, declared, by_hand)
    found: dict[str, tuple[Path, ...]] = {}
    left: list[NotUsed] = []
    for path in files:
        try:
            one = fits([path], declared, by_hand)
        except ReturnRefused as why:
            refused[path] = why
            continue
        found |= {name: found.get(name, ()) + paths for name, paths in one.files.items()}
        left += one.not_used
    return Assignment(dict(sorted(found.items())), tuple(left))


def _first_wins(trays: Sequence[Tray]) -> Assignment:
    """Each dataset from the first folder that has it."""
    files = {name: found for tray in reversed(trays) for name, found in tray.files.items()}
    used = {path for found in files.values() for path in found}
    left = [each for tray in trays for each in tray.not_used]
    left += [
        NotUsed(path, f"{name} is taken from the council's own folder")
        for tray in trays
        for name, found in tray.files.items()
        for path in found
        if path not in used
    ]
    return Assignment(dict(sorted(files.items())), tuple(left))


def _by_hand(folder: Path, files: list[Path]) -> dict[str, str]:
    path = folder / "returns.toml"
    if not path.is_file():
        return {}
    assigned = checked(Returns, read_toml(path), "returns.toml").assign
    for name, dataset in assigned.items():
        if name not in {p.name for p in files} or dataset not in datasets():
            raise ReturnRefused(
                f"returns.toml assigns {name!r} to {dataset!r}: no such file here, or no such "
                "dataset. Mend returns.toml."
            )
    return assigned


def correction_files(council: str, roots: Sequence[Path] = ()) -> dict[str, Path]:
    """The files of a council's written corrections that are read, by their place in the folder."""
    folder = corrections_folder(council, roots)
    if folder is None:
        return {}
    read = (p for p in files_within(folder) if p.suffix in (".yml", ".yaml"))
    return {path.relative_to(folder).as_posix(): path for path in read}


def corrections_of(council: str, roots: Sequence[Path]) -> tuple[Correction, ...]:
    """Every written correction of a council, by file and place."""
    found: list[Correction] = []
    for path in correction_files(council, roots).values():
        entries = read_yaml(path) or []
        found += [checked(Correction, e, f"corrections/{path.name}") for e in entries]
    _refuse_unusable(found)
    return tuple(found)


def _refuse_unusable(found: list[Correction]) -> None:
    """A correction of no dataset would never be applied; two of one id could not be told apart."""
    ids = Counter(each.id for each in found)
    for each in found:
        if each.dataset not in datasets() or ids[each.id] > 1:
            raise StaleCorrection(
                f"Correction {each.id}: its id stands {ids[each.id]} times, its dataset is "
                f"{each.dataset!r}; expected an id of its own and one of {', '.join(datasets())}."
            )
