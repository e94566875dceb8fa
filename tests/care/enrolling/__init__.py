"""Enrolling a patient."""
