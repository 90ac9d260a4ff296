"""Pages and documents made at once: the bytes and the errors of one after the other."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice

import documents_of
import psutil
import pytest

from peerpack import render
from peerpack.errors import OurFault
from peerpack.render.documents import finished
from peerpack.render.documents.making import begun
from peerpack.vocab import DOCUMENTS

NO_WORD = {"word_reference": b"no Word document"}


@pytest.fixture(autouse=True)
def nothing_is_left():
    """No thread and no process outlives a test, whatever came of it."""
    own = psutil.Process()
    threads, processes = threading.active_count(), own.children(recursive=True)
    yield
    assert (threading.active_count(), own.children(recursive=True)) == (threads, processes)


def failure(of):
    with pytest.raises(OurFault) as raised:
        render.everything(of)
    return str(raised.value)


def test_all_at_once_gives_the_bytes_of_one_after_the_other():
    of = documents_of.contents(documents=DOCUMENTS)
    one_by_one = render.pages(of)
    for kind in DOCUMENTS:
        made = documents_of.made(kind, of).items()
        one_by_one |= {f"documents/{name}": content for name, content in made}
    for _ in range(2):
        render.warm(DOCUMENTS, of.branding)
    made = render.everything(of)
    assert made == one_by_one
    paths = [path for path in made if path.startswith("documents/")]
    assert len(paths) == 7
    assert paths == sorted(paths)


def test_what_a_document_refuses_is_told_whatever_else_is_made():
    of = documents_of.contents(documents=("word",), **NO_WORD)
    assert failure(of).startswith("pandoc made no docx")
    assert failure(replace(of, documents=DOCUMENTS)) == failure(of)


def test_the_first_document_that_fails_is_told_however_late_it_fails():
    second_failed = threading.Event()

    def late():
        assert second_failed.wait(10)
        raise OurFault("the first")

    def early():
        second_failed.set()
        raise OurFault("the second")

    def making():
        yield "a", late
        yield "b", early
        raise OurFault("the third")

    with ThreadPoolExecutor(2) as pool, pytest.raises(OurFault, match="the first"):
        finished(list(begun(making(), pool)))
    with ThreadPoolExecutor(2) as pool, pytest.raises(OurFault, match="the third"):
        finished(list(begun(islice(making(), 2, None), pool)))


def test_what_a_page_refuses_is_told_before_what_a_document_does(rows):
    leak = rows.suppressed(numerator=3.0)
    refused = failure(documents_of.contents(rows=[leak], documents=()))
    assert "is suppressed and still carries numerator" in refused
    of = documents_of.contents(rows=[leak], documents=DOCUMENTS, **NO_WORD)
    assert failure(of) == refused
