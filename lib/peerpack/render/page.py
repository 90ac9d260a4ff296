"""The pages of a pack as bytes: the reviewer's page, and the page of versions beside the packs."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import unquote

from jinja2 import Environment, PackageLoader, StrictUndefined

from peerpack.errors import OurFault
from peerpack.handover.check import QuarterChecked
from peerpack.handover.difference import Difference
from peerpack.handover.pack import PackContents
from peerpack.handover.review import VersionTold
from peerpack.handover.statement import FILE, Statement
from peerpack.render.cards import anchor
from peerpack.render.check import BADGES, returns_told, summary_line
from peerpack.render.difference import cells_in_words
from peerpack.render.difference_page import Sides, difference_words
from peerpack.render.numbers import capital, counted, printed
from peerpack.render.quality import dataset_qualities
from peerpack.render.reviews import SIGNATURE_REFUSED, reviews_told
from peerpack.render.revised import revised_figures
from peerpack.render.statement import PAGE, captioned, kind, markdown, target
from peerpack.render.summary import regime_in_words, summary
from peerpack.render.themes import themes
from peerpack.words.numbers import day_in_full, quarter_in_full

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
_VERSION = re.compile(r"v\d{3,}\Z")


def pages(contents: PackContents) -> dict[str, bytes]:
    """The pages of a pack by file name. Same contents, same bytes."""
    told = {"index.html": _rendered("pack.html.j2", **_pack_words(contents))}
    return told | (statement_pages(contents, contents.statement) if contents.statement else {})


def statement_pages(contents: PackContents, statement: Statement) -> dict[str, bytes]:
    """The position statement by file name: the page, and the same as Markdown."""
    words = {
        "council_name": contents.council.name,
        "invented": contents.council.invented,
        "quarter": contents.quarter,
        "period": quarter_in_full(contents.quarter),
        "as_at": day_in_full(contents.as_at),
        "statement": statement,
    }
    page = _rendered("statement.html.j2", **words)
    return {PAGE: page, FILE: markdown(statement.blocks).encode("utf-8")}


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
    return _rendered(
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
    return _rendered("diff.html.j2", **difference_words(told, drawings))


def check_page(checked: QuarterChecked) -> bytes:
    """The page that `peerpack check` leaves for the owners of a quarter's returns."""
    return _rendered(
        "check.html.j2",
        checked=checked,
        council_name=checked.council_name,
        invented=checked.invented,
        period=quarter_in_full(checked.quarter),
        summary=summary_line(checked),
        returns=returns_told(checked),
        badges=BADGES,
    )


def _pack_words(contents: PackContents) -> dict[str, object]:
    council = contents.council
    return {
        "council": council,
        "council_name": council.name,
        "invented": council.invented,
        "quarter": contents.quarter,
        "period": quarter_in_full(contents.quarter),
        "as_at": day_in_full(contents.as_at),
        "stopped": [w for w in contents.withheld if w.stopped],
        "not_supplied": [w for w in contents.withheld if not w.stopped],
        "not_used": contents.not_used,
        "summary": summary(contents),
        "themes": themes(contents),
        "revised": list(revised_figures(contents)),
        "datasets": dataset_qualities(contents.receipts),
        "regime": regime_in_words(council.disclosure),
        "regime_name": council.disclosure.name,
        "statement": contents.statement,
    }


@lru_cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("peerpack.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "anchor": anchor,
        "counted": counted,
        "printed": printed,
        "cells": cells_in_words,
    }
    made.filters |= {"capital": capital, "readable": unquote}
    made.filters |= {"kind": kind, "target": target, "captioned": captioned}
    made.globals |= {"policy": POLICY}
    return made


def _rendered(template: str, **words: object) -> bytes:
    return _templates().get_template(template).render(words).encode("utf-8")
