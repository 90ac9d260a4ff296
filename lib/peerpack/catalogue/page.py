"""`python -m peerpack.catalogue.page` prints docs/reference/datasets.md from the contracts."""

from collections.abc import Iterator

from peerpack.catalogue.load import datasets
from peerpack.catalogue.models import Column, Dataset

HEAD = """# Datasets

Every kind of return the workbook knows. A file is taken for a dataset when one of its rows has
a heading for each column marked "needed". Any of the headings listed will do; case and spaces
do not matter.

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
    yield from _signs(dataset)
    yield ""
    yield "| column | kind | headings | needed | what it is |\n|---|---|---|---|---|"
    yield from (_line(column) for column in dataset.columns)
    yield ""


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


def _line(column: Column) -> str:
    kind = f"{column.kind}, {column.unit}" if column.unit else column.kind
    headings = ", ".join(column.synonyms)
    needed = "needed" if column.required else ""
    return f"| `{column.name}` | {kind} | {headings} | {needed} | {column.description} |"


if __name__ == "__main__":
    print(page(), end="")
