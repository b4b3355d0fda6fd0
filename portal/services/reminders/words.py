"""What a reminder says where only its own reader sees it: on the person's page, on paper, at the desk. Never in a mail.

Day 31 asks before it says anything: we know only what stands here, and a letter may be on its way.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from portal.domain.reminders import Kind
from portal.i18n.formats import long_date
from portal.i18n.text import translator
from portal.services.reminders.answer_words import ANSWER_CLOSED, ANSWER_WORDS
from portal.services.reminders.report_words import REPORT_WORDS, desk_titles
from portal.services.reminders.telling import Told, Words


def told(kind: str, day: date, language: str) -> Told:
    """A reminder in words; of a kind that has none: that there is something to look at."""
    return WORDS.get(kind, _other)(day, language)


def desk_title(kind: str, language: str) -> str:
    """A reminder in a few words for the desk; a kind that has none of its own is called as on paper."""
    _ = translator(language).gettext
    titles = desk_titles(language) | {
        ANSWER_CLOSED: _("Message du centre que la personne ne peut pas lire en ligne"),
        Kind.DECISION_SOON: _("Délai de décision : bientôt le dernier jour"),
        Kind.DECISION_DAY: _("Délai de décision : dernier jour"),
        Kind.DECISION_PASSED: _("Délai de décision : après le dernier jour"),
        Kind.SITUATION_WEEK: _("Réponses pas encore envoyées"),
        Kind.SITUATION_LAST: _("Réponses pas encore envoyées"),
    }
    if kind in titles:
        return titles[kind]
    return told(kind, date.min, language).title if kind in WORDS else _("Autre rappel")


def _decision_soon(day: date, language: str) -> Told:
    _ = translator(language).gettext
    return Told(
        Kind.DECISION_SOON,
        _("Décision de la commune"),
        (
            _("Le délai de la commune va jusqu’au %(day)s.", day=long_date(day, language)),
            _("Il manque un papier ou une réponse ? Donnez-les au centre dès que vous pouvez."),
        ),
        ("decision_clock",),
    )


def _decision_day(day: date, language: str) -> Told:
    _ = translator(language).gettext
    return Told(
        Kind.DECISION_DAY,
        _("Décision de la commune"),
        (
            _("Le délai de la commune va jusqu’à ce jour : %(day)s.", day=long_date(day, language)),
            _("La décision vient par écrit. La lettre peut encore être en route."),
        ),
        ("decision_clock",),
    )


def _decision_passed(day: date, language: str) -> Told:
    _ = translator(language).gettext
    return Told(
        Kind.DECISION_PASSED,
        _("Avez-vous reçu une lettre ?"),
        (
            _("Aucune décision n’est notée ici. Le délai de la commune allait jusqu’au %(day)s.",
              day=long_date(day, language)),
            _("Une lettre est arrivée ? Lisez jusqu’à quand vous pouvez faire recours."),
            _("Rien n’est arrivé ? Demandez d’abord au centre où en est votre demande."
              " Vous pouvez aussi demander une décision par écrit."),
            _("La page « Se défendre » du portail vous montre le chemin."),
        ),
        ("decision_clock", "silence"),
    )  # fmt: skip


def _papers(day: date, language: str) -> Told:
    _ = translator(language).gettext
    return Told(
        Kind.PAPERS_WEEK,
        _("Papiers à donner"),
        (
            _("Le centre a demandé des papiers jusqu’au %(day)s.", day=long_date(day, language)),
            _("Votre liste est dans votre dossier. Vous ne pouvez pas avoir un papier ? Dites-le aussi là."),
        ),
    )


def _interview(day: date, language: str) -> Told:
    _ = translator(language).gettext
    return Told(
        Kind.INTERVIEW,
        _("Entretien avec le centre"),
        (
            _("L’entretien est le %(day)s. L’heure et le lieu sont dans votre dossier.", day=long_date(day, language)),
            _("Un autre jour ? Écrivez au centre dans vos messages, ou téléphonez."),
        ),
    )


def _situation(day: date, language: str) -> Told:
    _ = translator(language).gettext
    return Told(
        Kind.SITUATION_WEEK,
        _("Vos réponses"),
        (
            _("Vous avez annoncé votre demande le %(day)s. Vos réponses ne sont pas encore envoyées au centre.",
              day=long_date(day, language)),
            _("Continuez quand vous pouvez. Il est possible de ne pas savoir, et de demander au centre."),
        ),
    )  # fmt: skip


def _not_opened(day: date, language: str) -> Told:
    _ = translator(language).gettext
    return Told(
        Kind.NOT_OPENED,
        _("Demande pas encore ouverte"),
        (_("Elle est ici depuis le %(day)s.", day=long_date(day, language)),),
    )


def _other(_day: date, language: str) -> Told:
    _ = translator(language).gettext
    return Told("", _("Un rappel pour vous"), (_("Regardez dans votre dossier, ou demandez au centre."),))


WORDS: Final[dict[str, Words]] = {
    Kind.DECISION_SOON: _decision_soon,
    Kind.DECISION_DAY: _decision_day,
    Kind.DECISION_PASSED: _decision_passed,
    Kind.PAPERS_WEEK: _papers,
    Kind.PAPERS_DAYS: _papers,
    Kind.INTERVIEW: _interview,
    Kind.SITUATION_WEEK: _situation,
    Kind.SITUATION_LAST: _situation,
    Kind.NOT_OPENED: _not_opened,
    **REPORT_WORDS,
    **ANSWER_WORDS,
}
"""Another source of due things adds its kinds here."""
