"""Figures anyone can take again: `python -m tests.bench.NAME`."""
