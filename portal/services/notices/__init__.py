"""Notices: their words with their sources, who acknowledged them, what is to be explained again, links to read them by."""
