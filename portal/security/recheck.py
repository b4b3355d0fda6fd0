"""Every five minutes the provider is asked whether it still vouches for a caseworker, with the next request of theirs.

One request asks; the others of the same session wait for its answer, a few seconds at most, so that none slips through
with an old one. While the provider is known to be away nobody waits but the one that tries again.
"""

from __future__ import annotations

import time
from typing import Final

from portal import logs
from portal.domain.staff_session import Notice
from portal.security import oidc
from portal.security.context import kit, request_id, settings
from portal.services import rechecking, staff
from portal.services.staff import StaffVisit

WAIT_SECONDS: Final = 0.1
WAITS: Final = 80
"""Eight seconds, as long as the provider is given to answer."""


def visit(secret: str) -> StaffVisit | None:
    """The visit behind a staff cookie, checked again where that is due; None when it has ended."""
    found = staff.staff_visit(kit(), secret, request_id())
    for _ in range(WAITS):
        if found is None or not found.check_due:
            break
        claim = rechecking.claim_check(kit(), secret)
        if claim is not None:
            _ask(claim)
            return staff.staff_visit(kit(), secret, request_id())
        if found.notice is Notice.UNREACHABLE:
            break
        time.sleep(WAIT_SECONDS)
        found = staff.staff_visit(kit(), secret, request_id())
    return found


def _ask(claim: rechecking.Claim) -> None:
    """Ask the provider, without any transaction, and write down what it said."""
    try:
        fresh = oidc.vouch_again(settings().oidc_staff, claim.issuer, claim.subject, claim.refresh_token)
    except oidc.ProviderUnavailableError as error:
        logs.failure(error)
        rechecking.not_reached(kit(), claim)
    except oidc.SignInRefusedError as error:
        logs.failure(error)
        rechecking.refused(kit(), claim, request_id())
    else:
        rechecking.vouched_again(kit(), claim, fresh)
