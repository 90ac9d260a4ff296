"""The peer challenge workbook: raw council returns in, verified packs of evidence out."""

import sys

_IRI_GRAMMAR = "rfc3987_syntax"


def spare_iri_grammar() -> None:
    """Load jsonschema without its grammar for IRIs: 1.6 s of every process, and nobody checks one.

    Call it before anything that loads jsonschema: nbformat, papermill, jupyter_client's managers,
    Great Expectations. Afterwards the grammar can be imported by whoever wants it.
    """
    if "jsonschema" in sys.modules or _IRI_GRAMMAR in sys.modules:
        return
    sys.modules[_IRI_GRAMMAR] = None  # type: ignore[assignment]
    try:
        # Of two threads one loads it and the other waits, so neither takes the bar away too soon.
        import jsonschema  # noqa: F401
    finally:
        sys.modules.pop(_IRI_GRAMMAR, None)
