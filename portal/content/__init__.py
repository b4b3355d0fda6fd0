"""Versioned notices: structure once, words in each language, and the sources that the law's parameters do not hold."""

from portal.content.notices import UnknownNoticeError, current, names, notice, versions, words
from portal.content.reading import ContentError
from portal.content.sources import Source, source, source_names

__all__ = [
    "ContentError",
    "Source",
    "UnknownNoticeError",
    "current",
    "names",
    "notice",
    "source",
    "source_names",
    "versions",
    "words",
]
