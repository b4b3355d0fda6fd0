"""What somebody sees who has just filed: date, reference, codes, clocks. For an hour, by the filing's own cookie."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.adapters.qr import svg
from portal.domain.demand import RESHOW_MINUTES
from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.context import kit, request_id
from portal.services.citizen import enter_after_filing
from portal.services.filed import Filed, find_filed
from portal.services.receipts import make_receipt, make_slip, receipt_qr_text
from portal.views.filed_cookie import chosen_token, handle_of
from portal.views.language import LANG

blueprint = Blueprint("filed", __name__)


@blueprint.get(f"{LANG}/demand/filed")
@allow(Rule.PUBLIC)
def filed(lang: str) -> str | BaseResponse:
    """The filed page. Without its cookie there is nothing to show: sign in instead."""
    token = chosen_token()
    found = None if token is None else find_filed(kit(), token)
    if token is None or found is None:
        return redirect(url_for("sign_in.sign_in", lang=lang), 303)
    if not found.recent:
        return render_template("demand/filed_before.html")
    return render_template(
        "demand/filed.html",
        filed=found,
        demand=found.demand,
        of=handle_of(token),
        changed="changed" in request.args,
        apart="own" in request.args,
        qr=svg(receipt_qr_text(kit(), found.demand)),
        minutes=RESHOW_MINUTES,
    )


@blueprint.get(f"{LANG}/demand/filed/receipt.pdf")
@allow(Rule.PUBLIC)
def receipt(lang: str) -> Response:
    """The receipt as PDF, for the one who has just filed."""
    found = _found()
    if found is None or not found.recent:
        abort(404)
    return pdf(make_receipt(kit(), found.demand, lang), f"receipt-{found.demand.reference}.pdf")


@blueprint.get(f"{LANG}/demand/filed/slip.pdf")
@allow(Rule.PUBLIC)
def slip(lang: str) -> Response:
    """The slip «for you alone» as PDF, as long as the access code may be shown."""
    found = _found()
    if found is None or found.access_code is None:
        abort(404)
    return pdf(make_slip(kit(), found.demand, found.access_code, lang), f"slip-{found.demand.reference}.pdf")


@blueprint.post(f"{LANG}/demand/filed/dossier")
@allow(Rule.PUBLIC)
def dossier(lang: str) -> BaseResponse:
    """Go on to the dossier without typing the code, as long as it may be shown."""
    found = _found()
    if found is None or found.access_code is None:
        return redirect(url_for("sign_in.sign_in", lang=lang), 303)
    response = redirect(url_for("dossier.show", lang=lang), 303)
    sessions.give(response, "citizen", enter_after_filing(kit(), found.demand, request_id()))
    return response


def pdf(content: bytes, name: str) -> Response:
    """A PDF as download; the name holds the public reference at most, and not even that at the desk."""
    response = make_response(content)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _found() -> Filed | None:
    token = chosen_token()
    return None if token is None else find_filed(kit(), token)
