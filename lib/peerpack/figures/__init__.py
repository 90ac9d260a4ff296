"""Shown tables to figures: seaborn, one style, no arithmetic beyond display scaling."""
