"""The pages for somebody who comes back: sign-in, dossier, withdrawal, receipts; and urgent help."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from portal.domain.demand import Announcement, Channel
from portal.services import citizen, desk
from portal.services.actor import Actor, ActorKind
from portal.services.filing import Contact
from portal.services.receipts import receipt_qr_text
from tests.browser.cases import case
from tests.browser.people import RELATION, URGENT
from tests.browser.visits import Visit
from tests.browser.world import Known


def signed_in(
    visit: Visit,
    announcement: Announcement | None = None,
    ago: timedelta = timedelta(),
    situation: Mapping[str, Any] | None = None,
) -> Known:
    """Hold the cookie of a signed-in person."""
    known = visit.world.file(announcement or visit.world.somebody(visit.language), ago=ago, situation=situation)
    visit.cookie("citizen", visit.world.visit(known))
    return known


def me(known: Known) -> Actor:
    """The signed-in person as services know them."""
    return Actor(ActorKind.CITIZEN, "test", known.demand.adult_id, known.demand.dossier_id)


@case("sign_in.sign_in", "sign_in/sign_in")
def sign_in(visit: Visit) -> None:
    visit.get(f"/{visit.language}/sign-in")


@case("sign_in.sign_in", "sign_in/sign_in")
def sign_in_first(visit: Visit) -> None:
    visit.get(f"/{visit.language}/dossier")


@case("sign_in.sign_in", "sign_in/sign_in", 422)
def sign_in_wrong(visit: Visit) -> None:
    visit.get(f"/{visit.language}/sign-in")
    visit.post(f"/{visit.language}/sign-in", {"reference": "VS-0000-0000-97", "code": "1"})


@case("sign_in.sign_in", "sign_in/sign_in", 422)
def sign_in_empty(visit: Visit) -> None:
    visit.get(f"/{visit.language}/sign-in")
    visit.post(f"/{visit.language}/sign-in", {})


@case("sign_in.ended", "sign_in/ended")
def signed_out(visit: Visit) -> None:
    visit.get(f"/{visit.language}/signed-out")


@case("dossier.show", "dossier/show")
def dossier(visit: Visit) -> None:
    signed_in(visit)
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show", "dossier/show", look=False)
def dossier_recorded_at_the_desk(visit: Visit) -> None:
    visit.world.enrol()
    call = Contact(Channel.PHONE, visit.world.kit.clock.now())
    known = visit.world.file(visit.world.somebody(visit.language), contact=call, actor=visit.world.caseworker())
    visit.cookie("citizen", visit.world.visit(known))
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show", "dossier/show")
def dossier_urgent(visit: Visit) -> None:
    signed_in(visit, URGENT, ago=timedelta(days=4))
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show", "dossier/show", look=False)
def dossier_on_the_last_day(visit: Visit) -> None:
    signed_in(visit, URGENT, ago=timedelta(days=5))
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show", "dossier/show")
def dossier_of_a_late_decision(visit: Visit) -> None:
    known = signed_in(visit, ago=timedelta(days=33))
    citizen.request_urgent_help(visit.world.kit, me(known), visit.world.kit.clock.now())
    visit.world.correct(known, visit.world.kit.clock.now() - timedelta(days=40))
    desk.issue_code(visit.world.kit, visit.world.caseworker(), known.demand.id)
    visit.cookie("citizen", visit.world.visit(known))
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show", "dossier/show")
def dossier_withdrawn(visit: Visit) -> None:
    known = signed_in(visit)
    actor = visit.world.caseworker()
    desk.pass_on(visit.world.kit, actor, known.demand.id, "martigny", "Moved")
    citizen.withdraw(visit.world.kit, me(known), visit.world.kit.clock.now(), None)
    visit.get(f"/{visit.language}/dossier")


@case("dossier.withdraw", "dossier/withdraw")
def withdraw(visit: Visit) -> Known:
    known = signed_in(visit)
    visit.get(f"/{visit.language}/dossier/withdraw")
    return known


@case("dossier.withdraw", "dossier/withdraw", 422)
def withdraw_wrong(visit: Visit) -> None:
    reference = withdraw(visit).demand.reference
    visit.post(f"/{visit.language}/dossier/withdraw", {"reference": reference, "reason": "x" * 1001})


@case("dossier.withdraw", "dossier/another", 409)
def withdraw_of_another(visit: Visit) -> None:
    withdraw(visit)
    visit.post(f"/{visit.language}/dossier/withdraw", {"reference": "VS-0000-0000-98", "reason": RELATION})


@case("dossier.urgent", "dossier/another", 409, look=False)
def urgent_of_nobody(visit: Visit) -> None:
    signed_in(visit)
    visit.get(f"/{visit.language}/dossier")
    visit.post(f"/{visit.language}/dossier/urgent", {})


@case("dossier.withdraw", "dossier/withdraw")
def withdraw_again(visit: Visit) -> None:
    known = signed_in(visit)
    citizen.withdraw(visit.world.kit, me(known), visit.world.kit.clock.now(), None)
    visit.get(f"/{visit.language}/dossier/withdraw")


@case("verify.verify", "verify/verify")
def verify(visit: Visit) -> None:
    visit.get(f"/{visit.language}/verify")


@case("verify.verify", "verify/verify")
def verify_genuine(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody(visit.language))
    visit.world.correct(known, visit.world.kit.clock.now() - timedelta(days=3))
    address = receipt_qr_text(visit.world.kit, known.demand)
    visit.get(f"/{visit.language}/verify?{address.partition('?')[2]}")


@case("verify.verify", "verify/verify", 422)
def verify_not_genuine(visit: Visit) -> None:
    visit.get(f"/{visit.language}/verify?q=VS1.x")


@case("verify.verify", "verify/verify", 422)
def verify_empty(visit: Visit) -> None:
    visit.get(f"/{visit.language}/verify")
    visit.post(f"/{visit.language}/verify", {})


@case("urgent.urgent", "urgent/urgent")
def urgent(visit: Visit) -> None:
    visit.get(f"/{visit.language}/urgent")


@case("urgent.urgent", "urgent/urgent")
def urgent_signed_in(visit: Visit) -> None:
    signed_in(visit)
    visit.get(f"/{visit.language}/urgent")


@case("leave.leave", "leave/elsewhere", here=True)
def elsewhere(visit: Visit) -> None:
    visit.get(f"/{visit.language}/")
    visit.post(f"/{visit.language}/leave", {})
