"""Hold the local Telegram to what Telegram does."""
