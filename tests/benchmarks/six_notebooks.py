"""Make six small notebooks and their tables from a seed: what a small analysis team runs a quarter.

Each reads a CSV of some ten thousand rows with pandas, groups, joins and pivots it, and draws
three charts with seaborn. They import nothing of the workbook, and a charting library each.
"""

import argparse
import json
import random
from pathlib import Path

ROWS_N = 30_000
TOPICS = ("repairs", "fines", "permits", "visits", "loans", "calls")
WARDS = tuple(f"Ward {letter}" for letter in "ABCDEFGHIJKL")
KINDS = ("phone", "web", "post", "desk")
CELLS = (
    ("parameters", "folder = '.'\nminimum = 1  # rows of a ward that is shown"),
    ("imports", "from pathlib import Path\n\nimport matplotlib.pyplot as plt\nimport pandas as pd\n"
                "import seaborn as sns"),
    ("read", "cases = pd.read_csv(Path(folder) / '{topic}.csv', parse_dates=['opened'])\n"
             "wards = pd.read_csv(Path(folder) / 'wards.csv')\ncases.head()"),
    ("join", "cases = cases.merge(wards, on='ward', validate='m:1')\n"
             "cases['month'] = cases['opened'].dt.to_period('M').dt.to_timestamp()\n"
             "cases['rate'] = cases['cost'] / cases['homes'] * 1000"),
    ("by-ward", "of_ward = {'cases': ('cost', 'size'), 'cost': ('cost', 'sum'),\n"
                "           'days': ('days', 'median')}\n"
                "by_ward = cases.groupby('ward').agg(**of_ward).reset_index()\n"
                "by_ward = by_ward[by_ward['cases'] >= minimum]\nby_ward"),
    ("chart-by-ward", "plt.figure(figsize=(7, 4))\n"
                      "sns.barplot(by_ward, x='cost', y='ward', color='#34608c')\n"
                      "plt.title('{topic}: cost by ward')"),
    ("by-month", "by_month = cases.pivot_table('days', 'month', 'kind', 'median').reset_index()\n"
                 "by_month = by_month.melt('month', var_name='kind', value_name='days')\nby_month"),
    ("chart-by-month", "plt.figure(figsize=(7, 4))\n"
                       "sns.lineplot(by_month, x='month', y='days', hue='kind')\n"
                       "plt.title('{topic}: median days')"),
    ("chart-of-days", "plt.figure(figsize=(7, 4))\n"
                      "sns.boxplot(cases, x='days', y='kind', color='#8ca9c8')\n"
                      "plt.title('{topic}: days by kind')"),
    ("adds-up", "assert by_ward['cases'].sum() <= len(cases)\n"
                "assert abs(by_ward['cost'].sum() - cases['cost'].sum()) < 0.01"),
    ("record", "print(len(cases), 'cases,', round(cases['cost'].sum(), 2), 'pounds')"),
)  # fmt: skip


def made(folder, rows_n=ROWS_N, seed=1):
    """Six notebooks and seven tables in a folder; the notebooks, by name."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = random.Random(seed)
    homes = "".join(f"{ward},{drawn.randrange(2_000, 9_000)}\n" for ward in WARDS)
    (folder / "wards.csv").write_text(f"ward,homes\n{homes}", encoding="utf-8")
    return [_one(folder, topic, rows_n, drawn) for topic in TOPICS]


def _one(folder, topic, rows_n, drawn):
    rows = "".join(_row(drawn) for _ in range(rows_n))
    (folder / f"{topic}.csv").write_text(f"ward,kind,opened,days,cost\n{rows}", encoding="utf-8")
    path = folder / f"{topic}.ipynb"
    path.write_text(json.dumps(_notebook(topic), indent=1), encoding="utf-8")
    return path


def _row(drawn):
    opened = f"2024-{drawn.randrange(1, 13):02d}-{drawn.randrange(1, 29):02d}"
    days, cost = drawn.randrange(60), drawn.randrange(100, 90_000) / 100
    return f"{drawn.choice(WARDS)},{drawn.choice(KINDS)},{opened},{days},{cost:.2f}\n"


def _notebook(topic):
    cells = [_cell(name, source.replace("{topic}", topic)) for name, source in CELLS]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def _cell(name, source):
    tags = {"tags": ["parameters"]} if name == "parameters" else {}
    return {
        "cell_type": "code", "id": name, "metadata": tags, "source": source,
        "execution_count": None, "outputs": [],
    }  # fmt: skip


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    made(asked.parse_args().folder)
