"""Words about requests of a thread: what each is called, and why the centre closed one."""

from __future__ import annotations

from portal.domain.case_request import RequestKind
from portal.domain.request_closing import Because, CloseFault
from portal.i18n.text import kept, translator


@kept
def request_name(kind: RequestKind, language: str) -> str:
    """A request by its name."""
    _ = translator(language).gettext
    return {
        RequestKind.URGENT: _("Demande d’aide urgente"),
        RequestKind.REEXAMINATION: _("Demande de réexamen"),
        RequestKind.DECISION: _("Demande d’une décision écrite"),
        RequestKind.FILE: _("Demande de voir le dossier"),
    }[kind]


@kept
def because_words(because: Because, language: str, *, staff: bool = False) -> str:
    """Why a request is closed, as the person reads it; `staff`: as a caseworker chooses it."""
    _ = translator(language).gettext
    if staff:
        return {
            Because.DECIDED: _("Une décision est notée et confirmée"),
            Because.HANDED: _("Dossier vu, ou copie remise"),
            Because.TAKEN_BACK: _("La personne ne la demande plus"),
            Because.DOUBLE: _("Double : une demande plus ancienne est ouverte"),
            Because.OTHER: _("Une autre raison, écrite plus bas"),
        }[because]
    return {
        Because.DECIDED: _("La commune a décidé. La décision est dans votre dossier."),
        Because.HANDED: _("Vous avez vu votre dossier, ou vous avez reçu une copie."),
        Because.TAKEN_BACK: _("Vous avez dit au centre que vous ne la demandez plus."),
        Because.DOUBLE: _("Votre demande plus ancienne, du même genre, reste ouverte."),
        Because.OTHER: _("Le centre écrit :"),
    }[because]


@kept
def close_fault(fault: CloseFault, language: str) -> str:
    """Why a request cannot be closed so, to the caseworker."""
    _ = translator(language).gettext
    return {
        CloseFault.NOT_THIS_KIND: _("Choisissez une raison de la liste."),
        CloseFault.NO_DECISION: _("Aucune décision confirmée ne répond à cette demande. Notez-la d’abord."),
        CloseFault.NO_OLDER: _("Aucune demande plus ancienne du même genre n’est ouverte."),
        CloseFault.NO_WORDS: _("Écrivez la raison : la personne doit la savoir."),
    }[fault]
