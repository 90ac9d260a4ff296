"""What lies on the desk for a quarter: the council's files, each assigned to its dataset."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from peerpack.catalogue.load import checked, datasets, read_toml, read_yaml
from peerpack.catalogue.models import Model
from peerpack.catalogue.places import corrections_folder, files_within, quarter_folder
from peerpack.corrections import Correction
from peerpack.errors import NotFound, ReturnRefused, StaleCorrection
from peerpack.sources import Assignment, fits
from peerpack.vocab import Quarter

SETTINGS = ("returns.toml", "pack.toml")


class Returns(Model):
    """What a quarter's `returns.toml` may say: which file is which dataset."""

    assign: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True)
class Desk:
    """A quarter's files by dataset, and the council's corrections."""

    council: str
    quarter: Quarter
    folder: Path
    assignment: Assignment
    corrections: tuple[Correction, ...]

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


def supplied(council: str, quarter: Quarter, roots: Sequence[Path] = ()) -> Desk:
    """Find and assign every file of a council's quarter."""
    folder = quarter_folder(council, quarter, roots)
    files = [p for p in files_within(folder) if p.name not in SETTINGS]
    assigned = fits(files, datasets(), _by_hand(folder, files))
    if not assigned.files:
        raise NotFound(
            f"{council} {quarter}: none of {len(files)} files fits a dataset. "
            "Run `peerpack check` after adding a return."
        )
    return Desk(council, quarter, folder, assigned, _corrections(council, roots))


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


def _corrections(council: str, roots: Sequence[Path]) -> tuple[Correction, ...]:
    folder = corrections_folder(council, roots)
    files = files_within(folder) if folder else []
    found: list[Correction] = []
    for path in (p for p in files if p.suffix in (".yml", ".yaml")):
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
