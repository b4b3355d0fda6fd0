"""Forms about papers: «I cannot get this», and what a caseworker notes of one."""

from __future__ import annotations

from datetime import date
from typing import Final

from werkzeug.datastructures import MultiDict
from wtforms import Form, RadioField, SelectField
from wtforms.validators import ValidationError

from portal.domain.document_request import Asker, Obstacle, Refusal, RequestState
from portal.forms.binding import CopiedFields
from portal.forms.fields import LinesField, clean
from portal.forms.situation.boxes import DayField
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.languages import BY_CODE, DEFAULT, STAFF_CODES

LONGEST: Final = 500


class CannotForm(Form):  # type: ignore[misc]
    """Why a paper cannot be had, and who will ask for it."""

    Meta = CopiedFields

    obstacle = RadioField(
        lazy("Pourquoi ?"),
        choices=[
            (Obstacle.LOST.value, lazy("Je l’ai perdu")),
            (Obstacle.COSTS.value, lazy("Il coûte trop cher pour moi")),
            (Obstacle.THIRD_PARTY.value, lazy("Quelqu’un refuse de me le donner")),
            (Obstacle.ABROAD.value, lazy("Il est à l’étranger")),
            (Obstacle.AFRAID.value, lazy("J’ai peur de le demander")),
            (Obstacle.OTHER.value, lazy("Une autre raison")),
        ],
        validate_choice=False,
    )
    asker = RadioField(
        lazy("Qui va le demander ?"),
        choices=[
            (Asker.SELF.value, lazy("Moi, je continue d’essayer")),
            (Asker.CENTRE.value, lazy("Le centre, avec une procuration que je signe")),
            (Asker.UNDECIDED.value, lazy("Je ne sais pas, je veux en parler")),
        ],
        validate_choice=False,
    )
    words = LinesField(lazy("Voulez-vous ajouter quelque chose ? (facultatif)"), LONGEST)

    def validate_obstacle(self, field: RadioField) -> None:
        """One reason must be chosen: it decides what can replace the paper."""
        if field.data not in list(Obstacle):
            raise ValidationError(_("Choisissez une raison. « Une autre raison » convient toujours."))

    @property
    def chosen_asker(self) -> Asker:
        """Nothing chosen is something to talk about."""
        return Asker(self.asker.data) if self.asker.data in list(Asker) else Asker.UNDECIDED


class DeskNoteForm(Form):  # type: ignore[misc]
    """What a caseworker notes of one paper."""

    Meta = CopiedFields

    state = RadioField(
        lazy("État du papier"),
        choices=[
            (RequestState.SEEN.value, lazy("Vu au guichet")),
            (RequestState.ACCEPTED.value, lazy("Accepté")),
            (RequestState.REFUSED.value, lazy("Refusé")),
            (RequestState.TO_BRING.value, lazy("À apporter")),
        ],
        validate_choice=False,
    )
    refusal = SelectField(
        lazy("Si refusé : pourquoi ?"),
        choices=[
            ("", "—"),
            (Refusal.UNREADABLE.value, lazy("Illisible")),
            (Refusal.INCOMPLETE.value, lazy("Il manque des pages")),
            (Refusal.CUT_OFF.value, lazy("Un bord est coupé")),
            (Refusal.OTHER_MONTHS.value, lazy("Pas les bons mois")),
            (Refusal.OUT_OF_DATE.value, lazy("Trop ancien")),
            (Refusal.EXPIRED.value, lazy("Plus valable")),
            (Refusal.OTHER_PERSON.value, lazy("Concerne une autre personne")),
            (Refusal.OTHER_PAPER.value, lazy("C’est un autre papier")),
            (Refusal.NOT_SIGNED.value, lazy("Pas signé")),
            (Refusal.OTHER.value, lazy("Une autre raison, écrite plus bas")),
        ],
        validate_choice=False,
    )
    words = LinesField(lazy("Précision pour la personne, en mots simples"), LONGEST)
    language = RadioField(
        lazy("Langue de la précision"),
        choices=[(code, BY_CODE[code].name) for code in STAFF_CODES],
        validate_choice=False,
    )
    wanted_by = DayField(lazy("Demandé pour le"), past=False)

    def __init__(self, sent: MultiDict[str, str], today: date, language: str = DEFAULT) -> None:
        """`language`: in which the centre writes, unless the form says another."""
        super().__init__(sent)
        self.wanted_by.today = today
        if self.language.data not in STAFF_CODES:
            self.language.data = language

    def validate_state(self, field: RadioField) -> None:
        """A state of the list."""
        if field.data not in {value for value, _label in self.state.choices}:
            raise ValidationError(_("Choisissez un état."))

    def validate_refusal(self, field: SelectField) -> None:
        """Nobody is refused a paper without being told why."""
        refused = self.state.data == RequestState.REFUSED.value
        named = field.data in list(Refusal) and field.data != Refusal.OTHER.value
        if refused and not named and not clean(self.words.data):
            raise ValidationError(_("Dites pourquoi : la personne doit savoir quoi apporter."))
