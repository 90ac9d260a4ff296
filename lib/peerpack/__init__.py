"""The peer challenge workbook: raw council returns in, verified packs of evidence out."""

import sys
from threading import Lock

_IRI_GRAMMAR = "rfc3987_syntax"
_one_at_a_time = Lock()


def spare_iri_grammar() -> None:
    """Load jsonschema without its grammar for IRIs: 1.6 s of every process, and nobody checks one.

    Call it before anything that loads jsonschema: nbformat, papermill, jupyter_client's managers,
    Great Expectations. Afterwards the grammar can be imported by whoever wants it.
    """
    with _one_at_a_time:
        if "jsonschema" in sys.modules or _IRI_GRAMMAR in sys.modules:
            return
        sys.modules[_IRI_GRAMMAR] = None  # type: ignore[assignment]
        try:
            import jsonschema  # noqa: F401
        finally:
            del sys.modules[_IRI_GRAMMAR]
