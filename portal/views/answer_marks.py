"""What a caseworker ticks of a page that they fill in with somebody, and how pages show it."""

from __future__ import annotations

from typing import Final

from flask import request

from portal.domain.answer_mark import ASKED, STAYS, How
from portal.domain.demand import filing_day
from portal.domain.situation import Situation
from portal.domain.situation.questions import Page, pages
from portal.forms.situation import FORMS
from portal.forms.text import gettext as _
from portal.i18n.answer_marks import how_words, mark_words
from portal.i18n.estimate.people import person_name
from portal.i18n.words import joined
from portal.security import sessions
from portal.security.context import helped, kit, lent
from portal.services import helping
from portal.services.answer_marks import Marks, shown
from portal.views.names import today

TICKED: Final = "_how"
"""The name of the boxes."""


def how_given() -> frozenset[How]:
    """How the answers of the page that was sent were given; of somebody at home nothing."""
    if helped() is None:
        return frozenset()
    return frozenset({How.THEMSELF}) if lent() else _asked(request.form.getlist(TICKED))


def how_ticked(typed: str | None = None) -> frozenset[How]:
    """What stands ticked on a page: as it was sent or left (`typed`), else what stays from the page before."""
    with_whom = helped()
    if with_whom is None:
        return frozenset()
    if request.method == "POST":
        return _asked(request.form.getlist(TICKED))
    return with_whom.how if typed is None else _asked(typed.split(","))


def remember_how() -> None:
    """After a page was saved: what is ticked on the next one."""
    with_whom = helped()
    if with_whom is not None and not lent() and how_given() & STAYS != with_whom.how:
        helping.remember(kit(), sessions.secret("staff") or "", how_given())


def boxes(lang: str) -> tuple[tuple[How, str], ...]:
    """The boxes to tick, in words."""
    return tuple((how, how_words(how, lang)) for how in ASKED)


def noted_pages(situation: Situation, marks: Marks, lang: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For the desk: each question of these answers that a centre keyed, with who and how, newest first."""
    return tuple(
        (_named(situation, page, lang), tuple(mark_words(one, filing_day(one.instant), lang) for one in found))
        for page in pages(situation, today())
        if (found := shown(marks, page.key))
    )


def _named(situation: Situation, page: Page, lang: str) -> str:
    title = str(FORMS[page.question.id].title) if page.question.id in FORMS else _("Qui habite avec vous ?")
    if page.person is None:
        return title
    return joined(" · ", (title, person_name(situation, page.person, lang, staff=True)))


def _asked(values: list[str]) -> frozenset[How]:
    return frozenset(how for how in ASKED if how.value in values)
