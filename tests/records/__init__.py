"""One contract, held by the fake, SQLite and PostgreSQL."""
