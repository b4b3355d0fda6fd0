"""Forms of the staff desk."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import ValidationError

from portal.domain.demand import ZURICH, Channel, start_of_day
from portal.forms.fields import LinesField, clean, number
from portal.forms.filing import FilingForm
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.names import centre_name
from portal.law import directory
from portal.law.parameters import FIRST_DAY
from portal.services.filing import Contact

DESK_CHANNELS = (Channel.WALK_IN, Channel.PHONE, Channel.LETTER, Channel.COMMUNE)


class FirstContact:
    """Day and hour of a first contact: not in the future; earlier than today needs a reason."""

    contact_day = StringField(lazy("Jour"))
    contact_month = StringField(lazy("Mois"))
    contact_year = StringField(lazy("Année"))
    contact_time = StringField(lazy("Heure, si elle est connue"))
    reason = LinesField(lazy("Pourquoi cette date ? (obligatoire si ce n’est pas aujourd’hui)"), 1000)

    now: datetime
    instant: datetime | None = None
    time_known = False

    def check_contact(self) -> None:
        """Work out the instant; raises ValidationError with a sentence for the person at the desk."""
        local = self.now.astimezone(ZURICH)
        try:
            parts = [number(part.data) for part in (self.contact_day, self.contact_month, self.contact_year)]
            clock = _clock(self.contact_time.data)
        except ValueError:
            raise ValidationError(_("Écrivez la date en chiffres, et l’heure ainsi : 14:30.")) from None
        if parts == [None, None, None]:
            if clock is None:
                self.instant, self.time_known = self.now, True
                return
            day: date = local.date()
        else:
            try:
                day = date(parts[2] or local.year, parts[1] or 0, parts[0] or 0)
            except ValueError:
                raise ValidationError(_("Cette date n’existe pas.")) from None
        if day < FIRST_DAY:
            raise ValidationError(
                _("Avant le 01.07.2021, l’ancien règlement s’appliquait : demandez au service juridique.")
            )
        known = clock is not None
        instant = datetime.combine(day, clock, ZURICH) if clock is not None else start_of_day(day)
        if day == local.date() and not known:
            instant, known = self.now, True
        if instant > self.now:
            raise ValidationError(_("Le premier contact ne peut pas être dans le futur."))
        self.instant, self.time_known = instant, known

    def contact(self, channel: Channel) -> Contact:
        """The checked contact. Only after validation."""
        if self.instant is None:
            raise RuntimeError("validate first")
        return Contact(channel, self.instant, self.time_known, clean(self.reason.data))

    def earlier(self) -> bool:
        """Whether the day lies before today."""
        return self.instant is not None and self.instant.astimezone(ZURICH).date() < self.now.astimezone(ZURICH).date()


def _clock(text: str | None) -> time | None:
    kept = clean(text)
    if kept is None:
        return None
    hour, _colon, minute = kept.replace("h", ":").replace(".", ":").partition(":")
    return time(number(hour) or 0, number(minute) or 0)


class DeskFilingForm(FirstContact, FilingForm):
    """The person's own form, with how and when the first contact came."""

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
    reason = LinesField(lazy("Pourquoi ?"), 1000, id="pass-on-reason")  # the correction form of the page has one too

    def __init__(self, own: str, language: str, **options: Any) -> None:
        super().__init__(**options)
        others = (region.id for region in directory.regions() if region.id != own)
        self.region.choices = [("", "—"), *((key, centre_name(key, language)) for key in others)]

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

    identity_seen = BooleanField(lazy("J’ai vu une pièce d’identité, ou je connais cette personne"))

    def validate_identity_seen(self, field: BooleanField) -> None:
        """Must be ticked."""
        if not field.data:
            raise ValidationError(_("Contrôlez d’abord l’identité."))
