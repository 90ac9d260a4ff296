"""Why each dataset was admitted and each notebook run, or why not. It loads nothing heavy."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from peerpack.catalogue.places import reference_folder
from peerpack.packs.versions import Built, Version

if TYPE_CHECKING:
    from peerpack.handover.pack import Withheld

AS_IT_WAS = "all it rests on is as it was"
FORCED = "--force"


@dataclass(frozen=True)
class Reason:
    """What a build did with one dataset or notebook, and why.

    `did`: admitted, not admitted again, ran, not run again, withheld. `why`: which parts of what it
    rests on changed, by name; or which of the reasons that are none of those.
    """

    name: str
    did: str
    why: str

    @property
    def words(self) -> str:
        """`02-where-will-the-budget-land: ran: budget_monitoring changed since the last time`."""
        return f"{self.name}: {self.did}: {self.why}"

    @property
    def fields(self) -> dict[str, str]:
        """The same for machines."""
        return asdict(self)


def of_dataset(dataset: str, quarter: str, own_quarter: str, why: str) -> Reason:
    """A dataset, of this quarter or of an earlier one; `why` it was admitted, if it was."""
    of = "" if quarter == own_quarter else f" of {quarter}"
    return Reason(f"{dataset}{of}", "admitted" if why else "not admitted again", why or AS_IT_WAS)


def of_notebook(name: str, why: str) -> Reason:
    """A notebook; `why` it ran, if it did."""
    return Reason(name, "ran" if why else "not run again", why or AS_IT_WAS)


def withheld(each: "Withheld") -> Reason:
    """A notebook that did not run for want of data, or because a gate stopped them."""
    return Reason(each.notebook, "withheld", each.why)


def forced(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The reasons of a build that was told to believe nothing that is kept."""
    return tuple(r if r.did == "withheld" else replace(r, why=FORCED) for r in reasons)


def explained(told: Built) -> list[Reason]:
    """The reasons of a build, datasets first, each by its name, in whatever order it did them.

    Of a build that found nothing to do, what its newest pack rests on.
    """
    found = told.reasons if told.new else _unchanged(told.version)
    return sorted(found, key=lambda each: ("admitted" not in each.did, each.name))


def _unchanged(version: Version) -> Iterator[Reason]:
    manifest = version.manifest()
    own_tables = {path.stem for path in (reference_folder() / "own_tables").glob("*.yml")}
    for path in sorted((version.folder / "quality").glob("*.json")):
        receipt = json.loads(path.read_bytes())
        if receipt["dataset"] not in own_tables:
            yield of_dataset(receipt["dataset"], receipt["quarter"], manifest["quarter"], "")
    yield from (of_notebook(each["name"], "") for each in manifest["notebooks"])
    yield from (Reason(w["notebook"], "withheld", w["why"]) for w in manifest["withheld"])
