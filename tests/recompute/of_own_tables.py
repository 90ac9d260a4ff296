"""Formulas of what a pack thinks of itself: their lines are those of its own evidence.csv.

Line n of a file named by a notebook is the nth row of that notebook in evidence.csv.
"""

FORMULAS = {}
