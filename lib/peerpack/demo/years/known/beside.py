"""True comparators: the median of the neighbours whose figure is like for like."""

from collections import Counter
from collections.abc import Iterator

from peerpack.demo.years.known.figures import Rows, number, text
from peerpack.vocab import Quarter

HUNDREDTHS = 100


def medians(listed: Rows, quarter: Quarter) -> Iterator[tuple[str, dict[str, float]]]:
    """By indicator: the median of the neighbours' figures, and how many it is of.

    A figure of another quarter does not count, nor one computed otherwise than most are.
    """
    own = [row for row in listed if row["period"] == str(quarter) and row["value"] is not None]
    for indicator in sorted({text(row, "indicator") for row in own}):
        rows = [row for row in own if row["indicator"] == indicator]
        usual = Counter(row["statistic_basis"] for row in rows if row["statistic_basis"])
        ways = [way for way, _ in usual.most_common(1)] + [None]
        values = sorted(number(row, "value") for row in rows if row["statistic_basis"] in ways)
        middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
        yield indicator, {"value": middle / HUNDREDTHS, "n": len(values)}
