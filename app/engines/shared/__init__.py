"""The engine on many machines: web processes and workers that share one Redis, where all runs and records are.

``lua/`` holds every step that changes a record, each atomic. ``books`` is the way there, ``held`` what a worker has yet
to record of a run, ``foreman`` the worker's loop, ``writer`` what it brings to Redis, ``watching`` what a web process
knows of the runs that are looked at, ``engine`` the port.
"""
