"""The reference pack in git is what this checkout builds: what reviewers see, byte for byte.

Digests of code and notebooks stand in the manifest and move with every change; what the pack says
may not move unseen.
"""

import difflib
import json

import pytest
from workbench import LIVERPOOL, REFERENCE, tree

from peerpack.packs.verify import verify

SAID = ("evidence.csv", "comparators.csv", "findings.json")
MEND = "If the change is meant, run `make reference`, and say why in CHANGELOG.md."


@pytest.fixture(scope="module")
def fresh(once, checkout):
    """Built as `make reference` does: with the pack of the earlier quarter before it."""

    def build(folder):
        for quarter in ("2022-23-Q4", LIVERPOOL[1]):
            told = checkout.peerpack("build", "liverpool", quarter, "--reports", folder)
            if told.returncode:
                return f"exit {told.returncode}\n{told.stderr}"
        return ""

    return once("reports-reference", build).joinpath(*LIVERPOOL, "v001")


@pytest.fixture(scope="module")
def committed():
    assert REFERENCE.is_dir(), f"No reference pack at {REFERENCE}: run `make reference`."
    return REFERENCE


def same(before, after, name):
    """Nothing, or a failure that shows the change as a diff and says what to do."""
    if before == after:
        return
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), f"committed/{name}", f"fresh/{name}", lineterm=""
    )
    shown = "\n".join(line[:400] for line, _ in zip(lines, range(60), strict=False))
    pytest.fail(f"{name} is not what this checkout builds. {MEND}\n{shown}", pytrace=False)


def outputs(path):
    """A notebook's outputs by cell, images included, a line each."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    kept = [{"cell": c["id"], "outputs": c["outputs"]} for c in cells if c["cell_type"] == "code"]
    return json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False)


def below(pack, folder):
    return sorted(name for name in tree(pack) if name.startswith(f"{folder}/"))


def test_the_reference_pack_is_as_it_was_published(committed):
    assert verify(committed).files_n == len(tree(committed)) - 2


@pytest.mark.parametrize("name", SAID)
def test_its_records_are_what_this_checkout_builds(name, committed, fresh):
    read = [(pack / name).read_text(encoding="utf-8") for pack in (committed, fresh)]
    same(*read, name)


def test_its_exhibits_are_what_this_checkout_builds(committed, fresh):
    same("\n".join(below(committed, "exhibits")), "\n".join(below(fresh, "exhibits")), "exhibits")
    for name in below(committed, "exhibits"):
        read = [(pack / name).read_text(encoding="utf-8") for pack in (committed, fresh)]
        same(*read, name)


def test_its_notebooks_give_the_same_outputs_images_included(committed, fresh):
    same(
        "\n".join(below(committed, "notebooks")), "\n".join(below(fresh, "notebooks")), "notebooks"
    )
    for name in below(committed, "notebooks"):
        same(outputs(committed / name), outputs(fresh / name), name)


def test_it_says_what_changed_since_the_pack_before_it(fresh):
    page = (fresh / "changed.html").read_text(encoding="utf-8")
    assert "Since the pack of January to March 2023." in page
    assert 'href="indicators/KG17.html#e-KG17">Claims resting on fresh evidence</a>' in page
    assert ">published figures</a>" in page
