"""Whether the files fit together; every rule notes all it finds."""
