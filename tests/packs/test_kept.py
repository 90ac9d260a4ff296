"""A notebook is not run again on what it ran on, and always on anything else."""

import hashlib
import json
import shutil
from dataclasses import replace

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from peerpack.catalogue import load
from peerpack.catalogue.places import ONLY
from peerpack.errors import UsageError
from peerpack.intake import Desk
from peerpack.intake.cache import RAN, SUMS
from peerpack.notebooks.normalise import normalise, to_text
from peerpack.notebooks.shape import Meta
from peerpack.packs.kept import Kept, rests_on
from peerpack.packs.plan import Plan, Source
from peerpack.sources import Assignment
from peerpack.vocab import Quarter

Q1 = Quarter(2024, 1)
SETTINGS = 'slug = "northby"\nname = "Northby"\n'
LAID = {
    "admitted/hr_positions.json": "{}",
    "admitted/hr_positions.arrow": "rows",
    "admitted/reserves.json": "{}",
    "admitted/earlier/2023-24-Q4/hr_positions.json": "{}",
    "admitted/earlier/2023-24-Q4/hr_positions.arrow": "rows",
    "admitted/earlier/2023-24-Q4/reserves.json": "{}",
}
MOVED = {
    "the notebook": [("05-who.ipynb", "{ }")],
    "council.toml": [("data/northby/council.toml", SETTINGS + "invented = true\n")],
    "pack.toml": [(f"data/northby/{Q1}/pack.toml", 'documents = ["pdf"]\n')],
    "the as-at date": [(f"data/northby/{Q1}/pack.toml", "as_at = 2024-07-02\n")],
    "hr_positions": [
        ("admitted/hr_positions.json", "{ }"),
        ("admitted/hr_positions.arrow", "other rows"),
        ("admitted/hr_positions.json", None),
    ],
    "staff_survey": [("admitted/staff_survey.json", "{}")],
    "hr_positions of 2023-24-Q4": [
        ("admitted/earlier/2023-24-Q4/hr_positions.arrow", "other rows"),
        ("admitted/earlier/2023-24-Q4/hr_positions.json", None),
    ],
    "staff_survey of 2023-24-Q4": [("admitted/earlier/2023-24-Q4/staff_survey.json", "{}")],
}
OF_NO_CONCERN = [
    ("admitted/reserves.json", "{ }"),
    ("admitted/savings_tracker.json", "{}"),
    ("admitted/earlier/2023-24-Q4/reserves.json", None),
    (f"data/northby/{Q1}/position-statement.md", "# We\n"),
    ("data/northby/theme.toml", 'name = "Northby"\n'),
    ("data/elsewhere/council.toml", 'slug = "elsewhere"\n'),
]


def put(root, name, text):
    path = root / name
    if text is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def world(tmp_path):
    """A notebook that names two datasets, a council's settings, and what a build has laid."""
    for name, text in LAID.items():
        put(tmp_path, name, text)
    put(tmp_path, "05-who.ipynb", "{}")
    put(tmp_path, "data/northby/council.toml", SETTINGS)
    put(tmp_path, f"data/northby/{Q1}/pack.toml", "")
    return tmp_path


def source(world, reads=frozenset({"hr_positions", "staff_survey"})):
    said = Meta(question="Who?", theme="T5", datasets=("hr_positions",), indicators=())
    return Source(world / "05-who.ipynb", said, reads)


def planned(world):
    roots = (world / "data",)
    desk = Desk("northby", Q1, world / "data/northby" / str(Q1), Assignment({}, ()), ())
    council, day = load.council("northby", roots), load.as_at("northby", Q1, roots)
    return Plan(council, Q1, day, roots, desk, (), None)


def parts(world, **of):
    return rests_on(source(world, **of), planned(world), world / "admitted")


def kept(world):
    return Kept(planned(world), world / "admitted", world / "reports")


def executed():
    shown = new_output("stream", name="stdout", text="one\ntwo\n")
    return new_notebook(cells=[new_code_cell("1", id="one", execution_count=1, outputs=[shown])])


def run(world):
    """Have the notebook run and kept, as a build does."""
    build = kept(world)
    assert build.look(source(world)) is None
    return build.keep(source(world), executed())


@pytest.mark.parametrize(
    ("part", "name", "text"), [(part, *change) for part, all_ in MOVED.items() for change in all_]
)
def test_what_a_notebook_can_see_is_a_part_of_what_it_is_found_by(world, part, name, text):
    run(world)
    before = parts(world)
    put(world, name, text)
    now = parts(world)
    moved = {each for each in {*before, *now} if before.get(each) != now.get(each)}
    assert part in moved <= {part, "pack.toml"}
    build = kept(world)
    assert build.look(source(world)) is None
    assert part in build.why["05-who"]


@pytest.mark.parametrize(("name", "text"), OF_NO_CONCERN)
def test_what_a_notebook_cannot_see_does_not_make_it_run_again(world, name, text):
    run(world)
    put(world, name, text)
    assert kept(world).look(source(world))


def test_a_notebook_that_may_read_anything_rests_on_all_that_is_laid(world):
    before = parts(world, reads=None)
    assert {"hr_positions", "reserves", "reserves of 2023-24-Q4"} <= set(before)
    put(world, "admitted/savings_tracker.json", "{}")
    assert parts(world, reads=None) != before


def test_rules_of_every_kind_are_among_the_parts(world):
    assert {
        "the workbook's code", "requirements.lock", "definitions or reference data", "suites",
        "Python or a library", "the kernel's environment", "parameters",
    } <= set(parts(world))  # fmt: skip


def test_what_is_found_is_what_was_given_back_to_the_byte(world):
    given = run(world)
    build = kept(world)
    assert to_text(build.look(source(world))) == to_text(given) == to_text(normalise(executed()))
    assert build.why == {"05-who": ""}


def test_a_kept_notebook_that_was_edited_is_not_taken_even_with_sums_that_agree(world):
    run(world)
    [entry] = (world / "reports" / RAN / "northby" / str(Q1) / "05-who").iterdir()
    text = (entry / "executed.ipynb").read_text()
    (entry / "executed.ipynb").write_text(text.replace("two", "six"))
    told = json.loads((entry / SUMS).read_text())
    assert "six" in (entry / "executed.ipynb").read_text()
    told["sums"]["executed.ipynb"] = hashlib.sha256(
        (entry / "executed.ipynb").read_bytes()
    ).hexdigest()
    (entry / SUMS).write_text(json.dumps(told))
    build = kept(world)
    assert build.look(source(world)) is None
    assert build.why["05-who"] == "what was kept of it is damaged"


def test_a_notebook_kept_for_one_council_is_not_found_for_another(world):
    run(world)
    home = world / "reports" / RAN
    shutil.move(home / "northby", home / "otherby")
    put(world, "data/otherby/council.toml", SETTINGS.replace("northby", "otherby"))
    plan = planned(world)
    other = replace(plan, council=load.council("otherby", plan.roots))
    assert Kept(other, world / "admitted", world / "reports").look(source(world)) is None


def test_what_moved_while_a_notebook_ran_leaves_it_unkept(world):
    build = kept(world)
    build.look(source(world))
    put(world, "data/northby/council.toml", SETTINGS + "invented = true\n")
    build.keep(source(world), executed())
    put(world, "data/northby/council.toml", SETTINGS)
    assert kept(world).look(source(world)) is None


def test_in_the_batch_no_notebook_sees_the_settings_of_another_council_or_quarter(
    world, monkeypatch
):
    roots = (world / "data",)
    put(world, "data/otherby/council.toml", SETTINGS.replace("northby", "otherby"))
    put(world, "data/northby/2023-24-Q4/pack.toml", "")
    monkeypatch.setenv(ONLY, f"northby/{Q1}")
    assert load.as_at("northby", Q1, roots)
    with pytest.raises(UsageError, match=r"runs for northby 2024-25-Q1, and asks for otherby"):
        load.council("otherby", roots)
    with pytest.raises(UsageError, match=r"asks for northby 2023-24-Q4"):
        load.as_at("northby", Q1.previous(), roots)
