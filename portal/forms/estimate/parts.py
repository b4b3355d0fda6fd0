"""The questions of the estimate, in parts: about the home, about one person, about money. Every answer may stay open."""

from __future__ import annotations

from typing import Any, Final

from wtforms import BooleanField, Form, RadioField, SelectField
from wtforms.validators import ValidationError

from portal.domain.situation import IncomeKind, Missing
from portal.domain.situation.kinds import Whole
from portal.domain.situation.model import AGE, MONTHLY, MOST_PERSONS, RENT, WEALTH, YEARS
from portal.forms.binding import CopiedFields
from portal.forms.choices import UNKNOWN_COMMUNE, CommuneField
from portal.forms.estimate.fields import FrancsField, WholeField
from portal.forms.offered import ACTIVITIES, HOMES, PERMIT_STATES, PERMITS
from portal.forms.text import LazyText, lazy
from portal.forms.text import gettext as _

UNKNOWN: Final = Missing.UNKNOWN.value
MOST_CHILDREN: Final = 12
MOST_OTHERS: Final = MOST_PERSONS - MOST_CHILDREN - 2
DO_NOT_KNOW: Final = lazy("Je ne sais pas")
YES_NO_UNKNOWN: Final = [("yes", lazy("Oui")), ("no", lazy("Non")), (UNKNOWN, DO_NOT_KNOW)]


class Part(Form):  # type: ignore[misc]
    """Some questions that belong together. What was answered stays as it was typed."""

    Meta = CopiedFields
    person: str | None = None
    """The id of the person it is about."""

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every fault as (field id, sentence); the sentence names the field, for many have the same faults."""
        return [
            (field.id, _("%(label)s : %(error)s", label=field.label.text, error=error))
            for field in self
            for error in field.errors
        ]


def radios(label: LazyText, choices: list[Any], **options: Any) -> Any:
    """A choice that may stay open."""
    return RadioField(label, choices=choices, validate_choice=False, **options)


class HomePart(Part):
    """Who lives together, and where."""

    commune = CommuneField(lazy("Votre commune"), validate_choice=False)
    age = WholeField(lazy("Votre âge"), AGE)
    couple = radios(
        lazy("Vivez-vous en couple, dans le même logement ?"),
        [
            ("no", lazy("Non")),
            ("spouse", lazy("Oui, nous sommes mariés ou partenaires enregistrés")),
            ("partner", lazy("Oui, sans être mariés")),
        ],
    )
    children = WholeField(lazy("Combien d’enfants vivent avec vous ?"), Whole(0, MOST_CHILDREN))
    others = WholeField(lazy("Combien d’autres personnes habitent avec vous ?"), Whole(0, MOST_OTHERS))

    def validate_commune(self, field: CommuneField) -> None:
        """A commune of the list."""
        if field.data and field.data != UNKNOWN_COMMUNE and field.number is None:
            raise ValidationError(
                _("Cette commune n’est pas dans la liste du Valais. Choisissez-en une, ou « Je ne sais pas ».")
            )


class AgePart(Part):
    """The age of somebody of the household."""

    age = WholeField(lazy("Âge"), AGE)


class PartnerPart(AgePart):
    """The person with whom the applicant lives as a couple without being married."""

    together = radios(
        lazy("Depuis quand vivez-vous ensemble, sans interruption ?"),
        [
            ("0", lazy("Moins d’un an")),
            ("1", lazy("Entre un et deux ans")),
            ("2", lazy("Deux ans ou plus")),
            (UNKNOWN, DO_NOT_KNOW),
        ],
    )
    common = radios(lazy("Avez-vous un enfant ensemble ?"), YES_NO_UNKNOWN)


class OthersPart(Part):
    """Those who live there beside the couple and the children."""

    who = radios(
        lazy("Qui sont ces autres personnes ?"),
        [
            ("parent", lazy("Mon père ou ma mère")),
            ("relative", lazy("D’autres personnes de ma famille")),
            ("other", lazy("Des colocataires ou des amis")),
        ],
    )
    meals = radios(lazy("Faites-vous les achats et les repas ensemble ?"), YES_NO_UNKNOWN)


class AdultPart(Part):
    """The right to stay and the work of one adult."""

    permit = SelectField(
        lazy("Nationalité ou permis de séjour"),
        choices=[("", "—"), *PERMITS, (UNKNOWN, DO_NOT_KNOW)],
        validate_choice=False,
    )
    state = radios(
        lazy("Permis B, C ou L : où en est-il ?"),
        [*PERMIT_STATES, (UNKNOWN, DO_NOT_KNOW)],
    )
    years = WholeField(lazy("Permis F ou réfugié : depuis combien d’années ?"), YEARS)
    activity = radios(
        lazy("Travail ou activité en ce moment"),
        ACTIVITIES,
    )


class GrownChildPart(Part):
    """A child of 18 or more."""

    training = radios(
        lazy("Où en est sa formation ?"),
        [
            ("training", lazy("En formation, sans métier terminé")),
            ("completed", lazy("Formation terminée, ou gagne sa vie")),
            (UNKNOWN, DO_NOT_KNOW),
        ],
    )
    away = BooleanField(lazy("Habite ailleurs pour ses études"))


class IncomePart(Part):
    """What one person gets in a month. Empty means nothing."""

    wage = FrancsField(lazy("Salaire net"), MONTHLY)
    unemployment = FrancsField(lazy("Chômage"), MONTHLY)
    family_allowance = FrancsField(lazy("Allocations familiales"), MONTHLY)
    alimony = FrancsField(lazy("Pension alimentaire reçue"), MONTHLY)
    self_employment = FrancsField(lazy("Revenu d’indépendant"), MONTHLY)
    daily_allowance = FrancsField(lazy("Indemnités de maladie, d’accident ou de maternité"), MONTHLY)
    old_age = FrancsField(lazy("Rente AVS"), MONTHLY)
    disability = FrancsField(lazy("Rente AI"), MONTHLY)
    supplementary = FrancsField(lazy("Prestations complémentaires"), MONTHLY)
    occupational = FrancsField(lazy("Rente d’une caisse de pension"), MONTHLY)
    bursary = FrancsField(lazy("Bourse d’études"), MONTHLY)
    third_party = FrancsField(lazy("Aide régulière d’un proche"), MONTHLY)
    one_off = FrancsField(lazy("13e salaire ou prime, reçu ce mois"), MONTHLY)
    other = FrancsField(lazy("Autre revenu"), MONTHLY)
    unknown = BooleanField(lazy("Il y a un revenu, mais je ne connais pas le montant"))

    USUAL: Final = ("wage", "unemployment", "family_allowance", "alimony")
    """The kinds that stand open; the others come after «Autres revenus»."""

    @property
    def rarer(self) -> list[FrancsField]:
        """The kinds behind «Autres revenus»."""
        return [field for field in self if isinstance(field, FrancsField) and field.short_name not in self.USUAL]

    @property
    def rarer_open(self) -> bool:
        """Whether one of those is answered or at fault."""
        return any(field.data or field.errors for field in self.rarer)


class ChildIncomePart(Part):
    """What a child of working age gets in a month."""

    wage = FrancsField(lazy("Salaire net"), MONTHLY)


class MoneyPart(Part):
    """The home and what it costs; what the household owns."""

    home = radios(
        lazy("Où habitez-vous ?"),
        HOMES,
    )
    rent = FrancsField(lazy("Loyer par mois, sans les charges"), RENT)
    charges = FrancsField(lazy("Charges par mois"), RENT)
    rent_unknown = BooleanField(lazy("Je ne connais pas le montant du loyer"))
    accounts = FrancsField(lazy("Argent sur vos comptes et en espèces"), WEALTH)
    vehicles = FrancsField(lazy("Valeur de vos véhicules"), WEALTH)
    insurances = FrancsField(lazy("3e pilier, libre passage, assurance-vie"), WEALTH)
    claims = FrancsField(lazy("Héritage pas encore partagé, argent prêté"), WEALTH)
    wealth_unknown = BooleanField(lazy("Je ne sais pas combien nous avons"))
    own_property = radios(
        lazy("Avez-vous une maison, un appartement ou un terrain, ici ou à l’étranger ?"), YES_NO_UNKNOWN
    )
    debts = radios(lazy("Avez-vous des dettes ?"), YES_NO_UNKNOWN)


INCOME_KINDS: Final = tuple(kind for kind in IncomeKind if hasattr(IncomePart, kind.value))
