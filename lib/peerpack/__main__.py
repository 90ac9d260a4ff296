"""`python -m peerpack` is the same as `peerpack`."""

from peerpack.cli import main

main()
