"""Random courses: what the clinic says is held against tables that were copied by hand."""
