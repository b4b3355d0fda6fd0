"""The crash test, short form: thirty filings under kills (in work)."""
