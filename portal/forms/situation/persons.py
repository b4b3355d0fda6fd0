"""Pages about the persons of the home: birth, civil status, couple, training, identity paper, permit."""

from __future__ import annotations

from typing import ClassVar

from wtforms import SelectField
from wtforms.validators import ValidationError

from portal.domain.situation import CivilStatus, Relation
from portal.domain.situation.model import YEARS
from portal.forms.estimate.fields import WholeField
from portal.forms.fields import LineField
from portal.forms.offered import PERMIT_STATES, PERMITS
from portal.forms.situation.boxes import DayField
from portal.forms.situation.fields import OPEN, OPEN_CHOICES, Json, QuestionPart, choice, yes_no
from portal.forms.text import gettext as _
from portal.forms.text import lazy

RELATIONS = [
    (Relation.SPOUSE.value, lazy("Mon mari, ma femme, ou partenaire enregistré")),
    (Relation.PARTNER.value, lazy("Je vis en couple avec cette personne, sans mariage")),
    (Relation.CHILD.value, lazy("Mon enfant, ou l’enfant de la personne avec qui je vis")),
    (Relation.PARENT.value, lazy("Mon père ou ma mère")),
    (Relation.RELATIVE.value, lazy("Une autre personne de ma famille")),
    (Relation.OTHER.value, lazy("Colocation ou amitié")),
]


RELATIONS_OF_ANOTHER = [
    (Relation.SPOUSE.value, lazy("Mari, femme, ou partenaire enregistré")),
    (Relation.PARTNER.value, lazy("Vit en couple avec cette personne, sans mariage")),
    (Relation.CHILD.value, lazy("Enfant de l’une des deux personnes du couple")),
    (Relation.PARENT.value, lazy("Père ou mère")),
    (Relation.RELATIVE.value, lazy("Autre personne de la famille")),
    (Relation.OTHER.value, lazy("Colocation ou amitié")),
]
"""The same, said by somebody else than the one who made the demand."""


class BirthPage(QuestionPart):
    """Name and day of birth; the name may stay open like everything else, and of the day the year alone is enough.

    A year is kept as the age that the person reaches in this year: the model has an age where no day is known.
    """

    title = lazy("Nom et date de naissance")
    hint = lazy("Pour la naissance, l’année seule suffit.")
    why = lazy("L’âge décide du forfait et des papiers à apporter.")
    law = "dependent_child_age"
    open_box = True
    name = LineField(lazy("Prénom et nom"), 200)
    born = DayField(lazy("Date de naissance"), year_alone=True)

    def answers(self, record: Json) -> Json:
        """A name without a day leaves the age that was said before."""
        found = super().answers(record)
        if found["name"] in OPEN:
            found["name"] = None
        if self.born.year is not None:
            return found | {"born": None, "age": self.today.year - self.born.year}
        if found["born"] in OPEN and record.get("age") not in (None, *OPEN):
            found["born"] = None
        return found

    @classmethod
    def known_already(cls, record: Json) -> tuple[str, ...]:
        """An age without a day has no box of its own."""
        age = record.get("age")
        return (_("âge : %(age)s", age=age),) if "born" not in record and isinstance(age, int) else ()


class CivilStatusPage(QuestionPart):
    """The civil status of who lives without a spouse."""

    title = lazy("État civil")
    why = lazy("Après une séparation, une pension peut vous être due. Elle passe avant l’aide.")
    law = "first_alimony"
    civil_status = choice(
        lazy("État civil"),
        [
            (CivilStatus.SINGLE.value, lazy("Célibataire")),
            (CivilStatus.MARRIED.value, lazy("En mariage, mais nous habitons séparément")),
            (CivilStatus.REGISTERED.value, lazy("En partenariat enregistré, mais nous habitons séparément")),
            (CivilStatus.SEPARATED.value, lazy("Séparation décidée par le juge")),
            (CivilStatus.DIVORCED.value, lazy("Divorce")),
            (CivilStatus.WIDOWED.value, lazy("Veuvage")),
        ],
    )


class CouplePage(QuestionPart):
    """Since when a couple without marriage lives together, and whether they have a child."""

    title = lazy("Votre couple")
    why = lazy("Sans mariage, une vie commune assez longue ou un enfant commun change le calcul.")
    law = "stable_concubinage_years"
    open_box = True
    together_since = DayField(lazy("Depuis quand vivez-vous ensemble, sans interruption ?"))
    common_child = yes_no(lazy("Avez-vous un enfant ensemble ?"))

    def answers(self, record: Json) -> Json:
        """Without a day the years that were said for an estimate stay."""
        found = super().answers(record)
        if found["together_since"] in (None, *OPEN) and record.get("together_years") not in (None, *OPEN):
            found |= {"together_since": None, "together_years": record["together_years"]}
        return found


class TrainingPage(QuestionPart):
    """A child of age."""

    title = lazy("Où en est sa formation ?")
    why = lazy("Un enfant majeur en formation est compté avec vous jusqu’à un certain âge.")
    law = "dependent_child_conditions"
    training_completed = choice(
        lazy("Où en est sa formation ?"),
        [("no", lazy("En formation, sans métier terminé")), ("yes", lazy("Formation terminée"))],
    )
    self_supporting = yes_no(lazy("Gagne assez pour vivre sans vous"))
    away_for_studies = SelectField(
        lazy("Habite ailleurs pour ses études"),
        choices=[("", "—"), ("yes", lazy("Oui")), ("no", lazy("Non"))],
        validate_choice=False,
    )


class IdentityPage(QuestionPart):
    """An identity card or a passport at hand."""

    title = lazy("Carte d’identité ou passeport")
    why = lazy("Sans papier d’identité, la demande reste possible. Nous vous dirons quoi faire.")
    identity_paper = yes_no(lazy("Une carte d’identité ou un passeport, à portée de main ?"))


class PermitPage(QuestionPart):
    """The right to stay."""

    title = lazy("Nationalité ou permis de séjour")
    why = lazy("Selon le permis, un autre service peut être compétent. Ce n’est jamais un refus.")
    law = "spm_notice"
    shows: ClassVar[dict[str, str]] = {
        "permit_state": "permit=b|c|l",
        "asylum_since": "permit=f|n|s|refugee_b|rejected",
        "asylum_years": "permit=f|n|s|refugee_b|rejected",
    }
    permit = SelectField(
        lazy("Nationalité ou permis de séjour"),
        choices=[("", "—"), *PERMITS, *OPEN_CHOICES],
        validate_choice=False,
    )
    permit_state = choice(
        lazy("Permis B, C ou L : où en est-il ?"),
        PERMIT_STATES,
    )
    asylum_since = DayField(lazy("Permis F ou asile : date de la demande d’asile, ou du permis"))
    asylum_years = WholeField(lazy("Ou, sans la date : depuis combien d’années ?"), YEARS)

    def validate_asylum_years(self, field: WholeField) -> None:
        """Day or years, not both."""
        if field.data and any(self.asylum_since.data):
            raise ValidationError(_("Donnez la date ou le nombre d’années, pas les deux."))


class MealsPage(QuestionPart):
    """Whether those who are not counted together keep house together."""

    title = lazy("Faites-vous les achats et les repas ensemble ?")
    why = lazy("En simple colocation, chacun garde son forfait, un peu réduit.")
    law = "flat_share_purpose_reduction"
    shared_meals = yes_no(lazy("Avec les autres personnes du logement"))
