"""What one request carries: the kit, when it arrived, its id, and who is acting."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast

from flask import current_app, g, request

from portal.services.actor import Actor, ActorKind
from portal.services.citizen import CitizenVisit
from portal.services.documents.handoffs import HandoffVisit
from portal.services.helping import Helped
from portal.services.kit import Kit
from portal.services.lending import Lent
from portal.services.staff import StaffVisit
from portal.settings import Settings

RECEIVED_AT = "portal.received_at"
HELPED_FORM = "staff_form"
"""The blueprint under which the household's form stands at the desk."""
LINKED = "add"
"""The blueprint of the pages for another device."""
REQUEST_ID = "portal.request_id"


def kit() -> Kit:
    """The adapters that services need."""
    return cast(Kit, current_app.extensions["kit"])


def settings() -> Settings:
    """The portal's settings."""
    return cast(Settings, current_app.extensions["settings"])


def received_at() -> datetime:
    """When the request reached the application: this instant counts for a filing, not that of the commit."""
    return cast(datetime, request.environ[RECEIVED_AT])


def request_id() -> str:
    """A random id that stands in the logs and on error pages; it says nothing about the person."""
    return cast(str, request.environ[REQUEST_ID])


def citizen_visit() -> CitizenVisit | None:
    """The signed-in adult, if any."""
    return cast("CitizenVisit | None", g.get("citizen_visit"))


def staff_visit() -> StaffVisit | None:
    """The signed-in caseworker, if any."""
    return cast("StaffVisit | None", g.get("staff_visit"))


def lent() -> Lent | None:
    """That the device of this browser is with the person, if the centre handed it over."""
    return cast("Lent | None", g.get("lent"))


def on_desk() -> bool:
    """Whether this request is for an address of the desk, also one that does not exist."""
    return request.path.startswith("/staff/")


def on_helped_form() -> bool:
    """Whether this request is for the household's form as a caseworker fills it in with somebody."""
    return (request.blueprint or "").startswith(f"{HELPED_FORM}.")


def helped() -> Helped | None:
    """Whom the caseworker helps on the household's form, if anybody."""
    return cast("Helped | None", g.get("helped"))


def whose_form() -> CitizenVisit | Helped | None:
    """The adult whose form is open: the signed-in one, or the one whom a caseworker helps."""
    return helped() if on_helped_form() else citizen_visit()


def on_linked_device() -> bool:
    """Whether this request is for the pages of another device that came by a link for one paper."""
    return (request.blueprint or "").partition(".")[0] == LINKED


def linked() -> HandoffVisit | None:
    """What the link of this device is for, if it came by one."""
    return cast("HandoffVisit | None", g.get("linked"))


def paper_actor() -> Actor:
    """Who sends papers: the signed-in adult, or a device by their link. The access rule guarantees one.

    A device by a link is held to `linked().key` and `linked().document`: the view asks.
    """
    if not on_linked_device():
        return citizen_actor()
    device = linked()
    if device is None:
        raise RuntimeError("a route for a linked device without its access rule")
    return device.actor(request_id())


def visit_left() -> int | None:
    """How many seconds a citizen's visit lasts without another request; None where nobody has signed in."""
    visit = citizen_visit()
    return int((visit.ends_at - received_at()).total_seconds()) if visit else None


def citizen_actor() -> Actor:
    """The signed-in adult as actor; the access rule of the route guarantees one."""
    visit = citizen_visit()
    if visit is None:
        raise RuntimeError("a citizen route without its access rule")
    return Actor(ActorKind.CITIZEN, request_id(), visit.adult_id, visit.dossier_id, person=visit.person)


def form_actor() -> Actor:
    """Who fills in the household's form: the adult, or a caseworker with them. The access rule guarantees one."""
    if not on_helped_form():
        return citizen_actor()
    with_whom = helped()
    if with_whom is None:
        raise RuntimeError("a route of the household's form without its access rule")
    return replace(staff_actor(), dossier_id=with_whom.dossier_id, helped=with_whom.adult_id, person=with_whom.person)


def staff_actor() -> Actor:
    """The signed-in caseworker as actor; the access rule of the route guarantees one."""
    visit = staff_visit()
    if visit is None:
        raise RuntimeError("a staff route without its access rule")
    return Actor(ActorKind.STAFF, request_id(), visit.caseworker_id, region=visit.region, roles=visit.roles)


def visitor() -> Actor:
    """Somebody who has not signed in."""
    return Actor(ActorKind.VISITOR, request_id())
