"""The reference pages say what the code says, and every link leads somewhere."""

import re

import pytest
from typer.main import get_command

from peerpack import errors
from peerpack.catalogue.load import indicators
from peerpack.catalogue.page import indicators_page, page
from peerpack.catalogue.places import project_root
from peerpack.cli.commands import app
from peerpack.handover.columns import WORDS
from peerpack.handover.evidence import COMPARATOR_COLUMNS, EVIDENCE_COLUMNS, HISTORY_COLUMNS
from peerpack.vocab import STATUS_MARKS

ROOT = project_root()
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def words_of(name: str) -> str:
    return (DOCS / "reference" / name).read_text(encoding="utf-8")


def test_the_page_of_datasets_is_the_one_the_catalogue_prints():
    assert words_of("datasets.md") == page(), "python -m peerpack.catalogue.page prints it"


def test_the_page_of_indicators_is_the_one_the_catalogue_prints():
    command = "python -m peerpack.catalogue.page indicators"
    assert words_of("indicators.md") == indicators_page(), f"{command} prints it"


def test_the_readme_counts_the_indicators_as_the_catalogue_has_them():
    known = indicators()
    computed_n = sum(bool(each.computed_from) for each in known.values())
    said = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert f"Of {len(known)} indicators" in said
    assert f"{computed_n} are computed" in said


def test_every_error_has_its_exit_code_on_the_page():
    said = re.findall(r"^\| (\d+) \| `(\w+)` \|", words_of("exit-codes.md"), re.MULTILINE)
    kinds = [
        k for k in vars(errors).values() if isinstance(k, type) and k.__bases__ != (Exception,)
    ]
    assert said == [(str(kind.exit_code), kind.__name__) for kind in kinds]


def test_every_command_and_option_is_on_the_page_and_no_other():
    said = words_of("command-line.md")
    commands = get_command(app).commands
    assert re.findall(r"^## `peerpack ([\w-]+)", said, re.MULTILINE) == list(commands)
    for name, command in commands.items():
        section = said.split(f"## `peerpack {name}")[1].split("\n## ")[0]
        options = {o for p in command.params for o in p.opts if o.startswith("--")} - {"--help"}
        turned_off = {o for p in command.params for o in p.secondary_opts}
        told = set(re.findall(r"--[a-z]+(?:-[a-z]+)*", section))
        assert options <= told <= options | turned_off


def test_every_column_of_the_evidence_is_on_the_page_in_order():
    table = words_of("evidence-columns.md").split("## Marks")[0]
    told = re.findall(r"^\| `(\w+)` \| (.+) \|$", table, re.MULTILINE)
    assert told == [(column, WORDS[column]) for column in EVIDENCE_COLUMNS]


def test_every_mark_is_on_the_page_as_readers_are_told_it():
    table = words_of("evidence-columns.md").split("## Marks")[1]
    assert dict(re.findall(r"^\| (\w) \| (.+) \|$", table, re.MULTILINE)) == STATUS_MARKS


def test_the_columns_of_comparators_and_history_are_on_the_page():
    for columns in (COMPARATOR_COLUMNS, HISTORY_COLUMNS):
        assert ", ".join(columns) in words_of("pack-files.md")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file(path):
    links = [each for each in LINK.findall(path.read_text(encoding="utf-8")) if "://" not in each]
    assert [each for each in links if not (path.parent / each).exists()] == []


def test_every_page_can_be_reached_from_the_index():
    linked = {(DOCS / each).resolve() for each in LINK.findall((DOCS / "index.md").read_text())}
    assert {path for path in DOCS.rglob("*.md") if path.name != "index.md"} == linked
