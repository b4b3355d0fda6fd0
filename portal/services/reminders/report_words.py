"""What reminders of reports of a change and of requests say. Their clock stands in an old text: said each time."""

from __future__ import annotations

from datetime import date
from typing import Final

from portal.domain.reminders import Kind
from portal.i18n.formats import long_date
from portal.i18n.text import translator
from portal.law import retention
from portal.services.reminders.telling import Told, Words

_CLOCK: Final = "reexamination_clock"
ASKED_BACK: Final = "asked-back"
"""No reminder that is due on a day: it stands on the own page until it is answered."""


def desk_titles(language: str) -> dict[str, str]:
    """In a few words for the desk."""
    _ = translator(language).gettext
    return {
        Kind.REEXAMINATION_SOON: _("Nouvelle décision demandée : bientôt le dernier jour, selon un texte ancien"),
        Kind.REEXAMINATION_DAY: _("Nouvelle décision demandée : dernier jour, selon un texte ancien"),
        Kind.REEXAMINATION_PASSED: _("Nouvelle décision demandée : après le dernier jour, selon un texte ancien"),
    }


def _soon(day: date, language: str) -> Told:
    _ = translator(language).gettext
    return Told(
        Kind.REEXAMINATION_SOON,
        _("Nouvelle décision demandée"),
        (
            _("La commune devrait décider par écrit jusqu’au %(date)s, selon un texte ancien.",
              date=long_date(day, language)),
            _("Il manque un papier ou une réponse ? Donnez-les au centre dès que vous pouvez."),
        ),
        (_CLOCK,),
    )  # fmt: skip


def _day(day: date, language: str) -> Told:
    _ = translator(language).gettext
    return Told(
        Kind.REEXAMINATION_DAY,
        _("Nouvelle décision demandée"),
        (
            _("Selon un texte ancien, le délai de la commune va jusqu’à ce jour : %(date)s.",
              date=long_date(day, language)),
            _("La décision vient par écrit. La lettre peut encore être en route."),
        ),
        (_CLOCK,),
    )  # fmt: skip


def _passed(day: date, language: str) -> Told:
    _ = translator(language).gettext
    return Told(
        Kind.REEXAMINATION_PASSED,
        _("Nouvelle décision : avez-vous reçu une lettre ?"),
        (
            _("Aucune nouvelle décision n’est notée ici."
              " Selon un texte ancien, le délai de la commune allait jusqu’au %(date)s.",
              date=long_date(day, language)),
            _("Une lettre est arrivée ? Lisez jusqu’à quand vous pouvez faire recours."),
            _("Rien n’est arrivé ? Demandez d’abord au centre où en est votre demande."
              " Vous pouvez aussi demander une décision par écrit."),
            _("La page « Se défendre » du portail vous montre le chemin."),
        ),
        (_CLOCK, "silence"),
    )  # fmt: skip


def _not_read(_day: date, language: str) -> Told:
    """For a centre alone: the title and the day stand in its list."""
    _ = translator(language).gettext
    return Told(Kind.NOT_READ, _("Annonce d’un changement : pas encore lue"), ())


def _words_not_read(_day: date, language: str) -> Told:
    """For a centre alone, as above."""
    _ = translator(language).gettext
    return Told(Kind.WORDS_NOT_READ, _("Messages avec le centre : pas encore lus"), ())


def _kept(day: date, language: str) -> Told:
    """On the person's own page alone."""
    _ = translator(language).gettext
    lines = [
        _("Vous avez gardé l’annonce d’un changement le %(date)s. Le centre ne la voit pas.",
          date=long_date(day, language)),
    ]  # fmt: skip
    period = retention.classes()["report_drafts"].period
    if period is not None:  # counted in hours: by a change of the clocks the day may be the one before
        end = long_date(day + period, language)
        lines.append(
            _("Vous pouvez continuer ou l’effacer. Sinon, elle s’efface d’elle-même vers le %(date)s.", date=end)
        )
    return Told(Kind.REPORT_KEPT, _("Annonce commencée, pas encore envoyée"), tuple(lines))


def asked_words(report: str, day: date | None, language: str) -> Told:
    """That the centre asked something about a report: on the person's own page alone. `day`: until when, if it said."""
    _ = translator(language).gettext
    line = (
        _("Vous pouvez répondre dans vos messages, ou envoyer le papier demandé.")
        if day is None
        else _("À remettre au plus tard : %(day)s.", day=long_date(day, language))
    )
    return Told(ASKED_BACK, _("Le centre demande quelque chose sur une annonce."), (line,), report=report)


REPORT_WORDS: Final[dict[str, Words]] = {
    Kind.REEXAMINATION_SOON: _soon,
    Kind.REEXAMINATION_DAY: _day,
    Kind.REEXAMINATION_PASSED: _passed,
    Kind.NOT_READ: _not_read,
    Kind.WORDS_NOT_READ: _words_not_read,
    Kind.REPORT_KEPT: _kept,
}
