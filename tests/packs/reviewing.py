"""A copy of the committed pack, and the people who review it."""

import shutil
import tomllib
from datetime import UTC, datetime, timedelta

from workbench import LIVERPOOL, ROOT

from peerpack.packs.review import exhibits
from peerpack.packs.review.steps import Asked, take

ANN = "Ann Analyst <ann@example.org>"
BOB = "Bob Assurer <bob@example.org>"
CAT = "Cat Approver <cat@example.org>"
PEOPLE = {"analyst": ANN, "assurer": BOB, "approver": CAT}
REFERENCE = ROOT.joinpath("reports", *LIVERPOOL, "v001")
NOON = datetime(2024, 7, 2, 12, tzinfo=UTC)

# By which steps a version comes to each state; `supersede` is the later version's approval.
WAYS = {
    "draft": (),
    "submitted": ("submit",),
    "returned": ("submit", "return"),
    "reviewed": ("submit", "review"),
    "approved": ("submit", "review", "approve"),
    "superseded": ("submit", "review", "approve", "supersede"),
    "withdrawn": ("withdraw",),
}
WHO = {
    "submit": ANN, "return": BOB, "review": BOB, "approve": CAT, "withdraw": CAT,
}  # fmt: skip


def copied_pack(folder, version="v001"):
    """The committed pack, as a version of a quarter of its own."""
    return shutil.copytree(REFERENCE, folder.joinpath(*LIVERPOOL, version))


def filled_form(pack, **said):
    """The pack's form with the same words for every exhibit, beside the reports."""
    usual = {"context": "Shown to scrutiny", "controls": "None needed; looked at by Bob"}
    text = exhibits.form(pack, {})
    for name, words in (usual | said).items():
        text = text.replace(f'{name} = ""', f"{name} = {exhibits._text(words)}")
    assert tomllib.loads(text)
    path = pack.parents[2] / "form.toml"
    path.write_text(text, encoding="utf-8")
    return path


def step(pack, name, by="", reason="", hour=0, **more):
    """Take a step, in the name of whoever takes it by the table, with what it needs."""
    if name == "submit" and "exhibits" not in more:
        more["exhibits"] = filled_form(pack)
    if name in ("return", "withdraw") and not reason:
        reason = "The total is wrong"
    asked = Asked(name, by or WHO[name], reason, more.pop("exhibits", None), more.pop("key", None))
    return take(pack, asked, now=lambda: NOON + timedelta(hours=hour), **more)


def brought_to(pack, state):
    """The pack, by the steps that lead there."""
    for name in WAYS[state]:
        if name == "supersede":
            brought_to(copied_pack(pack.parents[2], "v002"), "approved")
        else:
            step(pack, name)
    return pack
