"""The learning loop: what no answer met, and how it becomes a phrasing."""
