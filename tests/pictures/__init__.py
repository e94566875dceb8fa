"""Pictures: what a phone can read of them."""
