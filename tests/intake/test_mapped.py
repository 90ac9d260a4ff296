"""What is handed from one process to another arrives as it was, and nobody writes to another's."""

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from peerpack.catalogue.load import datasets
from peerpack.handover.receipt import Admission
from peerpack.intake import mapped
from peerpack.intake.admit import lay, take
from peerpack.intake.earlier import nothing
from peerpack.sources import no_rows
from peerpack.vocab import Quarter

Q1 = Quarter(2024, 1)
OF_KIND = {
    "str": ["NA", None, "é  ", ""],
    "float64": [0.1 + 0.2, None, -0.0, 1e300],
    "datetime64[us]": [pd.Timestamp("1066-10-14"), None, *[pd.Timestamp("9999-12-31")] * 2],
}
"""What a column may hold that a careless copy would change."""


def admission(name):
    """A return of a declared dataset, each column full of what is easily lost."""
    empty = no_rows(datasets()[name])
    own = {column: OF_KIND[str(kind)] for column, kind in empty.dtypes[:-1].items()}
    frame = pd.DataFrame(own).astype(empty.dtypes[:-1]).assign(source_row=10**9 + np.arange(1, 5))
    return Admission(
        frame.set_index("source_row", drop=False), nothing(name, "north", Q1, "").receipt
    )


@pytest.mark.parametrize("name", datasets())
def test_a_return_of_every_dataset_is_taken_as_it_was_laid_in_values_and_types(name, tmp_path):
    for laid in (admission(name), Admission(no_rows(datasets()[name]), admission(name).receipt)):
        lay(tmp_path, laid)
        taken = take(tmp_path, name, "north", Q1)
        assert_frame_equal(taken.frame, laid.frame, check_exact=True, check_freq=True)
        assert list(map(str, taken.frame.dtypes)) == list(map(str, laid.frame.dtypes))


def test_what_else_a_frame_of_our_own_may_hold_comes_back_too(tmp_path):
    frame = pd.DataFrame({
        "whole": pd.array([1, None, 3], dtype="Int64"), "is_so": [True, False, True],
        "perhaps": pd.array([True, None, False], dtype="boolean"), "none": [None, None, None],
        "class": pd.Categorical(["b", "a", None], categories=["b", "a"], ordered=True),
    })  # fmt: skip
    mapped.write(tmp_path / "frame.arrow", frame)
    assert_frame_equal(mapped.read(tmp_path / "frame.arrow"), frame, check_exact=True)


@pytest.mark.parametrize("columns", [["n"], ["day"], ["text"], ["n", "m", "day", "text"]])
def test_who_writes_to_a_frame_writes_to_a_copy_of_their_own(columns, tmp_path):
    path = tmp_path / "frame.arrow"
    day = pd.Series(pd.to_datetime(["2024-04-01", None])).astype("datetime64[us]")
    whole = pd.DataFrame({"n": [1, 2], "m": [3, 4], "day": day, "text": ["a", None]})[columns]
    mapped.write(path, whole)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    one, other = mapped.read(path), mapped.read(path)
    for name in columns:
        one.loc[one.index[1], name] = one[name].iloc[0]
        one[f"{name}_again"] = one[name]
    one.iloc[0] = one.iloc[1]
    assert_frame_equal(other, whole)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_a_frame_outlives_the_file_it_was_read_from(tmp_path):
    path = tmp_path / "frame.arrow"
    mapped.write(path, pd.DataFrame({"text": ["a" * 5000, "b"], "n": [1.5, 2.5]}))
    frame = mapped.read(path)
    path.unlink()
    assert frame["text"].str.len().tolist() == [5000, 1]


def test_the_same_frame_is_the_same_bytes_in_however_many_pieces_it_came(tmp_path):
    parts = [pd.DataFrame({"text": [text]}, dtype="str") for text in ("a", "b", "c")]
    for name, frame in (("a", pd.concat(parts)), ("b", pd.DataFrame({"text": ["a", "b", "c"]}))):
        mapped.write(tmp_path / name, frame.reset_index(drop=True))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_half_a_file_and_no_file_are_faults_that_the_cache_knows(tmp_path):
    path = tmp_path / "frame.arrow"
    mapped.write(path, pd.DataFrame({"n": [1]}))
    for content in (path.read_bytes()[:-9], path.read_bytes()[:20], b"ARROW1", b""):
        path.write_bytes(content)
        with pytest.raises((OSError, ValueError)):
            mapped.read(path)
    with pytest.raises(OSError, match="nowhere"):
        mapped.read(tmp_path / "nowhere")


IN_A_NEW_PROCESS = """
import os, sys
from pathlib import Path
from peerpack.intake import mapped
before = len(os.listdir("/proc/self/task"))
mapped.read(Path(sys.argv[1]))
print(len(os.listdir("/proc/self/task")) - before, "pyarrow.parquet" in sys.modules,
      "pyarrow.dataset" in sys.modules)
"""


def test_reading_starts_no_thread_and_loads_no_parquet(tmp_path):
    path = tmp_path / "frame.arrow"
    mapped.write(path, pd.DataFrame({f"n{at}": np.arange(10_000.0) for at in range(20)}))
    words = [sys.executable, "-c", IN_A_NEW_PROCESS, path]
    env = {"PYTHONPATH": str(Path(mapped.__file__).parents[2])}
    told = subprocess.run(words, capture_output=True, text=True, check=False, env=env)
    assert told.stdout == "0 False False\n", told.stderr
