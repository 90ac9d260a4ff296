"""What stays of an executed notebook, what is refused in it, and what it recorded."""

import copy
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import v4

from peerpack.catalogue.places import project_root
from peerpack.errors import NotebookIncomplete, OurFault
from peerpack.handover.records import RECORDS_MIME, fingerprint
from peerpack.notebooks.normalise import (
    cells_by_fingerprint,
    normalise,
    records,
    strip,
    to_text,
)

RECORDED = {
    "council": "northborough", "quarter": "2024-25-Q1", "evidence": [{"evidence_id": "KF01"}],
    "comparators": [], "lineage": [], "exhibits": [], "findings": [], "datasets": [],
}  # fmt: skip


def cell(nb, id_):
    return next(each for each in nb.cells if each.id == id_)


def shows(text, **data):
    return v4.new_output("execute_result", {"text/plain": text, **data}, execution_count=1)


def published(data=RECORDED):
    return v4.new_output("display_data", {RECORDS_MIME: data, "text/plain": "recorded"})


def executed(source, seed="1"):
    """The notebook as papermill leaves it: what differs from run to run differs by `seed`."""
    nb = copy.deepcopy(source)
    nb.metadata["papermill"] = {"start_time": seed, "duration": seed}
    nb.metadata["language_info"] = {"name": "python", "version": f"3.11.{seed}"}
    nb.metadata["kernelspec"]["name"] = f"forked-{seed}"
    nb.metadata["widgets"] = {seed: seed}
    injected = v4.new_code_cell('# Parameters\nquarter = "2024-25-Q2"', id=f"c0ffee{seed}")
    injected.metadata["tags"] = ["injected-parameters"]
    nb.cells.insert(2, injected)
    for count, each in enumerate((c for c in nb.cells if c.cell_type == "code"), start=1):
        each.execution_count = count
        each.metadata.update(papermill={"duration": seed}, execution={"iopub": seed})
    cell(nb, "variance").outputs = [shows("86%")]
    cell(nb, "record").outputs = [published()]
    return nb


def test_two_runs_differ_in_nothing_once_normalised(drawn):
    first, second = (normalise(executed(drawn(), seed)) for seed in "12")
    assert to_text(first) == to_text(second)


def test_the_argument_is_left_as_it_was(drawn):
    nb = executed(drawn())
    before = copy.deepcopy(nb)
    normalise(nb)
    strip(nb)
    assert nb == before


def test_what_a_reader_needs_stays(drawn):
    nb = normalise(executed(drawn()))
    assert cell(nb, "variance").outputs[0].data["text/plain"] == "86%"
    assert cell(nb, "injected-parameters").source.endswith('quarter = "2024-25-Q2"')
    assert cell(nb, "parameters").metadata["tags"] == ["parameters"]
    assert nb.metadata["peerpack"]["theme"] == "T4"
    assert nb.metadata["kernelspec"]["name"] == "python3"
    assert cell(nb, "record").execution_count == 9


def test_stripped_the_executed_notebook_is_its_source_again(drawn):
    assert to_text(strip(executed(drawn()))) == to_text(strip(drawn()))


def test_text_is_sorted_indented_by_one_and_ends_in_one_newline(drawn):
    text = to_text(drawn(limits="Größe\r\nand more"))
    assert text.startswith('{\n "cells": [\n  {\n   "cell_type"')
    assert text.endswith("}\n")
    assert "Größe" in text
    assert "\\r" not in to_text(strip(drawn(limits="a\r\nb")))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<Axes object at 0x7f3bc0>", "an address in memory"),
        (f"read {project_root()}/data/x.csv", "a path of this machine"),
        (f"in {Path.home()}/.config", "a path of this machine"),
        (f"'{tempfile.gettempdir()}/pp-1/k'", "a path of this machine"),
        (f"{project_root()}", "a path of this machine"),
    ],
)
def test_what_differs_from_machine_to_machine_is_refused_by_cell(drawn, text, what):
    nb = executed(drawn())
    cell(nb, "variance").outputs = [shows(text)]
    with pytest.raises(OurFault, match=f"Cell `variance` shows {what}"):
        normalise(nb)


@pytest.mark.parametrize(
    "output",
    [
        v4.new_output("stream", name="stdout", text="<x at 0x1f>"),
        v4.new_output("display_data", {RECORDS_MIME: {"evidence": [{"note": "<x at 0x1f>"}]}}),
        v4.new_output("display_data", {"image/svg+xml": "<svg><!-- <x at 0x1f> --></svg>"}),
        v4.new_output("error", ename="E", evalue="", traceback=["<x at 0x1f>"]),
    ],
)
def test_an_address_is_found_wherever_it_stands(drawn, output):
    nb = executed(drawn())
    cell(nb, "variance").outputs = [output]
    with pytest.raises(OurFault, match="an address in memory"):
        normalise(nb)


@pytest.mark.parametrize(
    "text", ["at 0x7f", "/tmpfile", "a/tmp/b", "(0x10 items)", "x < 3 at 0x10", "s/root/t"]
)
def test_what_only_looks_like_a_path_or_an_address_is_kept(drawn, text):
    nb = executed(drawn())
    cell(nb, "variance").outputs = [shows(text, **{"image/png": tempfile.gettempdir() + "/A"})]
    assert cell(normalise(nb), "variance").outputs[0].data["text/plain"] == text


def test_a_warning_is_refused_by_cell(drawn):
    nb = executed(drawn())
    cell(nb, "variance").outputs = [v4.new_output("stream", name="stderr", text="Warning")]
    with pytest.raises(OurFault, match="Cell `variance` wrote to standard error"):
        normalise(nb)


texts = st.text(st.characters(codec="utf-8"), max_size=40).filter(lambda t: "0x" not in t)


@st.composite
def notebooks(draw):
    """Executed notebooks of any prose, code, metadata and outputs."""
    cells = []
    for number in range(draw(st.integers(0, 4))):
        make = draw(st.sampled_from([v4.new_markdown_cell, v4.new_code_cell]))
        one = make(draw(texts), id=f"cell-{number}")
        one.metadata.update(draw(st.dictionaries(texts, texts, max_size=2)))
        one.metadata["tags"] = draw(st.lists(st.sampled_from("xy"), unique=True))
        if one.cell_type == "code":
            one.execution_count = draw(st.none() | st.integers(1, 9))
            one.outputs = [shows(text) for text in draw(st.lists(texts, max_size=2))]
        cells.append(one)
    if draw(st.booleans()):
        tagged = {"tags": ["injected-parameters"]}
        cells.insert(0, v4.new_code_cell(draw(texts), id="c0ffee00", metadata=tagged))
    nb = v4.new_notebook(cells=cells)
    nb.metadata.update(draw(st.dictionaries(texts, texts, max_size=2)))
    return nb


@settings(deadline=None)
@given(notebooks())
def test_to_normalise_twice_is_to_normalise_once(nb):
    assert normalise(normalise(nb)) == normalise(nb)


@settings(deadline=None)
@given(notebooks())
def test_to_strip_what_was_normalised_is_to_strip(nb):
    assert strip(normalise(nb)) == strip(nb) == strip(strip(nb))


@settings(deadline=None)
@given(notebooks())
def test_written_and_read_again_the_text_is_the_same(nb):
    text = to_text(normalise(nb))
    assert to_text(v4.reads(text)) == text


def test_a_fingerprint_is_the_same_with_and_without_blank_ends():
    assert fingerprint("\nrecord.close()\n ") == fingerprint("record.close()")
    assert fingerprint("record.close()") == "4853a5c8931a553d"


def test_a_cell_is_found_by_its_fingerprint(drawn):
    found = cells_by_fingerprint(drawn())
    assert found[fingerprint("record.close()")] == "record"
    assert "limits" not in found.values()


def test_two_cells_of_one_text_cannot_be_told_apart(drawn):
    with pytest.raises(OurFault, match="Cells `variance` and `variance-figure` hold the same"):
        cells_by_fingerprint(drawn(variance="x = 1", variance_figure="x = 1\n"))


def test_the_records_are_those_of_the_record_cell(drawn):
    found = records(normalise(executed(drawn())))
    assert (found.council, found.evidence) == ("northborough", ({"evidence_id": "KF01"},))


@pytest.mark.parametrize(
    ("by", "where"),
    [
        ([], "no cell"),
        (["variance"], "`variance`"),
        (["record", "record"], "`record`, `record`"),
        (["variance", "record"], "`variance`, `record`"),
    ],
)
def test_records_are_published_once_and_at_the_end(drawn, by, where):
    nb = drawn()
    for id_ in by:
        cell(nb, id_).outputs.append(published())
    with pytest.raises(NotebookIncomplete, match=f"Records were published by {where}; expected"):
        records(nb)


def test_records_that_do_not_fit_are_our_fault(drawn):
    nb = drawn()
    cell(nb, "record").outputs = [published({**RECORDED, "findings": [{"text": 1}]})]
    with pytest.raises(OurFault, match=r"The records of cell `record` do not fit: findings.0"):
        records(nb)
