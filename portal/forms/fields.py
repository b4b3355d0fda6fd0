"""Cleaning and checking of what people type. Faults come back as sentences that say what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from wtforms import Field, Form, StringField, TextAreaField
from wtforms.validators import ValidationError

from portal.forms.text import gettext as _

_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# A line end of an old Mac; a tab comes along with what is pasted from Word, and nobody sees it.
_AS_TYPED = str.maketrans({"\r": "\n", "\t": " "})

Validator = Callable[[Form, Field], None]


def clean(text: str | None) -> str | None:
    """NFC, no white space around, line ends as one sign, tabs as spaces; None when nothing is left."""
    if text is None:
        return None
    kept = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_AS_TYPED)).strip()
    if kept.isprintable():
        return kept or None
    # Joiners belong to Persian and Indic names, but a text of such marks alone shows nothing to anybody.
    return kept if any(unicodedata.category(character) not in ("Cf", "Zs") for character in kept) else None


def plain(longest: int, *, lines: bool = False) -> Validator:
    """No control characters (line ends only where `lines`), at most `longest` characters."""

    def check(form: Form, field: Field) -> None:
        text = clean(field.data) or ""
        if not text.isprintable() and any(_forbidden(character, lines) for character in text):
            raise ValidationError(_("Ce texte contient des signes invisibles. Écrivez-le à nouveau au clavier."))
        if len(text) > longest:
            raise ValidationError(
                _(
                    "C’est trop long : %(count)s signes. Gardez au plus %(longest)s signes.",
                    count=len(text),
                    longest=longest,
                )
            )

    return check


def few_lines(most: int) -> Validator:
    """At most `most` lines with something on them."""

    def check(form: Form, field: Field) -> None:
        if sum(bool(line.strip()) for line in (clean(field.data) or "").splitlines()) > most:
            raise ValidationError(_("C’est trop de lignes. Gardez au plus %(most)s lignes.", most=most))

    return check


def _forbidden(character: str, lines: bool) -> bool:
    if character == "\n":
        return not lines
    return unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn") or character in _BIDI_CONTROLS


def parse_phone(text: str) -> str | None:
    """The number in international form, or None when it cannot be one."""
    try:
        number = phonenumbers.parse(text, "CH")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def parse_email(text: str) -> str | None:
    """The address in its normal form, or None."""
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def number(text: str | None) -> int | None:
    """A whole number in digits of any script; None when empty. ValueError when it is something else."""
    kept = clean(text)
    if kept is None:
        return None
    digits = [unicodedata.decimal(character, None) for character in kept]
    if len(digits) > 4 or any(digit is None for digit in digits):
        raise ValueError(kept)
    return int("".join(map(str, digits)))


class LineField(StringField):  # type: ignore[misc]
    """One line of free text."""

    def __init__(self, label: Any, longest: int, *more: Validator, **options: Any) -> None:
        super().__init__(label, [plain(longest), *more], **options)


class PhoneField(LineField):
    """A number that can be called; Swiss unless it begins with a country code. Left empty is fine."""

    normal: str | None = None
    """What validation made of it: the international form."""

    def post_validate(self, form: Form, validation_stopped: bool) -> None:  # noqa: ARG002 - WTForms' own signature
        """Refuse what cannot be a number."""
        text = None if self.errors else clean(self.data)
        self.normal = parse_phone(text) if text else None
        if text and self.normal is None:
            raise ValidationError(
                _("Ce numéro ne semble pas complet. Exemple : 079 123 45 67. Vous pouvez aussi l’effacer.")
            )


class EmailField(LineField):
    """An address that mail can be sent to, judged by its form alone. Left empty is fine."""

    normal: str | None = None
    """What validation made of it: the address in its normal form."""

    def post_validate(self, form: Form, validation_stopped: bool) -> None:  # noqa: ARG002 - WTForms' own signature
        """Refuse what cannot be an address."""
        text = None if self.errors else clean(self.data)
        self.normal = parse_email(text) if text else None
        if text and self.normal is None:
            raise ValidationError(
                _("Cette adresse e-mail n’est pas complète. Exemple : nom@exemple.ch. Vous pouvez aussi l’effacer.")
            )


class LinesField(TextAreaField):  # type: ignore[misc]
    """A few lines of free text."""

    def __init__(self, label: Any, longest: int, *more: Validator, **options: Any) -> None:
        super().__init__(label, [plain(longest, lines=True), *more], **options)
