"""A council's settings, the as-at date, and contracts: strict, and faults named by file."""

from datetime import date

import pytest

from peerpack.catalogue.load import (
    as_at,
    checked,
    council,
    dataset,
    datasets,
    read_toml,
    read_yaml,
    regimes,
)
from peerpack.catalogue.models import Column, Dataset, Regime
from peerpack.errors import NotFound, StaleCorrection
from peerpack.vocab import Quarter

Q1 = Quarter(2024, 1)
NAMES = 'slug = "northby"\nname = "Northby Council"\n'


@pytest.fixture
def root(tmp_path):
    (tmp_path / "northby" / str(Q1)).mkdir(parents=True)
    (tmp_path / "northby" / "council.toml").write_text(NAMES)
    return tmp_path


def test_a_slug_and_a_name_are_enough(root):
    found = council("northby", [root])
    assert (found.name, found.disclosure.threshold, found.targets) == ("Northby Council", 8, ())


@pytest.mark.parametrize(("settings", "message"), [
    ('slug = "southby"\nname = "S"\n', "says slug 'southby'. Make them agree"),
    ('slug = "northby"\n', "council.toml: name: Field required. Mend the file"),
    (NAMES + "treshold = 3\n", "council.toml: treshold: Extra inputs are not permitted"),
    (NAMES + "[disclosure]\nthreshold = -1\n", "council.toml: disclosure.threshold: Input should"),
    ("slug =\n", "council.toml: not TOML: .*Mend the file"),
])  # fmt: skip
def test_a_fault_in_the_settings_names_file_and_field(root, settings, message):
    (root / "northby" / "council.toml").write_text(settings)
    with pytest.raises(StaleCorrection, match=message):
        council("northby", [root])


@pytest.mark.parametrize(("disclosure", "expected"), [
    ("", ("public default", 8, 5, 10)),
    ('name = "no group under ten"', ("no group under ten", 10, 1, 10)),
    ('name = "opensafely"\nmin_base_staff = 12', ("opensafely, changed", 8, 5, 12)),
    ("threshold = 8", ("public default", 8, 5, 10)),
    ('name = "ours"\nthreshold = 3\nrounding_base = 1\nmin_base_staff = 3\nmin_base_survey = 9\n'
     "dominance = 0.9", ("ours", 3, 1, 3)),
])  # fmt: skip
def test_a_regime_is_named_changed_or_wholly_a_councils_own(root, disclosure, expected):
    (root / "northby" / "council.toml").write_text(f"{NAMES}[disclosure]\n{disclosure}\n")
    found = council("northby", [root]).disclosure
    assert (found.name, found.threshold, found.rounding_base, found.min_base_staff) == expected


def test_a_regime_nobody_knows_is_refused_with_those_known(root):
    (root / "northby" / "council.toml").write_text(
        f'{NAMES}[disclosure]\nname = "public defualt"\n'
    )
    with pytest.raises(StaleCorrection, match="no regime is called 'public defualt'"):
        council("northby", [root])


def test_every_named_regime_says_whose_it_is_and_the_default_is_the_models():
    assert all(regime.source for regime in regimes().values())
    default = regimes()["public default"].model_dump(exclude={"source", "unchecked"})
    assert default == Regime().model_dump(exclude={"source", "unchecked"})


def test_a_council_without_settings_is_not_found(tmp_path):
    with pytest.raises(NotFound, match=r"no data root holds northby/council.toml"):
        council("northby", [tmp_path])


@pytest.mark.parametrize(("pack", "own", "expected"), [
    ("", "", date(2024, 7, 1)),
    ("", "as_at = 2024-07-05\n", date(2024, 7, 5)),
    ("as_at = 2024-07-09\n", "as_at = 2024-07-05\n", date(2024, 7, 9)),
])  # fmt: skip
def test_the_as_at_date_is_the_packs_then_the_councils_then_the_day_after(
    root, pack, own, expected
):
    (root / "northby" / "council.toml").write_text(NAMES + own)
    (root / "northby" / str(Q1) / "pack.toml").write_text(pack)
    assert as_at("northby", Q1, [root]) == expected


@pytest.mark.parametrize("pack", ['as_at = ""', 'as_at = "soon"', "asat = 2024-07-09",
                                  "as_at = 2024-07-09T08:14:00"])  # fmt: skip
def test_an_as_at_that_is_no_date_is_refused_and_never_passed_over(root, pack):
    (root / "northby" / str(Q1) / "pack.toml").write_text(pack)
    with pytest.raises(
        StaleCorrection, match=r"northby/2024-25-Q1/pack.toml: asa?_?at: .*Mend the"
    ):
        as_at("northby", Q1, [root])


def test_a_file_that_is_no_yaml_or_toml_is_named(tmp_path):
    (tmp_path / "a.yml").write_text("a: [")
    (tmp_path / "a.toml").write_bytes(b"\xff")
    with pytest.raises(StaleCorrection, match=r"a.yml: not YAML: .*(?s:.*)Mend the file"):
        read_yaml(tmp_path / "a.yml")
    with pytest.raises(StaleCorrection, match=r"a.toml: not TOML: .*Mend the file"):
        read_toml(tmp_path / "a.toml")


def test_a_dataset_nobody_declared_is_not_found():
    with pytest.raises(
        NotFound, match=r"Dataset 'budgets' is not declared. Declared: absence_spells"
    ):
        dataset("budgets")


@pytest.mark.parametrize(("field", "value"), [
    ("keys", ["colour"]),
    ("signs", {"any_of": [["colour"]]}),
    ("dated_by", "colour"),
    ("dated_to", ["colour"]),
    ("sums", [{"id": "s", "why": "w", "total": "colour", "plus": ["variance_gbp"]}]),
    ("sums", [{"id": "s", "why": "w", "total": "variance_gbp", "plus": ["colour"]}]),
    ("shares", [{"id": "s", "why": "w", "percentage": "colour", "part": "variance_gbp",
                 "whole": "variance_gbp"}]),
])  # fmt: skip
def test_a_contract_that_speaks_of_a_column_it_has_not_is_refused(field, value):
    contract = dataset("budget_monitoring").model_dump() | {field: value}
    with pytest.raises(
        StaleCorrection, match=r"keys, signs, totals, sums must name columns, each once"
    ):
        checked(Dataset, contract, "drawn.yml")


def test_every_shipped_contract_heads_each_column_in_words_of_its_own():
    for each in datasets().values():
        # What another column reads as printed, a column of codes may say again in words.
        printed = [c for c in each.columns if not c.codes]
        words = [{s.casefold() for s in (c.name, *c.synonyms)} for c in printed]
        words.append({s.casefold() for s in each.never_read})
        assert len(set().union(*words)) == sum(map(len, words)), each.dataset


@pytest.mark.parametrize("written_as", [
    {"Stage 1": ["S1"], "Stage 2": ["s1"]}, {"Stage 1": ["stage 2"]}, {"Stage 4": ["4"]},
])  # fmt: skip
def test_a_way_of_writing_two_words_or_a_word_not_allowed_is_refused(written_as):
    fields = {"name": "stage", "kind": "label", "description": "Drawn."}
    fields |= {"allowed": ["Stage 1", "Stage 2"], "written_as": written_as}
    with pytest.raises(StaleCorrection, match="stage: written_as must write allowed words"):
        checked(Column, fields, "drawn.yml")
