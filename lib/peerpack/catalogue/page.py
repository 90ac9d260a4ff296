"""`python -m peerpack.catalogue.page` prints docs/reference/datasets.md from the contracts.

With the word `indicators` it prints docs/reference/indicators.md from the catalogue.
"""

import sys
from collections.abc import Iterator

from peerpack.catalogue.load import datasets, indicators
from peerpack.catalogue.models import Column, Dataset, Indicator
from peerpack.vocab import THEMES

HEAD = """# Datasets

Every kind of return the workbook knows. A file is taken for a dataset when one of its rows has
a heading for each column marked "needed". Any of the headings listed will do; case and spaces
do not matter, and YYYY stands for any year.

This page is printed by `python -m peerpack.catalogue.page` from `data/reference/datasets/`.
"""


INDICATORS_HEAD = """# Indicators

Every figure the workbook defines: what is divided by what, against whom it may be set, and what
misleads. Computed are {computed} of {all}; of each other it is said why not yet. A source that ends
"(definition to be checked)" rests on general knowledge.

`evidence` and `receipts` are tables of the pack itself. This page is printed by
`python -m peerpack.catalogue.page indicators` from `data/reference/indicators.yml`.
"""
POLARITIES = {"higher": "higher is better", "lower": "lower is better", "context": "context"}


def indicators_page() -> str:
    """The reference page of indicators, in Markdown."""
    known = indicators().values()
    computed = sum(bool(each.computed_from) for each in known)
    head = INDICATORS_HEAD.format(computed=computed, all=len(known))
    return "\n".join([head, _table_of(list(known)), *(line for i in known for line in _defined(i))])


def _table_of(known: list[Indicator]) -> str:
    """All indicators at a glance: one line each."""
    lines = [
        f"| [{each.id}](#{each.id.lower()}) | {each.title} | {each.unit} | {each.theme} | "
        f"{', '.join(f'`{name}`' for name in each.computed_from) or 'not yet'} |"
        for each in known
    ]
    head = "| indicator | what | unit | theme | computed from |\n|---|---|---|---|---|"
    return "\n".join([head, *lines, ""])


def _defined(indicator: Indicator) -> Iterator[str]:
    """One indicator in full."""
    yield f"## {indicator.id}\n\n**{indicator.title}.** {indicator.formula}\n"
    said = {
        "Numerator": indicator.numerator,
        "Denominator": indicator.denominator,
        "Shown": _shown(indicator),
        "Theme": f"{indicator.theme} {THEMES[indicator.theme]}",
        "Local Outcomes Framework": indicator.lof,
        "Source": indicator.source,
        "Guidance followed": indicator.reviewed,
        "Comparator": indicator.comparator_rule,
        "Target": indicator.target_rule,
        "What misleads": indicator.pitfalls,
        "Computed from": ", ".join(f"`{name}`" for name in indicator.computed_from),
        "Not yet, because": indicator.not_yet,
    }
    yield from (f"- {name}: {text}" for name, text in said.items() if text)
    if indicator.measures:
        yield "- Figures of its own:"
    yield from _figures(indicator)
    yield ""


def _shown(indicator: Indicator) -> str:
    places = f"{indicator.decimals} decimal{'' if indicator.decimals == 1 else 's'}"
    return f"in {indicator.unit}, {places}; {POLARITIES[indicator.polarity]}"


def _figures(indicator: Indicator) -> Iterator[str]:
    """The figures of an indicator of several, by name."""
    for name, figure in indicator.measures.items():
        yield f"  - `{name}`: {figure.title}, {figure.unit}, {POLARITIES[figure.polarity]}"


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
    print(indicators_page() if sys.argv[1:] == ["indicators"] else page(), end="")
