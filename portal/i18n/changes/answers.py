"""A change as it was said, to be read: on the page before sending, on the receipt, at the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from portal.domain.changes.change import Change
from portal.domain.changes.timeline import income_key
from portal.domain.situation import Activity, Home, IncomeKind, Permit, PermitState, Person, Relation, Situation
from portal.domain.situation.kinds import Amount, Day, Kind, OneOf, Several, YesNo
from portal.domain.situation.words import APPLICANT, Benefit, Payday
from portal.i18n.changes.asks import ask_label, since_label, who_label
from portal.i18n.changes.choices import benefit_words, payday_words, relation_words
from portal.i18n.changes.kinds import change_title
from portal.i18n.estimate.answers import activity_name, home_name, permit_name, state_name
from portal.i18n.estimate.lines import income_name
from portal.i18n.estimate.people import person_name
from portal.i18n.estimate.spans import francs
from portal.i18n.formats import long_date, money
from portal.i18n.names import commune_name
from portal.i18n.text import translator
from portal.i18n.words import joined

Row = tuple[str, str]
"""What was asked, and what was said."""
_CHOICES: dict[type[StrEnum], Callable[[Any, str], str]] = {
    Relation: relation_words,
    Permit: permit_name,
    PermitState: state_name,
    Home: home_name,
    Payday: payday_words,
    Activity: activity_name,
    IncomeKind: income_name,
    Benefit: benefit_words,
}


def answer_words(
    change: Change, situation: Situation, language: str, *, me: str = APPLICANT, staff: bool = False
) -> tuple[Row, ...]:
    """Whom and since when, then every answer that was given; what was left open is left out.

    `situation`: with the change in it, so that newcomers have a name. A person or income that is not in it any more is
    passed over. `me`: who reads; `staff`: a caseworker reads.
    """
    rows = _who_and_when(change, situation, language, me=me, staff=staff)
    person = _person(change, situation)
    for ask in change.spec.asks:  # who it is about, in words, stands among the first rows
        raw = change.value(ask.name)
        told = None if raw is None else _told(ask.name, ask.kind, raw, change, person, language)
        if told and not (ask.name == "name" and rows[0][1] == told):  # the name stands there already
            rows.append((ask_label(change.kind, ask.name, language), told))
    return tuple(rows)


def answer_line(
    change: Change, situation: Situation, language: str, *, me: str = APPLICANT, staff: bool = False
) -> str:
    """«Nouveau travail · Vous · mardi 1er septembre 2026»: one change in one line, for a list."""
    rows = _who_and_when(change, situation, language, me=me, staff=staff)
    return joined(" · ", (change_title(change.kind, language), *(value for _, value in rows)))


def _who_and_when(change: Change, situation: Situation, language: str, *, me: str, staff: bool) -> list[Row]:
    if change.unnamed:
        about = str(change.value("about") or "")
        label = who_label(change.spec.whose, language)
        named: list[Row] = [(label, about)] if label and about else []
        return [*named, (since_label(change.kind, language), long_date(change.since, language))]
    rows: list[Row] = []
    person, label = _person(change, situation), who_label(change.spec.whose, language)
    if label and person is not None:
        rows.append((label, person_name(situation, person.id, language, staff=staff, me=me)))
    return [*rows, (since_label(change.kind, language), long_date(change.since, language))]


def _person(change: Change, situation: Situation) -> Person | None:
    wanted = None if change.unnamed else change.person or APPLICANT
    return next((one for one in situation.persons if one.id == wanted), None)


def income_words(person: Person, key: str, on: date, language: str) -> str | None:
    """«Salaire net, CHF 2’100»: one income by its key, with its amount on a day; None where there is no such income."""
    keys = [income_key(person, place) for place in range(len(person.incomes))]
    if key not in keys:
        return None
    income = person.incomes[keys.index(key)]
    amount = income.amount.known(on)
    name = income_name(income.kind, language)
    return name if amount is None else joined(" ", (name, francs(amount, language)))


def _told(name: str, kind: Kind, raw: Any, change: Change, person: Person | None, language: str) -> str | None:
    """One answer from its JSON form; None where it cannot be named any more."""
    _ = translator(language).gettext
    if raw == "unknown":
        return _("pas connu")
    if name in ("income", "instead_of"):
        return None if person is None else income_words(person, raw, change.since - timedelta(days=1), language)
    if name == "commune":
        return commune_name(raw, change.since, language)
    match kind:
        case YesNo():
            return _("oui") if raw else _("non")
        case Amount():
            return money(Decimal(str(raw)), language)
        case Day():
            return long_date(date.fromisoformat(raw), language)
        case OneOf():
            return _CHOICES[kind.choices](kind.choices(raw), language)
        case Several():
            return joined(" · ", [_CHOICES[kind.choices](kind.choices(one), language) for one in raw])
        case _:
            return joined("", (str(raw), " %")) if name == "percent" else str(raw)
