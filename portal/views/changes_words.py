"""What the pages of a report say of faults, of earlier reports, and of papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from flask import g
from wtforms.fields.core import UnboundField

from portal.domain.changes.change import Change
from portal.domain.changes.clashes import Clash, ClashKind
from portal.domain.changes.judging import FaultCode, day_fault, faults
from portal.domain.changes.kinds import Whose
from portal.domain.changes.ops import AddItem, BeginIncome, BeginPerson, EndIncome, Op, SetAmount, SetFact
from portal.domain.demand import filing_day
from portal.domain.months import first_of_month
from portal.domain.situation import IncomeKind, Situation
from portal.domain.situation.words import Benefit, Relation
from portal.forms.changes.report import ReportForm
from portal.forms.situation import FORMS
from portal.forms.situation.shown import in_words
from portal.forms.text import gettext as _
from portal.i18n.changes.choices import benefit_words, relation_words
from portal.i18n.estimate.lines import income_name
from portal.i18n.estimate.people import person_name
from portal.i18n.formats import money, month_name
from portal.i18n.words import joined
from portal.services.reports.preparing import field_of, place_of
from portal.services.reports.reading import Known

CLASH: Final = "clash-"
_PAGES: Final = {
    name: form for form in FORMS.values() for name, field in vars(form).items() if isinstance(field, UnboundField)
}
"""The page of the intake that asks for an answer, by its name."""


@dataclass(frozen=True)
class Question:
    """What the person is asked about an earlier report."""

    name: str
    other_value: bool
    """Two values for one day; else a later value that may hold still."""
    told: str
    since: date


def say_faults(form: ReportForm, changes: tuple[Change, ...], known: Known, at: datetime, *, what_if: bool) -> bool:
    """Say at each field what cannot be so; whether there is anything."""
    begin = known.opened.filing_date
    found = faults(changes, known.overlaid.situation, begin, filing_day(at), what_if=what_if)
    for fault in found:
        _say(form, fault.index or 0, fault.field, fault.code, begin)
    return bool(found)


def say_days(form: ReportForm, known: Known, at: datetime, *, what_if: bool) -> None:
    """Say what is wrong with days, where something else of the page is wrong too: both are told at once."""
    begin = known.opened.filing_date
    for place, part in enumerate(form.parts):
        day = part.since.day
        if day is None or part.since.errors:
            continue
        if code := day_fault(part.happened, day, begin, filing_day(at), what_if=what_if):
            _say(form, place, "since", code, begin)


def _say(form: ReportForm, place: int, field: str, code: FaultCode, begin: date) -> None:
    form.parts[place].early |= code is FaultCode.TOO_EARLY
    form.fault(place, field, fault_words(code, field, first_of_month(begin)))


def fault_words(code: FaultCode, field: str, first: date) -> str:
    """One sentence that says what to do."""
    if code is FaultCode.TOO_EARLY:
        return _(
            "Ce jour est avant le début de votre dossier (%(month)s). Ce qui est arrivé avant, dites-le dans"
            " « Mes réponses ».",
            month=month_name(first, g.lang),
        )
    if code is FaultCode.TAKEN and field == "relation":
        return _("Selon le dossier, une autre personne vit en couple ici. Annoncez d’abord son départ.")
    person = _("Ce jour-là, cela ne va pas avec cette personne. Vérifiez la personne et le jour.")
    return {
        FaultCode.TOO_FAR: _("Ce jour est trop loin : au plus un an à l’avance."),
        FaultCode.AHEAD: _("Ce jour est dans le futur. Annoncez-le quand c’est arrivé. Avant, essayez « Et si… ? »."),
        FaultCode.MISSING: _("Répondez ici, sinon le centre ne sait pas ce qui a changé."),
        FaultCode.UNKNOWN_PERSON: person,
        FaultCode.OTHER_PERSON: person,
        FaultCode.TAKEN: person,
        FaultCode.UNKNOWN_INCOME: _(
            "Ce jour-là, ce revenu n’existe pas dans le dossier. Vérifiez le jour et le revenu."
        ),
        FaultCode.BEFORE_BEGIN: _("Ce jour est avant le premier jour. Vérifiez les deux."),
        FaultCode.TOO_MANY: _("C’est plus que ce que le portail peut noter. Envoyez-le en plusieurs annonces."),
        FaultCode.TWICE: _("Vous dites deux fois la même chose. Gardez-la une fois."),
    }.get(code) or _("Cette réponse n’est pas possible ici. Vérifiez-la.")


def settled_by(sent: Mapping[str, str]) -> tuple[frozenset[tuple[str, int]], frozenset[tuple[str, int]]]:
    """Which earlier steps the person was asked about, and which of them no longer hold."""
    settled, drops = set(), set()
    for name, text in sent.items():
        report, _dash, place = name.removeprefix(CLASH).rpartition("-")
        if not name.startswith(CLASH) or not place.isdecimal() or text not in ("yes", "no", "new"):
            continue
        settled.add((report, int(place)))
        if text != "yes":
            drops.add((report, int(place)))
    return frozenset(settled), frozenset(drops)


def questions_of(clashing: Sequence[Clash], after: Situation, language: str, me: str) -> tuple[Question, ...]:
    """Each earlier step once."""
    found = {place_of(clash): clash for clash in clashing}
    return tuple(
        Question(
            field_of(clash),
            clash.kind is ClashKind.OTHER_VALUE,
            joined(" · ", list(_told(clash.step.op, after, language, me))),
            clash.step.op.since,
        )
        for clash in found.values()
    )


def _told(op: Op, after: Situation, language: str, me: str) -> Iterator[str]:
    """What an earlier step said."""
    if op.person and any(one.id == op.person for one in after.persons):
        yield person_name(after, op.person, language, me=me)
    match op:
        case SetFact() if op.field == "lives_here":
            yield _("habite ici") if op.value else _("n’habite plus ici")
        case SetFact() if op.field in _PAGES:
            yield from in_words(_PAGES[op.field], {op.field: op.value}, op.since, language)
        case SetAmount():
            yield money(op.value, language)
        case EndIncome():
            yield _("ce revenu se termine")
        case BeginIncome():
            yield income_name(IncomeKind(op.income["kind"]), language)
            if op.income.get("amount") not in (None, "unknown"):
                yield money(op.income["amount"], language)
        case BeginPerson():
            yield _("une nouvelle personne")
            yield op.fields.get("name") or relation_words(Relation(op.fields["relation"]), language)
        case AddItem():
            yield benefit_words(Benefit(op.value), language)


def named(changes: Sequence[Change], after: Situation, language: str) -> dict[str, str]:
    """How the persons of a report are named on this day, by id."""
    known = {one.id for one in after.persons}
    wanted = {
        change.person for change in changes if change.person in known and change.spec.whose is not Whose.HOUSEHOLD
    }
    return {person: str(person_name(after, person, language, staff=True)) for person in wanted if person}
