"""What stands beside a link to a notice, on the paper that an adult takes along: in their language, nothing of the dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.domain.demand import filing_day
from portal.domain.notice import RIGHTS
from portal.i18n import formats
from portal.i18n.languages import BY_CODE, Language
from portal.i18n.text import translator
from portal.services.notices.texts import plain_words


@dataclass(frozen=True)
class LinkSheet:
    """The words of one paper."""

    language: Language
    title: str
    steps: tuple[str, ...]
    until: str
    address: str
    """What stands over the address in letters."""
    only_this: str


def link_sheet(language: str, ends_at: datetime) -> LinkSheet:
    """In a language of the portal. Raises `KeyError` for another."""
    _ = translator(language).gettext
    return LinkSheet(
        BY_CODE[language],
        plain_words(RIGHTS, "title", language),
        (
            _("Ouvrez l’appareil photo du téléphone et montrez-lui ce carré."),
            _("Lisez le texte, ou écoutez-le."),
            _("À la fin, dites que vous l’avez compris."),
        ),
        _(
            "Ce lien est pour vous. Il marche une fois, jusqu’au %(date)s à %(time)s.",
            date=formats.long_date(filing_day(ends_at), language),
            time=formats.time_of_day(ends_at, language),
        ),
        _("Sans appareil photo : écrivez cette adresse"),
        _("Le lien montre seulement ce texte. Il ne montre rien de votre dossier."),
    )
