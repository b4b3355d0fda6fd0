"""What an adult reads of who opened their dossier: each action of the audit log in daily words, or the reason why it has none.

A test goes through every action that the code writes. Actions of the centre are said of the adult whom they concern; those
of `SHARED` concern the household as a whole where the event names nobody.
"""

from __future__ import annotations

from typing import Final

from portal.i18n.names import centre_name
from portal.i18n.text import translator
from portal.law import directory

SHARED: Final = frozenset(
    {
        "demand:open",
        "demand:read",
        "demand:take",
        "demand:pass-on",
        "demand:correct-date",
        "summary:read",
        "checklist:read",
        "rights:read",
        "reports:read",
        "thread:look",
        "month:read",
        "paper-day:set",
        "household-log:read",
        "decisions:read",
        "decision:record",
        "decision:refuse",
        "decision:take-back",
        "decision:confirm",
        "interview:read",
        "interview:noted",
        "interview:moved",
        "interview:changed",
        "interview:missed",
        "interview:held",
        "interview:called_off",
        "interview:taken_back",
        "household:read",
        "household:closed",
        "household:reopened",
        "household:moved",
        "household:merged",
        "household:parted",
        "household:compared",
        "glance:at-desk",
        "glance:danger",
        "glance:stands-in",
        "glance:moves-here",
        "glance:read",
        "missing:read",
        "bundle:look",
        "bundle:begin",
        "bundle:make",
    }
)
"""Never about one adult alone, unless the event names one."""
BY_CENTRE: Final = SHARED | {
    "demand:file",
    "receipt:print",
    "access-code:issue",
    "paper-file:open",
    "paper-file:read",
    "access-code:print",
    "adult:add",
    "situation:help",
    "situation:answer",
    "situation:send",
    "situation:answer-alone",
    "situation:send-alone",
    "situation:lend",
    "document:read",
    "document:open",
    "document:take",
    "document-request:to_bring",
    "document-request:to_sign",
    "document-request:added",
    "document-request:seen",
    "document-request:accepted",
    "document-request:refused",
    "document-request:cannot",
    "document-request:not_needed",
    "notice:acknowledge",
    "notice-link:make",
    "notice-link:end",
    "report:send",
    "report:withdrawn",
    "report:corrected",
    "report:read",
    "report:asked-back",
    "report:counted",
    "report:decided",
    "thread:answer",
    "thread:settle",
    "thread:assign",
    "request:closed",
    "request:reopened",
    "call-list:print",
    "call-list:done",
    "identity:seen",
    "identity:taken-back",
    "assignment:note",
}
ALONE: Final = frozenset({"situation:answer-alone", "situation:send-alone"})
"""What the person did themselves, on a device that the centre had handed to them: in the session of a caseworker."""
OWN: Final = frozenset({"citizen:sign-in", "handoff:use", "export:take", "account:close"})
"""Of what is done with the adult's own code: where somebody else may have been at work."""
LEFT_OUT: Final = {
    "board:read": "names no dossier",
    "clocks:read": "names no dossier",
    "absence:note": "names no dossier",
    "search:read": "names no dossier; who is shown is not opened",
    "staff:sign-in": "names no dossier",
    "staff:session-end": "names no dossier",
    "staff:sessions-read": "names no dossier",
    "situation:take-back": "nothing was looked at; that the device was handed over is said",
    "situation:help-ended": "names no dossier; that the form was opened is said",
    "glance:try": "names no dossier: there is none of that reference",
    "glance:list": "names no dossier",
    "household:open": "every page that is opened then is said by itself",
    "household:close": "nothing was looked at",
    "document:thumb": "comes along with the page that shows the small pictures, which is said",
    "document:ready": "a machine checked the file; nobody looked",
    "document:received": "a machine checked the file; nobody looked",
    "document:refused": "a machine checked the file; nobody looked",
    "document:quarantined": "a machine checked the file; nobody looked",
    "document:damaged": "a machine checked the file; nobody looked",
    "document:receive": "the adult's own act, on the page of their papers",
    "document:remove": "the adult's own act, on the page of their papers",
    "document:remove-file": "the adult's own act, on the page of their papers",
    "document:remove-page": "the adult's own act, on the page of their papers",
    "document:assign": "the adult's own act, on the page of their papers",
    "handoff:make": "the adult's own act; that the link was used is said",
    "demand:urgent-request": "the adult's own act, with its day in the dossier",
    "demand:withdrawal": "the adult's own act, with its day in the dossier",
    "request:urgent": "the adult's own act, with its hour among the messages",
    "request:reexamination": "the adult's own act, with its hour among the messages",
    "request:decision": "the adult's own act, with its hour among the messages",
    "request:file": "the adult's own act, with its hour among the messages",
    "thread:write": "the adult's own act, with its hour among the messages",
    "month:note": "the adult's own act, with its hour on the page of the months",
    "month:take-back": "the adult's own act, with its hour on the page of the months",
    "calendar:take": "the adult's own act; the file holds dates and nothing else",
    "mail-wish:begin": "the adult's own act, on the page of reminders",
    "mail-wish:end": "the adult's own act, on the page of reminders; by the link in a mail nobody signs in",
    "thread:list": "names no dossier",
    "review:list": "names no dossier",
    "log:read": "names no dossier",
    "figures:read": "names no dossier",
    "people:read": "names no dossier",
    "people:invite": "names no dossier",
    "people:withdraw": "names no dossier",
    "people:take-up": "names no dossier",
    "people:change": "names no dossier",
    "people:end": "names no dossier",
    "interview:list": "names no dossier",
    "paper-file:list": "names no dossier",
    "call-list:read": "names no dossier",
    "decision:list": "names no dossier",
    "failures:read": "names no dossier",
    "call-list:add": "a machine saw that a reminder cannot go by mail; nobody looked",
}
"""Action → why nobody reads it in the log."""


def who_words(region: str | None, outcome: str, language: str, *, by_staff: bool, alone: bool = False) -> str:
    """Who it was: the people of a centre, by no name; whoever has the adult's code; or somebody whose code was wrong.

    `alone`: one of `ALONE`, the adult on a device of the centre.
    """
    _ = translator(language).gettext
    if alone:
        return _("Vous, sur un appareil du centre")
    if not by_staff:
        return _("Une personne") if outcome == "refused" else _("Avec votre code")
    known = region in {one.id for one in directory.regions()}
    return _("Le personnel : %(centre)s", centre=centre_name(region, language)) if region and known else _("Le centre")


def action_words(action: str, outcome: str, language: str, *, by_staff: bool) -> str:
    """What was done, in daily words. KeyError for an action that has none."""
    _ = translator(language).gettext
    if not by_staff:
        refused = _("Essai d’entrer avec un mauvais code")
        return {
            "citizen:sign-in": {"refused": refused, "closed": _("Essai d’entrer, alors que l’accès était fermé")}.get(
                outcome, _("Entrée dans le dossier")
            ),
            "handoff:use": _("Votre lien ouvert sur un autre appareil, pour envoyer un papier"),
            "export:take": _("Vos données téléchargées"),
            "account:close": _("Accès en ligne fermé"),
        }[action]
    noted = _("État d’un de vos papiers noté")
    return {
        "demand:open": _("Demande du ménage ouverte"),
        "demand:read": _("Demande du ménage lue"),
        "demand:take": _("Demande du ménage prise en charge"),
        "demand:pass-on": _("Demande du ménage transmise à un autre centre"),
        "demand:correct-date": _("Date de l’annonce corrigée"),
        "demand:file": _("Votre annonce notée par le centre"),
        "household-log:read": _("Journal du dossier lu par la direction du centre"),
        "summary:read": _("Résumé des réponses lu"),
        "checklist:read": _("Liste des papiers lue"),
        "rights:read": _("Page des droits et devoirs lue"),
        "receipt:print": _("Votre reçu ouvert"),
        "access-code:issue": _("Nouveau code d’accès fait pour vous"),
        "access-code:print": _("Feuille avec votre code imprimée"),
        "adult:add": _("Accès préparé pour vous"),
        "situation:help": _("Formulaire du ménage ouvert avec vous"),
        "situation:answer": _("Réponses écrites avec vous"),
        "situation:lend": _("Appareil du centre remis à vous, avec votre formulaire"),
        "situation:send": _("Réponses envoyées avec vous"),
        "situation:answer-alone": _("Réponses écrites"),
        "situation:send-alone": _("Réponses envoyées au centre"),
        "document:read": _("Page d’un de vos papiers ouverte"),
        "document:open": _("Un de vos papiers regardé"),
        "document:take": _("Copie d’un de vos papiers prise"),
        "notice:acknowledge": _("Votre confirmation des droits et devoirs notée"),
        "notice-link:make": _("Lien pour lire les droits et devoirs fait pour vous"),
        "notice-link:end": _("Lien pour lire les droits et devoirs retiré"),
        "reports:read": _("Page des changements annoncés ouverte"),
        "report:send": _("Changement annoncé avec vous"),
        "report:withdrawn": _("Annonce de changement retirée avec vous"),
        "report:corrected": _("Annonce de changement corrigée avec vous"),
        "report:read": _("Une de vos annonces de changement lue"),
        "report:asked-back": _("Question sur une de vos annonces de changement"),
        "report:counted": _("Note sur une de vos annonces de changement"),
        "report:decided": _("Note sur une de vos annonces de changement"),
        "thread:look": _("Page des messages ouverte"),
        "thread:answer": _("Réponse à vos messages écrite"),
        "thread:settle": _("Un de vos messages lu"),
        "thread:assign": _("Vos messages confiés à quelqu’un du centre"),
        "request:closed": _("Une de vos demandes close par le centre"),
        "request:reopened": _("Une de vos demandes rouverte par le centre"),
        "month:read": _("Page des mois ouverte"),
        "paper-file:open": _("Référence et code faits pour vous"),
        "paper-file:read": _("Page de votre dossier ouverte"),
        "paper-day:set": _("Jour des papiers de chaque mois fixé"),
        "decisions:read": _("Page des décisions de la commune ouverte"),
        **dict.fromkeys(
            ("decision:record", "decision:refuse", "decision:take-back"), _("Note du centre dans votre dossier")
        ),
        "decision:confirm": _("Décision écrite de la commune notée"),
        "interview:read": _("Page de l’entretien ouverte"),
        "interview:noted": _("Entretien avec le centre noté"),
        "interview:moved": _("Entretien avec le centre déplacé"),
        "interview:changed": _("Entretien avec le centre complété"),
        "interview:missed": _("Noté que l’entretien n’a pas eu lieu"),
        "interview:held": _("Noté que l’entretien a eu lieu"),
        "interview:called_off": _("Entretien avec le centre annulé"),
        "interview:taken_back": _("Note sur la fin de l’entretien retirée : elle était une erreur"),
        "identity:seen": _("Noté que votre identité a été vue"),
        "identity:taken-back": _("Note sur votre identité retirée"),
        "household:read": _("Page de gestion du dossier ouverte"),
        "household:closed": _("Dossier fermé au centre"),
        "household:reopened": _("Dossier rouvert au centre"),
        "household:moved": _("Dossier remis à un autre centre"),
        "household:merged": _("Deux dossiers réunis"),
        "household:parted": _("Deux dossiers séparés de nouveau"),
        "household:compared": _("Dossier comparé avec un autre"),
        "glance:at-desk": _("Un centre hors de votre région a ouvert votre dossier : quelqu’un s’est adressé à lui"),
        "glance:danger": _("Un centre hors de votre région a ouvert votre dossier : cas urgent"),
        "glance:stands-in": _("Un centre hors de votre région a ouvert votre dossier : il remplace votre centre"),
        "glance:moves-here": _("Un centre hors de votre région a ouvert votre dossier : vous venez habiter chez lui"),
        "glance:read": _("Un centre hors de votre région a lu une page de votre dossier"),
        "missing:read": _("Page de ce qui manque ouverte"),
        "bundle:look": _("Page pour transmettre le dossier ouverte"),
        "bundle:begin": _("Dossier préparé pour la commune"),
        "bundle:make": _("Dossier remis pour la commune"),
        "assignment:note": _("Noté qui s’occupe de votre dossier au centre"),
        "call-list:print": _("Lettre pour vous imprimée"),
        "call-list:done": _("Lettre ou appel pour vous noté"),
        **{name: noted for name in BY_CENTRE if name.startswith("document-request:")},
    }[action]
