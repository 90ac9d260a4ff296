"""A code list that a file brings along says which number stands for which word.

Without one a scale from 1 to 5 says nothing: which end is good stands in no number.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

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
            in_order=True,
        ),
        Column(
            name="code",
            kind="code",
            description="What stands in the cells.",
            synonyms=("Code", "Value", "Answer Code", "Numeric Code"),
            required=True,
            in_order=True,
        ),
        Column(
            name="label",
            kind="label",
            description="What it stands for.",
            synonyms=("Label", "Value Label", "Answer", "Answer Text", "Meaning", "Response"),
            required=True,
            in_order=True,
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
    return _header(grid) is not None


def _header(grid: Grid) -> Header | None:
    """The header of a list; a table whose headings could mean two things is some other table."""
    try:
        return find_header(grid, LIST)
    except ReturnRefused:
        return None


def codes_of(tables: Iterable[Grid]) -> tuple[Code, ...]:
    """The codes that a file's own lists declare; rows without a code or a word say nothing."""
    found: list[Code] = []
    for grid in tables:
        header = _header(grid)
        if header:
            rows, *_ = typed(grid, header, sort_rows(grid, header, LIST).detail, LIST)
            told = rows[rows["code"].notna() & rows["label"].notna()].fillna({"variable": ""})
            found += map(Code._make, told[list(Code._fields)].itertuples(index=False))
    return tuple(found)


def with_codes(dataset: Dataset, header: Header, codes: tuple[Code, ...], file: str) -> Dataset:
    """The dataset as one file writes it: a code that its list declares is a way of writing a word.

    A word that is not allowed in the column is left out, so that its code is told by the gate.
    """
    if not codes:
        return dataset
    columns = tuple(
        _with_codes(column, header.headings[column.name], codes, file)
        if column.allowed and column.name in header.headings
        else column
        for column in dataset.columns
    )
    return dataset.model_copy(update={"columns": columns})


def told_codes(dataset: Dataset, coded: Dataset) -> Iterator[tuple[str, str]]:
    """The columns that codes were read in, and a sentence that says which code is which word."""
    for plain_column, column in zip(dataset.columns, coded.columns, strict=True):
        new = column.spellings.keys() - plain_column.spellings.keys()
        pairs = ", ".join(f"{code} is {column.spellings[code]!r}" for code in sorted(new))
        if pairs:
            yield column.name, f"Codes are read by the file's own code list: {pairs}."


def _with_codes(column: Column, heading: str, codes: tuple[Code, ...], file: str) -> Column:
    own = [each for each in codes if each.variable and _speaks_of(each.variable, heading)]
    told = own or [each for each in codes if not each.variable]
    words: dict[str, str] = {}
    for each in told:
        word = column.spellings.get(each.label.casefold(), "")
        if word and words.setdefault(each.code, word) != word:
            raise ReturnRefused(
                f"{file}: its code list says that {each.code} under {heading!r} is "
                f"{words[each.code]!r} and {word!r}. Leave the one that is meant."
            )
    # A list without one word of the column is of something else, and takes none of its codes.
    codes_told = {each.code for each in told} if words else set()
    written_as = {
        word: (
            *(way for way in column.written_as.get(word, ()) if way not in codes_told),
            *(code for code, meant in words.items() if meant == word),
        )
        for word in column.allowed
    }
    return column.model_copy(update={"written_as": written_as})


def _speaks_of(variable: str, heading: str) -> bool:
    """`Q5` and `Q5 Recommend Employer` both speak of the column headed `Q5 Recommend Employer`."""
    return plain(variable) in (plain(heading), plain(heading).split()[0])
