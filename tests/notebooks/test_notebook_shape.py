"""Reading a notebook: its metadata, its parameters, and what may be given for them."""

import pytest

from peerpack.errors import NotFound, UsageError
from peerpack.notebooks.shape import meta, parameters, read, validate

NAME = "01-a-b.ipynb"


def test_a_file_that_is_not_there_is_not_found(tmp_path):
    with pytest.raises(NotFound, match=r"Notebook 01-a-b.ipynb: there is no such file"):
        read(tmp_path / NAME)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"nbformat": 3, "worksheets": []}', "PK\x03"])
def test_a_file_that_is_not_a_notebook_is_refused(tmp_path, text):
    (tmp_path / NAME).write_text(text)
    with pytest.raises(UsageError, match=r"01-a-b.ipynb is not a notebook"):
        read(tmp_path / NAME)


def test_a_parameter_has_the_type_of_its_default_and_its_comment(drawn):
    found = parameters(drawn())
    assert [(p.name, p.type, p.comment) for p in found.values()] == [
        ("council", str, "short name of a council"),
        ("quarter", str, "financial quarter"),
        ("months", int, "whole months"),
        ("share", float, "0 to 1"),
        ("revised", bool, "True or False"),
    ]


def test_a_hash_inside_a_text_is_not_a_comment(drawn):
    (only,) = parameters(drawn(parameters='colour = "#ff0000"  # hex')).values()
    assert (only.default, only.comment) == ("#ff0000", "hex")


@pytest.mark.parametrize(
    "line", ["n = 2 * 3", "n = [1]", "n: int = 1", "a = b = 1", "print(1)", "n = None or 1"]
)
def test_a_parameter_that_is_not_a_plain_literal_is_refused(drawn, line):
    with pytest.raises(UsageError, match=r"line 2 of `parameters` is not `name = value`"):
        parameters(drawn(parameters=f"a = 1\n{line}"))


def test_a_parameter_set_twice_is_refused(drawn):
    with pytest.raises(UsageError, match="set twice"):
        parameters(drawn(parameters="a = 1\na = 2"))


def test_a_misspelt_parameter_is_refused_by_name(drawn):
    with pytest.raises(UsageError, match=r"01-a-b.ipynb has no parameter 'quater'. It has: coun"):
        validate({"quater": "2024-25-Q1"}, drawn(), NAME)


@pytest.mark.parametrize(
    ("given", "typed"),
    [
        ({"months": "3"}, {"months": 3}),
        ({"months": 3}, {"months": 3}),
        ({"months": "-3"}, {"months": -3}),
        ({"share": "0.25"}, {"share": 0.25}),
        ({"share": 1}, {"share": 1.0}),
        ({"revised": "true"}, {"revised": True}),
        ({"revised": "false"}, {"revised": False}),
        ({"quarter": "2024-25-Q2"}, {"quarter": "2024-25-Q2"}),
        ({}, {}),
    ],
)
def test_a_text_from_a_command_line_becomes_what_the_parameter_is(drawn, given, typed):
    checked = validate(given, drawn(), NAME)
    assert checked == typed
    assert [type(v) for v in checked.values()] == [type(v) for v in typed.values()]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("months", "abc", "a whole number, such as 12; found 'abc'"),
        ("months", "3.5", "a whole number"),
        ("months", 3.5, "a whole number"),
        ("months", True, "a whole number"),
        ("months", None, "a whole number"),
        ("share", "half", "a number, such as 0.5; found 'half'"),
        ("share", "nan", "a number"),
        ("share", float("inf"), "a number"),
        ("revised", "True", "true or false"),
        ("revised", "1", "true or false"),
        ("revised", 1, "true or false"),
        ("council", 7, "a text"),
        ("council", "../secret", "is not a council's short name"),
        ("quarter", "2024-26-Q1", "Write the financial year"),
    ],
)
def test_a_value_of_another_type_is_refused_by_notebook_and_parameter(drawn, name, value, expected):
    with pytest.raises(UsageError) as refused:
        validate({name: value}, drawn(), NAME)
    assert str(refused.value).startswith(f"{NAME}, parameter {name}: ")
    assert expected in str(refused.value)


def test_a_parameter_without_a_default_takes_a_text_or_nothing(drawn):
    nb = drawn(parameters="ward = None  # a ward, or all")
    assert validate({"ward": "Kirkdale"}, nb) == {"ward": "Kirkdale"}
    assert validate({"ward": None}, nb) == {"ward": None}


def test_metadata_says_question_theme_datasets_and_indicators(drawn):
    said = meta(drawn())
    assert (said.theme, said.datasets) == ("T4", ("budget_monitoring",))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"theme": "T6"}, "metadata peerpack.theme"),
        ({"question": ""}, "metadata peerpack.question"),
        ({"datsets": []}, "metadata peerpack.datsets"),
    ],
)
def test_metadata_that_cannot_be_meant_is_refused(drawn, change, message):
    nb = drawn()
    nb.metadata["peerpack"].update(change)
    with pytest.raises(UsageError, match=message):
        meta(nb)
