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
    "call-list:print",
    "call-list:done",
}
OWN: Final = frozenset({"citizen:sign-in", "handoff:use", "export:take", "account:close"})
"""Of what is done with the adult's own code: where somebody else may have been at work."""
LEFT_OUT: Final = {
    "board:read": "names no dossier",
    "staff:sign-in": "names no dossier",
    "situation:help-ended": "names no dossier; that the form was opened is said",
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
    "paper-file:list": "names no dossier",
    "call-list:read": "names no dossier",
    "failures:read": "names no dossier",
    "call-list:add": "a machine saw that a reminder cannot go by mail; nobody looked",
}
"""Action → why nobody reads it in the log."""


def who_words(region: str | None, outcome: str, language: str, *, by_staff: bool) -> str:
    """Who it was: the people of a centre, by no name; whoever has the adult's code; or somebody whose code was wrong."""
    _ = translator(language).gettext
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
        "summary:read": _("Résumé des réponses lu"),
        "checklist:read": _("Liste des papiers lue"),
        "rights:read": _("Page des droits et devoirs lue"),
        "receipt:print": _("Votre reçu ouvert"),
        "access-code:issue": _("Nouveau code d’accès fait pour vous"),
        "access-code:print": _("Feuille avec votre code imprimée"),
        "adult:add": _("Accès préparé pour vous"),
        "situation:help": _("Formulaire du ménage ouvert avec vous"),
        "situation:answer": _("Réponses écrites avec vous"),
        "situation:send": _("Réponses envoyées avec vous"),
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
        "month:read": _("Page des mois ouverte"),
        "paper-file:open": _("Référence et code faits pour vous"),
        "paper-file:read": _("Page de votre dossier ouverte"),
        "paper-day:set": _("Jour des papiers de chaque mois fixé"),
        "call-list:print": _("Lettre pour vous imprimée"),
        "call-list:done": _("Lettre ou appel pour vous noté"),
        **{name: noted for name in BY_CENTRE if name.startswith("document-request:")},
    }[action]
