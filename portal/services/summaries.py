"""The one-page summary of a situation for the centre, in French or German whatever language the person used.

It computes nothing of its own: who is counted, the estimate, the claims, what does not fit and what is missing come from the
domain. Nothing is verified and nothing decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.domain.gaps import Gap, gaps
from portal.domain.parameter import Law, Parameter
from portal.domain.situation import Missing, Person, Relation, Situation
from portal.domain.situation.ages import age_of, whole_years
from portal.domain.situation.contradictions import contradictions
from portal.domain.unit import Unit, units
from portal.domain.work_evaluation import Ground, adults, evaluation
from portal.i18n.estimate.answers import Row, activity_name, household_rows, permit_name, state_name
from portal.i18n.estimate.lines import income_name
from portal.i18n.estimate.people import person_name
from portal.i18n.estimate.spans import francs
from portal.i18n.formats import short_date
from portal.i18n.situation.contradictions import contradiction_words
from portal.i18n.situation.fields import field_name
from portal.i18n.situation.people import relation_name
from portal.i18n.summary import counted_words, evaluation_words, income_words, urgent_words
from portal.i18n.text import translator
from portal.i18n.words import joined
from portal.law.parameters import law_of
from portal.services.estimates import Explained, explain


@dataclass(frozen=True)
class PersonText:
    """One person."""

    name: str
    relation: str | None
    """Where `name` is a name."""
    about: str
    counted: str
    sources: tuple[Parameter, ...]


@dataclass(frozen=True)
class EvaluationText:
    """The waiver of the first evaluation of the ability to work, for one adult."""

    name: str
    text: str
    invalidity: bool
    """Whether an early notice to the disability insurance must be looked at (let. c)."""


@dataclass(frozen=True)
class MissingText:
    """What is missing, person by person: not known, left for the interview, or not answered."""

    unknown: tuple[str, ...]
    at_interview: tuple[str, ...]
    unanswered: tuple[str, ...]


@dataclass(frozen=True)
class SummaryText:
    """The whole summary, ready to be read."""

    on: date
    persons: tuple[PersonText, ...]
    figures: tuple[Row, ...]
    urgent: tuple[str, ...]
    contradictions: tuple[str, ...]
    missing: MissingText
    evaluations: tuple[EvaluationText, ...]
    evaluation_rule: Parameter
    estimate: Explained


def summarise(situation: Situation, filing_date: date, language: str) -> SummaryText:
    """The summary on the day of filing. Raises `BeforeTheLawError`."""
    law = law_of(filing_date)
    found = units(situation, filing_date, law)
    return SummaryText(
        on=filing_date,
        persons=tuple(_person(person, situation, found, filing_date, law, language) for person in situation.persons),
        figures=tuple(_figures(situation, filing_date, language)),
        urgent=tuple(urgent_words(situation, filing_date, law, language)),
        contradictions=tuple(
            contradiction_words(one, situation, language, staff=True) for one in contradictions(situation, filing_date)
        ),
        missing=_missing(situation, filing_date, law, language),
        evaluations=tuple(_evaluations(situation, filing_date, law, language)),
        evaluation_rule=law("work_evaluation_exempt"),
        estimate=explain(situation, filing_date, language, staff=True),
    )


def _person(
    person: Person, situation: Situation, found: tuple[Unit, ...], on: date, law: Law, language: str
) -> PersonText:
    members = tuple(member for unit in found for member in unit.members if member.person.id == person.id)
    name = person_name(situation, person.id, language, staff=True)
    relation = relation_name(situation, person.id, language, staff=True)
    return PersonText(
        name=name,
        relation=relation if relation != name else None,
        about=joined(" · ", _about(person, on, language)),
        counted=counted_words(members, language),
        sources=tuple(law(rule) for rule in dict.fromkeys(rule for member in members for rule in member.rules)),
    )


def _about(person: Person, on: date, language: str) -> Iterator[str]:
    """Age, right to stay, work; for a partner both tests of a stable couple."""
    _ = translator(language).gettext
    age, born = age_of(person, on), person.born.known(on)
    yield _("âge inconnu") if age is None else _("âge : %(age)s", age=age)
    if born:
        yield short_date(born, language)
    if permit := person.permit.known(on):
        yield permit_name(permit, language)
    if state := person.permit_state.known(on):
        yield state_name(state, language)
    if activity := person.activity.known(on):
        yield activity_name(activity, language)
    if insurer := person.insurer.known(on):
        premium = person.premium.known(on)
        yield insurer if premium is None else joined(" ", (insurer, francs(premium, language)))
    if person.relation is Relation.PARTNER:
        together = whole_years(person.together_since.known(on), person.together_years.known(on), on)
        child = {True: _("oui"), False: _("non"), None: _("pas connu")}[person.common_child.known(on)]
        yield _("années ensemble : %(years)s", years=_("pas connu") if together is None else together)
        yield _("enfant commun : %(answer)s", answer=child)


def _figures(situation: Situation, on: date, language: str) -> Iterator[Row]:
    """The incomes of each person, then the home, the wealth and what is paid."""
    for person in situation.persons:
        if person.incomes:
            incomes = joined(" · ", (income_words(income, on, language) for income in person.incomes))
            yield person_name(situation, person.id, language, staff=True), incomes
    yield from household_rows(situation, on, language)
    if alimony := situation.alimony_paid.known(on):
        yield field_name("alimony_paid", language), francs(alimony, language)
    if elsewhere := situation.children_elsewhere.known(on):
        yield field_name("children_elsewhere", language), str(elsewhere)


def _missing(situation: Situation, on: date, law: Law, language: str) -> MissingText:
    found = gaps(situation, on, law)

    def those(why: Missing | None) -> tuple[str, ...]:
        by_person: dict[str | None, list[str]] = {}
        for gap in found:
            if gap.why is why:
                by_person.setdefault(gap.person, []).append(_gap(gap, language))
        return tuple(_listed(situation, person, names, language) for person, names in by_person.items())

    return MissingText(those(Missing.UNKNOWN), those(Missing.AT_INTERVIEW), those(None))


def _gap(gap: Gap, language: str) -> str:
    return income_name(gap.income.kind, language) if gap.income else field_name(gap.field, language)


def _listed(situation: Situation, person: str | None, names: list[str], language: str) -> str:
    """«Ana : état civil, permis»."""
    _ = translator(language).gettext
    who = _("Ménage") if person is None else person_name(situation, person, language, staff=True)
    return _("%(who)s : %(what)s", who=who, what=joined(", ", dict.fromkeys(names)))


def _evaluations(situation: Situation, on: date, law: Law, language: str) -> Iterator[EvaluationText]:
    for person in adults(situation, on, law):
        found = evaluation(person, situation, on, law)
        yield EvaluationText(
            name=person_name(situation, person.id, language, staff=True),
            text=evaluation_words(found, language),
            invalidity=Ground.UNABLE in found.grounds,
        )
