"""Requests and messages: each adult's own thread with the centre. Nobody else of the household sees any of it."""
