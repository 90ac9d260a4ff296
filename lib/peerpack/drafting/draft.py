"""Draft a dataset from a sample, prove that it admits the sample, and only then write it."""

import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import yaml

from peerpack import gates
from peerpack.catalogue.load import checked, datasets
from peerpack.catalogue.models import Covers, Dataset
from peerpack.catalogue.places import files_within, project_root
from peerpack.drafting.contract import every_heading_needed, first_contract, settled
from peerpack.drafting.doubts import doubts
from peerpack.drafting.kinds import guess
from peerpack.drafting.names import dataset_name
from peerpack.drafting.profile import profile_of
from peerpack.drafting.suite import suite_of
from peerpack.drafting.tables import table_of
from peerpack.errors import NotFound, OurFault, ReturnRefused, UsageError
from peerpack.sources import Reading, fits, read

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*\Z")
PREFACE = (
    '# Drafted from a sample by `peerpack new-dataset`. What says "To be" waits for the owner.\n'
)


@dataclass(frozen=True)
class Drafted:
    """A contract, what reading the sample by it gave, and what a person should look at."""

    dataset: Dataset
    reading: Reading
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class NewDataset:
    """What was written, what reading the sample by it gave, and what to look at."""

    dataset: Dataset
    contract: Path
    suite: Path
    reading: Reading
    outcome: str
    doubts: tuple[str, ...]


def new_dataset(
    sample: Path, name: str = "", to: Path | None = None, covers: str = "snapshot"
) -> NewDataset:
    """Write the contract and the suite of a dataset that admits the sample.

    Nothing is written unless the sample was admitted by exactly what is written. Raises NotFound,
    UsageError (a name or file that is taken), ReturnRefused (a sample that no contract can read).
    """
    name = name or dataset_name(sample.stem)
    contract_path, suite_path = _free_places(name, covers, (to or project_root()).resolve())
    _refuse_declared(sample)
    draft = _apart(sample, drafted(sample, name, _covers(covers)))
    texts = _contract_text(draft.dataset), suite_text(draft)
    outcome = _tried(sample, draft, *texts)
    for path, text in zip((contract_path, suite_path), texts, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    return NewDataset(
        draft.dataset, contract_path, suite_path, draft.reading, outcome, draft.doubts
    )


def drafted(sample: Path, name: str, covers: Covers) -> Drafted:
    """What would be written for a sample, before it is tried."""
    table = table_of(sample)
    profile = profile_of(table)
    pairs = zip(profile.headings, profile.columns, strict=True)
    guesses = [guess(heading, cells) for heading, cells in pairs]
    contract, reading = settled(sample, first_contract(profile, guesses, name, covers))
    return Drafted(contract, reading, tuple(doubts(contract, reading, table, profile, guesses)))


def _covers(word: str) -> Covers:
    return next(each for each in get_args(Covers) if each == word)


def _free_places(name: str, covers: str, root: Path) -> tuple[Path, Path]:
    """Where contract and suite go; refuse words that cannot be meant and names that are taken."""
    if not NAME.match(name):
        raise UsageError(
            f"Dataset {name!r} is not a dataset's name. Use lower-case letters, digits and "
            "underscores, such as parking_permits."
        )
    if covers not in get_args(Covers):
        raise UsageError(f"--covers {covers!r}: expected one of {', '.join(get_args(Covers))}.")
    paths = (
        root / "data" / "reference" / "datasets" / f"{name}.yml",
        root / "expectations" / f"{name}.json",
    )
    for path in paths:
        if path.exists():
            raise UsageError(
                f"{path.parent.name}/{path.name} is there already, and nothing was written over "
                "it. Give another name by --name, or delete the file."
            )
    return paths


def _refuse_declared(sample: Path) -> None:
    if not sample.is_file():
        raise NotFound(f"No file {sample.name} there. Give the path of a sample of the return.")
    already = fits([sample], datasets(), {}).files
    if already:
        raise ReturnRefused(
            f"{sample.name} is already read as {' and '.join(already)}: put it in a quarter's "
            "folder. If it is another kind of table, change the headings that both have."
        )


def _apart(sample: Path, draft: Drafted) -> Drafted:
    """The draft, if need be with every heading needed, so that no return fits two datasets."""
    if not _also_fitting(draft.dataset):
        return draft
    stricter = every_heading_needed(draft.dataset)
    clashing = _also_fitting(stricter)
    if clashing:
        raise ReturnRefused(
            f"{sample.name}: its headings also fit {clashing[0]}, which is another dataset's. A "
            "file that fits two is refused. Give the columns more telling headings."
        )
    doubt = "Every heading is needed, or returns of other datasets would fit this one too."
    return Drafted(stricter, draft.reading, (*draft.doubts, doubt))


def _also_fitting(contract: Dataset) -> list[str]:
    """Returns in the checkout that a declared dataset reads and the new one would take as well."""
    data = project_root() / "data"
    councils = [
        each for each in sorted(data.iterdir()) if each.is_dir() and each.name != "reference"
    ]
    files = [path for folder in councils for path in files_within(folder)]
    return [
        path.name
        for path in files
        if _fits(path, {contract.dataset: contract}) and _fits(path, datasets())
    ]


def _fits(path: Path, among: dict[str, Dataset]) -> bool:
    """Whether a file fits one of the datasets; one that fits too well to be read fits."""
    try:
        return bool(fits([path], among, {}).files)
    except ReturnRefused:
        return True


def _contract_text(dataset: Dataset) -> str:
    fields = dataset.model_dump(mode="json", exclude_defaults=True)
    return PREFACE + yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=100)


def suite_text(draft: Drafted) -> str:
    """The suite's file."""
    return (
        json.dumps(suite_of(draft.dataset, draft.reading.frame), indent=2, ensure_ascii=False)
        + "\n"
    )


def _tried(sample: Path, draft: Drafted, contract_text: str, suite_text: str) -> str:
    """The verdict on the sample by the very words to be written; a stop is a fault of ours."""
    written = checked(Dataset, yaml.safe_load(contract_text), draft.dataset.dataset)
    if written != draft.dataset:
        raise OurFault(f"{sample.name}: the contract written is not the one that was drafted.")
    reading = read([sample], written)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{written.dataset}.json"
        path.write_text(suite_text, encoding="utf-8")
        verdict = gates.judge(reading.frame, written.dataset, path)
        slips = gates.lint(path)
    failed = [check.id for check in verdict.checks if not check.passed and check.severity == "stop"]
    if failed or slips:
        raise OurFault(f"{sample.name}: its own suite refuses it: {', '.join([*failed, *slips])}.")
    return verdict.outcome
