"""Who a council is compared with, and a figure of each beside its own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from peerpack.catalogue.models import NeighbourList
from peerpack.handover.neighbours import AREA, ENGLAND, Group, Member, no_group, of_file
from peerpack.handover.receipt import Admission
from peerpack.measures.table import NOTHING, measured, ratio, rows_in

STATISTICAL = "statistical neighbours"
BOTH_CODES = ("area_kind", "dfe_code", "ons_code", "area_name")
TEN = tuple(f"neighbour_{n}" for n in range(1, 11))
JOINTLY = " / "
NO_CODE = "The council has no official code in its council.toml."


def statistical(model: Admission, ons_code: str, *places: pd.DataFrame) -> Group:
    """A council's ten statistical neighbours of children's services, in the model's order.

    The model knows authorities by the department's code of three digits. `places`: national
    returns with both codes (dfe_code, ons_code, area_kind, area_name); two authorities that answer
    as one are told apart in them. A neighbour that they do not know is a member without a code. The
    version is the name of the model's file, which does not say its year otherwise.
    Source: Department for Education, statistical neighbours.
    """
    if model.frame.empty:
        return no_group(STATISTICAL, "no model of statistical neighbours was supplied")
    codes = _codes(pd.concat([place[list(BOTH_CODES)] for place in places]))
    own = model.frame[model.frame["dfe_code"].isin(codes[codes["ons_code"] == ons_code].index)]
    if own.empty:
        known = f"of {ons_code}" if ons_code else "without an official code in council.toml"
        return no_group(STATISTICAL, f"the model names no neighbours of a council {known}")
    named = dict(zip(model.frame["dfe_code"], model.frame["area_name"], strict=True))
    members = [_member(dfe, codes, named) for dfe in own[list(TEN)].iloc[0].dropna()]
    return Group(STATISTICAL, _version(model), model.receipt.owner, tuple(members))


def _codes(places: pd.DataFrame) -> pd.DataFrame:
    """Official code and name by the department's code, a joint row as its authorities."""
    own = places[(places["area_kind"] == "authority") & places["dfe_code"].notna()]
    parted = {c: own[c].str.split(JOINTLY) for c in ("dfe_code", "ons_code", "area_name")}
    whole = [len({len(v) for v in row}) == 1 for row in zip(*parted.values(), strict=True)]
    apart = pd.DataFrame(parted)[whole].explode(list(parted))
    return apart.drop_duplicates("dfe_code").set_index("dfe_code")


def _member(dfe: str, codes: pd.DataFrame, named: Mapping[str, str]) -> Member:
    if dfe in codes.index:
        return Member(str(codes.at[dfe, "ons_code"]), str(codes.at[dfe, "area_name"]))
    return Member("", named.get(dfe, f"the authority with the department's code {dfe}"))


def _version(lists: Admission) -> str:
    """The names of the files, without their endings."""
    return ", ".join(f.name.rsplit("/", 1)[-1].rsplit(".", 1)[0] for f in lists.receipt.files)


def listed(lists: Admission, settings: Iterable[NeighbourList], ons_code: str, kind: str) -> Group:
    """A council's own list of a kind, such as its CIPFA nearest neighbours.

    `settings`: what council.toml says of its lists, by file. A list of which it says nothing is
    used only where it is the only one, under its file's name. The council itself is left out.
    """
    files = {file.number: file.name for file in lists.receipt.files}
    said = {s.file: s for s in settings}
    chosen = [n for n, name in files.items() if name in said and said[name].kind == kind]
    if not chosen and len(files) == 1 and not said:
        return _of_rows(lists.frame, _version(lists), _version(lists), lists).without(ons_code)
    if not chosen:
        return no_group(f"{kind} neighbours", _why_no_list(files, kind))
    setting = said[files[chosen[0]]]
    if setting.licence != "open":
        return no_group(
            setting.group, f"a licence or an embargo keeps {setting.group} out of packs"
        )
    rows = of_file(lists.frame, chosen[0])
    return _of_rows(rows, setting.group, setting.version, lists).without(ons_code)


def _why_no_list(files: Mapping[int, str], kind: str) -> str:
    if not files:
        return "the council supplied no list of them"
    told = ", ".join(sorted(files.values()))
    return f"council.toml does not say which of {told} is its {kind} list"


def _of_rows(rows: pd.DataFrame, name: str, version: str, lists: Admission) -> Group:
    pairs = zip(rows["area_code"], rows["area_name"], strict=True)
    members = tuple(Member(str(code), str(area)) for code, area in pairs)
    return Group(name, version, lists.receipt.owner, members)


@dataclass(frozen=True)
class Operand:
    """One number of one area, with the rows it stands in; NaN and a status where there is none."""

    value: float
    status: str
    rows: np.ndarray
    note: str = ""


def operand(national: pd.DataFrame, code: str, column: str) -> Operand:
    """A column of one authority, or of England as published; a symbol in its place is missing."""
    marks = f"{column}_status"
    # A national return is wide, and is asked for a number of each of many authorities.
    beside = [c for c in (column, marks, "certification", "source_row") if c in national]
    area = national.loc[_is_of(national, code), beside]
    told = area[area[column].notna() | area[marks].notna()].head(1)
    if told.empty:
        return Operand(float("nan"), "x", NOTHING, _jointly(national, code) if area.empty else "")
    status = str(told[marks].fillna("").iloc[0]) or _provisional(told)
    return Operand(float(told[column].iloc[0]), status, rows_in(told))


def _provisional(told: pd.DataFrame) -> str:
    """`p` where the chief finance officer has not certified the return yet."""
    certified = told["certification"].iloc[0] if "certification" in told else "Y"
    return "p" if certified == "N" else ""


def _is_of(national: pd.DataFrame, code: str) -> "pd.Series[bool]":
    """Which rows are one authority's by its official code, or England's."""
    if code == ENGLAND:
        return national["area_kind"] == ENGLAND
    return (national["area_kind"] == "authority") & (national["ons_code"] == code)


def _jointly(national: pd.DataFrame, code: str) -> str:
    parts = national["ons_code"].fillna("").str.split(JOINTLY)
    joint = national[[len(codes) > 1 and code in codes for codes in parts]]
    return f"Published only jointly, as {joint['area_name'].iloc[0]}." if len(joint) else ""


def ratio_row(numerator: Operand, denominator: Operand, times: float = 1.0) -> dict[str, Any]:
    """A row of a measure: one operand over the other, missing where either is, with its status."""
    missing = [o.status for o in (numerator, denominator) if pd.isna(o.value) and o.status]
    marks = missing or [o.status for o in (numerator, denominator) if o.status]
    return {
        "value": times * ratio(numerator.value, denominator.value),
        "numerator": numerator.value,
        "denominator": denominator.value,
        "status": ";".join(dict.fromkeys(marks)),
        "note": " ".join(dict.fromkeys(o.note for o in (numerator, denominator) if o.note)),
        "numerator_rows": numerator.rows,
        "denominator_rows": denominator.rows,
    }


def beside_others(
    figure: Callable[[str], dict[str, Any]],
    ons_code: str,
    groups: Sequence[Group],
    facet: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """A figure of the council, of each member of its groups, and of England.

    `figure`: the row of a measure by official code, or by `England`. Rows: the council, with a note
    where a group cannot be used; the members, each once, in their groups' order; England. Columns:
    those of `facet`, and `area`, missing for the council; of a member without a code nothing is
    known.
    """
    named = dict(facet or {})
    own = figure(ons_code) if ons_code else {"status": "x", "note": NO_CODE}
    members = dict.fromkeys(member for group in groups for member in group.members)
    others = [
        {AREA: each.name} | (figure(each.code) if each.code else {"status": "x"})
        for each in members
    ]
    unused = [f"Not set beside {g.name}: {g.none_because}." for g in groups if g.none_because]
    note = {"note": " ".join(filter(None, [own.get("note", ""), *unused]))}
    rows = [own | note, *others, {AREA: ENGLAND} | figure(ENGLAND)]
    return measured([named | row for row in rows], [*named, AREA])
