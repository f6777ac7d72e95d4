"""The interface for programs: a file for each resource."""
