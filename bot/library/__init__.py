"""Reads, checks, renders and watches what the clinic says; the only room that knows TOML and templates."""
