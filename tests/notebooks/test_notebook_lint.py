"""The lint: for each rule a notebook that breaks that rule, and no other."""

import subprocess
import sys

import pytest
from nbformat import v4

from peerpack.notebooks.__main__ import main
from peerpack.notebooks.lint import lint
from peerpack.notebooks.normalise import to_text

NAME = "05-are-services-within-budget.ipynb"
NOT_RECORDED = "which has not been through the recorder"


def cell(nb, id_):
    """The cell of that name."""
    return next(each for each in nb.cells if each.id == id_)


def the_fault(nb, name=NAME):
    """The one fault of a notebook."""
    faults = lint(nb, name)
    assert len(faults) == 1, faults
    assert faults[0].startswith(f"{name}: ")
    return faults[0].removeprefix(f"{name}: ")


def test_a_sound_notebook_has_no_fault(drawn):
    assert lint(drawn(), NAME) == []


@pytest.mark.parametrize(
    "name", ["budget.ipynb", "5-a-b.ipynb", "05-budget.ipynb", "05-Are-we.ipynb", "05-a_b.ipynb"]
)
def test_the_file_is_named_by_number_and_question(drawn, name):
    assert the_fault(drawn(), name).startswith("name the file NN-question-in-words.ipynb")


@pytest.mark.parametrize("field", ["name", "language"])
def test_the_kernel_is_python3_with_language_python(drawn, field):
    nb = drawn()
    del nb.metadata["kernelspec"][field]
    assert the_fault(nb).startswith("set the kernel to python3 with language python")


def test_the_format_gives_cells_names(drawn):
    nb = drawn()
    nb.nbformat_minor = 4
    assert the_fault(nb) == "save it as format 4.5 or later, in which cells have names"


def test_the_metadata_of_the_workbook_is_there(drawn):
    nb = drawn()
    del nb.metadata["peerpack"]["theme"]
    assert "metadata peerpack.theme: Field required" in the_fault(nb)


@pytest.mark.parametrize(
    "id_", ["a1b2c3d4", "8f14e45f-ceea-467a-9575-aaaaaaaaaaaa", "Says", "says it", "1-says", ""]
)
def test_a_cell_is_named_in_words(drawn, id_):
    nb = drawn()
    cell(nb, "variance-says").id = id_
    assert the_fault(nb) == f"cell 5: give it a name in words instead of {id_!r} as its id"


def test_a_cell_without_a_name_is_told_so(drawn):
    nb = drawn()
    del cell(nb, "variance-says")["id"]
    assert "cell 5: give it a name in words" in the_fault(nb)


def test_a_name_in_words_may_be_spelt_with_the_letters_of_hex(drawn):
    nb = drawn()
    cell(nb, "variance-says").id = "facade-added"
    assert lint(nb, NAME) == []


def test_a_cell_name_is_used_once(drawn):
    nb = drawn()
    cell(nb, "variance-says").id = "variance"
    assert the_fault(nb) == "cell 6: another cell is named `variance` too; a name is used once"


@pytest.mark.parametrize("id_", ["question", "uncertainty", "limits", "record", "imports"])
def test_no_required_cell_is_missing(drawn, id_):
    nb = drawn()
    faults = lint(type(nb)(nb, cells=[c for c in nb.cells if c.id != id_]), NAME)
    assert f"{NAME}: there is no cell `{id_}`" in faults


def test_the_required_cells_stand_in_order(drawn):
    nb = drawn()
    nb.cells[-2], nb.cells[-3] = nb.cells[-3], nb.cells[-2]
    assert the_fault(nb).startswith("put the cells in this order: question, parameters, imports")


def test_the_question_comes_first(drawn):
    nb = drawn()
    nb.cells.insert(0, nb.cells.pop(4))
    assert the_fault(nb) == "begin with the cell `question`"


def test_nothing_follows_the_record_cell(drawn):
    nb = drawn()
    nb.cells.append(nb.cells.pop(4))
    assert the_fault(nb).startswith("end with the cell `record`")


@pytest.mark.parametrize("id_", ["question", "uncertainty", "limits"])
def test_prose_is_markdown(drawn, id_):
    nb = drawn()
    place = nb.cells.index(cell(nb, id_))
    nb.cells[place] = v4.new_code_cell(f'"{id_}"', id=id_)
    assert the_fault(nb) == f"cell `{id_}`: make it a markdown cell"


def test_there_are_no_raw_cells(drawn):
    nb = drawn()
    nb.cells[4] = v4.new_raw_cell("raw", id="raw")
    assert the_fault(nb) == "cell `raw`: make it a code or a markdown cell"


def test_the_record_cell_closes_and_does_nothing_else(drawn):
    nb = drawn(record="record.close()\nrecord.close()")
    assert the_fault(nb) == "cell `record`: it must hold record.close() and nothing else"


def test_the_parameters_cell_is_tagged(drawn):
    nb = drawn()
    cell(nb, "parameters").metadata = {}
    assert the_fault(nb) == "the notebook: 0 cells are tagged `parameters`; exactly one must be."


@pytest.mark.parametrize("tag", ["raises-exception", "skip-execution", "parameters"])
def test_no_other_cell_is_tagged(drawn, tag):
    nb = drawn()
    cell(nb, "limits").metadata["tags"] = [tag]
    assert f"{NAME}: cell `limits`: remove the tag {tag!r}" in "\n".join(lint(nb, NAME))


def test_parameters_are_plain_literals(drawn):
    source = cell(drawn(), "parameters").source
    nb = drawn(parameters=source + "\ntwice = 2 * months")
    assert "line 6 of `parameters` is not `name = value`" in the_fault(nb)


def test_every_parameter_says_its_unit_or_its_values(drawn):
    nb = drawn(parameters=cell(drawn(), "parameters").source + "\ndays = 3")
    assert the_fault(nb).startswith("parameter days: say its unit")


def test_every_notebook_runs_for_a_council_and_a_quarter(drawn):
    nb = drawn(parameters='council = "a"  # x\nperiod = 1  # x')
    nb.cells = [c for c in nb.cells if c.id != "variance-figure"]
    assert the_fault(nb).startswith("there is no parameter quarter")


@pytest.mark.parametrize("id_", ["variance", "limits"])
def test_a_cell_has_eight_lines_at_most(drawn, id_):
    nb = drawn()
    source = cell(nb, id_).source
    cell(nb, id_).source = "\n" * (7 - source.count("\n")) + source
    assert lint(nb, NAME) == []
    cell(nb, id_).source = "\n" * (8 - source.count("\n")) + source
    assert the_fault(nb).startswith(f"cell `{id_}`: it has more than 8 lines")


def test_no_output_is_stored(drawn):
    nb = drawn()
    cell(nb, "variance").outputs = [v4.new_output("stream", text="9")]
    assert the_fault(nb).startswith("cell `variance`: outputs are stored")


def test_no_count_is_stored(drawn):
    nb = drawn()
    cell(nb, "variance").execution_count = 3
    assert the_fault(nb).startswith("cell `variance`: outputs are stored")


@pytest.mark.parametrize(
    "source", ["![chart](x.png)", "<img src=x>", "[x](data:image/png;base64,AA)"]
)
def test_no_picture_is_pasted(drawn, source):
    assert "no pictures or attachments" in the_fault(drawn(limits=source))


def test_no_file_is_attached(drawn):
    nb = drawn()
    cell(nb, "limits")["attachments"] = {"x.png": {"image/png": "AA"}}
    assert "no pictures or attachments" in the_fault(nb)


def test_no_two_cells_hold_the_same_code(drawn):
    nb = drawn(variance_again=cell(drawn(), "variance-adds-up").source)
    nb.cells.insert(5, nb.cells.pop())
    assert "cell `variance-adds-up`: cell `variance-again` holds the same text" in the_fault(nb)


@pytest.mark.parametrize("source", ["%matplotlib inline", "!ls", "%%time\n1", "files = !ls", "x?"])
def test_magics_and_shell_lines_are_refused(drawn, source):
    fault = the_fault(drawn(variance_says=None, variance_adds_up=source))
    assert (
        fault == "cell `variance-adds-up`: no magics, no `!` and no `?`: they work in Jupyter only"
    )


def test_what_is_not_python_is_named_by_line(drawn):
    assert the_fault(drawn(variance_adds_up="1\nx = = 2")).endswith("line 2 is not Python")


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("def double(x):\n    return 2 * x", "function"),
        ("class Table:\n    pass", "class"),
        ("double = lambda x: 2 * x", "lambda"),
        ("assert (other := months) > 0", "`:=`"),
        ("with table as other:\n    pass", "`with`"),
        ("try:\n    pass\nfinally:\n    pass", "`try`"),
        ("raise ValueError", "`raise`"),
        ("match months:\n    case 1:\n        pass", "`match`"),
        ("del table", "`del`"),
    ],
)
def test_a_notebook_only_calls(drawn, source, what):
    fault = the_fault(drawn(variance_adds_up=source))
    assert fault == (f"cell `variance-adds-up`: no {what} in a notebook; put it into the package")


@pytest.mark.parametrize(
    "line",
    [
        "import pandas",
        "import os.path",
        "from pandas import read_csv",
        "from peerpack import packs",
        "from peerpack.sources import tabular",
        "from peerpack.measures import *",
        "from pytest import raises",
        "from .measures import finance",
    ],
)
def test_only_what_a_notebook_needs_is_imported(drawn, line):
    nb = drawn(imports=cell(drawn(), "imports").source + f"\n{line}")
    assert "cell `imports`: no import of " in the_fault(nb)


def test_imports_stand_in_their_cell(drawn):
    nb = drawn(variance_adds_up="from peerpack.measures import survey")
    assert the_fault(nb) == "cell `variance-adds-up`: move the import to the cell `imports`"


@pytest.mark.parametrize(
    "source", ["x = open", "eval('1')\nx = 1", "x = get_ipython", "x = getattr", "exit()\nx = 1"]
)
def test_a_notebook_opens_and_runs_nothing_by_itself(drawn, source):
    assert "reads, writes and runs nothing by itself" in the_fault(drawn(variance_adds_up=source))


@pytest.mark.parametrize(
    "source",
    ["x = table.to_csv()", "x = table.plot", "x = table.read_text()", "x = table.x.savefig(1)"],
)
def test_a_notebook_neither_reads_nor_writes_nor_plots(drawn, source):
    assert "reading, writing and plotting belong" in the_fault(drawn(variance_adds_up=source))


def test_the_packages_own_names_may_say_plot_and_read(drawn):
    source = "record.exhibit(figures.finance.plot_variance(shown), evidence=shown)"
    assert lint(drawn(variance_figure=source), NAME) == []


def test_private_names_stay_private(drawn):
    fault = the_fault(drawn(variance_adds_up="x = table.__class__"))
    assert fault == (
        "cell `variance-adds-up`: no __class__: a name with an underscore is private to the package"
    )


@pytest.mark.parametrize("source", ['table["x"] = 1', "table.x = 1", 'shown.rows["x"] = table'])
def test_a_table_is_not_changed_in_passing(drawn, source):
    assert "assign to a name, not into a thing" in the_fault(drawn(variance_adds_up=source))


def test_the_recorder_is_started_in_admit(drawn):
    faults = lint(drawn(admit="record = months\nbudget = intake.admit('b')"), NAME)
    assert f"{NAME}: cell `admit`: start the recorder here" in faults[0]


def test_the_message_of_an_assert_is_plain(drawn):
    fault = the_fault(drawn(variance_adds_up='assert months, f"not {table}"'))
    assert fault.endswith("the message of an assert must be a plain text, without values")


@pytest.mark.parametrize(
    "end",
    [
        "table",
        "table.head()",
        "budget.frame",
        "budget.receipt",
        "intake.admit_if_supplied('posts').frame",
        "intake.supplied(council)",
        "f'{table}'",
        "len(table)",
        "shown, table",
        "[row for row in table]",
        "{'a': table}",
        "(shown if months else table)",
        "shown.rows[table.x > 1]",
        "measures.finance.variance_by_directorate(shown)",
        "(budget, posts)[0].frame",
        "'%s' % table",
        "_",
        "record",
    ],
)
def test_a_cell_may_not_end_by_showing_what_was_not_recorded(drawn, end):
    nb = drawn(variance_adds_up=f"posts = intake.admit('posts')\n{end}")
    faults = lint(nb, NAME)
    assert any(NOT_RECORDED in each and "it ends by showing" in each for each in faults)


@pytest.mark.parametrize(
    "end",
    [
        "shown",
        "shown.headline",
        "shown.rows['display']",
        "shown.table()",
        "budget",
        "budget, shown",
        "intake.admit('posts')",
        "intake.admit_if_supplied('posts')",
        "record.evidence(table, indicator='KF02')",
        "words.variance_sentence(shown)",
        "f'{shown} to {quarter}, {budget}'",
        "[f'{row}' for row in shown.parts]",
        "len(shown.rows)",
        "'a plain text'",
        "print(shown)",
        "display(shown.headline)",
        "months * 2",
    ],
)
def test_a_cell_may_end_by_showing_what_was_recorded(drawn, end):
    assert lint(drawn(variance_adds_up=end), NAME) == []


@pytest.mark.parametrize(
    "source",
    [
        "figures.finance.variance_bars(table)\nx = 1",
        "figures.finance.variance_bars(shown, base=table)\nx = 1",
        "sentence_two = words.variance_sentence(budget.frame)",
        "sentence_two = words.variance_sentence(f'{table}')",
        "print(table)",
        "display(budget.frame)",
        "record.finding(f'{table}')",
        "record.exhibit(shown, title=table.x)",
        "x = shown.rows.insert(0, 'x', table)",
        "x = '{0.frame}'.format(budget)",
    ],
)
def test_what_draws_says_or_prints_takes_only_what_was_recorded(drawn, source):
    assert NOT_RECORDED in the_fault(drawn(variance_adds_up=source))


@pytest.mark.parametrize(
    "source",
    [
        "other = budget\nother.frame",
        "other, posts = budget, shown\nother.frame",
        "for other in [table]:\n    later = other\nlater",
        "shown_twice = shown\nshown_twice = table\nshown_twice",
        "first, *rest = table\nrest",
        "total = 0\ntotal += table\ntotal",
        "if months:\n    either = table\nelse:\n    either = shown\neither",
    ],
)
def test_no_way_of_naming_passes_a_raw_table_off_as_recorded(drawn, source):
    assert NOT_RECORDED in the_fault(drawn(variance_adds_up=source))


def test_a_name_is_raw_everywhere_when_it_is_raw_anywhere(drawn):
    faults = lint(drawn(variance_adds_up="shown = table"), NAME)
    assert any("cell `variance`: it ends by showing `shown`" in each for each in faults)


@pytest.mark.parametrize(
    "source",
    [
        "say = words.variance_sentence",
        "x = table.pipe(figures.finance.bars)",
        "x = record.evidence",
    ],
)
def test_what_draws_or_says_is_called_by_its_name(drawn, source):
    assert "where you use it, by its full name" in the_fault(drawn(variance_adds_up=source))


def test_an_imported_name_is_not_used_for_a_value(drawn):
    assert "words is an imported name" in the_fault(drawn(variance_adds_up="words = 1"))


def test_an_assert_may_speak_of_anything(drawn):
    source = 'assert budget.frame["x"].sum() == approx(table["x"].sum()), "the sums agree"'
    assert lint(drawn(variance_adds_up=source), NAME) == []


def test_the_command_prints_a_line_for_each_fault_and_ends_with_one(drawn, tmp_path, capsys):
    path = tmp_path / NAME
    path.write_text(to_text(drawn(limits="![x](y)", variance_adds_up="import os")))
    assert main(["lint", str(path)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 3
    assert all(line.startswith(f"{NAME}: cell `") for line in said)


def test_the_command_strips_in_place_and_is_then_content(drawn, tmp_path, capsys):
    nb = drawn()
    cell(nb, "variance").update(execution_count=3, outputs=[v4.new_output("stream", text="9")])
    path = tmp_path / NAME
    path.write_text(to_text(nb))
    assert main(["strip", str(path)]) == 0
    assert main(["lint", str(path)]) == 0
    before = path.stat().st_mtime_ns
    assert main(["strip", str(path)]) == 0
    assert (path.stat().st_mtime_ns, capsys.readouterr().out) == (before, "")


def test_a_wrong_command_says_how_it_is_used():
    command = [sys.executable, "-m", "peerpack.notebooks", "mend", "x"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr == "Usage: python -m peerpack.notebooks lint|strip FILE…\n"
