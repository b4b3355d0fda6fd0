"""The PDF of a notice for everybody: set once and kept in the process, for nobody has to sign in to ask for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from threading import Lock
from typing import Final

from portal.services.notices.paper import notice_pdf
from portal.services.notices.texts import notice_text

MOST: Final = 32
"""Five languages, each with French and with German beside, and alone: some more than one version of a notice has."""
# Many who ask for the same paper at once wait for one; else each of them has it set, and everybody's papers wait.
_one_at_a_time: Final = Lock()


def kept_pdf(name: str, version: int, language: str, second: str | None, on: date, url: str) -> bytes:
    """The PDF of a version, with its sources as they are on the day `on`. Raises `UnknownNoticeError`.

    It is dated by the day of publication: it has the same bytes on every day until a source is another.
    """
    with _one_at_a_time:
        return _made(name, version, language, second, on, url)


@lru_cache(maxsize=MOST)
def _made(name: str, version: int, language: str, second: str | None, on: date, url: str) -> bytes:
    text = notice_text(name, language, on, second=second, version=version)
    return notice_pdf(text, datetime.combine(text.notice.published_on, time(12), UTC), url)
