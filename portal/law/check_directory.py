"""The part of the law check that looks at communes, centres and offices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from portal.domain.directory import Centre, Certainty, Commune, Office
from portal.law.finding import Finding
from portal.law.parameters import Definition


def directory_errors(
    communes: Sequence[Commune],
    centres: Sequence[Centre],
    offices: Sequence[Office],
    definitions: Sequence[Definition] = (),
) -> Iterator[Finding]:
    """Doubled entries, and every mention of something that does not exist."""
    for file, ids in {
        "communes.yaml": [commune.id for commune in communes],
        "centres.yaml": [centre.id for centre in centres],
        "offices.yaml": [office.id for office in offices],
    }.items():
        for entry, times in Counter(ids).items():
            if times > 1:
                yield Finding("error", f"{file}, {entry}", f"stands {times} times")
    yield from _affiliation_errors(communes, centres)
    yield from _merger_errors(communes)
    known = {office.id for office in offices}
    for definition in definitions:
        for value in definition.values:
            named = value.value.get("offices", ()) if isinstance(value.value, Mapping) else ()
            for office_id in named if isinstance(named, tuple) else ():
                if office_id not in known:
                    where = f"{definition.topic}/{definition.name}.yaml"
                    yield Finding("error", where, f"unknown office {office_id}")


def _affiliation_errors(communes: Sequence[Commune], centres: Sequence[Centre]) -> Iterator[Finding]:
    regions = {centre.id for centre in centres if centre.kind == "region"}
    antennas = {centre.id: centre.region for centre in centres if centre.kind == "antenna"}
    for centre in centres:
        if centre.kind != "umbrella" and centre.region not in regions:
            yield Finding("error", f"centres.yaml, {centre.id}", f"unknown region {centre.region}")
    for commune in communes:
        where = f"communes.yaml, {commune.name}"
        if antennas.get(commune.antenna) != commune.region:
            yield Finding("error", where, f"the antenna {commune.antenna} is not of {commune.region}")
        for region in {commune.region, *commune.candidate_regions} - regions:
            yield Finding("error", where, f"unknown region {region}")
        if commune.region not in commune.candidate_regions:
            yield Finding("error", where, "its own region is no candidate")


def _merger_errors(communes: Sequence[Commune]) -> Iterator[Finding]:
    """A commune that ends needs one in its place, from the next day on."""
    by_id = {commune.id: commune for commune in communes}
    for commune in communes:
        where = f"communes.yaml, {commune.name}"
        if (commune.valid_until is None) != (commune.merged_into is None):
            yield Finding("error", where, "valid_until and merged_into go together")
        elif commune.valid_until is not None:
            following = by_id.get(commune.merged_into or "")
            if following is None or (following.valid_from - commune.valid_until).days != 1:
                yield Finding("error", where, "the commune in its place must begin on the next day")


def directory_todo(
    communes: Sequence[Commune], centres: Sequence[Centre], offices: Sequence[Office], on: date
) -> Iterator[Finding]:
    """What the canton must confirm or supply: affiliations, numbers, addresses, telephones."""
    for commune in communes:
        yield from _commune_todo(commune, on)
    for centre in centres:
        yield from _centre_todo(centre)
    for office in offices:
        where = f"offices.yaml, {office.id}"
        yield from _contact(where, office.phone, confirmed=office.phone_confirmed, source=office.source)
        if office.confidence is not Certainty.HIGH:
            yield Finding("not_certain", where, "the entry", office.confidence.value, office.source)


def _commune_todo(commune: Commune, on: date) -> Iterator[Finding]:
    where = f"communes.yaml, {commune.name}"
    if commune.bfs_number is None:
        yield Finding("missing", where, f"the federal number, from {commune.valid_from} on")
    if not commune.exists(on):
        return
    if commune.confidence_region is not Certainty.HIGH:
        detail = f"the region ({' or '.join(commune.candidate_regions)})"
        yield Finding("not_certain", where, detail, commune.confidence_region.value, commune.source)
    elif commune.confidence_antenna is not Certainty.HIGH:
        detail = f"the antenna ({commune.antenna})"
        yield Finding("not_certain", where, detail, commune.confidence_antenna.value, commune.source)


def _centre_todo(centre: Centre) -> Iterator[Finding]:
    where = f"centres.yaml, {centre.id}"
    if centre.kind == "region" and centre.duty_address is None:
        yield Finding("missing", where, "the duty address for urgent requests")
    if centre.kind == "antenna":
        yield from _contact(where, centre.phone, confirmed=centre.phone_confirmed, source=centre.source)
        if centre.street is None:
            yield Finding("missing", where, "the address")
        if centre.email is None:
            yield Finding("missing", where, "the mail address")
        if centre.opening_hours is None:
            yield Finding("missing", where, "the opening hours")


def _contact(where: str, phone: str | None, *, confirmed: bool, source: str) -> Iterator[Finding]:
    if phone is None:
        yield Finding("missing", where, "the telephone")
    elif not confirmed:
        yield Finding("not_certain", where, f"the telephone {phone}", Certainty.LOW.value, source)
