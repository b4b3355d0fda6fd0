"""From the YAML files of this folder to typed entries."""

from __future__ import annotations

from datetime import date

from portal.domain.directory import Centre, Certainty, Commune, Office
from portal.law.loader import LAW, Fields, LawDataError, read_yaml

_FOLDER = LAW / "directory"


def checked_days() -> dict[str, date]:
    """When each file of the directory was last checked against its sources. Raises `LawDataError`."""
    return {path.name: Fields(path.name, read_yaml(path)).day("checked_on") for path in sorted(_FOLDER.glob("*.yaml"))}


def read_communes() -> tuple[Commune, ...]:
    """Every commune of `communes.yaml`, ended and coming ones too. Raises `LawDataError`."""
    file = Fields("communes.yaml", read_yaml(_FOLDER / "communes.yaml"))
    file.day("checked_on")
    first_day = file.day("valid_from")
    identity = file.text("identity_source")
    sources = file.take("sources")
    found = []
    for entry in file.entries("communes"):
        name = entry.get("name", "?") if isinstance(entry, dict) else "?"
        fields = Fields(f"communes.yaml, {name}", entry)
        number = fields.optional_number("bfs_number")
        official, region = fields.text("name"), fields.text("region")
        certainty = _certainty(fields, "confidence_region")
        source = fields.text("source")
        if source not in sources:
            raise LawDataError(f"{fields.where}: unknown source {source}")
        found.append(
            Commune(
                id=fields.optional_text("id") or f"bfs-{number}",
                bfs_number=number,
                name=official,
                name_fr=fields.optional_text("name_fr") or official,
                name_de=fields.optional_text("name_de") or official,
                district=fields.text("district"),
                language=fields.text("language"),
                region=region,
                antenna=fields.text("antenna"),
                confidence_region=certainty,
                confidence_antenna=_certainty(fields, "confidence_antenna", certainty),
                candidate_regions=fields.texts("candidate_regions") or (region,),
                localities=fields.texts("localities"),
                valid_from=fields.optional_day("valid_from") or first_day,
                valid_until=fields.optional_day("valid_until"),
                merged_into=fields.optional_text("merged_into"),
                source=f"{identity} ; {sources[source]}",
                note=fields.optional_text("note"),
            )
        )
        fields.done()
    file.done()
    return tuple(found)


def read_centres() -> tuple[Centre, ...]:
    """Every centre of `centres.yaml`. Raises `LawDataError`."""
    file = Fields("centres.yaml", read_yaml(_FOLDER / "centres.yaml"))
    file.day("checked_on")
    found = []
    for entry in file.entries("centres"):
        fields = Fields("centres.yaml", entry)
        fields.where = f"centres.yaml, {entry.get('id', '?')}"
        kind = fields.text("kind")
        if kind not in {"umbrella", "region", "antenna"}:
            raise LawDataError(f"{fields.where}: unknown kind {kind}")
        address, contact = fields.nested("address"), fields.nested("contact")
        phone = contact.optional_text("phone")
        found.append(
            Centre(
                id=fields.text("id"),
                kind=kind,
                region=fields.optional_text("region"),
                name_fr=fields.text("name_fr"),
                name_de=fields.optional_text("name_de"),
                street=address.optional_text("street"),
                postcode=address.optional_text("postcode"),
                town=address.optional_text("town"),
                phone=phone,
                phone_confirmed=contact.flag("phone_confirmed", default=phone is not None),
                email=contact.optional_text("email"),
                opening_hours=contact.optional_text("opening_hours"),
                website=contact.optional_text("website"),
                duty_address=fields.optional_text("duty_address"),
                source=fields.text("source"),
                source_date=fields.optional_text("source_date"),
                confidence=_certainty(fields, "confidence"),
                note=fields.optional_text("note"),
            )
        )
        for part in (address, contact, fields):
            part.done()
    file.done()
    return tuple(found)


def read_offices() -> tuple[Office, ...]:
    """Every office of `offices.yaml`. Raises `LawDataError`."""
    file = Fields("offices.yaml", read_yaml(_FOLDER / "offices.yaml"))
    file.day("checked_on")
    found = []
    for entry in file.entries("offices"):
        fields = Fields("offices.yaml", entry)
        fields.where = f"offices.yaml, {entry.get('id', '?')}"
        contact = fields.nested("contact") if fields.has("contact") else Fields(fields.where, {})
        phone, web = contact.optional_text("phone"), contact.optional_text("web")
        found.append(
            Office(
                id=fields.text("id"),
                name_fr=fields.text("name_fr"),
                name_de=fields.optional_text("name_de"),
                what_for=fields.text("what_for"),
                phone=phone,
                phone_confirmed=contact.flag("phone_confirmed", default=phone is not None),
                web=web,
                web_confirmed=contact.flag("web_confirmed", default=web is not None),
                address=contact.optional_text("address"),
                address_public=fields.flag("address_public", default=True),
                email=contact.optional_text("email"),
                opening_hours=contact.optional_text("opening_hours"),
                source=fields.text("source"),
                source_date=fields.optional_text("source_date"),
                confidence=_certainty(fields, "confidence"),
                note=fields.optional_text("note"),
            )
        )
        contact.done()
        fields.done()
    file.done()
    return tuple(found)


def _certainty(fields: Fields, key: str, default: Certainty | None = None) -> Certainty:
    if default is not None and not fields.has(key):
        return default
    value = fields.text(key)
    try:
        return Certainty(value)
    except ValueError as error:
        raise LawDataError(f"{fields.where}: {key} must be high, medium or low, not {value}") from error
