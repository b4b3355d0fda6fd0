"""Forms of the staff desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import g
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import ValidationError

from portal.domain.demand import Channel, Need
from portal.domain.identity import CHOICES, IdentityPaper
from portal.domain.reference import parse_reference
from portal.forms.contact import FirstContact
from portal.forms.fields import LineField, LinesField, clean
from portal.forms.filing import NO, OTHER, SELF, YES, FilingForm
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.interview import identity_words
from portal.i18n.languages import DEFAULT
from portal.i18n.names import centre_name
from portal.law import directory

DESK_CHANNELS = (Channel.WALK_IN, Channel.PHONE, Channel.LETTER, Channel.COMMUNE)


def paper_choices() -> list[tuple[str, str]]:
    """What may have been seen, in the language of the page; or nothing that is said."""
    return [("", "—"), *((one.value, identity_words(one, g.get("lang", DEFAULT))) for one in CHOICES)]


def paper_of(said: str | None) -> IdentityPaper:
    """One of the list; anything else says nothing."""
    return next((one for one in CHOICES if one.value == said), IdentityPaper.NOT_SAID)


def faults_of(form: FlaskForm) -> list[tuple[str, str]]:
    """Every fault of a small form as (field id, sentence), in the order of its fields."""
    return [(field.id, str(error)) for field in form for error in field.errors]


class NameOrLater:
    """A name, or the word that it comes later; who types one and ticks the other is asked: one of them would be dropped."""

    latin_name: StringField
    name_at_desk = BooleanField(lazy("Le nom sera dit plus tard"))

    def validate_name(self, field: StringField) -> None:
        """One of the two."""
        typed = clean(field.data) or clean(self.latin_name.data)
        if typed and self.name_at_desk.data:
            raise ValidationError(
                _("Vous avez écrit un nom et coché « Le nom sera dit plus tard ». Choisissez l’un ou l’autre.")
            )
        if not clean(field.data) and not self.name_at_desk.data:
            raise ValidationError(_("Écrivez un nom, ou cochez « Le nom sera dit plus tard »."))


class DeskFilingForm(NameOrLater, FirstContact, FilingForm):
    """The person's own questions in words for the desk, with how and when the first contact came."""

    reader_may_be_the_person = False
    on_behalf = RadioField(
        lazy("Pour qui la personne demande-t-elle de l’aide ?"),
        choices=[(SELF, lazy("Pour elle-même")), (OTHER, lazy("Pour une autre personne"))],
        default=SELF,
        validate_choice=False,
    )
    helper_name = LineField(lazy("Nom de la personne qui aide"), 200)
    helper_relation = LineField(lazy("Son lien avec la personne aidée"), 100)
    unreachable = BooleanField(lazy("La personne n’a ni téléphone, ni e-mail, ni adresse"))
    urgent = RadioField(
        lazy("La personne a-t-elle besoin d’aide tout de suite ?"),
        choices=[(YES, lazy("Oui, c’est urgent")), (NO, lazy("Non"))],
        validate_choice=False,
    )
    needs = SelectMultipleField(
        lazy("Que lui manque-t-il maintenant ?"),
        choices=[
            (Need.LODGING.value, lazy("Un toit pour cette nuit")),
            (Need.FOOD.value, lazy("De quoi manger")),
            (Need.MEDICINE.value, lazy("Des médicaments ou un médecin")),
        ],
        validate_choice=False,
    )
    channel = RadioField(lazy("Comment la personne est-elle venue à vous ?"), validate_choice=False)
    language = SelectField(lazy("Langue du reçu"), validate_choice=False)

    def __init__(self, now: datetime, languages: list[tuple[str, str]], **options: Any) -> None:
        self.now = now
        super().__init__(**options)
        self.channel.choices = [
            (Channel.WALK_IN.value, _("Au guichet")),
            (Channel.PHONE.value, _("Par téléphone")),
            (Channel.LETTER.value, _("Par lettre")),
            (Channel.COMMUNE.value, _("Par la commune")),
        ]
        self.language.choices = languages

    @property
    def desk_faults(self) -> list[tuple[str, str]]:
        """Every fault as (field id, sentence), those of the first contact first."""
        names = ("channel", "contact_day", "contact_time", "reason", "language")
        return [(self[name].id, str(error)) for name in names for error in self[name].errors] + self.faults

    def validate_helper_name(self, field: StringField) -> None:
        """A helper's name beside «for herself» is asked about, never dropped."""
        if self.on_behalf.data == SELF and clean(field.data):
            raise ValidationError(_("Quelqu’un aide ? Choisissez « Pour une autre personne ». Sinon, effacez ce nom."))

    def validate_unreachable(self, field: BooleanField) -> None:
        """A way to reach the person beside «none» is asked about: the file would say both."""
        if field.data and self.reaches:
            raise ValidationError(
                _("Vous avez noté un contact et coché qu’il n’y en a pas. Choisissez l’un ou l’autre.")
            )

    def validate_channel(self, field: RadioField) -> None:
        """One of the four."""
        if field.data not in {channel.value for channel in DESK_CHANNELS}:
            raise ValidationError(_("Choisissez comment la personne est venue."))

    def validate_language(self, field: SelectField) -> None:
        """A language of the portal."""
        if field.data not in dict(field.choices):
            raise ValidationError(_("Choisissez une langue de la liste."))

    def validate_contact_day(self, _field: StringField) -> None:
        """The first contact."""
        self.check_contact()

    def validate_reason(self, field: LinesField) -> None:
        """A reason where the day lies before today."""
        if self.earlier() and not clean(field.data):
            raise ValidationError(_("Une date plus tôt qu’aujourd’hui demande une raison."))


class CorrectionForm(FirstContact, FlaskForm):  # type: ignore[misc]
    """An earlier first contact, with its reason and its channel."""

    channel = SelectField(lazy("Par quel moyen"), validate_choice=False)

    def __init__(self, now: datetime, **options: Any) -> None:
        self.now = now
        super().__init__(**options)
        self.channel.choices = [
            (Channel.PHONE.value, _("Par téléphone")),
            (Channel.WALK_IN.value, _("Au guichet")),
            (Channel.LETTER.value, _("Par lettre")),
            (Channel.COMMUNE.value, _("Par la commune")),
            (Channel.ONLINE.value, _("En ligne (essai prouvé)")),
        ]

    def validate_channel(self, field: SelectField) -> None:
        """One of the list."""
        if field.data not in dict(field.choices):
            raise ValidationError(_("Choisissez comment la personne est venue."))

    def validate_contact_day(self, _field: StringField) -> None:
        """A day must stand here."""
        if not clean(self.contact_day.data):
            raise ValidationError(_("Écrivez la date du premier contact."))
        self.check_contact()

    def validate_reason(self, field: LinesField) -> None:
        """Always with a reason."""
        if not clean(field.data):
            raise ValidationError(_("Dites ce qui prouve ce premier contact."))


class PassOnForm(FlaskForm):  # type: ignore[misc]
    """Pass a demand on to another region."""

    region = SelectField(lazy("À quel centre ?"), validate_choice=False)
    reference = HiddenField()
    reason = LinesField(lazy("Pourquoi ?"), 1000, id="pass-on-reason")  # the correction form of the page has one too

    def __init__(self, own: str, language: str, **options: Any) -> None:
        super().__init__(**options)
        others = (region.id for region in directory.regions() if region.id != own)
        self.region.choices = [("", "—"), *((key, centre_name(key, language)) for key in others)]

    @property
    def what(self) -> str | None:
        """The reference of the demand, for the word that it is done; afterwards this region cannot read it any more."""
        return parse_reference(self.reference.data or "")

    def validate_region(self, field: SelectField) -> None:
        """Another of the five."""
        if not field.data or field.data not in dict(field.choices):
            raise ValidationError(_("Choisissez un centre."))

    def validate_reason(self, field: LinesField) -> None:
        """The next centre must know why."""
        if not clean(field.data):
            raise ValidationError(_("Dites pourquoi : le centre suivant doit le savoir."))


class NewCodeForm(FlaskForm):  # type: ignore[misc]
    """A new access code, only after seeing who it is."""

    code_token = HiddenField()
    identity_seen = BooleanField(lazy("J’ai vu une pièce d’identité, ou je connais cette personne"))
    identity_paper = SelectField(lazy("Quelle pièce ?"), validate_choice=False)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.identity_paper.choices = paper_choices()

    @property
    def paper(self) -> IdentityPaper:
        """What was seen; not said where nothing of the list was chosen: that never stands in the way."""
        return paper_of(self.identity_paper.data)

    def validate_identity_seen(self, field: BooleanField) -> None:
        """Must be ticked."""
        if not field.data:
            raise ValidationError(_("Contrôlez d’abord l’identité."))
