"""How an answer came about, in words: for the person without a name, for the desk with the one of the caseworker."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import date

from portal.domain.answer_mark import ASKED, How, Mark
from portal.domain.role import DESK, Role
from portal.i18n.formats import long_date
from portal.i18n.names import centre_name
from portal.i18n.roles import role_name
from portal.i18n.text import translator
from portal.i18n.words import joined


def how_words(how: How, language: str) -> str:
    """One of the boxes to tick."""
    _ = translator(language).gettext
    return {
        How.ORALLY: _("Dit oralement"),
        How.DOCUMENT: _("Document vu"),
        How.INTERPRETER: _("Interprète présent"),
    }[how]


def role_words(roles: Iterable[str], language: str) -> str:
    """The functions of somebody who works on files, as people are told them."""
    held = {Role(role) for role in roles} & DESK
    return joined(", ", [role_name(role, language) for role in Role if role in held])


def mark_words(mark: Mark, on: date, language: str, *, me: uuid.UUID | None = None) -> str:
    """One line: who noted it when, then what was ticked. `on` is the mark's local day.

    `me`: the adult who reads it; None: the desk, which reads the caseworker's name.
    """
    return joined(" · ", [_who(mark, on, language, me), *_ticked(mark, language)])


def _who(mark: Mark, on: date, language: str, me: uuid.UUID | None) -> str:
    _ = translator(language).gettext
    day = long_date(on, language)
    if mark.region is None:
        if me is None:
            return _("Répondu à nouveau par la personne elle-même, le %(date)s", date=day)
        if me == mark.adult_id:
            return _("Répondu à nouveau par vous, le %(date)s", date=day)
        return _("Répondu à nouveau par un autre adulte du ménage, le %(date)s", date=day)
    functions = role_words(mark.roles, language)
    centre = joined(", ", (centre_name(mark.region, language), *([functions] if functions else [])))
    if How.THEMSELF in mark.how:
        if me is None:
            return _("Écrit par la personne elle-même, sur l’appareil de %(name)s, le %(date)s", name=mark.by, date=day)
        if me == mark.adult_id:
            return _("Écrit par vous, sur un appareil du centre, le %(date)s (%(centre)s)", date=day, centre=centre)
        return _(
            "Écrit par un autre adulte, sur un appareil du centre, le %(date)s (%(centre)s)", date=day, centre=centre
        )
    if me is None:
        return _("Noté par %(name)s le %(date)s (%(centre)s)", name=mark.by, date=day, centre=centre)
    return _("Noté par le centre le %(date)s (%(centre)s)", date=day, centre=centre)


def _ticked(mark: Mark, language: str) -> Iterator[str]:
    for how in ASKED:
        if how in mark.how:
            yield how_words(how, language)
