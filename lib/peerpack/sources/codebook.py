"""A code list that a file brings along says which number stands for which word.

Without one a scale from 1 to 5 says nothing: which end is good stands in no number.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd

from peerpack.catalogue.models import Column, Dataset
from peerpack.errors import ReturnRefused
from peerpack.sources.header import Header, find_header, plain
from peerpack.sources.rows import sort_rows
from peerpack.sources.tabular import Grid
from peerpack.sources.typed import typed

LIST = Dataset(
    dataset="code_list",
    title="Code list",
    description="The words that the codes of a file's columns stand for.",
    grain="one row per code of a column",
    covers="snapshot",
    personal=False,
    owner="Whoever exported the file",
    columns=(
        Column(
            name="variable",
            kind="label",
            description="Heading of the column, or its first word; blank where the list is of all.",
            synonyms=("Variable", "Variable Name", "Question", "Field", "Column", "Item"),
            fill_down=True,
        ),
        Column(
            name="code",
            kind="code",
            description="What stands in the cells.",
            synonyms=("Code", "Value", "Answer Code", "Numeric Code"),
            required=True,
        ),
        Column(
            name="label",
            kind="label",
            description="What it stands for.",
            synonyms=("Label", "Value Label", "Answer", "Answer Text", "Meaning", "Response"),
            required=True,
        ),
    ),
)


class Code(NamedTuple):
    """A code of a column, or of every column where `variable` is empty, and its word."""

    variable: str
    code: str
    label: str


def is_list(grid: Grid) -> bool:
    """Whether a table of a file is a code list."""
    return find_header(grid, LIST) is not None


def codes_of(tables: Iterable[Grid]) -> tuple[Code, ...]:
    """The codes that a file's own lists declare; rows without a code or a word say nothing."""
    found: list[Code] = []
    for grid in tables:
        header = find_header(grid, LIST)
        if header:
            rows, *_ = typed(grid, header, sort_rows(grid, header, LIST).detail, LIST)
            told = rows[rows["code"].notna() & rows["label"].notna()].fillna({"variable": ""})
            told = told[list(Code._fields)].drop_duplicates()
            _refuse_two_words(grid, told)
            found += map(Code._make, told.itertuples(index=False))
    return tuple(found)


def _refuse_two_words(grid: Grid, told: pd.DataFrame) -> None:
    twice = told[told.duplicated(["variable", "code"])]
    for variable, code, _ in twice.itertuples(index=False):
        raise ReturnRefused(
            f"{grid.file}: the code list {grid.sheet!r} gives the code {code} of "
            f"{variable or 'every column'} two words. Leave the one that is meant."
        )


def with_codes(dataset: Dataset, header: Header, codes: tuple[Code, ...]) -> Dataset:
    """The dataset as one file writes it: a code that its list declares is a way of writing a word.

    A word that is not allowed in the column is left out, so that its code is told by the gate.
    """
    if not codes:
        return dataset
    columns = tuple(_with_codes(c, header.headings.get(c.name, ""), codes) for c in dataset.columns)
    return dataset.model_copy(update={"columns": columns})


def told_codes(dataset: Dataset, coded: Dataset) -> Iterator[tuple[str, str]]:
    """The columns that codes were read in, and a sentence that says which code is which word."""
    for plain_column, column in zip(dataset.columns, coded.columns, strict=True):
        new = column.spellings.keys() - plain_column.spellings.keys()
        pairs = ", ".join(f"{code} is {column.spellings[code]!r}" for code in sorted(new))
        if pairs:
            yield column.name, f"Codes are read by the file's own code list: {pairs}."


def _with_codes(column: Column, heading: str, codes: tuple[Code, ...]) -> Column:
    if not column.allowed or not heading:
        return column
    own = [each for each in codes if each.variable and _speaks_of(each.variable, heading)]
    told = {c.code: c.label for c in own or [each for each in codes if not each.variable]}
    words = {code: column.spellings.get(label.casefold()) for code, label in told.items()}
    written_as = {
        word: (
            *(way for way in column.written_as.get(word, ()) if way not in words),
            *(code for code, found in words.items() if found == word),
        )
        for word in column.allowed
    }
    return column.model_copy(update={"written_as": written_as})


def _speaks_of(variable: str, heading: str) -> bool:
    """`Q5` and `Q5 Recommend Employer` both speak of the column headed `Q5 Recommend Employer`."""
    return plain(variable) in (plain(heading), plain(heading).split()[0])
