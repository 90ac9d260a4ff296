"""Which input moved, of which cause, drawn as the `inputs` of two manifests."""

import pytest

from peerpack.packs.causes import CAUSE_OF, causes, digest_of_settings, moved_inputs, within_reach

A, B, C = "a" * 64, "b" * 64, "c" * 64
WAS = {
    "parameters": {"council": "northby", "quarter": "2024-25-Q1"},
    "as_at": "2024-07-01",
    "returns": {"spend.csv": A, "staff.csv": A},
    "earlier_returns": {"2023-24-Q4/staff.csv": A},
    "not_used": ["notes.txt"],
    "corrections": [A, B],
    "council_files": {"council.toml": A, "pack.toml": A},
    "suites": {"spend.json": A},
    "notebooks": {"04-paid.ipynb": A},
    "reference": A,
    "code": A,
    "lock": A,
    "previous_pack": A,
}


def said(**moved):
    return [each.words for each in moved_inputs(WAS, WAS | moved)]


def test_nothing_moved_has_no_cause():
    assert said() == []
    assert causes(()) == ()


def test_an_input_that_one_manifest_does_not_state_is_not_said_to_have_moved():
    older = {name: value for name, value in WAS.items() if name != "earlier_returns"}
    assert moved_inputs(older, WAS) == moved_inputs(WAS, older) == ()


@pytest.mark.parametrize(("moved", "words"), [
    ({"returns": {"spend.csv": B, "late.csv": A}},
     ["data: late.csv came", "data: spend.csv changed", "data: staff.csv went"]),
    ({"earlier_returns": {}}, ["data: 2023-24-Q4/staff.csv went"]),
    ({"not_used": []}, ["data: notes.txt went"]),
    ({"suites": {"spend.json": B}}, ["suite: spend.json changed"]),
    ({"notebooks": {"04-paid.ipynb": B}}, ["code: 04-paid.ipynb changed"]),
    ({"code": B}, ["code: the workbook's code changed"]),
    ({"lock": B}, ["library: requirements.lock changed"]),
    ({"reference": B}, ["reference: definitions or reference data changed"]),
    ({"council_files": {"council.toml": B, "pack.toml": A}}, ["reference: council.toml changed"]),
    ({"parameters": {"council": "northby", "quarter": "2024-25-Q2"}},
     ["parameter: quarter changed"]),
    ({"as_at": "2024-07-15"}, ["parameter: the as-at date changed"]),
    ({"previous_pack": None}, ["previous pack: the pack of the quarter before went"]),
    ({"previous_pack": B}, ["previous pack: the pack of the quarter before changed"]),
])  # fmt: skip
def test_an_input_that_moved_is_named_with_its_cause_and_what_became_of_it(moved, words):
    assert said(**moved) == words


def test_settings_of_the_quarter_are_the_parameter_where_they_move_the_date():
    settings = {"council.toml": A, "pack.toml": B}
    assert said(council_files=settings) == ["reference: pack.toml changed"]
    assert said(council_files=settings, as_at="2024-07-15") == ["parameter: the as-at date changed"]
    both = said(council_files={"council.toml": B}, as_at="2024-07-15")
    assert both == ["parameter: the as-at date changed", "reference: council.toml changed"]


def test_settings_whose_words_are_stated_are_the_parameter_only_if_nothing_but_the_date_moved():
    """The digest of what they say apart from the date stands in `settings`."""
    then = WAS | {"settings": {"council.toml": A, "pack.toml": A}}
    moved = {"as_at": "2024-07-15", "council_files": {"council.toml": B, "pack.toml": B}}
    dated = {"council.toml": A, "pack.toml": A}

    def told(settings):
        return [each.words for each in moved_inputs(then, then | moved | {"settings": settings})]

    date = "parameter: the as-at date changed"
    assert told(dated) == [date]
    assert told(dated | {"pack.toml": B}) == [date, "reference: pack.toml changed"]
    assert told(dated | {"council.toml": B}) == [date, "reference: council.toml changed"]


def test_settings_that_came_for_the_sake_of_the_date_alone_are_the_parameter():
    without = WAS | {"council_files": {"council.toml": A}, "settings": {"council.toml": A}}
    own = {"council.toml": A, "pack.toml": digest_of_settings({"as_at": "2024-07-15"})}
    came = without | {"as_at": "2024-07-15", "settings": own,
                      "council_files": {"council.toml": A, "pack.toml": B}}  # fmt: skip
    date = ["parameter: the as-at date changed"]
    assert [each.words for each in moved_inputs(without, came)] == date
    assert [each.words for each in moved_inputs(came, without)] == date


def test_corrections_are_told_by_digest_until_both_manifests_name_their_files():
    listed = [f"correction: a file of corrections, sha256 {C[:12]} came"]
    named = {"late.yml": A, "sign.yml": B}
    assert said(corrections=[A, B, C]) == listed
    assert said(corrections=named) == []
    assert said(corrections=named | {"new.yml": C}) == listed
    changed = moved_inputs({"corrections": named}, {"corrections": named | {"late.yml": C}})
    assert [(each.words, each.then, each.now) for each in changed] == [
        ("correction: late.yml changed", A, C)
    ]


def test_every_kind_of_input_that_moves_is_named_once():
    now = {"parameters": {}, "as_at": "", "returns": {}, "earlier_returns": {}, "not_used": []}
    now |= {"corrections": [], "council_files": {}, "suites": {}, "notebooks": {}}
    now |= dict.fromkeys(("reference", "code", "lock", "previous_pack"), C)
    moved = moved_inputs(WAS, now)
    assert {each.given for each in moved} == set(WAS) == set(CAUSE_OF)
    assert causes(moved) == (
        "data", "correction", "suite", "code", "parameter", "library", "reference", "previous pack",
    )  # fmt: skip


def test_another_notebook_another_suite_and_a_file_not_used_are_out_of_reach():
    moved = moved_inputs(WAS, WAS | {
        "notebooks": {"04-paid.ipynb": B, "05-sick.ipynb": A}, "not_used": [],
        "suites": {"spend.json": B, "staff.json": B}, "code": B,
    })  # fmt: skip
    near = within_reach(moved, "04-paid", {"spend"})
    assert [each.name for each in near] == ["spend.json", "04-paid.ipynb", "the workbook's code"]
