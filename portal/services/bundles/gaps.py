"""What is missing or not sure before a file goes to the commune. It is named; it never stops anybody.

Whoever knows of something more adds a function to `SOURCES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from portal.domain.changes.report import EventKind
from portal.domain.demand import filing_day
from portal.domain.document_request import RequestState
from portal.domain.interview import State
from portal.i18n.formats import short_date, time_of_day
from portal.i18n.text import translator
from portal.i18n.words import joined
from portal.services.bundles.gathered import Gathered
from portal.services.checklists import ItemText


@dataclass(frozen=True)
class Gap:
    """One thing. `page` names the page of the desk where it can be looked at: summary, checklist, rights, reports, interview."""

    title: str
    items: tuple[str, ...] = ()
    page: str | None = None
    to_ask: bool = True
    """Whether it is something to talk about with the person; what only concerns the bundle is not."""
    refused: bool = False
    """Papers that the centre refused: the page before a call has a place of its own for them, with the reason."""


def gaps_of(found: Gathered) -> tuple[Gap, ...]:
    """Everything, in the order in which it matters; empty where nothing is missing."""
    return tuple(gap for source in SOURCES for gap in source(found))


def _demand(found: Gathered) -> Iterator[Gap]:
    _ = translator(found.language).gettext
    if found.head.withdrawn_at is not None:
        yield Gap(_("La personne a retiré sa demande."))
    if found.commune_bfs is None:
        yield Gap(_("La commune n’est pas indiquée."))


def _answers(found: Gathered) -> Iterator[Gap]:
    _ = translator(found.language).gettext
    if found.said is None or found.summary is None:
        yield Gap(_("Rien n’a encore été envoyé : le paquet n’a pas de réponses et pas d’estimation."), to_ask=False)
        return
    if found.summary.contradictions:
        yield Gap(_("Des réponses ne vont pas ensemble"), found.summary.contradictions, "summary")
    missing = found.summary.missing
    for title, items in (
        (_("À dire à l’entretien"), missing.at_interview),
        (_("Pas connu"), missing.unknown),
        (_("Pas encore de réponse"), missing.unanswered),
    ):
        if items:
            yield Gap(title, items, "summary")


def _papers(found: Gathered) -> Iterator[Gap]:
    _ = translator(found.language).gettext
    items = found.checklist.known if found.checklist else ()
    here = {*found.papers.of_item, *(one.key for one in found.papers.others)}
    for title, wanted in (
        (_("Papiers demandés et pas encore là"), [one for one in items if one.waiting and not one.perhaps]),
        (_("Papiers peut-être nécessaires et pas là"), [one for one in items if one.waiting and one.perhaps]),
        (_("Papiers refusés par le centre"), [one for one in items if one.state is RequestState.REFUSED]),
        (_("La personne ne peut pas avoir ces papiers"), [one for one in items if one.state is RequestState.CANNOT]),
        (
            _("Papiers notés, mais pas d’images ici"),
            [one for one in items if one.done and one.key not in here],
        ),
    ):
        if wanted:
            names = tuple(_with_day(one, found.language) for one in wanted)
            refused = all(one.state is RequestState.REFUSED for one in wanted)
            yield Gap(title, names, "checklist", to_ask=not all(one.done for one in wanted), refused=refused)
    unseen = [one for one in found.listed if one.document.unseen]
    if unseen:
        names = tuple(dict.fromkeys(one.title for one in unseen))
        yield Gap(_("Papiers que personne au centre n’a regardés"), names, "checklist", to_ask=False)
    waiting = found.papers.waiting
    if waiting.on_their_way:
        yield Gap(
            _("Fichiers encore en contrôle, pas dans le paquet : %(count)s", count=waiting.on_their_way), to_ask=False
        )
    if waiting.unusable:
        yield Gap(_("Fichiers inutilisables, pas dans le paquet : %(count)s", count=waiting.unusable), to_ask=False)


def _with_day(item: ItemText, language: str) -> str:
    """What the paper is called, and by when the centre wants it, where that was said and it is not there."""
    if item.wanted_by is None or item.done:
        return item.named
    _ = translator(language).gettext
    return joined(" · ", (item.named, _("À remettre au plus tard : %(day)s.", day=item.wanted_by)))


def _rights(found: Gathered) -> Iterator[Gap]:
    _ = translator(found.language).gettext
    missing = tuple(one.signer.called for one in found.rights.standings if one.given is None)
    if missing:
        yield Gap(_("Droits et devoirs pas encore confirmés"), missing, "rights")


def _reports(found: Gathered) -> Iterator[Gap]:
    _ = translator(found.language).gettext
    unread = [one for one in found.reports if not one.ended and one.last(EventKind.READ) is None]
    if unread:
        yield Gap(
            _("Annonces de changement pas encore lues : %(count)s", count=len(unread)), (), "reports", to_ask=False
        )


def _interview(found: Gathered) -> Iterator[Gap]:
    _ = translator(found.language).gettext
    met, code = found.met, found.language
    if met.state is State.NONE:
        yield Gap(_("Aucun entretien n’est noté."), (), "interview")
    elif met.state is State.MISSED:
        yield Gap(_("L’entretien n’a pas eu lieu."), (), "interview")
    elif met.state is State.CALLED_OFF:
        yield Gap(_("L’entretien est annulé."), (), "interview")
    elif met.state is State.WAITING:
        yield Gap(_("Entretien passé, suite à noter."), (), "interview")
    elif met.state is State.AHEAD and met.at is not None:
        day, time = short_date(filing_day(met.at), code), time_of_day(met.at, code)
        yield Gap(_("Entretien le %(day)s à %(time)s.", day=day, time=time), (), "interview")
    if met.seen < met.adults:
        yield Gap(_("Identité vue : %(seen)s sur %(count)s.", seen=met.seen, count=met.adults), (), "interview")


SOURCES: Final[tuple[Callable[[Gathered], Iterator[Gap]], ...]] = (
    _demand,
    _answers,
    _papers,
    _rights,
    _reports,
    _interview,
)
