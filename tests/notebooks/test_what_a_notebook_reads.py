"""What a notebook asks the door for is read from its text, and never guessed."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from peerpack.notebooks.reads import ANYTHING, reads
from peerpack.packs.plan import sources


def of(*cells):
    return reads(new_notebook(cells=[new_code_cell(cell) for cell in cells]))


def test_every_door_counts_whether_the_dataset_must_be_there_or_not():
    needed = 'spells = intake.admit("absence_spells", council, quarter)'
    year = 'year = intake.admit_year("hr_positions", council, quarter)'
    perhaps = 'cases = admit_if_supplied(dataset="complaints", council=council, quarter=quarter)'
    assert of(needed, f"if True:\n    {year}", perhaps) == {
        "absence_spells", "hr_positions", "complaints",
    }  # fmt: skip


@pytest.mark.parametrize(
    "cell",
    [
        "intake.admit(name, council, quarter)",
        'intake.admit("absence_" + "spells", council, quarter)',
        "intake.admit()",
        "intake.admit(*wanted)",
        "intake.admit(1, council, quarter)",
        "this is no Python",
    ],
)
def test_a_name_that_is_no_plain_text_may_be_any_dataset(cell):
    assert of('intake.admit("absence_spells", council, quarter)', cell) is ANYTHING


def test_prose_asks_for_nothing():
    told = new_markdown_cell('`intake.admit("absence_spells", council, quarter)`')
    assert reads(new_notebook(cells=[told])) == frozenset()


def test_each_notebook_of_ours_names_all_that_it_reads():
    for source in sources():
        assert source.reads is not ANYTHING
        assert source.meta.named <= source.reads, source.name
