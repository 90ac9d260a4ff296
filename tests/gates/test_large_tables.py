"""A large table is judged column by column, and no verdict can tell."""

# ruff: noqa: E501 (a drawn table is read along its rows)

import json
import logging

import numpy as np
import pandas as pd
import pytest
from both_engines import in_columns, judged, said
from drawn_frames import FIRST_ROW, drawn, with_rows
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from test_poisoned_rows import POISON, SUITES, poison_of, poisoned

from peerpack import gates
from peerpack.gates import large, load
from peerpack.gates.table import FrameTable

NAMES = [path.stem for path in SUITES]


def entry(number, type_, **kwargs):
    meta = {"id": f"c{number}", "why": f"Reason {number}.", "source": "Calendar"}
    return {"type": f"expect_{type_}", "kwargs": kwargs, "severity": "critical", "meta": meta}


def suite_in(folder, *entries):
    path = folder / "drawn.json"
    path.write_text(json.dumps({"name": "drawn", "expectations": entries, "meta": {}}), "utf-8")
    return path


# The suites that ship


@pytest.mark.parametrize("path", SUITES, ids=NAMES)
def test_no_check_of_a_shipped_suite_is_left_to_great_expectations(path):
    suite = load.read(path)
    found = large.findings(suite.entries, FrameTable(drawn(path.stem)))
    assert sorted(found) == sorted(each.meta.id for each in suite.entries)


@pytest.mark.parametrize("dataset", NAMES)
def test_a_file_is_judged_like_its_frame(dataset, tmp_path):
    """With a poisoned row of the dataset, if one is drawn, five times over so that texts are coded."""
    cells = poison_of(dataset, next(iter(POISON.get(dataset, {})), ""))
    one = poisoned(dataset, cells) if isinstance(cells, dict) else drawn(dataset)
    frame = with_rows(pd.concat([one] * 5, ignore_index=True))
    path = tmp_path / "table.parquet"
    frame.reset_index(drop=True).to_parquet(path)
    suite = gates.suite_path(dataset)
    verdict = in_columns(gates.judge_file, path, dataset, suite)
    assert verdict.outcome != "pass"
    assert verdict == in_columns(gates.judge, frame, dataset, suite)


# Drawn frames, drawn checks

TEXTS = st.sampled_from(
    ["", "a", "A1", "a\nb", "é", "e\u0301", "٣", "NA", "nan", "None", " a", "🙂"]
)
MONEY = st.sampled_from([0.1, 0.2, 0.3, -0.0, 0.0, 1e16, 1.0, -1.0, 5e-324, float("inf")])
DAYS = st.sampled_from(
    [pd.Timestamp(day) for day in ("2024-04-01", "2024-04-01T12:00:00", "1677-09-22", "2262-04-11")]
    + [pd.Timestamp("4712-12-31"), pd.Timestamp("0001-01-01")]
)
REGEXES = [
    r"^[A-Z]\d$",
    "(?i)A",
    "(?=a)a",
    r"^\d+$",
    "^$",
    "a.b",
    r"(a)|(\w)",
    "^a$",
    r"\bé",
    "[^a]",
]
TEXT, NUMBER, DAY = ("text", "other"), ("number", "second", "whole"), ("day", "later")
BOUNDS = {NUMBER: [-1, 0, 0.3, 0.6000000000000001, 1, 1e16],
          DAY: ["0001-01-01T00:00:00", "2024-04-01T00:00:00", "4712-12-31T00:00:00"]}  # fmt: skip


@st.composite
def frames(draw):
    rows_n = draw(st.integers(1, 7))

    def column(values, dtype):
        cells = draw(st.lists(st.none() | values, min_size=rows_n, max_size=rows_n))
        return pd.Series(cells, dtype=dtype)

    whole = draw(st.lists(st.integers(-2, 2), min_size=rows_n, max_size=rows_n))
    return with_rows(pd.DataFrame({
        "text": column(TEXTS, "str"), "other": column(TEXTS, "str"),
        "number": column(MONEY, "float64"), "second": column(MONEY, "float64"),
        "whole": pd.Series(whole, dtype="int64"),
        "day": column(DAYS, "datetime64[us]"), "later": column(DAYS, "datetime64[us]"),
        "mixed": pd.Series(draw(st.lists(st.sampled_from([None, 1, "1", 1.0, "a", float("nan")]),
                                         min_size=rows_n, max_size=rows_n)), dtype="object"),
    }))  # fmt: skip


MOSTLY = st.fixed_dictionaries({}, optional={"mostly": st.sampled_from([0, 1 / 3, 0.5, 0.9, 1])})
ANY = st.sampled_from([*TEXT, *NUMBER, *DAY])
SETS = {"text": st.lists(TEXTS, min_size=1, max_size=4), "number": st.just([0, 0.1, 1]),
        "whole": st.just([1.0, 2, 7])}  # fmt: skip


@st.composite
def conditions(draw):
    def part():
        named = {"column": {"name": draw(ANY)}}
        if draw(st.booleans()):
            return {"type": "nullity", **named, "is_null": draw(st.booleans())}
        kind, how, wanted = draw(st.sampled_from([
            ("text", "==", "a"), ("text", "!=", "a"), ("text", "IN", ["a", "é"]),
            ("text", "NOT_IN", ["a", ""]), ("number", ">", 0), ("number", "<=", 0.3),
            ("whole", "!=", 1), ("number", "NOT_IN", [0, 1]), ("number", "==", 0.1),
            ("whole", "IN", [1, 2]),
        ]))  # fmt: skip
        return {"type": "comparison", "column": {"name": kind}, "operator": how,
                "parameter": wanted}  # fmt: skip

    parts = [part() for _ in range(draw(st.integers(1, 2)))]
    return parts[0] if len(parts) == 1 else {"type": "and", "conditions": parts}


@st.composite
def ranges(draw, columns):
    low, high = sorted(draw(st.tuples(*[st.integers(0, len(BOUNDS[columns]) - 1)] * 2)))
    said = {"min_value": BOUNDS[columns][low], "max_value": BOUNDS[columns][high]}
    if draw(st.booleans()):
        said.pop(draw(st.sampled_from(sorted(said))))
    strict = st.fixed_dictionaries({}, optional={"strict_min": st.booleans(),
                                                 "strict_max": st.booleans()})  # fmt: skip
    return said | draw(strict)


def pick(columns):
    return st.sampled_from(columns).map(lambda name: {"column": name})


@st.composite
def of_rows(draw):
    columns = draw(st.sampled_from([NUMBER, DAY]))
    kind = draw(st.sampled_from(["text", "number", "whole"]))
    listed = {"column": kind, "value_set": draw(SETS[kind])}
    regex = draw(pick(TEXT)) | {"regex": draw(st.sampled_from(REGEXES))}
    a, b = draw(st.sampled_from([TEXT, NUMBER[:2], DAY, NUMBER[1:]]))
    left_out = draw(st.sampled_from(["both_values_are_missing", "either_value_is_missing",
                                     "neither"]))  # fmt: skip
    lists = st.fixed_dictionaries({}, optional={"ignore_row_if": st.sampled_from(
        ["all_values_are_missing", "any_value_is_missing", "never"])})  # fmt: skip
    name, kwargs = draw(st.sampled_from([
        ("values_to_not_be_null", draw(ANY.map(lambda name: {"column": name}))),
        ("values_to_be_null", draw(pick(["mixed", "day", "text"]))),
        ("values_to_be_between", draw(pick(columns)) | draw(ranges(columns))),
        ("values_to_be_in_set", listed), ("values_to_not_be_in_set", listed),
        ("values_to_match_regex", regex), ("values_to_not_match_regex", regex),
        ("values_to_be_unique", {"column": draw(ANY)}),
        ("value_lengths_to_be_between", {"column": "text", "min_value": 1}),
        ("pair_values_a_to_be_greater_than_b", {"column_A": a, "column_B": b,
         "or_equal": draw(st.booleans()), "ignore_row_if": left_out}),
        ("compound", draw(lists) | {"column_list": draw(st.sampled_from(
            [["text", "number"], ["day", "whole", "other"], ["number", "second"]]))}),
        ("within", draw(lists) | {"column_list": draw(st.sampled_from(
            [["text", "other"], ["number", "second"], ["day", "later"]]))}),
    ]))  # fmt: skip
    whole = {"compound": "compound_columns_to_be_unique",
             "within": "select_column_values_to_be_unique_within_record"}  # fmt: skip
    return whole.get(name, f"column_{name}"), kwargs | draw(MOSTLY)


@st.composite
def of_totals(draw):
    counted = {"min_value": draw(st.integers(0, 3)), "max_value": draw(st.integers(3, 8))}
    return draw(st.sampled_from([
        *((f"column_{total}_to_be_between", draw(pick(NUMBER)) | draw(ranges(NUMBER)))
          for total in ("sum", "mean", "max", "min")),
        ("column_unique_value_count_to_be_between", {"column": draw(ANY), **counted}),
        ("column_distinct_values_to_contain_set",
         {"column": "text", "value_set": draw(SETS["text"])}),
        ("table_row_count_to_be_between", counted),
    ]))  # fmt: skip


@st.composite
def suites(draw):
    checks = draw(st.lists(of_rows() | of_rows() | of_totals(), min_size=4, max_size=9))
    maybe = st.none() | conditions()
    found = []
    for number, (type_, kwargs) in enumerate(checks):
        condition = draw(maybe) if type_ != "table_row_count_to_be_between" else None
        more = {"row_condition": condition} if condition else {}
        found.append(entry(number, type_, **kwargs, **more))
    return found


@given(frames(), suites())
@settings(
    max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
def test_no_drawn_frame_or_check_tells_the_engines_apart(tmp_path, frame, entries):
    judged(frame, "drawn", suite_in(tmp_path, *entries))


def part(column, operator, parameter):
    return {"type": "comparison", "column": {"name": column}, "operator": operator,
            "parameter": parameter}  # fmt: skip


DRAWN = with_rows(pd.DataFrame({
    "text": pd.Series(["a", "a", "", None, "é"], dtype="str"),
    "number": [0.0, 1.0, 1.0, None, -0.0], "whole": [1, 2, 2, 3, 1],
}))  # fmt: skip
BETWEEN, SUM = "column_values_to_be_between", "column_sum_to_be_between"
PAIR = "column_pair_values_a_to_be_greater_than_b"
TOGETHER = "compound_columns_to_be_unique"
WITHIN = "select_column_values_to_be_unique_within_record"
ROWS = [
    ("column_values_to_not_be_null", {"column": "number", "row_condition": condition}, failing)
    for condition, failing in (
        (part("text", "IN", ["a", "é"]), []), (part("text", "NOT_IN", ["a", "é"]), [3]),
        (part("text", "!=", "a"), [3]), (part("whole", ">", 3), []), (part("whole", ">=", 3), [3]),
        (part("whole", "<", 3), []), (part("whole", "<=", 3), [3]), (part("number", "!=", 1), [3]),
        (part("number", "==", 1), []),
        ({"type": "nullity", "column": {"name": "text"}, "is_null": True}, [3]),
        ({"type": "nullity", "column": {"name": "text"}, "is_null": False}, []),
        ({"type": "and", "conditions": [part("whole", ">", 2), part("text", "==", "a")]}, []),
    )
] + [
    (BETWEEN, {"column": "number", "min_value": 0, "strict_min": True}, [0, 4]),
    (BETWEEN, {"column": "number", "max_value": 1, "strict_max": True}, [1, 2]),
    (BETWEEN, {"column": "number", "min_value": 0, "max_value": 0, "mostly": 0.5}, [1, 2]),
    (SUM, {"column": "number", "min_value": 2, "strict_min": True}, None),
    ("column_values_to_be_unique", {"column": "text"}, [0, 1]),
    (TOGETHER, {"column_list": ["text", "number"]}, []),
    (TOGETHER, {"column_list": ["number", "whole"], "ignore_row_if": "any_value_is_missing"},
     [0, 1, 2, 4]),
    (WITHIN, {"column_list": ["number", "whole"]}, None),
    (PAIR, {"column_A": "number", "column_B": "number"}, [0, 1, 2, 4]),
    (PAIR, {"column_A": "number", "column_B": "number", "ignore_row_if": "neither",
            "or_equal": True}, [3]),
]  # fmt: skip


def test_each_way_of_asking_finds_the_same_rows(tmp_path):
    asked = [entry(n, type_, **kwargs) for n, (type_, kwargs, _) in enumerate(ROWS)]
    checks = judged(DRAWN, "drawn", suite_in(tmp_path, *asked)).checks
    found = [[row - FIRST_ROW for row in check.failing_rows] for check in checks]
    expected = [failing for _, _, failing in ROWS]
    assert [f for f, e in zip(found, expected, strict=True) if e is not None] == [
        each for each in expected if each is not None
    ]
    assert [check.passed for check, e in zip(checks, expected, strict=True) if e is None] == [
        False, True,
    ]  # fmt: skip


# What is not known to be judged alike


POSTS = with_rows(pd.DataFrame({
    "fte": [1.0, 9.0, None], "team": pd.Series(["a", "b", None], dtype="str"),
    "ref": pd.Series([1, "1", "a"], dtype="object"),
    "since": pd.to_datetime(["2024-04-01", None, "4712-12-31"]).astype("datetime64[us]"),
}))  # fmt: skip
CONDITION = {"type": "comparison", "column": {"name": "team"}, "operator": "=="}
BLANK = {"type": "nullity", "column": {"name": "leaver"}, "is_null": True}
LEFT = {
    "another kind of check": ("column_value_lengths_to_be_between", {"column": "team", "max_value": 0}),
    "text against numbers": ("column_values_to_be_between", {"column": "team", "min_value": 0}),
    "mixed cells": ("column_values_to_be_between", {"column": "ref", "min_value": 0}),
    "mixed cells in a set": ("column_values_to_be_in_set", {"column": "ref", "value_set": [1, "a"]}),
    "mixed cells, repeated": ("column_values_to_be_unique", {"column": "ref"}),
    "a set of several kinds": ("column_values_to_be_in_set", {"column": "team", "value_set": ["a", None]}),
    "a day without its time": ("column_values_to_be_between", {"column": "since", "min_value": "2024-04-01"}),
    "crossed bounds": ("column_values_to_be_between", {"column": "fte", "min_value": 2, "max_value": 1}),
    "a bound written as text": ("column_values_to_be_between", {"column": "fte", "max_value": "5"}),
    "no bounds": ("column_values_to_be_between", {"column": "fte"}),
    "true as a bound": ("column_values_to_be_between", {"column": "fte", "min_value": True}),
    "half a count": ("column_unique_value_count_to_be_between", {"column": "fte", "min_value": 2.5}),
    "more than all of them": ("column_values_to_not_be_null", {"column": "fte", "mostly": 1.5}),
    "no pattern": ("column_values_to_match_regex", {"column": "team", "regex": "("}),
    "a pattern for numbers": ("column_values_to_match_regex", {"column": "fte", "regex": "^9"}),
    "a misspelt key": ("column_values_to_not_be_null", {"column": "fte", "mosty": 1}),
    "one column alone": ("compound_columns_to_be_unique", {"column_list": ["fte"]}),
    "days within a record": ("select_column_values_to_be_unique_within_record",
                             {"column_list": ["since", "since"]}),
    "an unknown way to leave rows out": ("column_pair_values_a_to_be_greater_than_b",
        {"column_A": "fte", "column_B": "fte", "ignore_row_if": "any_value_is_missing"}),
    "a pair of two kinds": ("column_pair_values_a_to_be_greater_than_b",
                            {"column_A": "fte", "column_B": "team"}),
    "a condition in words": ("column_values_to_not_be_null", {"column": "fte",
        "row_condition": "fte > 1", "condition_parser": "pandas"}),
    "a condition that reads as code": ("column_values_to_not_be_null", {"column": "fte",
        "row_condition": CONDITION | {"parameter": "@fte`'"}}),
    "a condition on another kind": ("column_values_to_not_be_null", {"column": "fte",
        "row_condition": CONDITION | {"parameter": 1, "operator": ">"}}),
    "a condition on no column": ("column_values_to_not_be_null",
                                 {"column": "fte", "row_condition": BLANK}),
}  # fmt: skip


@pytest.mark.parametrize(("type_", "kwargs"), LEFT.values(), ids=LEFT)
def test_what_is_not_known_is_left_to_great_expectations(type_, kwargs, tmp_path):
    path = suite_in(tmp_path, entry(1, type_, **kwargs))
    assert large.findings(load.read(path).entries, FrameTable(POSTS)) == {}
    judged(POSTS, "posts", path)


def test_what_was_left_is_told_and_stands_in_no_verdict(tmp_path, caplog):
    caplog.set_level(logging.INFO, "peerpack.gates")
    path = suite_in(
        tmp_path,
        entry(1, "column_values_to_not_be_null", column="fte"),
        entry(2, "column_value_lengths_to_be_between", column="team", max_value=0),
    )
    checks = judged(POSTS, "posts", path).checks
    assert [check.failing_rows for check in checks] == [
        (FIRST_ROW + 2,), (FIRST_ROW, FIRST_ROW + 1),
    ]  # fmt: skip
    assert caplog.messages == ["posts: 1 of 2 checks in columns; by Great Expectations: c2"]


# What cannot be judged at any size


def test_a_file_without_rows_or_source_rows_or_that_is_no_parquet_cannot_be_judged(tmp_path):
    suite = suite_in(tmp_path, entry(1, "column_values_to_not_be_null", column="fte"))
    plain = POSTS.drop(columns="ref").reset_index(drop=True)
    refused = {
        "found 0 in 4 columns": plain.head(0),
        "found no such column": plain.drop(columns="source_row"),
        "found a row twice": pd.concat([plain, plain]),
        "needs the column fte; found team": plain.drop(columns="fte"),
    }
    path = tmp_path / "table.parquet"
    for words, frame in refused.items():
        frame.to_parquet(path)
        assert words in in_columns(gates.judge_file, path, "posts", suite)
        assert words in said(gates.judge_file, path, "posts", suite)
    path.write_text("fte,team", encoding="utf-8")
    assert "posts: expected a Parquet file at table.parquet" in said(
        gates.judge_file, path, "posts", suite
    )


def test_a_total_at_its_very_bound_is_judged_like_the_sum_that_pandas_makes(tmp_path):
    pounds = pd.Series([0.1, 0.2, 0.3] * 1_000)
    frame = with_rows(pd.DataFrame({"paid_gbp": pounds}))
    total = float(pounds.sum())
    assert total != sum(pounds.tolist()), "the order of adding moves the sum"
    for most, passed in ((total, True), (np.nextafter(total, 0), False)):
        path = suite_in(tmp_path, entry(1, "column_sum_to_be_between", column="paid_gbp",
                                        min_value=0, max_value=float(most)))  # fmt: skip
        assert judged(frame, "paid", path).checks[0].passed is passed
