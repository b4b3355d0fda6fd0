"""The whole crash test: python -m tests.soak (in work)."""
