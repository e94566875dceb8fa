"""What somebody with bad intentions tries, over real HTTP."""
