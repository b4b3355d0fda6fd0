"""What a household answered, as rows to be read: for the caseworker, and for the person in their dossier."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.domain.situation import Activity, Fact, Home, Missing, Permit, PermitState, Person, Relation, Situation
from portal.domain.situation.ages import age_of, whole_years
from portal.domain.situation.answers import T
from portal.i18n.estimate.lines import income_name, number_name
from portal.i18n.estimate.people import person_name
from portal.i18n.estimate.spans import francs
from portal.i18n.names import commune_name
from portal.i18n.text import translator
from portal.i18n.words import joined

Row = tuple[str, str]
"""Whom or what it is about, and what was said."""
_WEALTH = ("accounts", "vehicles", "insurances", "claims", "moral_damages")


def answer_rows(situation: Situation, on: date, language: str, *, staff: bool = False) -> tuple[Row, ...]:
    """Every answer that was given, person by person, then the home and the money."""
    persons = tuple(
        (person_name(situation, person.id, language, staff=staff), joined(" · ", _person(person, on, language)))
        for person in situation.persons
    )
    return (*persons, *household_rows(situation, on, language))


def _person(person: Person, on: date, language: str) -> Iterator[str]:
    _ = translator(language).gettext
    age = age_of(person, on)
    yield _("âge inconnu") if age is None else _("âge : %(age)s", age=age)
    if permit := person.permit.known(on):
        yield permit_name(permit, language)
    if state := person.permit_state.known(on):
        yield state_name(state, language)
    asylum = whole_years(person.asylum_since.known(on), person.asylum_years.known(on), on)
    if asylum is not None:
        yield _("années depuis la demande d’asile : %(years)s", years=asylum)
    if activity := person.activity.known(on):
        yield activity_name(activity, language)
    if person.relation is Relation.PARTNER:
        together = whole_years(person.together_since.known(on), person.together_years.known(on), on)
        yield _("années ensemble : %(years)s", years=_("pas connu") if together is None else together)
        yield _("enfant commun : %(answer)s", answer=_yes_no(person.common_child, on, language))
    if person.training_completed:
        yield _("formation terminée : %(answer)s", answer=_yes_no(person.training_completed, on, language))
    if person.away_for_studies.known(on):
        yield _("habite ailleurs pour ses études")
    if insurer := person.insurer.known(on):
        premium = person.premium.known(on)
        yield insurer if premium is None else joined(" ", (insurer, francs(premium, language)))
    for income in person.incomes:
        amount = income.amount.known(on)
        said = _("pas connu") if amount is None else francs(amount, language)
        yield joined(" ", (income_name(income.kind, language), said))


def household_rows(situation: Situation, on: date, language: str) -> Iterator[Row]:
    """What was said of the home and the money."""
    _ = translator(language).gettext
    yield _("Commune"), commune_name(situation.commune.known(on), on, language)
    home = situation.home.known(on)
    if home:
        yield _("Logement"), home_name(home, language)
    if home not in (Home.HOSTED, Home.HOSTED_BY_RELATIVE, Home.NONE):
        yield _("Loyer par mois, sans les charges"), _money(situation.rent, on, language)
    if situation.charges:
        yield _("Charges par mois"), _money(situation.charges, on, language)
    if situation.shared_meals:
        yield _("Repas ensemble"), _yes_no(situation.shared_meals, on, language)
    for kind in _WEALTH:
        fact: Fact[int] = getattr(situation, kind)
        if fact:
            yield number_name(kind, language), _money(fact, on, language)
    if situation.owns_property:
        yield _("Maison, appartement ou terrain"), _yes_no(situation.owns_property, on, language)
    if situation.debts:
        yield _("Dettes"), _money(situation.debts, on, language)
    if account := situation.account_number.known(on):
        yield _("Numéro de compte (IBAN)"), account


def _money(fact: Fact[int], on: date, language: str) -> str:
    known = fact.known(on)
    return translator(language).gettext("pas connu") if known is None else francs(known, language)


def _yes_no(fact: Fact[T], on: date, language: str) -> str:
    _ = translator(language).gettext
    answer = fact.on(on)
    if answer is None or isinstance(answer, Missing):
        return _("pas connu")
    return _("oui") if answer else _("non")


def permit_name(permit: Permit, language: str) -> str:
    """A right to stay, as the form asks for it."""
    _ = translator(language).gettext
    return {
        Permit.SWISS: _("Nationalité suisse"),
        Permit.B: _("Permis B"),
        Permit.C: _("Permis C"),
        Permit.L: _("Permis L"),
        Permit.F: _("Permis F"),
        Permit.N: _("Permis N"),
        Permit.S: _("Permis S"),
        Permit.REFUGEE_B: _("Réfugié reconnu, permis B"),
        Permit.REJECTED: _("Asile refusé"),
        Permit.NONE: _("Pas de permis"),
        Permit.OTHER: _("Un autre permis"),
    }[permit]


def state_name(state: PermitState, language: str) -> str:
    """Where a permit stands, as the form asks for it."""
    _ = translator(language).gettext
    return {
        PermitState.VALID: _("Il est valable"),
        PermitState.RENEWAL_COMPLETE: _("Échu. Tous les papiers du renouvellement sont remis"),
        PermitState.RENEWAL_INCOMPLETE: _("Échu. Le renouvellement est demandé, il manque des papiers"),
        PermitState.EXPIRED: _("Échu. Le renouvellement n’est pas demandé"),
        PermitState.REVOKED: _("Révoqué ou pas renouvelé"),
    }[state]


def activity_name(activity: Activity, language: str) -> str:
    """What fills the days, as the form asks for it."""
    _ = translator(language).gettext
    return {
        Activity.EMPLOYED: _("Travail à plein temps"),
        Activity.PART_TIME: _("Travail à temps partiel"),
        Activity.SELF_EMPLOYED: _("Travail à son compte"),
        Activity.SEEKING: _("Recherche d’un travail"),
        Activity.TRAINING: _("Formation ou études"),
        Activity.UNABLE: _("Maladie, accident ou invalidité"),
        Activity.CARING: _("S’occupe d’enfants ou d’un proche"),
        Activity.RETIRED: _("Retraite"),
        Activity.OTHER: _("Autre chose"),
    }[activity]


def home_name(home: Home, language: str) -> str:
    """Where the household lives, in a few words."""
    _ = translator(language).gettext
    return {
        Home.RENTED: _("En location"),
        Home.OWNED: _("Propriétaire"),
        Home.HOSTED_BY_RELATIVE: _("Gratuitement chez un proche"),
        Home.HOSTED: _("Gratuitement chez quelqu’un d’autre"),
        Home.INSTITUTION: _("Foyer ou institution"),
        Home.NONE: _("Pas de logement"),
    }[home]
