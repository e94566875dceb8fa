"""The words patients read: complete, short, plain and careful."""
