"""The form of a pack's exhibits: what each shows and for whom, and how disclosure was controlled.

The form is TOML: filled in by a person, read back here, and kept in the review's log.
"""

import csv
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peerpack.errors import NotFound, PackTampered, ReviewRefused
from peerpack.handover.records import RECORDS_MIME
from peerpack.packs.review.lines import ExhibitSaid
from peerpack.packs.review.people import one_line
from peerpack.packs.signatures import plain_bytes
from peerpack.packs.versions import Version

LARGEST_FORM = 1_000_000
ASKED = {
    "context": "what it shows, and for whom",
    "controls": "what disclosure control was applied, and how it was checked",
}
_HEAD = """\
# Fill in context and controls of every exhibit, on one line each; then
# peerpack review PACK submit --by "Name <mail>" --exhibits THIS-FILE
# Title, alt and done are for you to read. They are not kept.
"""


@dataclass(frozen=True)
class Shown:
    """An exhibit as its pack has it: id, title, alt text, and what the recorder did to it."""

    id: str
    title: str
    alt: str
    done: str


def exhibits(pack: Path) -> list[Shown]:
    """Every exhibit of a pack that verifies, by id; PackTampered where it is laid out otherwise."""
    try:
        words = dict(_words(pack))
        regime = _regime(pack)
        return [
            Shown(one_line(path.stem), *words.get(path.stem, ("", "")), f"{regime} {_hidden(path)}")
            for path in sorted((pack / "exhibits").glob("*.csv"))
        ]
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        raise PackTampered(
            f"{pack.name}: its manifest, notebooks or exhibits are not as a build writes them "
            f"({type(fault).__name__}). Build it again from its returns."
        ) from None


def form(pack: Path, said: Mapping[str, ExhibitSaid]) -> str:
    """The form to fill in, with what was `said` in an earlier submission of the same version."""
    lines = [_HEAD, f"pack = {_text(Version(pack, 0).digest)}"]
    for each in exhibits(pack):
        before = said.get(each.id)
        lines += [f"\n[exhibits.{_text(each.id)}]", f"title = {_text(each.title)}"]
        lines += [f"alt = {_text(each.alt)}", f"done = {_text(each.done)}"]
        lines += [f"{name} = {_text(getattr(before, name, ''))}" for name in ASKED]
    return "\n".join(lines) + "\n"


def filled(pack: Path, path: Path | None) -> dict[str, ExhibitSaid]:
    """What a filled form says of every exhibit; ReviewRefused names each it leaves out."""
    shown = exhibits(pack)
    if not shown and path is None:
        return {}
    said = _read(pack, path) if path else {}
    unknown = sorted(said.keys() - {each.id for each in shown})
    faults = [f"{_short(name)}: the pack has no such exhibit" for name in unknown]
    faults += [fault for each in shown for fault in _faults(each.id, said.get(each.id, {}))]
    if faults:
        raise ReviewRefused(
            f"{pack.name} was not submitted. {'; '.join(faults)}. "
            f"Print the form: peerpack review {pack.name} form; fill it in, and give it "
            "with --exhibits."
        )
    return {each.id: ExhibitSaid(**{n: said[each.id][n] for n in ASKED}) for each in shown}


def _faults(name: str, said: Any) -> Iterator[str]:
    for asked, meaning in ASKED.items():
        text = said.get(asked, "") if isinstance(said, dict) else ""
        try:
            one_line(text if isinstance(text, str) else "")
        except ValueError as fault:
            yield f"{name}: {asked} {fault} ({meaning})"


def _read(pack: Path, path: Path) -> dict[str, Any]:
    if not path.exists():
        raise NotFound(f"--exhibits: there is no file {path.name}.")
    try:
        form = tomllib.loads((plain_bytes(path.resolve(), LARGEST_FORM) or b"").decode())
    except (ValueError, RecursionError) as fault:
        raise ReviewRefused(f"{path.name} is not TOML: {_short(str(fault))}. Mend it.") from None
    if form.get("pack") != Version(pack, 0).digest:
        raise ReviewRefused(
            f"{path.name} is no form of this pack: its exhibits may be others. Print the form "
            f"anew: peerpack review {pack.name} form."
        )
    said = form.get("exhibits", {})
    return said if isinstance(said, dict) else {}


def _words(pack: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """Title and alt text of each exhibit, as the executed notebooks recorded them."""
    for path in sorted((pack / "notebooks").glob("*.ipynb")):
        for cell in _parsed(path).get("cells", ()):
            for output in cell.get("outputs", ()):
                for each in output.get("data", {}).get(RECORDS_MIME, {}).get("exhibits", ()):
                    yield each["id"], (each["title"], each["alt"])


def _parsed(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_bytes()))


def _regime(pack: Path) -> str:
    from peerpack.catalogue.models import Regime
    from peerpack.render.summary import regime_in_words

    regime = Regime.model_validate(Version(pack, 0).manifest().get("disclosure"))
    return f"Regime “{regime.name}”. {' '.join(regime_in_words(regime))}"


def _hidden(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        marks = [row["status"].split(";") for row in csv.DictReader(file)]
    hidden_n = sum("c" in each for each in marks)
    return f"{hidden_n} of its {len(marks)} figures suppressed."


def _text(text: str) -> str:
    """A TOML string: JSON's, with what cannot be seen escaped as TOML does it."""
    written = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else _escaped(c) for c in written)


def _escaped(letter: str) -> str:
    """TOML knows no half of a surrogate pair."""
    return "\\uFFFD" if 0xD800 <= ord(letter) <= 0xDFFF else f"\\U{ord(letter):08X}"


def _short(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text[:80])
