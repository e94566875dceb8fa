"""The library: what it accepts, says, refuses and keeps."""
