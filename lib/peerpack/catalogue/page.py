"""`python -m peerpack.catalogue.page` prints docs/reference/datasets.md from the contracts."""

from collections.abc import Iterator

from peerpack.catalogue.load import datasets
from peerpack.catalogue.models import Column, Dataset

HEAD = """# Datasets

Every kind of return the workbook knows. A file is taken for a dataset when one of its rows has
a heading for each column marked "needed". Any of the headings listed will do; case and spaces
do not matter, and YYYY stands for any year.

This page is printed by `python -m peerpack.catalogue.page` from `data/reference/datasets/`.
"""


def page() -> str:
    """The reference page of datasets, in Markdown."""
    return "\n".join([HEAD, *(line for each in datasets().values() for line in _section(each))])


def _section(dataset: Dataset) -> Iterator[str]:
    yield f"## {dataset.title} (`{dataset.dataset}`)\n\n{dataset.description}\n"
    yield f"- Grain: {dataset.grain}"
    yield f"- Covers: {dataset.covers.replace('_', ' ')}"
    yield f"- Owner: {dataset.owner}"
    yield f"- Personal data: {'yes; kept out of git' if dataset.personal else 'no'}"
    yield from _national(dataset)
    yield from _signs(dataset)
    yield ""
    yield "| column | kind | headings | needed | what it is |\n|---|---|---|---|---|"
    yield from (_line(column) for column in dataset.columns)
    yield ""
    yield from (_words(column) for column in dataset.columns if column.written_as)


def _national(dataset: Dataset) -> Iterator[str]:
    """Where else it is looked for, and which of its periods is taken."""
    if dataset.national:
        yield "- A national return: looked for in `england/` where the council's folder has none"
    if dataset.reference:
        yield (
            f"- Of several years in `{dataset.reference.column}`, the latest that has begun by the "
            f"quarter's end; a year's period begins on {dataset.reference.begins} (month, day) and "
            f"lasts {dataset.reference.lasts}"
        )


def _signs(dataset: Dataset) -> Iterator[str]:
    """What else tells a table of it, beside the columns needed."""
    groups = [" and ".join(f"`{name}`" for name in group) for group in dataset.signs.any_of]
    if any(groups):
        yield (
            f"- Needed too: {', or '.join(groups)}; without a date only where no heading "
            "speaks of a date"
        )
    if dataset.signs.not_headed:
        yield f"- Never taken for it: a table headed {', '.join(dataset.signs.not_headed)}"
    if dataset.signs.no_others:
        yield "- Never taken for it: a table with any other heading"
    if dataset.never_read:
        yield f"- Never read, and kept out of git: {', '.join(dataset.never_read)}"


def _line(column: Column) -> str:
    kind = f"{column.kind}, {column.unit}" if column.unit else column.kind
    headings = "in the title above the table" if column.titled else ", ".join(column.synonyms)
    needed = "needed" if column.required else ""
    return f"| `{column.name}` | {kind} | {headings} | {needed} | {column.description} |"


def _words(column: Column) -> str:
    """The words of a column, each with what else is read as it."""
    ways = ((word, ", ".join(column.written_as.get(word, ()))) for word in column.allowed)
    told = "; ".join(f"{word} ({others})" if others else word for word, others in ways)
    return f"Words of `{column.name}`, with what is read as each: {told}.\n"


if __name__ == "__main__":
    print(page(), end="")
