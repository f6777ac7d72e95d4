"""Adapters of the engine port. ``embedded``: worker processes of this machine, records in memory, no server needed."""
