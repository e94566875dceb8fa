"""Before closing: whoever of today is not connected."""
