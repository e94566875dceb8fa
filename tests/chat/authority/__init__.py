"""Tests of who may set what off."""
