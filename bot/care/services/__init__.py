"""Deeds, one file each: they read and change one unit of work."""
