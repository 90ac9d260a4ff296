"""How does a template become a page? One environment: everything is escaped, nothing is missing."""

from functools import lru_cache
from urllib.parse import unquote

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from peerpack.render.badges import counted_badge
from peerpack.render.difference import cells_in_words
from peerpack.render.numbers import capital, counted, printed
from peerpack.render.places import (
    anchor,
    block_anchor,
    indicator_page,
    place_of,
    question_page,
    said_anchor,
    theme_page,
)
from peerpack.render.seen import seen
from peerpack.render.statement import captioned, kind, target
from peerpack.words.numbers import dates_in_full, quarter_in_full

ALONE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
"""What a page that stands alone may fetch: nothing."""


@pass_context
def home(context: Context, evidence_id: str) -> str:
    """The link from the page being made to where a number is at home."""
    return context.get("root", "") + place_of(evidence_id)


@pass_context
def at_home(context: Context, evidence_id: str) -> bool:
    """Whether the page being made is where a number is at home: there alone it has its anchor."""
    return place_of(evidence_id).partition("#")[0] == context.get("here")


@pass_context
def glossed(context: Context, text: str) -> Markup:
    """Prose with the first use on the page of each word of the glossary linked to it."""
    on_page = context.get("glossed_here")
    return on_page(text) if on_page else escape(text)


@pass_context
def target_from(context: Context, piece: object) -> str:
    """The link from the page being made to where a piece of a statement leads."""
    return target(piece, context.get("root", ""))  # type: ignore[arg-type]


@lru_cache
def templates() -> Environment:
    """The templates of `render`, with the filters that they may use."""
    made = Environment(
        loader=PackageLoader("peerpack.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"anchor": anchor, "counted": counted, "printed": printed, "home": home}
    made.filters |= {"cells": cells_in_words, "capital": capital, "readable": unquote}
    made.filters |= {"kind": kind, "target": target_from, "captioned": captioned}
    made.filters |= {"indicator_page": indicator_page, "theme_page": theme_page}
    made.filters |= {"question_page": question_page, "block_anchor": block_anchor}
    made.filters |= {"said_anchor": said_anchor}
    made.filters |= {"glossed": glossed, "dated": dates_in_full}
    made.tests["at_home"] = at_home
    made.filters |= {"in_full": quarter_in_full, "counted_badge": counted_badge}
    made.globals |= {"policy": ALONE}
    return made


def rendered(template: str, **words: object) -> bytes:
    """A template with its words, as bytes; what would be unseen in it is seen."""
    return seen(templates().get_template(template).render(words)).encode("utf-8")
