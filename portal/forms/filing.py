"""The filing form: the fewest questions that let a demand begin. Only a name must stand, or «at the desk»."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import g, request
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.validators import ValidationError

from portal.domain.demand import Announcement, Helper, Need, Person, needs_latin_spelling
from portal.forms.binding import CopiedFields
from portal.forms.birth import read_birth
from portal.forms.choices import UNKNOWN_COMMUNE, CommuneField, InterviewLanguageField
from portal.forms.fields import EmailField, LineField, LinesField, PhoneField, clean
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.languages import DEFAULT

SELF, OTHER = "self", "other"
YES, NO = "yes", "no"

STEPS = {
    "who": ("on_behalf", "helper_name", "helper_relation"),
    "name": ("name", "name_at_desk", "birth_day", "birth_month", "birth_year"),
    "place": ("commune",),
    "reach": ("phone", "email", "postal_address", "unreachable"),
    "talk": ("interview_language", "interpreter"),
    "urgent": ("urgent", "needs"),
}
"""The parts of the page, in order, with their fields."""


class FilingForm(FlaskForm):  # type: ignore[misc]
    """One page; every answer but the name may stay open. `today` comes from the view; the communes are those of that day."""

    class Meta(CopiedFields):
        """CSRFProtect has checked the token before any view runs; a second one per form would only be signed again."""

        csrf = False

    on_behalf = RadioField(
        lazy("Pour qui faites-vous cette annonce ?"),
        choices=[(SELF, lazy("Pour moi")), (OTHER, lazy("Pour une autre personne"))],
        default=SELF,
        validate_choice=False,
    )
    helper_name = LineField(lazy("Votre nom"), 200)
    helper_relation = LineField(lazy("Votre lien avec cette personne"), 100)
    name = LineField(lazy("Prénom et nom"), 200)
    name_at_desk = BooleanField(lazy("Je préfère dire le nom au guichet"))
    latin_name = LineField(lazy("Le nom en lettres latines"), 200)
    birth_day = StringField(lazy("Jour"))
    birth_month = StringField(lazy("Mois"))
    birth_year = StringField(lazy("Année"))
    commune = CommuneField(lazy("Commune"), validate_choice=False)
    phone = PhoneField(lazy("Téléphone"), 40)
    email = EmailField(lazy("E-mail"), 254)
    postal_address = LinesField(lazy("Adresse postale"), 500)
    unreachable = BooleanField(lazy("Je n’ai ni téléphone, ni e-mail, ni adresse"))
    interview_language = InterviewLanguageField(lazy("Langue de l’entretien"), validate_choice=False)
    interpreter = RadioField(
        lazy("Faut-il un interprète ?"),
        choices=[(YES, lazy("Oui")), (NO, lazy("Non"))],
        validate_choice=False,
    )
    urgent = RadioField(
        lazy("Avez-vous besoin d’aide tout de suite ?"),
        choices=[(YES, lazy("Oui, c’est urgent")), (NO, lazy("Non"))],
        validate_choice=False,
    )
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
    proof = HiddenField()
    estimate = HiddenField()
    """The sealed answers of an estimate that this demand began with."""
    without_estimate = BooleanField(lazy("Ne pas joindre mes réponses de l’estimation"))

    reader_may_be_the_person = True
    """Whether the language of the page can be a first answer for the interview."""

    def __init__(self, today: date, **options: Any) -> None:
        super().__init__(**options)
        self.today = today
        self.commune.day = today
        self._birth: tuple[date | None, int | None] = (None, None)
        if self.reader_may_be_the_person:
            self._offer_interview_language(g.get("lang", DEFAULT))

    def _offer_interview_language(self, page: str) -> None:
        """Follow the page's language until somebody chooses; for another person nothing is taken for granted."""
        field = self.interview_language
        if self.on_behalf.data == OTHER:
            field.data = "" if field.untouched else field.data
        elif not self.is_submitted() or (field.untouched and "_switch" in request.form and not self._settled):
            field.follow(page)
        else:
            field.offer(page)

    @property
    def _settled(self) -> bool:
        """Whether these answers were filed, or proven, already: then no switch of the language changes them.

        Somebody who has filed has the form's token in a cookie; no database is asked.
        """
        token = self.filing_token.data
        filed = (one for value in request.cookies.values() for one in value.split("."))
        return bool(self.proof.data or (token and token in filed))

    @property
    def search(self) -> dict[str, str]:
        """Other spellings of each commune, for typing ahead."""
        return {str(commune.bfs_number): "|".join(commune.search_keys) for commune in self.commune.communes}

    @property
    def first_faulty_step(self) -> str | None:
        """The part of the page that holds the first fault."""
        return next((step for step, names in STEPS.items() if any(self[name].errors for name in names)), None)

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every fault as (field id, sentence), in the order of the page."""
        return [
            (self[name].id, str(error)) for names in STEPS.values() for name in names for error in self[name].errors
        ]

    @property
    def asks_latin_name(self) -> bool:
        """Whether the name is in another script, so that a Latin spelling helps."""
        name = clean(self.name.data)
        return bool(name and needs_latin_spelling(name))

    @property
    def reaches(self) -> bool:
        """Whether any way to reach the person was given."""
        return any(clean(field.data) for field in (self.phone, self.email, self.postal_address))

    def validate_name(self, field: StringField) -> None:
        """A name, or the wish to say it at the desk."""
        if not clean(field.data) and not self.name_at_desk.data:
            raise ValidationError(_("Écrivez un nom, ou cochez « Je préfère dire le nom au guichet »."))

    def validate_commune(self, field: CommuneField) -> None:
        """A commune of the list; no number is guessed."""
        if field.data and field.data != UNKNOWN_COMMUNE and field.number is None:
            raise ValidationError(
                _("Cette commune n’est pas dans la liste du Valais. Choisissez-en une, ou « Je ne sais pas ».")
            )

    def validate_birth_year(self, field: StringField) -> None:
        """Nothing, a year, or a whole date; not in the future and not impossible."""
        self._birth = read_birth(self.birth_day, self.birth_month, field, self.today)

    def validate_urgent(self, field: RadioField) -> None:
        """A need that is ticked beside a «no» is asked about, never dropped."""
        if field.data == NO and self.needs.data:
            raise ValidationError(_("Vous avez coché un besoin et répondu « Non ». Choisissez l’un ou l’autre."))

    def validate_helper_name(self, field: StringField) -> None:
        """A helper's name beside «for me» is asked about, never dropped."""
        if self.on_behalf.data == SELF and clean(field.data):
            raise ValidationError(
                _("Vous aidez quelqu’un ? Choisissez « Pour une autre personne ». Sinon, effacez ce nom.")
            )

    def announcement(self, language: str) -> Announcement:
        """What was said, in the portal's own terms. Only after `validate()`.

        A name that was typed counts although «at the desk» is ticked, and a phone number although «none» is: without a
        name the demand is found by its reference alone, and a question in the way could cost a month. The check page
        shows what counts before anything is filed. At the desk, which has no such page, both are asked about.
        """
        born, birth_year = self._birth
        helper = Helper(clean(self.helper_name.data), clean(self.helper_relation.data))
        # Without JavaScript the needs stand open: who ticks one and leaves the question above open has asked for help.
        urgent = self.urgent.data == YES or bool(self.needs.data)
        person = Person(
            name=clean(self.name.data),
            latin_name=clean(self.latin_name.data) if self.asks_latin_name else None,
            birth_date=born,
            birth_year=birth_year,
            phone=self.phone.normal,
            email=self.email.normal,
            postal_address=clean(self.postal_address.data),
            unreachable=bool(self.unreachable.data) and not self.reaches,
            interview_language=self.interview_language.code,
            interpreter={YES: True, NO: False}.get(self.interpreter.data or ""),
        )
        return Announcement(
            person=person,
            language=language,
            commune_bfs=self.commune.number,
            helper=helper if self.on_behalf.data == OTHER else None,
            urgent=urgent,
            needs=tuple(need for need in Need if urgent and need.value in (self.needs.data or ())),
        )
