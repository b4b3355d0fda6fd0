"""The pages for applicants."""

from __future__ import annotations

from datetime import timedelta

from portal.domain.demand import Announcement, Helper, Need, Person
from portal.services import citizen, desk, limits
from portal.services.actor import Actor, ActorKind
from portal.services.receipts import receipt_qr_text
from tests.browser.cases import broken_codes, case, no_database
from tests.browser.visits import Visit, hidden
from tests.browser.world import SIERRE, VISP, Known

NAME, HELPER, RELATION, TIGRINYA = "Odette Rey", "Alain Fux", "Nachbar", "ዮሃንስ ተስፋይ"
"""The people of these pages: their names are data in every language."""
SHORT = {"name": NAME}
WHOLE = {
    **SHORT,
    **{"on_behalf": "other", "helper_name": HELPER, "helper_relation": RELATION},
    **{"birth_day": "3", "birth_month": "4", "birth_year": "1974", "commune": str(SIERRE)},
    **{"phone": "079 555 01 02", "email": "o.rey@example.ch", "postal_address": "Via 1\n3960 Sierre"},
    **{"unreachable": "y", "interview_language": "other", "interpreter": "yes"},
    **{"urgent": "yes", "needs": ["lodging", "food", "medicine"]},
}
WRONG = {
    **{"name": "a\u0000", "birth_day": "31", "birth_month": "2", "birth_year": "1974", "commune": "1"},
    **{"phone": "12", "email": "o.rey", "on_behalf": "other", "helper_name": "x" * 201},
}
URGENT = Announcement(
    Person(NAME, birth_year=1974, unreachable=True, interview_language="other", interpreter=True),
    "fr",
    VISP,
    Helper(HELPER, RELATION),
    urgent=True,
    needs=tuple(Need),
)


def form(visit: Visit, fields: dict[str, object], page: str = "form") -> int:
    """Fill the filing form in and send it."""
    visit.get(f"/{visit.language}/demand/new")
    return visit.post(f"/{visit.language}/demand/new", {"_page": page, **hidden(visit), **fields})  # type: ignore[dict-item]


def filed(visit: Visit, announcement: Announcement | None = None, ago: timedelta = timedelta()) -> Known:
    """Hold the cookie of somebody who has filed."""
    known = visit.world.file(announcement or visit.world.somebody(visit.language), ago=ago)
    visit.cookie("filed", known.token)
    return known


def signed_in(visit: Visit, announcement: Announcement | None = None, ago: timedelta = timedelta()) -> Known:
    """Hold the cookie of a signed-in person."""
    known = visit.world.file(announcement or visit.world.somebody(visit.language), ago=ago)
    visit.cookie("citizen", visit.world.visit(known))
    return known


def me(known: Known) -> Actor:
    """The signed-in person as services know them."""
    return Actor(ActorKind.CITIZEN, "test", known.demand.adult_id, known.demand.dossier_id)


@case("home.home")
def home(visit: Visit) -> None:
    visit.get(f"/{visit.language}/")


@case("demand.new")
def form_first_step(visit: Visit) -> None:
    visit.get(f"/{visit.language}/demand/new")


@case("demand.new", script=False)
def form_whole(visit: Visit) -> None:
    visit.get(f"/{visit.language}/demand/new")


@case("demand.new", 422)
def form_wrong(visit: Visit) -> None:
    form(visit, WRONG)


@case("demand.new", 422, script=False)
def form_wrong_whole(visit: Visit) -> None:
    form(visit, {**WRONG, "birth_year": "", "name": ""})


@case("demand.new", 400)
def form_without_cookie(visit: Visit) -> None:
    visit.get(f"/{visit.language}/demand/new")
    visit.post(f"/{visit.language}/demand/new", SHORT, token=False)


@case("demand.new")
def check(visit: Visit) -> None:
    form(visit, WHOLE)


@case("demand.new")
def check_of_little(visit: Visit) -> None:
    form(visit, {"name_at_desk": "y", "commune": "unknown"})


@case("demand.new")
def check_of_another_script(visit: Visit) -> None:
    form(visit, {"name": TIGRINYA})


@case("demand.new")
def check_with_a_stale_token(visit: Visit) -> None:
    form(visit, {**SHORT, "filing_token": "x"}, page="check")


@case("demand.new", 503, without=no_database)
def attempt(visit: Visit) -> None:
    form(visit, WHOLE, page="check")


@case("filed.filed")
def filed_page(visit: Visit) -> None:
    filed(visit)
    visit.get(f"/{visit.language}/demand/filed")


@case("filed.filed")
def filed_urgent_and_changed(visit: Visit) -> None:
    filed(visit, URGENT)
    visit.get(f"/{visit.language}/demand/filed?changed=1")


@case("filed.filed")
def filed_an_hour_ago(visit: Visit) -> None:
    filed(visit, visit.world.somebody(visit.language, commune=None), ago=timedelta(minutes=61))
    visit.get(f"/{visit.language}/demand/filed")


@case("sign_in.sign_in")
def sign_in(visit: Visit) -> None:
    visit.get(f"/{visit.language}/sign-in")


@case("sign_in.sign_in")
def sign_in_first(visit: Visit) -> None:
    visit.get(f"/{visit.language}/dossier")


@case("sign_in.sign_in", 422)
def sign_in_wrong(visit: Visit) -> None:
    visit.get(f"/{visit.language}/sign-in")
    visit.post(f"/{visit.language}/sign-in", {"reference": "VS-0000-0000-97", "code": "1"})


@case("sign_in.ended")
def signed_out(visit: Visit) -> None:
    visit.get(f"/{visit.language}/signed-out")


@case("dossier.show")
def dossier(visit: Visit) -> None:
    signed_in(visit)
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show")
def dossier_urgent(visit: Visit) -> None:
    signed_in(visit, URGENT, ago=timedelta(days=4))
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show")
def dossier_of_a_late_decision(visit: Visit) -> None:
    known = signed_in(visit, ago=timedelta(days=33))
    citizen.request_urgent_help(visit.world.kit, me(known), visit.world.kit.clock.now())
    visit.world.correct(known, visit.world.kit.clock.now() - timedelta(days=40))
    desk.issue_code(visit.world.kit, visit.world.caseworker(), known.demand.id)
    visit.cookie("citizen", visit.world.visit(known))
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show")
def dossier_withdrawn(visit: Visit) -> None:
    known = signed_in(visit)
    actor = visit.world.caseworker()
    desk.pass_on(visit.world.kit, actor, known.demand.id, "martigny", "Moved")
    citizen.withdraw(visit.world.kit, me(known), visit.world.kit.clock.now(), None)
    visit.get(f"/{visit.language}/dossier")


@case("dossier.withdraw")
def withdraw(visit: Visit) -> None:
    signed_in(visit)
    visit.get(f"/{visit.language}/dossier/withdraw")


@case("dossier.withdraw", 422)
def withdraw_wrong(visit: Visit) -> None:
    withdraw(visit)
    visit.post(f"/{visit.language}/dossier/withdraw", {"reason": "x" * 1001})


@case("dossier.withdraw")
def withdraw_again(visit: Visit) -> None:
    known = signed_in(visit)
    citizen.withdraw(visit.world.kit, me(known), visit.world.kit.clock.now(), None)
    visit.get(f"/{visit.language}/dossier/withdraw")


@case("verify.verify")
def verify(visit: Visit) -> None:
    visit.get(f"/{visit.language}/verify")


@case("verify.verify")
def verify_genuine(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody(visit.language))
    visit.world.correct(known, visit.world.kit.clock.now() - timedelta(days=3))
    address = receipt_qr_text(visit.world.kit, known.demand)
    visit.get(f"/{visit.language}/verify?{address.partition('?')[2]}")


@case("verify.verify", 422)
def verify_not_genuine(visit: Visit) -> None:
    visit.get(f"/{visit.language}/verify?q=VS1.x")


@case("urgent.urgent")
def urgent(visit: Visit) -> None:
    visit.get(f"/{visit.language}/urgent")


@case("urgent.urgent")
def urgent_signed_in(visit: Visit) -> None:
    signed_in(visit)
    visit.get(f"/{visit.language}/urgent")


@case("leave.leave", here=True)
def elsewhere(visit: Visit) -> None:
    visit.get(f"/{visit.language}/")
    visit.post(f"/{visit.language}/leave", {})


@case("", 404)
def not_found(visit: Visit) -> None:
    visit.get(f"/{visit.language}/nowhere")


@case("", 400)
def page_too_old(visit: Visit) -> None:
    visit.get(f"/{visit.language}/verify")
    visit.post(f"/{visit.language}/verify", {"reference": "VS"}, token=False)


@case("", 400)
def unreadable(visit: Visit) -> None:
    visit.get(f"/{visit.language}/verify?q=%00")


@case("", 413)
def too_large(visit: Visit) -> None:
    visit.get(f"/{visit.language}/sign-in")
    visit.post(f"/{visit.language}/sign-in", {"reference": "V" * 600_000})


@case("", 429)
def too_many(visit: Visit) -> None:
    for _ in range(61):
        limits.count(visit.world.kit, "verify", "127.0.0.1")
    visit.get(f"/{visit.language}/verify?q=x")


@case("", 503, without=no_database)
def unavailable(visit: Visit) -> None:
    visit.get(f"/{visit.language}/sign-in")
    visit.post(f"/{visit.language}/sign-in", {"reference": "VS-0000-0000-97", "code": "1"})


@case("", 500, without=broken_codes)
def failure(visit: Visit) -> None:
    visit.get(f"/{visit.language}/sign-in")
    visit.post(f"/{visit.language}/sign-in", {"reference": "VS-0000-0000-97", "code": "1"})
