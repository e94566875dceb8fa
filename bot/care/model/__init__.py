"""Frozen values and pure rules of the clinic."""
