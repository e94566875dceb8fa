"""Time, and nothing but time: knows no patient."""
