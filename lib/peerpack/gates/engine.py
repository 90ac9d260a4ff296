"""Great Expectations at arm's length: loaded late, kept quiet, asked for row numbers only."""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

import pandas as pd

from peerpack import spare_iri_grammar
from peerpack.errors import GateCannotJudge
from peerpack.gates.load import Entry, Suite

# Row numbers and no values: cells may be personal data, and copying them takes seconds.
ROWS_ONLY = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": ["source_row"],
    "exclude_unexpected_values": True,
    "partial_unexpected_count": 0,
    "return_unexpected_index_query": False,
}
# Great Expectations takes these among kwargs, where they change the report and not the check.
REPORTING = frozenset({"result_format", "catch_exceptions"})
DISTRIBUTIONS = ("scipy.stats", "altair")
"""What it loads for the few expectations that compare distributions: 1.5 s of 3.5."""


def results(suite: Suite, frame: pd.DataFrame) -> list[Any]:
    """The results of Great Expectations for the suite's entries, in whatever order it likes."""
    gx = great_expectations()
    understood = gx.ExpectationSuite(suite.name, [_understood(suite, e) for e in suite.entries])
    counted(suite, "understood", len(understood.expectations))
    with warnings.catch_warnings():
        # GX asks only whether a pattern is found; that groups could be taken out is no news.
        warnings.filterwarnings("ignore", "This pattern is interpreted as a regular expression")
        found = _batch(gx, frame).validate(understood, result_format=ROWS_ONLY).results
    counted(suite, "judged", len(found))
    return list(found)


def counted(suite: Suite, done: str, number: int) -> None:
    """Refuse where fewer or more checks were done than the suite declares."""
    if number != len(suite.entries):
        raise GateCannotJudge(
            f"{suite.where}: {len(suite.entries)} expectations declared, {number} {done}. A check "
            "that was dropped would count as passed. Compare the suite with the version of "
            "great-expectations in requirements.lock."
        )


def great_expectations() -> ModuleType:
    """The library, loaded at first use."""
    spare_iri_grammar()
    with _when_used(DISTRIBUTIONS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"module 'sre_\w+' is deprecated")
        import great_expectations as gx  # 2 s: only who judges pays them
    return gx


class _WhenUsed(ModuleType):
    """Stands for a module until something of it is asked for; only then is that loaded."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def _when_used(names: tuple[str, ...]) -> Iterator[None]:
    """Have what is imported meanwhile take these modules when it uses them; nobody else after."""
    standing = {name: _WhenUsed(name) for name in names if name not in sys.modules}
    sys.modules.update(standing)
    try:
        yield
    finally:
        for name, each in standing.items():
            if sys.modules.get(name) is each:
                del sys.modules[name]


def _understood(suite: Suite, entry: Entry) -> Any:
    """The expectation as Great Expectations understands it; it must know the type and kwargs."""
    from great_expectations.expectations.expectation_configuration import (
        ExpectationConfiguration,
    )

    try:
        _refuse_reporting(entry)
        return ExpectationConfiguration(**entry.model_dump()).to_domain_obj()
    except Exception as fault:
        raise GateCannotJudge(
            f"{suite.where}, {entry.meta.id}: Great Expectations does not understand "
            f"{entry.type} with {', '.join(entry.kwargs) or 'no kwargs'}: "
            f"{' '.join(str(fault).split())}. Mend the entry."
        ) from None


def _refuse_reporting(entry: Entry) -> None:
    for kwarg in sorted(REPORTING & entry.kwargs.keys()):
        raise ValueError(f"{kwarg} is the gate's to set")


def _batch(gx: ModuleType, frame: pd.DataFrame) -> Any:
    """The frame as a batch of a context that lives in memory alone."""
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    context = gx.get_context(mode="ephemeral", project_config=config)
    asset = context.data_sources.add_pandas("returns").add_dataframe_asset("frame")
    return asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": _dated(frame)})


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    """The same days in the unit that GX compares at once; in any other it takes each by itself.

    A column with a day that this unit cannot hold (it ends in 2262) stays as it is.
    """
    days = {str(name): column for name, column in frame.items() if column.dtype.kind == "M"}
    fitting = {
        name: column.astype("datetime64[ns]")
        for name, column in days.items()
        if column.dropna().between(pd.Timestamp.min, pd.Timestamp.max).all()
    }
    return frame.assign(**fitting)
