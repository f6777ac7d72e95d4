"""The engine of one machine: worker processes of its own, records in an SQLite file."""
