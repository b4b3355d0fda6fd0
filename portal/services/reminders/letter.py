"""The letter of one line of the desk's list: in the centre's language and in the person's, to print and to send."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from portal.adapters.fonts.printable import direction, shown_name
from portal.adapters.typesetting import render
from portal.domain.demand import Person, filing_day
from portal.i18n.formats import long_date
from portal.i18n.languages import BY_CODE, DEFAULT, official_beside
from portal.i18n.names import centre_name
from portal.i18n.text import translator
from portal.law.parameters import parameter
from portal.services.notices.paper import sure_words
from portal.services.receipt_names import name_placeholder
from portal.services.reminders.answer_words import ANSWER_CLOSED
from portal.services.reminders.calling import Line
from portal.services.reminders.words import told

Part = dict[str, Any]


def letter_pdf(line: Line, language: str, made_at: datetime, public_url: str) -> bytes:
    """The letter as PDF/UA; the same line at the same instant always gives the same bytes. Raises TypesettingError.

    `language`: in which the person reads the portal.
    """
    own = language if language in BY_CODE else DEFAULT
    languages = tuple(dict.fromkeys((official_beside(own, line.region), own)))
    url = f"{public_url}/{own}/sign-in"
    return render("reminder", _sheet(line, languages, filing_day(made_at), url), made_at, url)


def _sheet(line: Line, languages: tuple[str, ...], today: date, url: str) -> Part:
    person = Person(line.name, line.latin_name)
    name = shown_name(line.name or "", line.latin_name or "", name_placeholder(person, languages[0]))
    rules = [parameter(rule, today) for rule in told(line.kind, line.day, languages[0]).rules]
    return {
        "url": url,
        "reference": line.reference,
        "name": name,
        "name_direction": direction(name),
        "address": (line.postal_address or "").splitlines(),
        "texts": [_words(line, person, language, today) for language in languages],
        "sources": [
            {
                "number": "",
                "written": " ".join((rule.article or rule.source).split()),
                "said": [sure_words(rule, language) for language in languages],
            }
            for rule in rules
        ],
    }


def _words(line: Line, person: Person, language: str, today: date) -> Part:
    _ = translator(language).gettext
    said = told(line.kind, line.day, language)
    return {
        "lang": language,
        "direction": BY_CODE[language].dir,
        "issuer": _("Aide sociale Valais, portail en ligne"),
        "sender": centre_name(line.region, language) if line.region else None,
        "dated": long_date(today, language),
        "title": _("Un rappel pour vous"),
        "name_label": _("Nom"),
        "name_placeholder": name_placeholder(person, language),
        "reference_label": _("Référence"),
        "heading": said.title,
        "lines": list(said.lines),
        "where": _("Votre dossier en ligne"),
        "steps": [
            *_way_in(line.kind, language),
            _("Pas de code, pas de téléphone, une question ? Passez au guichet ou appelez le centre."),
        ],
        "no_decision": _("Cette lettre n’est pas une décision."),
        "qr_alt": _("Code carré qui ouvre la page pour entrer dans votre dossier"),
    }


def _way_in(kind: str, language: str) -> tuple[str, ...]:
    """How to open the dossier; or, where the online access is closed, how to have it again."""
    _ = translator(language).gettext
    if kind == ANSWER_CLOSED:
        return (_("Vous voulez revenir ? Le centre vous donne un nouveau code, avec une pièce d’identité."),)
    return (
        _("Ouvrez l’adresse ci-dessus, ou montrez le carré à l’appareil photo de votre téléphone."),
        _("Entrez votre référence et votre code d’accès."),
    )
