"""Fields of the estimate: amounts in francs, ages, numbers of persons, as people type them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from flask import g
from wtforms import Form, StringField
from wtforms.validators import ValidationError

from portal.domain.situation.kinds import CENTIMES, Amount, Whole
from portal.forms.fields import clean
from portal.forms.text import gettext as _
from portal.i18n.formats import amount
from portal.i18n.languages import DEFAULT

_NOISE: Final = re.compile(r"(?i)chf|francs?|franken|fr\.?|[\s'’‘`´٬]")
_NO_CENTIMES: Final = re.compile(r"[.,][-–—]+$")
_PLAIN: Final = re.compile(r"(\d{1,12})(?:[.,٫](\d{1,2}))?")
_GROUPED: Final = re.compile(r"(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)((?!\2)[.,]\d{1,2})?")
"""`1.200`, `1,200` and `1,200.50`: in francs nobody writes three decimals."""
_PERCENT: Final = re.compile(r"(?i)[%٪％\s]|pour ?cents?|prozent|percent|por cento")
_LONGEST: Final = 40
_MOST_DIGITS: Final = 6


def western(text: str) -> str:
    """The same text with its digits of any script as Western ones."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def read_francs(text: str) -> int:
    """Centimes from `900`, `1'200.50`, `1 200,50`, `CHF 900.–`, in digits of any script. ValueError when it is none."""
    kept = _NO_CENTIMES.sub("", _NOISE.sub("", western(text)))
    if grouped := _GROUPED.fullmatch(kept):
        kept = re.sub("[.,]", "", grouped[1]) + (grouped[3] or "")
    found = _PLAIN.fullmatch(kept)
    if found is None:
        raise ValueError(text)
    return int(found[1]) * CENTIMES + int((found[2] or "").ljust(2, "0"))


def read_whole(text: str) -> int:
    """A whole number of at most six digits of any script. ValueError when it is none."""
    kept = western(text.strip())
    if not kept.isascii() or not kept.isdecimal() or len(kept) > _MOST_DIGITS:
        raise ValueError(text)
    return int(kept)


def written(number: int) -> str:
    """A number as the reader's language groups it."""
    return amount(number, g.get("lang", DEFAULT))


class FrancsField(StringField):  # type: ignore[misc]
    """An amount in francs; left empty it is not answered. `centimes` holds what validation read."""

    centimes: int | None = None

    def __init__(self, label: Any, bounds: Amount, **options: Any) -> None:
        super().__init__(label, **options)
        self.most = bounds.most

    def post_validate(self, form: Form, validation_stopped: bool) -> None:  # noqa: ARG002 - WTForms' own signature
        """Refuse what is no amount, negative or too large."""
        self.centimes, kept = None, clean(self.data)
        if kept is None:
            return
        if western(kept).startswith(("-", "–", "−")):
            raise ValidationError(_("Un montant ne peut pas être négatif. Écrivez 0 s’il n’y a rien."))
        try:
            found = read_francs(kept if len(kept) <= _LONGEST else "")
        except ValueError:
            raise ValidationError(_("Écrivez un montant en francs, en chiffres. Exemple : 900 ou 900.50.")) from None
        if found > self.most * CENTIMES:
            raise ValidationError(
                _("Ce montant est trop grand. Le plus grand possible ici : %(most)s.", most=written(self.most))
            )
        self.centimes = found


class WholeField(StringField):  # type: ignore[misc]
    """A small whole number; left empty it is not answered. `number` holds what validation read."""

    number: int | None = None

    def __init__(self, label: Any, bounds: Whole, **options: Any) -> None:
        super().__init__(label, **options)
        self.bounds = bounds

    def post_validate(self, form: Form, validation_stopped: bool) -> None:  # noqa: ARG002 - WTForms' own signature
        """Refuse what is no whole number within the bounds."""
        self.number, kept = None, clean(self.data)
        if kept is None:
            return
        try:
            found = read_whole(self.bare(kept))
        except ValueError:
            found = -1
        if not self.bounds.least <= found <= self.bounds.most:
            raise ValidationError(
                _(
                    "Écrivez un nombre entier, de %(least)s à %(most)s.",
                    least=self.bounds.least,
                    most=self.bounds.most,
                )
            )
        self.number = found

    def bare(self, text: str) -> str:
        """The text without what people write beside the number."""
        return text


class PercentField(WholeField):
    """Per cent, with or without the sign."""

    def bare(self, text: str) -> str:
        """`50 %`, `50%`, `٪50`."""
        return _PERCENT.sub("", text)
