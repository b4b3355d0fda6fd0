"""Pages about the home: commune, kind, rent, danger of losing it."""

from __future__ import annotations

from wtforms.validators import ValidationError

from portal.domain.situation.model import RENT
from portal.forms.choices import UNKNOWN_COMMUNE, CommuneField
from portal.forms.estimate.fields import FrancsField
from portal.forms.offered import HOMES
from portal.forms.situation.fields import QuestionPart, choice, yes_no
from portal.forms.text import gettext as _
from portal.forms.text import lazy


class CommunePage(QuestionPart):
    """The commune of the home."""

    title = lazy("Votre commune")
    why = lazy("La commune décide de l’aide. Par elle, nous savons quel centre vous reçoit.")
    law = "competence"
    open_box = True
    commune = CommuneField(lazy("Votre commune"), validate_choice=False)

    def validate_commune(self, field: CommuneField) -> None:
        """A commune of the list."""
        if field.data and field.data != UNKNOWN_COMMUNE and field.number is None:
            raise ValidationError(
                _("Cette commune n’est pas dans la liste du Valais. Choisissez-en une, ou « Je ne sais pas ».")
            )


class HomePage(QuestionPart):
    """How the household lives."""

    title = lazy("Où habitez-vous ?")
    why = lazy("Le coût du logement compte dans le calcul.")
    law = "rent_recognised"
    home = choice(
        lazy("Où habitez-vous ?"),
        HOMES,
    )


class RentPage(QuestionPart):
    """Rent and charges."""

    title = lazy("Combien coûte votre logement par mois ?")
    why = lazy("Le loyer et les charges comptent dans le calcul.")
    law = "rent_recognised"
    hint = lazy("Votre part, si vous partagez le logement. Pour un propriétaire : les intérêts et l’entretien.")
    open_box = True
    rent = FrancsField(lazy("Loyer par mois, sans les charges"), RENT)
    charges = FrancsField(lazy("Charges par mois"), RENT)


class EvictionPage(QuestionPart):
    """Whether the home is in danger."""

    title = lazy("Risquez-vous de perdre votre logement ?")
    why = lazy("Le centre peut agir vite, si on le lui dit à temps.")
    law = "urgent_content"
    eviction_threat = yes_no(lazy("Résiliation, rappel de loyer impayé, ou on vous demande de partir"))
