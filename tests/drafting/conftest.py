"""A checkout to draft in: the catalogue and the councils that ship, and a council for samples."""

import csv
import shutil
from contextlib import contextmanager

import pytest
import xlsxwriter
from drawn_samples import PERMITS

from peerpack.catalogue.load import datasets
from peerpack.catalogue.places import project_root
from peerpack.drafting import new_dataset
from peerpack.intake import supplied
from peerpack.intake.admit import admit_from
from peerpack.vocab import Quarter

Q1 = Quarter(2024, 1)
SHIPPED = project_root()


class Checkout:
    """A copy of what drafting reads and writes, with thirdtown's folder for samples."""

    def __init__(self, root):
        self.root = root
        self.folder = root / "data" / "thirdtown" / str(Q1)
        for name in ("data", "expectations"):
            shutil.copytree(SHIPPED / name, root / name)
        shutil.copy(SHIPPED / "pyproject.toml", root)
        self.folder.mkdir(parents=True)
        (self.folder.parent / "council.toml").write_text('slug = "thirdtown"\nname = "Third"\n')

    def draft(self, sample, **words):
        """Draft, and let the catalogue see what was written as the next command would."""
        told = new_dataset(sample, **words)
        datasets.cache_clear()
        return told

    def check(self):
        """The receipt of the only dataset on thirdtown's desk, as `peerpack check` has it."""
        desk = supplied("thirdtown", Q1)
        (name,) = desk.assignment.files
        return admit_from(desk, name).receipt

    def csv(self, lines, name="permits.csv"):
        """A sample in thirdtown's folder: a row a line, cells between bars."""
        rows = [[cell.strip() for cell in line.split("|")] for line in lines]
        with (self.folder / name).open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows(rows)
        return self.folder / name

    def xlsx(self, sheets, name="permits.xlsx"):
        """A workbook in thirdtown's folder: sheets by name, rows of cells."""
        with xlsxwriter.Workbook(self.folder / name) as book:
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for at, row in enumerate(rows):
                    for place, cell in enumerate(row):
                        if cell is not None:
                            sheet.write(at, place, cell)
        return self.folder / name

    def written(self, told):
        """The contract and the suite, as text."""
        return told.contract.read_text("utf-8") + told.suite.read_text("utf-8")


@contextmanager
def a_checkout(folder):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PEERPACK_ROOT", str(folder))
        patch.delenv("PEERPACK_DATA", raising=False)
        datasets.cache_clear()
        yield Checkout(folder)
    datasets.cache_clear()


@pytest.fixture
def checkout(tmp_path):
    with a_checkout(tmp_path / "checkout") as made:
        yield made


@pytest.fixture(scope="session")
def permits(tmp_path_factory):
    """What was drafted from the drawn permits, once."""
    with a_checkout(tmp_path_factory.mktemp("permits") / "checkout") as made:
        return made.draft(made.csv(PERMITS))


@pytest.fixture
def with_permits(checkout, permits):
    """A checkout in which the permits are declared."""
    shutil.copy(permits.contract, checkout.root / "data" / "reference" / "datasets")
    shutil.copy(permits.suite, checkout.root / "expectations")
    datasets.cache_clear()
    return checkout
