"""What care needs from outside, in care's words; every other room fills one of these."""
