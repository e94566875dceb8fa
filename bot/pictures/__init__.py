"""Values in, bytes out: everything the bot draws."""
