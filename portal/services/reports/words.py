"""A report in words: each change with its title, and what was said of it."""

from __future__ import annotations

from typing import Final

from portal.domain.situation import Situation
from portal.domain.situation.words import APPLICANT
from portal.i18n.changes import answer_words, change_title
from portal.services.reports.stored import ReportView

Rows = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""Title of the change, then label and answer."""
NO_ROWS: Final[Rows] = ()


def report_rows(
    report: ReportView, situation: Situation | None, language: str, *, me: str = APPLICANT, staff: bool = False
) -> Rows:
    """Every change of a report. `situation`: the answers with it in them, by which its persons have names."""
    if report.content is None:
        return NO_ROWS
    return tuple(
        (
            change_title(change.kind, language),
            answer_words(change, situation, language, me=me, staff=staff) if situation else (),
        )
        for change in report.content.changes
    )
