"""Servers that have loaded little."""

import pytest
from forking import ENV, LITTLE

from peerpack.kernels.owner import Serving


@pytest.fixture(scope="module")
def server():
    started = Serving(LITTLE, ENV | {"ONLY_THE_SERVERS": "1"})
    yield started
    started.end()


@pytest.fixture
def own_server():
    """A server of one test's, to be mistreated."""
    started = Serving(LITTLE, ENV)
    yield started
    started.end()
