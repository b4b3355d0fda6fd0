"""«I am not safe with this person»: what is needed for a file of one's own."""

from __future__ import annotations

from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, RadioField, SelectMultipleField
from wtforms.validators import ValidationError

from portal.domain.demand import Need
from portal.forms.binding import CopiedFields
from portal.forms.choices import CommuneField
from portal.forms.fields import EmailField, LinesField, PhoneField, clean
from portal.forms.text import gettext as _
from portal.forms.text import lazy

MINE, SHARED = "mine", "shared"


class ApartForm(Form):  # type: ignore[misc]
    """One page. Only the question about the code must be answered: everything else may stay open."""

    Meta = CopiedFields

    code = RadioField(
        lazy("Quelqu’un d’autre connaît-il le code que vous avez utilisé ici ?"),
        choices=[
            (MINE, lazy("Non, je suis la seule personne à le connaître")),
            (SHARED, lazy("Oui, ou je ne sais pas")),
        ],
        validate_choice=False,
    )
    phone = PhoneField(lazy("Téléphone"), 40)
    email = EmailField(lazy("E-mail"), 254)
    postal_address = LinesField(lazy("Adresse postale"), 500)
    commune = CommuneField(lazy("Commune"), validate_choice=False)
    needs = SelectMultipleField(
        lazy("Que vous manque-t-il maintenant ?"),
        choices=[
            (Need.LODGING.value, lazy("Un toit pour cette nuit")),
            (Need.FOOD.value, lazy("De quoi manger")),
            (Need.MEDICINE.value, lazy("Des médicaments ou un médecin")),
        ],
        validate_choice=False,
    )
    filing_token = HiddenField()

    def __init__(self, sent: MultiDict[str, str], today: date) -> None:
        super().__init__(sent)
        self.commune.day = today

    def validate_code(self, field: RadioField) -> None:
        """It decides whether the old code ends."""
        if field.data not in (MINE, SHARED):
            raise ValidationError(_("Choisissez une réponse. « Oui, ou je ne sais pas » convient toujours."))

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Field and sentence of what is wrong."""
        return [(field.id, str(error)) for field in self for error in field.errors]

    @property
    def contact(self) -> dict[str, str | None]:
        """Phone, mail and address as they were given for this file."""
        return {name: clean(self[name].data) for name in ("phone", "email", "postal_address")}

    @property
    def chosen_needs(self) -> tuple[Need, ...]:
        """What is missing now, in the order of the law's list."""
        return tuple(need for need in Need if need.value in (self.needs.data or ()))
