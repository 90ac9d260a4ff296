"""Pages that stand alone, beside the packs: of versions, of a difference, of a check."""

import re
from collections.abc import Iterable, Mapping

from peerpack.errors import OurFault
from peerpack.handover.check import QuarterChecked
from peerpack.handover.difference import Difference
from peerpack.handover.review import VersionTold
from peerpack.render.check import BADGES, returns_told, summary_line
from peerpack.render.difference_page import Sides, difference_words
from peerpack.render.reviews import SIGNATURE_REFUSED, reviews_told
from peerpack.render.templating import rendered
from peerpack.words.numbers import quarter_in_full

_VERSION = re.compile(r"v\d{3,}\Z")


def status_page(
    council_name: str, quarter: str, versions: Iterable[VersionTold], *, invented: bool = False
) -> bytes:
    """The page beside the packs of a quarter: each version with its review, withdrawn ones first.

    The newest is shown first among equals. Refuses a version that is no folder of a pack.
    """
    told = list(versions)
    for each in told:
        if not _VERSION.match(each.version):
            raise OurFault(f"Version {each.version!r} is not a pack's folder, such as v001.")
    return rendered(
        "status.html.j2",
        council_name=council_name,
        quarter=quarter,
        period=quarter_in_full(quarter),
        versions=reviews_told(told),
        refused=SIGNATURE_REFUSED,
        invented=invented,
    )


def difference_page(told: Difference, drawings: Mapping[str, Sides]) -> bytes:
    """The page of what moved between two packs; `drawings`: both sides of each chart, by its id."""
    return rendered("diff.html.j2", **difference_words(told, drawings))


def check_page(checked: QuarterChecked) -> bytes:
    """The page that `peerpack check` leaves for the owners of a quarter's returns."""
    return rendered(
        "check.html.j2",
        checked=checked,
        council_name=checked.council_name,
        invented=checked.invented,
        period=quarter_in_full(checked.quarter),
        summary=summary_line(checked),
        returns=returns_told(checked),
        badges=BADGES,
    )
