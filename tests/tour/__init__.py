"""`python -m tests.tour`: pictures of the main pages, to be looked at by a person."""
