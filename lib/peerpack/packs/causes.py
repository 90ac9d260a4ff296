"""Which inputs moved between two packs, and of which of the eight causes each is.

Inputs are as `manifest.json` states them (docs/explanation/determinism.md). Pure.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from peerpack.catalogue.branding import CRESTS, THEME
from peerpack.handover.statement import FILE as STATEMENT
from peerpack.packs.word_reference import WORD_REFERENCE

CAUSE_OF = {
    "returns": "data",
    "earlier_returns": "data",
    "not_used": "data",
    "corrections": "correction",
    "suites": "suite",
    "notebooks": "code",
    "code": "code",
    "parameters": "parameter",
    "as_at": "parameter",
    "lock": "library",
    "reference": "reference",
    "council_files": "reference",
    "previous_pack": "previous pack",
}
"""The cause that each input of a manifest is of, by the input's name there."""
NAMES = {
    "as_at": "the as-at date",
    "code": "the workbook's code",
    "lock": "requirements.lock",
    "reference": "definitions or reference data",
    "previous_pack": "the pack of the quarter before",
}
"""What an input is called that is one thing, and not many by name."""
CHANGED, CAME, WENT = "changed", "came", "went"


@dataclass(frozen=True, order=True)
class Moved:
    """An input that moved: of which cause, under which name of the manifest, and what it is.

    `name`: the file, notebook, suite or parameter. `became`: changed, came or went. `then` and
    `now`: its digest, or its own words where the manifest holds those; empty where it was not.
    """

    cause: str
    given: str
    name: str
    became: str
    then: str = ""
    now: str = ""

    @property
    def words(self) -> str:
        """`data: Budget Monitoring.xlsx changed`."""
        return f"{self.cause}: {self.name} {self.became}"


def moved_inputs(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Moved, ...]:
    """The inputs that moved between two manifests' `inputs`, by the order of CAUSE_OF and by name.

    An input that only one of the two manifests states is not compared: nobody wrote what it was.
    A file of settings in which only the as-at date moved is left out where that is named.
    """
    stated = [given for given in CAUSE_OF if given in then and given in now]
    found = [each for given in stated for each in _moved(given, then[given], now[given])]
    dated = any(each.given == "as_at" for each in found)
    return tuple(each for each in found if not (dated and _is_of_the_date_alone(each, then, now)))


def _is_of_the_date_alone(moved: Moved, then: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether a file of settings says the same apart from its as-at date.

    Of packs built before `settings` were stated, pack.toml is taken to: a date is what it is for.
    """
    if moved.given != "council_files" or not moved.name.endswith(".toml"):
        return False
    if "settings" not in then or "settings" not in now:
        return moved.name == "pack.toml"
    empty = digest_of_settings({})
    before, after = (each["settings"].get(moved.name, empty) for each in (then, now))
    return bool(before == after)


def causes(moved: Iterable[Moved]) -> tuple[str, ...]:
    """The causes of inputs that moved, each once, by the order of CAUSE_OF."""
    own = {each.cause for each in moved}
    return tuple(cause for cause in dict.fromkeys(CAUSE_OF.values()) if cause in own)


def within_reach(
    moved: Iterable[Moved], notebook: str, datasets: Collection[str]
) -> tuple[Moved, ...]:
    """Those of the inputs that moved which can touch evidence of a notebook and its datasets.

    Another notebook cannot, nor another dataset's suite, a file that was not used, the position
    statement, the branding or the reference document for Word. Of returns and corrections the
    datasets' own digests say more than their names here.
    """
    own = {"notebooks": {f"{notebook}.ipynb"}, "suites": {f"{name}.json" for name in datasets}}
    return tuple(
        each
        for each in touching_evidence(moved)
        if each.given not in own or each.name in own[each.given]
    )


def touching_evidence(moved: Iterable[Moved]) -> tuple[Moved, ...]:
    """Those of the inputs that moved which can touch any evidence at all."""
    words_and_look = {STATEMENT, THEME, *CRESTS, WORD_REFERENCE}
    return tuple(e for e in moved if e.given != "not_used" and e.name not in words_and_look)


def digest_of_settings(said: Mapping[str, Any]) -> str:
    """One digest of what a file of settings says apart from its as-at date, which stands alone."""
    plain = {name: value for name, value in said.items() if name != "as_at"}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()


def _moved(given: str, then: Any, now: Any) -> Iterator[Moved]:
    if isinstance(then, list) != isinstance(now, list) and {list, dict} >= {type(then), type(now)}:
        # One of the two packs was built before its inputs had names: digests are all both say.
        then, now = _values(then), _values(now)
    before, after = _by_name(given, then), _by_name(given, now)
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield Moved(
                CAUSE_OF[given], given, name, _became(name, before, after),
                before.get(name, ""), after.get(name, ""),
            )  # fmt: skip


def _values(told: Any) -> list[str]:
    return [str(each) for each in (told.values() if isinstance(told, Mapping) else told)]


def _became(name: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    if name in before and name in after:
        return CHANGED
    return WENT if name in before else CAME


def _by_name(given: str, told: Any) -> dict[str, str]:
    """An input as digests by name, however the manifest wrote it; one that was none is empty."""
    if isinstance(told, Mapping):
        return {str(name): str(value) for name, value in told.items()}
    if isinstance(told, list):
        return {_called(given, str(each)): str(each) for each in told}
    return {} if told is None else {NAMES.get(given, given): str(told)}


def _called(given: str, listed: str) -> str:
    """Of an input that is a list: a file's name as it stands, a digest shortened."""
    return f"a file of corrections, sha256 {listed[:12]}" if given == "corrections" else listed
