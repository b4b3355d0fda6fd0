"""Check a receipt: by reference and check code, or by its QR code. It says genuine or not, its date, no more."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from portal.domain.reference import parse_check_code, parse_reference
from portal.forms.sign_in import VerifyForm
from portal.security.access import Rule, allow
from portal.security.context import kit
from portal.security.proxy import address
from portal.security.slowdown import TooManyTriesError
from portal.services import limits
from portal.services.verifying import Genuine, verify_by_code, verify_by_qr
from portal.views.language import LANG

blueprint = Blueprint("verify", __name__)

MOST_CHECKS = 60
"""Checks from one address in ten minutes; more must wait (a check code has only eight digits)."""


@blueprint.route(f"{LANG}/verify", methods=["GET", "POST"])
@allow(Rule.PUBLIC)
def verify(lang: str) -> str | Response:
    """Nothing asked: the form. A QR text in the address or a posted code: the answer."""
    form = VerifyForm()
    text = request.args.get("q", "")[:1000]
    asked = request.method == "POST" and "_switch" not in request.form
    if not text and not asked:
        return _page(form, asked=False)
    if asked and form.lacking:  # nothing to compare yet
        return make_response(_page(form, asked=False, lacking=form.lacking), 422)
    if limits.count(kit(), "verify", address()) > MOST_CHECKS:
        raise TooManyTriesError
    if asked:
        reference = parse_reference(form.reference.data or "")
        genuine = verify_by_code(kit(), reference, parse_check_code(form.check_code.data or ""))
    else:
        genuine = verify_by_qr(kit(), text)
    return make_response(_page(form, asked=True, genuine=genuine), 200 if genuine else 422)


def _page(
    form: VerifyForm, *, asked: bool, genuine: Genuine | None = None, lacking: tuple[str, str] | None = None
) -> str:
    keys = kit().signer.public_keys()
    return render_template(
        "verify/verify.html", form=form, asked=asked, genuine=genuine, lacking=lacking, public_keys=keys
    )
