"""Knows both rooms: the order of work, the checks, the store and the command."""
