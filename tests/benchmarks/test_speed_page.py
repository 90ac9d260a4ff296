"""What was measured has every figure, each is what its times say, and the page is printed of it."""

import json

from contest import value_of
from page import PAGE, page
from run import BENCHMARKS, RESULTS

FIGURES = {figure.name: figure for each in BENCHMARKS.values() for figure in each.figures}
KEPT = json.loads(RESULTS.read_bytes())


def test_what_was_kept_has_every_figure_and_each_is_what_its_times_say():
    assert list(KEPT["figures"]) == list(FIGURES)
    for name, told in KEPT["figures"].items():
        figure = FIGURES[name]
        assert (told["claim"], told["bound"]) == (figure.claim, figure.bound)
        if "not_measured" not in told:
            assert (told["ours"], told["baseline"]) == (figure.ours, figure.baseline)
            assert told["value"] == value_of(told)
            assert told["met"] == (told["value"] <= told["bound"])


def test_the_page_of_speed_is_the_one_that_the_results_print():
    said = PAGE.read_text(encoding="utf-8")
    assert said == page(KEPT), "python tests/benchmarks/page.py prints it"


def test_what_is_run_by_itself_has_its_lines_on_the_page():
    said = page({"alone": {"soak": {"failed_starts": 0, "memory_mb": [101, 102]}}})
    title = "## Many builds in a row, two at a time"
    assert f"{title}\n\n- failed starts: 0\n- memory mb: 101, 102\n\n" in said
