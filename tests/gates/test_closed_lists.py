"""A closed list that a contract declares is the one its suite holds the returns to."""

import json

import pytest

from peerpack.catalogue.load import datasets
from peerpack.gates import suite_path

LISTED = [(name, c) for name, d in datasets().items() for c in d.columns if c.allowed]


@pytest.mark.parametrize(("name", "column"), LISTED, ids=lambda each: getattr(each, "name", each))
def test_the_suite_allows_the_values_of_the_contract_and_no_other(name, column):
    suite = json.loads(suite_path(name).read_text(encoding="utf-8"))["expectations"]
    held_to = [
        entry["kwargs"]["value_set"]
        for entry in suite
        if entry["type"] == "expect_column_values_to_be_in_set"
        and entry["kwargs"]["column"] == column.name
        and "row_condition" not in entry["kwargs"]
    ]
    assert [sorted(each) for each in held_to] == [sorted(column.allowed)]
