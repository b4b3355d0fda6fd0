"""The papers of a bundle that say what the centre has: cover sheet, situation, acknowledgements, register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.adapters.typesetting import render
from portal.domain.demand import filing_day
from portal.domain.notice import RIGHTS
from portal.i18n.bundle import entry_name
from portal.i18n.decisions import kind_words
from portal.i18n.formats import long_date, short_date, time_of_day
from portal.i18n.languages import BY_CODE
from portal.i18n.names import centre_name, channel_name, commune_name, way_name
from portal.i18n.requests import request_name
from portal.i18n.text import translator
from portal.services.bundles.gaps import gaps_of
from portal.services.bundles.gathered import Gathered, OpenRequest
from portal.services.decisions.rows import Record
from portal.services.notices.acknowledging import Given
from portal.services.receipt_names import paper_name
from portal.services.receipt_texts import clock_label
from portal.services.summaries import SummaryText


@dataclass(frozen=True)
class File:
    """A file of the bundle that is there already."""

    path: str
    media_type: str
    sha256: str
    """Hexadecimal."""
    length: int


@dataclass(frozen=True)
class _Part:
    """A headed piece of a paper: sentences, facts, a list, a table. A width of 0 is as wide as what stands there."""

    title: str
    text: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    items: Sequence[str] = ()
    heads: Sequence[str] = ()
    widths: Sequence[int] = ()
    rows: Sequence[Sequence[str]] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.text or self.facts or self.items or self.rows)


def cover_pdf(found: Gathered, files: Sequence[File], url: str) -> bytes:
    """Whose file it is, its dates and clocks, and every other file with its hash. Raises TypesettingError."""
    _ = translator(found.language).gettext
    head, language = found.head, found.language
    whose = [
        (_("Centre responsable"), centre_name(head.region or "", language)),
        (_("Commune"), commune_name(found.commune_bfs, filing_day(found.made_at), language)),
        (_("Référence"), head.reference),
        (_("Nom"), paper_name(head.person, language)),
    ]
    if head.person.birth_date:
        whose.append((_("Date de naissance"), short_date(head.person.birth_date, language)))
    elif head.person.birth_year:
        whose.append((_("Date de naissance"), str(head.person.birth_year)))
    if found.summary and len(found.summary.persons) > 1:
        whose.append((_("Les personnes"), ", ".join(one.name for one in found.summary.persons)))
    parts = (
        _Part(_("Le dossier"), facts=whose),
        _Part(_("Dates et délais"), facts=_dates(found)),
        _Part(
            _("Demandes encore ouvertes"),
            heads=(_("Quoi"), _("Qui"), _("Quand"), _("Au plus tard le"), _("Ce que la personne écrit")),
            widths=(1, 1, 0, 0, 2),
            rows=[_request(one, language) for one in found.requests],
        ),
        _Part(
            _("Ce qui manque ou n’est pas sûr"),
            items=[_listed(gap.title, gap.items, found.language) for gap in gaps_of(found)],
        ),
        _Part(
            _("Dans ce paquet"),
            text=(
                _("Chaque fichier avec son empreinte SHA-256. La commande « sha256sum -c SHA256SUMS » les contrôle."),
            ),
            heads=(_("Fichier"), _("Empreinte"), _("Octets")),
            widths=(0, 1, 0),
            rows=[(one.path, one.sha256, str(one.length)) for one in files],
        ),
        _Part(
            _("Les papiers, dans l’ordre de la liste"),
            heads=("", _("Papier"), _("Pages"), _("Envoyé le"), _("État")),
            widths=(0, 1, 0, 0, 0),
            rows=[
                (
                    str(number),
                    f"{one.title} ({one.who})" if one.who else one.title,
                    str(len(one.document.pages)),
                    short_date(filing_day(one.document.created_at), language),
                    one.state or "–",
                )
                for number, one in enumerate(found.listed, 1)
            ],
        ),
    )
    return _paper(found, _("Dossier pour la commune"), (_made(found),), parts, url)


def situation_pdf(found: Gathered, summary: SummaryText, url: str) -> bytes:
    """The summary as the centre sees it. Raises TypesettingError."""
    _ = translator(found.language).gettext
    lead = (
        _("Résumé des réponses de la personne. Rien n’est vérifié, rien n’est décidé."),
        _("État au %(day)s.", day=long_date(summary.on, found.language)),
    )
    rule = summary.evaluation_rule
    parts = (
        _Part(_("À voir vite"), items=summary.urgent),
        _Part(_("À clarifier avec la personne"), items=summary.contradictions),
        _Part(
            _("Les personnes"),
            items=[
                f"{one.name}{f' ({one.relation})' if one.relation else ''} · {one.about}. {one.counted}"
                for one in summary.persons
            ],
        ),
        _Part(_("Les chiffres indiqués"), facts=summary.figures),
        _Part(
            _("Première évaluation de la capacité de travail"),
            items=[f"{one.name} – {one.text}" for one in summary.evaluations],
            text=(
                _("Source : %(source)s.", source=rule.source),
                _("Ce n’est pas confirmé : nous n’avons pas lu de texte de loi d’aujourd’hui sur ce point."),
            )
            if summary.evaluations
            else (),
        ),
        _Part(_("À dire à l’entretien"), items=summary.missing.at_interview),
        _Part(_("Pas connu"), items=summary.missing.unknown),
        _Part(_("Pas encore de réponse"), items=summary.missing.unanswered),
    )
    return _paper(found, _("Situation du ménage"), lead, parts, url)


def rights_pdf(found: Gathered, url: str) -> bytes:
    """Who acknowledged rights and duties, which version, in which language, when and how. Raises TypesettingError."""
    _ = translator(found.language).gettext
    rights = found.rights
    given = [(one.signer.called, one.given or one.before) for one in rights.standings]
    unnamed = _("Une personne qui n’est plus nommée")
    given += [(one.name or unnamed, one) for one in rights.former]
    missing = [one.signer.called for one in rights.standings if one.given is None]
    parts = (
        _Part(
            _("Confirmé"),
            heads=(_("Qui"), _("Version"), _("Langue"), _("Quand"), _("Comment")),
            widths=(1, 0, 0, 0, 1),
            rows=[_given(who, one, found.language) for who, one in given if one],
        ),
        _Part(_("La version d’aujourd’hui n’est pas confirmée"), items=missing),
    )
    return _paper(found, _("Droits et devoirs : confirmations"), (), parts, url)


def register_pdf(found: Gathered, url: str) -> bytes:
    """Every entry of the filing register under this reference. Raises TypesettingError."""
    _ = translator(found.language).gettext
    rows = [
        (
            str(one.sequence),
            entry_name(one.kind, found.language),
            _moment(one.instant, found.language) if one.time_known else short_date(one.day, found.language),
            channel_name(one.channel, found.language),
            one.hash.hex(),
        )
        for one in found.entries
    ]
    part = _Part(
        _("Inscriptions"),
        heads=(_("Numéro"), _("Quoi"), _("Quand"), _("Comment"), _("Empreinte")),
        widths=(0, 0, 0, 0, 1),
        rows=rows,
    )
    lead = (_("Ce que le registre des annonces a sous cette référence. Chaque inscription est signée."),)
    return _paper(found, _("Registre des annonces"), lead, (part,), url)


def _listed(title: str, items: Sequence[str], language: str) -> str:
    """«Pas connu : Ana : permis; Ménage : loyer»."""
    _ = translator(language).gettext
    return _("%(who)s : %(what)s", who=title, what="; ".join(items)) if items else title


def _given(who: str, given: Given, language: str) -> tuple[str, ...]:
    named = f"{who} ({given.name})" if given.name and given.name not in who else who
    return (
        named,
        f"{RIGHTS} {given.version}",
        BY_CODE[given.language].name if given.language in BY_CODE else given.language,
        _moment(given.instant, language),
        way_name(given.way, language),
    )


def _dates(found: Gathered) -> list[tuple[str, str]]:
    _ = translator(found.language).gettext
    head, language = found.head, found.language
    clocks = [(clock_label(clock, language), long_date(clock.due, language)) for clock in found.clocks]
    decided = [_decided(one, language) for one in found.decisions]
    if head.on_paper:
        none = _("Il n’y a pas d’annonce ici.") if clocks else _("Il n’y a pas d’annonce et pas de délai ici.")
        return [(_("Dossier commencé sur papier"), none), *clocks, *decided]
    facts = [(_("Date de l’annonce"), long_date(head.begins, language)), *clocks, *decided]
    if head.withdrawn_at:
        facts.append((_("Demande retirée le"), long_date(filing_day(head.withdrawn_at), language)))
    if found.said and found.said.sent_at:
        facts.append((_("Réponses envoyées le"), _moment(found.said.sent_at, language)))
    return facts


def _decided(one: Record, language: str) -> tuple[str, str]:
    _ = translator(language).gettext
    kind = kind_words(one.kind, language) if one.kind else _("Une partie ne peut pas être lue")
    return _("Décision du %(date)s", date=long_date(one.decided, language)), kind


def _request(one: OpenRequest, language: str) -> tuple[str, ...]:
    asking = one.asking
    return (
        request_name(asking.kind, language),
        one.by or "–",
        _moment(asking.instant, language),
        short_date(one.clock.due, language) if one.clock else "–",
        asking.words or "–",
    )


def _made(found: Gathered) -> str:
    _ = translator(found.language).gettext
    when, language = found.made_at, found.language
    day, time = long_date(filing_day(when), language), time_of_day(when, language)
    centre = centre_name(found.head.region or "", language)
    return _("Fait le %(day)s à %(time)s par : %(centre)s.", day=day, time=time, centre=centre)


def _moment(instant: datetime, language: str) -> str:
    return f"{short_date(filing_day(instant), language)} {time_of_day(instant, language)}"


def _paper(found: Gathered, title: str, lead: Iterable[str], parts: Iterable[_Part], url: str) -> bytes:
    _ = translator(found.language).gettext
    words: dict[str, Any] = {
        "lang": found.language,
        "direction": "ltr",
        "issuer": _("Aide sociale Valais, portail en ligne"),
        "title": title,
        "lead": list(lead),
        "no_decision": _("Ceci n’est pas une décision. La commune décide."),
        "parts": [{name: list(getattr(one, name)) for name in _LISTS} | {"title": one.title} for one in parts if one],
    }
    data = {"url": url, "reference": found.head.reference, "texts": [words]}
    return render("bundle", data, found.made_at, url)


_LISTS = ("text", "facts", "items", "heads", "widths", "rows")
