"""PostgreSQL on a socket of its own, and the databases on it."""
