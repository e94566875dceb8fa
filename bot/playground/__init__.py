"""A local Telegram: a strict Bot API server with people in it, so that the whole bot can be tried without a token."""
