"""The first interview of a household: noted at the desk, seen by whom it concerns."""
