"""The true value of every indicator that a council's returns allow, by plain loops over their rows.

Written beside `peerpack.measures`, never from it: two ways to one figure, which must agree.
"""

from peerpack.demo.years.known.all import comparators, indicators

__all__ = ["comparators", "indicators"]
