"""The form that every adult of a household signs with a pen: rights and duties understood.

All adults sign a form that bears the filing date (parameter `all_adults_sign`: directive LIAS, ch. 16.1.2; RELIAS art. 29
al. 3, old text, in force until 30.6.2021). What was acknowledged online stands on it, and replaces no signature.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from portal import content
from portal.adapters.fonts.printable import direction, shown_name
from portal.adapters.typesetting import render
from portal.domain.demand import Person, filing_day
from portal.domain.notice import RIGHTS
from portal.i18n.formats import long_date, month_name, short_date
from portal.i18n.languages import BY_CODE, official_beside
from portal.i18n.law_words import label_words, note_words, value_words
from portal.i18n.names import commune_name, region_name, way_name
from portal.i18n.text import translator
from portal.law.parameters import definition, parameter
from portal.services.begun_on_paper import Head, PaperFileView
from portal.services.notices.acknowledging import Given, Standing
from portal.services.notices.paper import Part, sure_words
from portal.services.receipt_names import name_placeholder

RULE: Final = "all_adults_sign"
NO_OTHERS: Final = 2
"""So many adults may add themselves by pen where the household names nobody but one."""


@dataclass(frozen=True)
class SignForm:
    """What the form is made of, for a caller who has proven whose household it is."""

    demand: Head
    standings: Mapping[str, Sequence[Standing]]
    """Language → every adult, as they are called in it; the same adults in the same order."""
    reader: str | None = None
    """Who of them prints it for their own household; None at the desk."""


def languages_of(language: str, region: str | None) -> tuple[str, ...]:
    """The centre's language, and the person's own beside it."""
    return tuple(dict.fromkeys((official_beside(language, region), language)))


def sign_pdf(form: SignForm, made_at: datetime, url: str) -> bytes:
    """The form as PDF/UA; the same household at the same instant always gives the same bytes.

    `url` is the page of the notice, for the square code. Raises TypesettingError.
    """
    return render("sign", sign_sheet(form, made_at, url), made_at, url)


def sign_sheet(form: SignForm, made_at: datetime, url: str) -> Part:
    """Everything that the form says, in its order, for the template."""
    languages = tuple(form.standings)
    rule = parameter(RULE, filing_day(made_at))
    adults = [_adult(form, place) for place in range(len(form.standings[languages[0]]))]
    return {
        "url": url,
        "reference": form.demand.reference,
        "texts": [_words(form, language, made_at) for language in languages],
        "adults": adults,
        "empty": NO_OTHERS if len(adults) == 1 else 0,
        "sources": [
            {
                "number": "",
                "written": " ".join(rule.source.split()),
                "said": [sure_words(rule, language) for language in languages],
            }
        ],
    }


def _date_label(view: Head, language: str) -> str:
    _ = translator(language).gettext
    if isinstance(view, PaperFileView):  # no demand was announced here, so no date of one is made up
        return _("Aide sociale depuis")
    return _("Date du premier contact") if view.corrected else _("Date de l’annonce")


def _date(view: Head, language: str) -> str:
    return (
        month_name(view.since, language) if isinstance(view, PaperFileView) else long_date(view.filing_date, language)
    )


def _commune(view: Head, language: str) -> str:
    if isinstance(view, PaperFileView):
        return commune_name(view.commune_bfs, view.opened_on, language)
    return commune_name(view.announcement.commune_bfs, view.filing_date, language)


def _words(form: SignForm, language: str, made_at: datetime) -> Part:
    _ = translator(language).gettext
    view, notice, rule = form.demand, content.current(RIGHTS), parameter(RULE, filing_day(made_at))
    colon = "\u00a0: " if language == "fr" else ": "
    known = value_words(definition(RULE), rule.value, language) if rule.value is not None else ""
    count = len(form.standings[language]) + (NO_OTHERS if len(form.standings[language]) == 1 else 0)
    return {
        "lang": language,
        "direction": BY_CODE[language].dir,
        "issuer": _("Aide sociale Valais, portail en ligne"),
        "title": _("Formulaire : droits et devoirs compris"),
        "date_label": _date_label(view, language),
        "date": _date(view, language),
        "facts": [
            [_("Référence"), view.reference],
            [_("Centre responsable"), region_name(view.region, view.candidate_regions, language)],
            [_("Commune"), _commune(view, language)],
        ],
        "qr_alt": _("Code carré qui ouvre le texte sur les droits et les devoirs"),
        "signed_title": _("Ce que vous signez"),
        "signed": [
            _("J’ai reçu le texte sur mes droits et mes devoirs. Je l’ai compris."),
            _(
                "C’est la version %(version)s, publiée le %(day)s.",
                version=notice.version,
                day=long_date(notice.published_on, language),
            ),
        ],
        "advice": [
            _("Chaque adulte signe pour soi."),
            _("Quelque chose n’est pas clair ? Demandez avant de signer."),
            note_words(RULE, language) or "",
        ],
        "rule": f"{label_words(rule, language)}{colon}{known}.",
        "adults": [_("Adulte %(number)s", number=number + 1) for number in range(count)],
        "other": _("S’il y a encore un autre adulte dans le ménage"),
        "name": _("Nom"),
        "called": _("Dans les réponses du ménage"),
        "online": _("Confirmation avec le portail"),
        "place": _("Lieu et date"),
        "pen": _("Signature"),
        "printed": _("Imprimé le %(day)s.", day=long_date(filing_day(made_at), language)),
    }


def _adult(form: SignForm, place: int) -> Part:
    """One adult: the name once, what they did in each language of the paper."""
    official = next(iter(form.standings))
    first = form.standings[official][place]
    # By person: the household may have changed between the reading for one language and for the next.
    same = {
        language: next((one for one in standings if one.signer.person == first.signer.person), first)
        for language, standings in form.standings.items()
    }
    mine = first.signer.person == form.reader
    own: Person = form.demand.person
    name = first.signer.name or (own.name or "" if mine else "")
    latin = own.latin_name or "" if name == own.name else ""
    shown = shown_name(name, latin, name_placeholder(Person(name), official)) if name.strip() else ""
    return {
        "name": shown,
        "name_direction": direction(shown),
        # «Vous» says nothing to the others who read the form.
        "called": ["" if mine or shown else standing.signer.called for standing in same.values()],
        "online": [_done(standing, language) for language, standing in same.items()],
    }


def _done(standing: Standing, language: str) -> list[list[str]]:
    """What an adult acknowledged already, line by line: the newest version, or the one before and that this is to do."""
    _ = translator(language).gettext
    if standing.given is not None:
        named = [[_("Sous le nom : %(name)s", name=standing.named_then)]] if standing.named_then else []
        return [_given(standing.given, language), *named]
    newest = content.current(RIGHTS).version
    if standing.before is not None:
        return [_given(standing.before, language), [_("Version %(version)s : pas encore.", version=newest)]]
    return [[_("Pas encore.")]]


def _given(given: Given, language: str) -> list[str]:
    """Version, language, day and way, each apart: a Latin word among Arabic ones must not change their order."""
    _ = translator(language).gettext
    version = _("Version %(version)s", version=given.version)
    return [
        version,
        BY_CODE[given.language].name,
        short_date(filing_day(given.instant), language),
        way_name(given.way, language),
    ]
