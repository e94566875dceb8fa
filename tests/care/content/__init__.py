"""The clinic's words in the chat: looked at, edited, published and taken back."""
