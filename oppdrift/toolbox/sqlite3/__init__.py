"""Django's backend for SQLite, with its statements written once. The database's ENGINE in the settings."""
