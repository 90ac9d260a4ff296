"""Shown values to sentences and formatted numbers. Pure: a number is formatted here, and once."""
