"""Fakes you can hold in your hand, one for each port."""
