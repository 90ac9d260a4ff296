"""Survey estimates from a sample's design, by the library svy.

polars and svy are loaded when first used: they take half a second.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Share:
    """A weighted share with its design-based interval, all as shares from 0 to 1.

    `effective_n`: the size of a simple random sample with the same variance, missing where the
    sample has none.
    """

    value: float
    lower: float
    upper: float
    effective_n: float


def weighted_share(
    answers: pd.Series, weights: pd.Series, strata: pd.Series, domain: pd.Series
) -> Share:
    """The weighted share of True among the answers of a domain, with a 95% logit interval.

    `answers`: True, False or missing (no valid answer: outside the base). `strata`: the design's
    strata over the whole sample; the variance of a domain keeps the whole design.
    Source: Taylor linearisation for a ratio; logit interval with t on the degrees of freedom of the
    domain, its units less their strata, as the R package survey has it. No finite population
    correction. No interval where all answer alike or no degree of freedom is left.
    """
    valid = domain.to_numpy(dtype=bool) & answers.notna().to_numpy()
    chosen = answers.fillna(False).to_numpy(dtype=bool) & valid
    if not valid.any() or chosen.sum() in (0, valid.sum()):
        share = float(chosen.sum() / valid.sum()) if valid.any() else float("nan")
        return Share(share, float("nan"), float("nan"), float("nan"))
    return _estimate(chosen, valid, weights, strata)


def _estimate(
    chosen: np.ndarray, valid: np.ndarray, weights: pd.Series, strata: pd.Series
) -> Share:
    import polars
    import svy

    sample = polars.DataFrame(
        {
            "chosen": polars.Series(chosen).cast(polars.Int8),
            "valid": polars.Series(valid),
            "weight": weights.to_numpy(dtype="float64"),
            "stratum": strata.astype(str).to_list(),
        }
    )
    design = svy.Design(stratum="stratum", wgt="weight", singleton="center")
    found: Any = svy.Sample(sample, design).estimation.prop("chosen", where=svy.col("valid"))
    row = next(each for each in found.to_dicts() if each["y_level"] == 1)
    effective = row["est"] * (1 - row["est"]) / row["se"] ** 2
    return Share(row["est"], row["lci"], row["uci"], effective)
