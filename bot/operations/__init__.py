"""What tells how it runs: its log."""
