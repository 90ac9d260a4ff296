"""Look at a suite for checks that a missing value would slip through."""

import re
from pathlib import Path

from peerpack.gates.load import Entry, read

NOT_NULL = "expect_column_values_to_not_be_null"
# Great Expectations leaves missing values out of these, so a column without any passes them.
IGNORES_NULLS = re.compile(r"expect_column_.*(between|in_set|regex|be_unique|length|like|strftime)")


def lint(suite_path: Path) -> list[str]:
    """One sentence for each check whose column may be empty without anybody noticing."""
    suite = read(suite_path)
    never_null = {_column(e) for e in suite.entries if e.type == NOT_NULL and _of_every_row(e)}
    return [
        f"{suite.where}: {entry.meta.id} checks {_column(entry)} and ignores missing values. "
        f'Add {NOT_NULL} for the column, or say "nullable": true in its meta.'
        for entry in suite.entries
        if IGNORES_NULLS.match(entry.type)
        and _column(entry) not in never_null
        and not entry.meta.nullable
    ]


def _column(entry: Entry) -> str | None:
    return entry.kwargs.get("column")


def _of_every_row(entry: Entry) -> bool:
    return "row_condition" not in entry.kwargs and "mostly" not in entry.kwargs
