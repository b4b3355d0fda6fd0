"""The words inside an export: its README, and the names of its folders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from portal.domain.demand import filing_day
from portal.i18n.formats import long_date, time_of_day
from portal.i18n.text import translator


def folder_word(language: str) -> str:
    """The folder of the papers."""
    return translator(language).plain("Papiers")


def readme(language: str, made_at: datetime, name: str | None, missing: Sequence[str] | None) -> str:
    """What is in the ZIP, and what is not. `missing`: files that could not go along; None: no paper was asked for."""
    _ = translator(language).gettext
    lines = [
        _("Vos données"),
        _(
            "Fait le %(day)s à %(time)s.",
            day=long_date(filing_day(made_at), language),
            time=time_of_day(made_at, language),
        ),
        *([_("Pour : %(name)s", name=name)] if name else []),
        _("data.json : tout ce que le portail sait de vous. Une autre application peut lire ce fichier."),
        *([] if missing is None else [_("Papiers : les papiers que vous avez envoyés, un dossier par papier.")]),
        *([_("Les papiers ne sont pas dans ce fichier : vous l’avez demandé ainsi.")] if missing is None else []),
        *(
            [_("Ces papiers manquent. Ils sont encore en route ou en contrôle, ou ils ne peuvent pas être ouverts :")]
            if missing
            else []
        ),
        *(f"- {one}" for one in missing or ()),
        _("Ce qui est à un autre adulte du ménage n’est pas dans ce fichier."),
        _("Gardez ce fichier dans un endroit sûr. Ne l’envoyez pas par e-mail."),
    ]
    return "\r\n\r\n".join(str.__str__(line) for line in lines) + "\r\n"
