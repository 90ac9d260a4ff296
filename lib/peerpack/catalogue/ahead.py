"""What every notebook's recorder looks up, read as this is imported: once for all kernels forked.

Contracts and indicators are of the checkout, and a build refuses one that moves while it runs.
"""

from peerpack.catalogue import load

load.datasets()
load.own_tables()
load.indicators()
