"""Tests of leaving."""
