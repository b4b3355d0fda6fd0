"""`data.json` of a bundle: what the papers say, for machines. `docs/transmit.md` and its schema say what stands where.

Names of eCH-0044 and eCH-0011 where they fit; nothing is made to fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from portal.domain.bundle import FORMAT
from portal.domain.demand import filing_day
from portal.domain.situation import Person, Situation, write_situation
from portal.domain.situation.words import CivilStatus
from portal.law import directory
from portal.services.begun_on_paper import Head
from portal.services.bundles.gaps import gaps_of
from portal.services.bundles.gathered import Gathered, OpenRequest
from portal.services.clocks import ClockView
from portal.services.demands import DemandView

MARITAL_STATUS: Final = {
    CivilStatus.SINGLE: "1",
    CivilStatus.MARRIED: "2",
    CivilStatus.WIDOWED: "3",
    CivilStatus.DIVORCED: "4",
    CivilStatus.REGISTERED: "6",
}
"""Codes of eCH-0011. «Separated» has none of its own there: how they were separated, nobody was asked."""


def data_of(found: Gathered) -> dict[str, Any]:
    """The whole, for `dumped`."""
    return {
        "format": FORMAT,
        "made_at": found.made_at,
        "language": found.language,
        "centre": found.head.region,
        "reference": found.head.reference,
        "municipality": _municipality(found.commune_bfs, filing_day(found.made_at)),
        "demand": _demand(found.head, found),
        "requests": [_request(one) for one in found.requests],
        "missing": [{"title": one.title, "items": one.items} for one in gaps_of(found)],
        "persons": [_person(one, found) for one in found.said.situation.persons] if found.said else [],
        "situation": write_situation(found.said.situation) if found.said else None,
        "situation_sent_at": found.said.sent_at if found.said else None,
        "reports_laid_over": found.said.reports if found.said else 0,
        "estimate": _estimate(found),
        "checklist": _checklist(found),
        "papers": _papers(found),
        "acknowledgements": _acknowledgements(found),
        "reports": _reports(found),
        "register": [
            {"number": one.sequence, "kind": one.kind, "channel": one.channel, "instant": one.instant}
            | {"time_known": one.time_known, "recorded_at": one.recorded_at, "hash": one.hash}
            for one in found.entries
        ],
    }


def _municipality(bfs: int | None, on: date) -> dict[str, Any] | None:
    """As `swissMunicipality` of eCH-0007, which eCH-0011 uses."""
    commune = directory.commune(bfs, on) if bfs else None
    if commune is None:
        return None
    return {"municipalityId": bfs, "municipalityName": commune.name, "cantonAbbreviation": "VS"}


def _demand(head: Head, found: Gathered) -> dict[str, Any] | None:
    if not isinstance(head, DemandView):
        return None
    return {
        "filing_date": head.filing_date,
        "filing_channel": head.entry.channel,
        "corrected": head.corrected,
        "announced_at": head.instant,
        "announced_time_known": head.time_known,
        "announced_channel": head.channel,
        "urgent_requested_at": head.urgent_requested_at,
        "withdrawn_at": head.withdrawn_at,
        "clocks": [_clock(one) for one in found.clocks],
    }


def _clock(one: ClockView) -> dict[str, Any]:
    return {
        "name": one.name,
        "start": one.start,
        "due": one.due,
        "rule": one.rule.name,
        "confidence": one.rule.confidence.value,
    }


def _request(one: OpenRequest) -> dict[str, Any]:
    """Of a file that began on paper its clock stands here alone."""
    asking = one.asking
    return {
        "kind": asking.kind,
        "by": one.by,
        "instant": asking.instant,
        "clock": _clock(one.clock) if one.clock else None,
        "words": asking.words,
    }


def _person(person: Person, found: Gathered) -> dict[str, Any]:
    """A person of the answers. The one who made the demand has their name and birth from it, where the answers have none."""
    situation = found.said.situation if found.said else Situation()
    on, first = filing_day(found.made_at), found.head.person
    mine = situation.applicant.id == person.id
    born = person.born.known(on) or (first.birth_date if mine else None)
    identification: dict[str, Any] = {"localPersonId": {"personIdCategory": "portal", "personId": person.id}}
    if born:
        identification["dateOfBirth"] = {"yearMonthDay": born}
    elif mine and first.birth_year:
        identification["dateOfBirth"] = {"year": str(first.birth_year)}
    status = person.civil_status.known(on)
    marital = {"maritalStatus": MARITAL_STATUS[status]} if status in MARITAL_STATUS else {}
    return {
        "personIdentification": identification,
        "maritalData": marital,
        "name_as_said": person.name.known(on) or (first.name if mine else None),
        "name_in_latin_letters": first.latin_name if mine else None,
        "relation": person.relation,
        "civil_status": status,
        "permit": person.permit.known(on),
    }


def _estimate(found: Gathered) -> dict[str, Any] | None:
    if found.summary is None:
        return None
    estimate = found.summary.estimate
    return {
        "on": estimate.on,
        "range": estimate.headline,
        "the_commune_decides": True,
        "budgets": [
            {
                "title": one.title,
                "needs": [_line(line) for line in one.needs],
                "need": one.need,
                "resources": [_line(line) for line in one.resources],
                "resource": one.resource,
                "aid": one.aid,
            }
            for one in estimate.budgets
        ],
    }


def _line(line: Any) -> dict[str, Any]:
    return {
        "code": line.code,
        "title": line.title,
        "who": line.who,
        "amount": line.amount,
        "numbers": [list(one) for one in line.numbers],
        "rules": [{"name": one.name, "source": one.source, "confidence": one.confidence.value} for one in line.sources],
    }


def _checklist(found: Gathered) -> list[dict[str, Any]]:
    return [
        {"key": one.key, "title": one.title, "who": one.who, "person": one.person, "perhaps": one.perhaps}
        | {"state": one.state, "reason": one.reason, "wanted_by": one.wanted_on}
        for one in (found.checklist.items if found.checklist else ())
    ]


def _papers(found: Gathered) -> list[dict[str, Any]]:
    """In the order of `papers.pdf`; `first_page` is counted from 1 there."""
    rows, first = [], 1
    for one in found.listed:
        pages = len(one.document.pages)
        rows.append(
            {"key": one.key, "title": one.title, "who": one.who, "state": one.state, "pages": pages}
            | {"first_page": first, "sent_at": one.document.created_at}
        )
        first += pages
    return rows


def _acknowledgements(found: Gathered) -> list[dict[str, Any]]:
    rights = found.rights
    standing = [(one.signer.person, one.signer.called, one.given or one.before) for one in rights.standings]
    former = [(None, one.name or None, one) for one in rights.former]
    return [
        {"person": person, "who": who, "version": one.version, "language": one.language}
        | {"way": one.way, "instant": one.instant, "name_then": one.name or None}
        for person, who, one in (*standing, *former)
        if one
    ]


def _reports(found: Gathered) -> list[Mapping[str, Any]]:
    return [
        {"name": one.name, "by": found.reporters.get(one.adult_id), "instant": one.instant, "state": one.state}
        | {"register_number": one.register_sequence, "said": one.content.write() if one.content else None}
        for one in found.reports
    ]
