"""Tests of the walls: what the import contracts and the linter cannot say."""
