"""The front door: Telegram in, Telegram out; the only room that imports telegram."""
