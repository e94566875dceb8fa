"""What keeps it running and tells how it runs."""
