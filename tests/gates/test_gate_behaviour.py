"""What the gate refuses to judge, what it fails, and what it never does."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from drawn_frames import FIRST_ROW, drawn, with_rows

from peerpack import gates
from peerpack.errors import GateCannotJudge
from peerpack.gates import engine

ROOT = Path(__file__).parents[2]
A, B, C = FIRST_ROW, FIRST_ROW + 1, FIRST_ROW + 2


class NoSocket(socket.socket):
    def __init__(self, *_, **__):
        raise AssertionError("the gate opened a socket")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    monkeypatch.setattr(socket, "socket", NoSocket)
    monkeypatch.setattr(socket, "getaddrinfo", NoSocket)


@pytest.fixture
def suite(tmp_path):
    """A suite file with these entries; keys of `file` replace those of the file."""

    def write(*entries, **file):
        path = tmp_path / "posts.json"
        fields = {"name": "posts", "expectations": list(entries), "meta": {}} | file
        path.write_text(json.dumps(fields), encoding="utf-8")
        return path

    return write


def entry(check="fte-given", type_="expect_column_values_to_not_be_null", severity="critical",
          **kwargs):  # fmt: skip
    return {
        "type": type_,
        "kwargs": kwargs or {"column": "fte"},
        "severity": severity,
        "meta": {"id": check, "why": f"Reason of {check}.", "source": "Calendar"},
    }


def in_range(severity="critical", column="fte", check="fte-in-range"):
    return entry(check, "expect_column_values_to_be_between", severity, column=column,
                 min_value=0, max_value=1)  # fmt: skip


def without(fields, *path):
    *above, last = path
    found = fields
    for key in above:
        found = found[key]
    del found[last]
    return fields


def posts(**columns):
    return with_rows(pd.DataFrame({"fte": [1.0, 0.5, 0.0], "team": ["a", "b", None]} | columns))


# An empty table, and frames that cannot be read


@pytest.mark.parametrize("frame", [posts().head(0), posts()[[]]])
def test_an_empty_table_cannot_be_judged_because_it_would_pass_everything(frame, suite):
    with pytest.raises(GateCannotJudge, match=r"posts: expected rows to judge, found \d in"):
        gates.judge(frame, "posts", suite(entry()))


def test_a_range_index_left_by_a_merge_is_not_mistaken_for_source_rows(suite):
    with pytest.raises(GateCannotJudge, match=r"expected source_row .* found the index None"):
        gates.judge(posts().reset_index(drop=True), "posts", suite(entry()))


def test_a_source_row_that_repeats_cannot_name_a_failing_row(suite):
    twice = pd.concat([posts(), posts()])
    with pytest.raises(GateCannotJudge, match="each row once"):
        gates.judge(twice, "posts", suite(entry()))


def test_a_missing_column_is_neither_passed_nor_failed(suite):
    expected = "posts: check fte-in-range of .*posts.json needs the column fte; found team, source"
    with pytest.raises(GateCannotJudge, match=expected):
        gates.judge(posts().drop(columns="fte"), "posts", suite(in_range("warning")))


def test_a_missing_column_of_a_pair_or_a_key_is_named(suite):
    key = entry("key", "expect_compound_columns_to_be_unique", column_list=["fte", "post"])
    with pytest.raises(GateCannotJudge, match=r"key of .* needs the column post"):
        gates.judge(posts(), "posts", suite(key))


def test_a_missing_column_of_a_condition_cannot_be_judged(suite):
    blank = {"type": "nullity", "column": {"name": "leaver"}, "is_null": True}
    with pytest.raises(GateCannotJudge, match=r"check fte-given .* broke with"):
        gates.judge(posts(), "posts", suite(entry(column="fte", row_condition=blank)))


# Checks that break: both shapes of Great Expectations' exception_info


def test_a_metric_that_breaks_cannot_be_judged(suite):
    expected = r"posts: check team-in-range .* found team \(str\) and broke with \w+Error. Mend"
    with pytest.raises(GateCannotJudge, match=expected):
        gates.judge(posts(), "posts", suite(in_range(column="team", check="team-in-range")))


def test_a_check_that_breaks_after_its_metrics_cannot_be_judged(suite):
    total = entry("total", "expect_column_sum_to_be_between", column="team", min_value=1)
    with pytest.raises(GateCannotJudge, match=r"check total .* broke with TypeError"):
        gates.judge(posts(team=["a", "b", "c"]), "posts", suite(total))


def test_a_check_that_breaks_says_no_cell_and_hides_no_other_failure_as_a_verdict(suite):
    total = entry("total", "expect_column_mean_to_be_between", column="team", min_value=1)
    with pytest.raises(GateCannotJudge) as refused:
        gates.judge(posts(team=["Smith", "Jones", "x"]), "posts", suite(in_range(), total))
    assert "Smith" not in str(refused.value)
    assert refused.value.__cause__ is None


# Suites that are not understood whole


def test_a_suite_that_is_not_there_cannot_judge(tmp_path):
    with pytest.raises(GateCannotJudge, match=r"posts.json: .* found: no such file. Mend or add"):
        gates.judge(posts(), "posts", tmp_path / "posts.json")


def test_a_suite_that_is_not_json_cannot_judge(tmp_path):
    (tmp_path / "posts.json").write_text("{'name': ", encoding="utf-8")
    with pytest.raises(GateCannotJudge, match=r"posts.json: expected a suite, JSON .* found: Expe"):
        gates.judge(posts(), "posts", tmp_path / "posts.json")


def test_a_key_twice_in_one_object_is_refused_and_not_overwritten(tmp_path):
    (tmp_path / "posts.json").write_text('{"name": "a", "name": "b"}', encoding="utf-8")
    with pytest.raises(GateCannotJudge, match="the key 'name' twice in one object"):
        gates.judge(posts(), "posts", tmp_path / "posts.json")


def test_a_suite_without_expectations_cannot_judge(suite):
    with pytest.raises(GateCannotJudge, match="expectations: List should have at least 1 item"):
        gates.judge(posts(), "posts", suite())


def test_an_unknown_key_of_the_file_is_refused(suite):
    with pytest.raises(GateCannotJudge, match="expectation_suite_name: Extra inputs"):
        gates.judge(posts(), "posts", suite(entry(), expectation_suite_name="posts"))


REFUSED = {
    "an entry that is no object": (
        "expect_column_to_exist", r"expectation 2 \(without an id\): the whole entry: ",
    ),
    "an unknown expectation type": (
        entry("x", "expect_column_values_to_be_nice"),
        "posts.json, x: .*expect_column_values_to_be_nice not found. Mend",
    ),
    "a severity that does not exist": (
        entry("x", severity="fatal"),
        r"expectation 2 \(x\): severity: .* 'critical' or 'warning'; found 'fatal'",
    ),
    "the severity info, after which nothing would follow": (
        entry("x", severity="info"), "severity: .* 'critical' or 'warning'; found 'info'",
    ),
    "no severity": (without(entry("x"), "severity"), "severity: Field required; found nothing"),
    "a misspelt key": (
        without(entry("x"), "kwargs") | {"kwarg": {"column": "fte"}}, r"2 \(x\): kwargs: Field re",
    ),
    "a key too many": (entry("x") | {"note": "y"}, "note: Extra inputs are not permitted"),
    "a kwarg that Great Expectations does not know": (
        entry("x", column="fte", at_most=1), "posts.json, x: .* at_most extra fields not permit",
    ),
    "a range without ends": (
        entry("x", "expect_column_values_to_be_between", column="fte"),
        "x: .* min_value and max_value cannot both be None",
    ),
    "a kwarg that hides the failing rows": (
        entry("x", column="fte", result_format="BOOLEAN_ONLY"), "result_format is the gate's to",
    ),
    "no id": (without(entry(), "meta", "id"), r"2 \(without an id\): meta.id: Field required"),
    "no reason": (without(entry("x"), "meta", "why"), r"2 \(x\): meta.why: Field required"),
    "a blank reason": (
        entry("x") | {"meta": {"id": "x", "why": " ", "source": "y"}}, "meta.why: String should",
    ),
    "no source": (without(entry("x"), "meta", "source"), r"2 \(x\): meta.source: Field required"),
    "no meta": (without(entry("x"), "meta"), r"2 \(without an id\): meta: Field required"),
    "an id that is taken": (entry("fte-in-range"), "meta.id 'fte-in-range' stands in more than"),
    "a reason that is copied": (
        entry("x") | {"meta": {"id": "x", "why": "Reason of fte-in-range.", "source": "y"}},
        "meta.why 'Reason of fte-in-range.' stands in more than one",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("fault", "message"), REFUSED.values(), ids=REFUSED)
def test_a_suite_with_a_faulty_entry_judges_nothing_and_names_it(fault, message, suite):
    with pytest.raises(GateCannotJudge, match=message):
        gates.judge(posts(), "posts", suite(in_range(), fault))


def test_what_was_understood_is_counted_against_what_was_declared(suite, monkeypatch):
    gx = engine.great_expectations()
    whole = gx.ExpectationSuite
    monkeypatch.setattr(gx, "ExpectationSuite", lambda name, entries: whole(name, entries[1:]))
    with pytest.raises(GateCannotJudge, match="2 expectations declared, 1 understood"):
        gates.judge(posts(), "posts", suite(entry(), in_range()))


def test_what_was_judged_is_counted_against_what_was_declared(suite, monkeypatch):
    real = engine._batch

    class Forgetful:
        def __init__(self, batch):
            self.batch = batch

        def validate(self, understood, **kwargs):
            found = self.batch.validate(understood, **kwargs)
            found.results.pop()
            return found

    monkeypatch.setattr(engine, "_batch", lambda *given: Forgetful(real(*given)))
    with pytest.raises(GateCannotJudge, match="2 expectations declared, 1 judged"):
        gates.judge(posts(), "posts", suite(entry(), in_range()))


# Verdicts


def test_a_failing_warning_warns_and_a_failing_stop_stops_without_raising(suite):
    frame = posts(fte=[1.0, 37.0, 0.5], hours=[1.0, 1.0, 1.0])
    fine = in_range(column="hours", check="hours-in-range")
    assert gates.judge(frame, "posts", suite(fine)).outcome == "pass"
    assert gates.judge(frame, "posts", suite(fine, in_range("warning"))).outcome == "warn"
    assert gates.judge(frame, "posts", suite(in_range("critical"), fine)).outcome == "stop"
    both = gates.judge(frame, "posts", suite(in_range("warning"), in_range(check="again")))
    assert (both.outcome, [c.severity for c in both.checks]) == ("stop", ["warn", "stop"])


def test_a_range_check_ignores_missing_values_and_its_not_null_does_not(suite):
    frame = posts(fte=[1.0, np.nan, 0.5])
    ranged, given = gates.judge(frame, "posts", suite(in_range(), entry())).checks
    assert (ranged.passed, given.passed, given.failing_rows) == (True, False, (B,))


def test_checks_stand_in_the_order_declared_and_say_why(suite):
    path = suite(in_range(), entry("z"), entry("a", column="team"), entry("m"))
    checks = gates.judge(posts(), "posts", path).checks
    assert [check.id for check in checks] == ["fte-in-range", "z", "a", "m"]
    assert checks[2].why == "Reason of a."


def test_failing_rows_are_sorted_source_rows_whatever_the_order_of_the_frame(suite):
    frame = posts(fte=[7.0, 1.0, 9.0]).iloc[::-1]
    check = gates.judge(frame, "posts", suite(in_range())).checks[0]
    assert (check.failing_n, check.failing_rows) == (2, (A, C))


def test_failing_rows_stop_at_a_thousand_and_their_number_does_not(suite):
    frame = with_rows(pd.DataFrame({"fte": [9.0] * 1_500}))
    check = gates.judge(frame, "posts", suite(in_range())).checks[0]
    assert (check.failing_n, len(check.failing_rows)) == (1_500, 1_000)
    assert check.failing_rows[:2] == (A, B)


@pytest.mark.parametrize(
    "total",
    [
        entry("t", "expect_column_sum_to_be_between", column="fte", max_value=1),
        entry("t", "expect_table_row_count_to_be_between", min_value=100),
        entry("t", "expect_column_distinct_values_to_be_in_set", column="fte", value_set=[1]),
    ],
)
def test_a_check_of_the_whole_table_fails_once_and_names_no_row(total, suite):
    check = gates.judge(posts(), "posts", suite(total)).checks[0]
    assert (check.passed, check.failing_n, check.failing_rows) == (False, 1, ())


def test_a_total_within_bounds_fails_nought_times(suite):
    total = entry("t", "expect_column_sum_to_be_between", column="fte", max_value=2)
    check = gates.judge(posts(), "posts", suite(total)).checks[0]
    assert (check.passed, check.failing_n, check.failing_rows) == (True, 0, ())


def test_an_end_before_its_start_fails_and_an_open_end_does_not(suite):
    pair = entry(
        "end",
        "expect_column_pair_values_a_to_be_greater_than_b",
        column_A="end",
        column_B="start",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
    )
    start = pd.to_datetime(["2024-04-02"] * 3)
    end = pd.to_datetime(["2024-04-01", None, "2024-04-02"])
    check = gates.judge(posts(start=start, end=end), "posts", suite(pair)).checks[0]
    assert check.failing_rows == (A,)


@pytest.mark.parametrize("dtype", ["str", "string", "string[pyarrow]", "category", "object"])
def test_every_kind_of_text_column_is_judged_alike(dtype, suite):
    frame = posts(team=pd.Series(["Homecare", "Smith, J", None], dtype=dtype))
    path = suite(
        entry("given", column="team"),
        entry("known", "expect_column_values_to_be_in_set", column="team", value_set=["Homecare"]),
        entry("formed", "expect_column_values_to_match_regex", column="team", regex="^(H)[a-z]+$"),
        entry("once", "expect_column_values_to_be_unique", column="team"),
    )
    checks = gates.judge(frame, "posts", path).checks
    assert [check.failing_rows for check in checks] == [(C,), (B,), (B,), ()]


@pytest.mark.parametrize("dtype", ["Int64", "Float64", "double[pyarrow]"])
def test_nullable_numbers_are_judged_like_plain_ones(dtype, suite):
    frame = posts(fte=pd.array([1, 2, None], dtype=dtype))
    verdict = gates.judge(frame, "posts", suite(in_range(), entry()))
    assert [check.failing_rows for check in verdict.checks] == [(B,), (C,)]


def test_no_cell_value_enters_the_verdict(suite):
    frame = posts(team=["Smith, J", "Smith, J", "Homecare"], fte=[4711.0, 4711.0, 1.0])
    path = suite(
        in_range(),
        entry("once", "expect_column_values_to_be_unique", column="team"),
        entry("known", "expect_column_values_to_be_in_set", column="team", value_set=["x"]),
        entry("key", "expect_compound_columns_to_be_unique", column_list=["team", "fte"]),
    )
    verdict = gates.judge(frame, "posts", path)
    assert [check.failing_n for check in verdict.checks] == [2, 2, 3, 2]
    assert "Smith" not in verdict.model_dump_json()
    assert "4711" not in verdict.model_dump_json()


def test_the_frame_is_left_as_it_was_and_judging_twice_says_the_same(suite):
    frame, path = posts(fte=[9.0, 1.0, 1.0]), suite(in_range(), entry())
    before = frame.copy(deep=True)
    assert gates.judge(frame, "posts", path) == gates.judge(frame, "posts", path)
    pd.testing.assert_frame_equal(frame, before)


def test_a_year_of_payments_is_judged_in_seconds_though_half_of_them_fail():
    year = drawn("supplier_spend").iloc[[0] * 210_000]
    year = with_rows(year.assign(amount_gbp=[6e9, 1.0] * 105_000, supplier=[None, "A"] * 105_000))
    engine.great_expectations()
    start = time.perf_counter()
    verdict = gates.judge(year, "supplier_spend", gates.suite_path("supplier_spend"))
    assert time.perf_counter() - start < 30
    failed = {check.id: check.failing_n for check in verdict.checks if not check.passed}
    assert failed == {"supplier-given": 105_000, "amount-believable": 105_000,
                      "amount-total-believable": 1}  # fmt: skip


# Lint


def test_lint_names_a_range_without_a_not_null_unless_missing_is_lawful(suite):
    [said] = gates.lint(suite(in_range()))
    assert "fte-in-range checks fte and ignores missing values" in said
    assert gates.lint(suite(in_range(), entry())) == []
    lawful = in_range()
    lawful["meta"]["nullable"] = True
    assert gates.lint(suite(lawful)) == []


@pytest.mark.parametrize("kwargs", [{"mostly": 0.9}, {"row_condition": {"type": "nullity"}}])
def test_lint_is_not_satisfied_by_a_not_null_on_some_of_the_rows(kwargs, suite):
    assert len(gates.lint(suite(in_range(), entry(column="fte", **kwargs)))) == 1


@pytest.mark.parametrize(
    "type_",
    ["expect_column_values_to_be_in_set", "expect_column_values_to_match_regex",
     "expect_column_values_to_be_unique", "expect_column_sum_to_be_between"],
)  # fmt: skip
def test_lint_knows_every_check_that_ignores_missing_values(type_, suite):
    assert len(gates.lint(suite(entry("x", type_, column="fte")))) == 1


# What it never does


def test_a_suite_stands_under_its_dataset_in_the_checkout(monkeypatch, tmp_path):
    monkeypatch.setenv("PEERPACK_ROOT", str(tmp_path))
    assert gates.suite_path("posts") == tmp_path / "expectations" / "posts.json"


IN_A_NEW_PROCESS = """
import socket, sys
class NoSocket(socket.socket):
    def __init__(self, *_, **__): raise AssertionError("a socket")
socket.socket = socket.create_connection = socket.getaddrinfo = NoSocket
sys.path.insert(0, sys.argv[1])
from drawn_frames import drawn
from peerpack import gates
assert "great_expectations" not in sys.modules, "loaded before anything is judged"
verdict = gates.judge(drawn("hr_positions"), "hr_positions", gates.suite_path("hr_positions"))
assert "rfc3987_syntax" not in sys.modules, "left blocked for others"
assert not {"scipy.stats", "altair"} & set(sys.modules), "loaded though no check compares shapes"
print(verdict.outcome)
"""


def test_a_new_process_judges_without_a_socket_a_file_a_warning_or_a_word(tmp_path):
    work, home, temporary = (tmp_path / name for name in ("work", "home", "temporary"))
    for folder in (work, home, temporary):
        folder.mkdir()
    told = {"PEERPACK_ROOT": ROOT, "HOME": home, "TMPDIR": temporary, "PYTHONPATH": ROOT / "lib",
            "MPLCONFIGDIR": tmp_path, "PYTHONDONTWRITEBYTECODE": 1}  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", IN_A_NEW_PROCESS, str(Path(__file__).parent)],
        cwd=work,
        env=os.environ | {key: str(value) for key, value in told.items()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.stdout, ran.stderr, ran.returncode) == ("pass\n", "", 0)
    assert [path for folder in (work, home, temporary) for path in folder.rglob("*")] == []


@pytest.mark.parametrize(("most", "outcome"), [(0.1, "pass"), (0.01, "stop")])
def test_a_check_that_compares_distributions_gets_what_it_needs_when_it_is_used(
    most, outcome, suite
):
    usual = {"values": ["a", "b"], "weights": [0.5, 0.5]}  # 2/3 and 1/3 diverge from it by 0.057
    kind = "expect_column_kl_divergence_to_be_less_than"
    check = entry("usual", kind, column="team", partition_object=usual, threshold=most)
    assert gates.judge(posts(team=["a", "b", "a"]), "posts", suite(check)).outcome == outcome


# Dates, which are judged in another unit than they are kept in


def test_a_date_beyond_2262_is_judged_like_any_other(suite):
    days = pd.to_datetime(pd.Series(["2024-04-01", "4712-12-31", None])).astype("datetime64[us]")
    for last, failing in (("2100-12-31T00:00:00", (B,)), ("5000-01-01T00:00:00", ())):
        bounds = {"min_value": "2000-01-01T00:00:00", "max_value": last}
        check = entry("day-in-range", "expect_column_values_to_be_between", column="day", **bounds)
        verdict = gates.judge(posts(day=days), "posts", suite(check))
        assert verdict.checks[0].failing_rows == failing


def test_the_frame_that_is_judged_keeps_its_dates_as_they_were(suite):
    days = pd.to_datetime(pd.Series(["2024-04-01", "1999-12-31", None])).astype("datetime64[us]")
    frame = posts(day=days)
    bounds = {"min_value": "2000-01-01T00:00:00", "max_value": "2100-12-31T00:00:00"}
    check = entry("day-in-range", "expect_column_values_to_be_between", column="day", **bounds)
    assert gates.judge(frame, "posts", suite(check)).checks[0].failing_rows == (B,)
    assert str(frame.day.dtype) == "datetime64[us]"
