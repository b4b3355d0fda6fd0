"""The centre asks a household for a paper: one of the catalogue, or one in its own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from portal.domain.months import months_before
from portal.forms.binding import CopiedFields
from portal.forms.documents import LONGEST
from portal.forms.fields import LinesField, clean
from portal.forms.situation.boxes import DayField
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.languages import BY_CODE, STAFF_CODES

OWN_WORDS: Final = "own"
MONTHS: Final = (0, 1, 2, 3, 6, 12)


class AskPaperForm(Form):  # type: ignore[misc]
    """Which paper, of whom, for which months, by when; and words that go with it."""

    Meta = CopiedFields

    paper = SelectField(lazy("Quel papier ?"), validate_choice=False)
    person = SelectField(lazy("De qui ?"), validate_choice=False)
    months = SelectField(lazy("Pour combien de mois ?"), validate_choice=False)
    words = LinesField(lazy("Précision pour la personne, en mots simples"), LONGEST)
    language = RadioField(
        lazy("Langue de la précision"),
        choices=[(code, BY_CODE[code].name) for code in STAFF_CODES],
        validate_choice=False,
    )
    wanted_by = DayField(lazy("Demandé pour le"), past=False)
    token = HiddenField()

    def __init__(
        self,
        sent: MultiDict[str, str],
        today: date,
        language: str,
        catalogue: Mapping[str, Sequence[tuple[str, str]]],
        of_persons: frozenset[str],
        persons: Sequence[tuple[str, str]],
    ) -> None:
        """`catalogue`: papers by topic; `of_persons`: those that are somebody's own; `persons`: of the answers, by id."""
        super().__init__(sent)
        self.wanted_by.today = self._today = today
        self._of_persons = of_persons
        own = [(OWN_WORDS, _("Un autre papier, dit plus bas"))]
        self.paper.choices = {"—": [("", "—"), *own], **catalogue}
        self.person.choices = [("", _("Du ménage")), *persons]
        if not sent and len(persons) == 1:
            self.person.data = persons[0][0]
        self.months.choices = [(str(count), str(count) if count else "—") for count in MONTHS]
        if self.language.data not in STAFF_CODES:
            self.language.data = language

    def validate_paper(self, field: SelectField) -> None:
        """One of the catalogue, or words."""
        if field.data not in {value for choices in field.choices.values() for value, _label in choices if value}:
            raise ValidationError(_("Choisissez un papier."))

    def validate_person(self, field: SelectField) -> None:
        """A paper of somebody's own says whose it is."""
        known = {value for value, _label in field.choices if value}
        if self.paper.data in self._of_persons and field.data not in known:
            raise ValidationError(_("Ce papier est celui d’une personne. Choisissez de qui."))

    def validate_words(self, field: LinesField) -> None:
        """A paper that no list names is said in words."""
        if self.paper.data == OWN_WORDS and not clean(field.data):
            raise ValidationError(_("Écrivez quel papier : la personne doit savoir quoi apporter."))

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """The fields, and that there is a day: whoever asks says by when."""
        valid = bool(super().validate(extra_validators))
        if self.wanted_by.day is None and not self.wanted_by.errors:
            self.wanted_by.errors = [_("Indiquez pour quel jour.")]
            return False
        return valid

    @property
    def whose(self) -> str | None:
        """The person's id; None: the household, or a paper in the centre's own words."""
        return self.person.data if self.paper.data in self._of_persons else None

    @property
    def months_asked(self) -> tuple[date, ...]:
        """The months before this one, each by its first day."""
        count = int(self.months.data) if self.months.data in {str(one) for one in MONTHS} else 0
        return months_before(self._today, count)
