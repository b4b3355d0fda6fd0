"""The person's own dossier: state, clocks, next steps, receipt, urgent help, withdrawal."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.forms.fields import clean
from portal.forms.sign_in import WithdrawForm
from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, citizen_visit, kit, received_at
from portal.services import citizen
from portal.services.receipts import make_receipt
from portal.views.filed import pdf
from portal.views.language import LANG

blueprint = Blueprint("dossier", __name__)


@blueprint.get(f"{LANG}/dossier")
@allow(Rule.CITIZEN)
def show(lang: str) -> str:
    """Everything about the own demand."""
    demand = citizen.own_demand(kit(), citizen_actor())
    return render_template("dossier/show.html", demand=demand, visit=citizen_visit())


@blueprint.get(f"{LANG}/dossier/receipts/filing.pdf")
@allow(Rule.CITIZEN)
def receipt(lang: str) -> Response:
    """The receipt, as often as wanted."""
    demand = citizen.own_demand(kit(), citizen_actor())
    return pdf(make_receipt(kit(), demand, lang), f"receipt-{demand.reference}.pdf")


@blueprint.post(f"{LANG}/dossier/urgent")
@allow(Rule.CITIZEN)
def urgent(lang: str) -> BaseResponse:
    """Ask expressly for urgent help; once is enough."""
    citizen.request_urgent_help(kit(), citizen_actor(), received_at())
    return redirect(url_for("dossier.show", lang=lang), 303)


@blueprint.route(f"{LANG}/dossier/withdraw", methods=["GET", "POST"])
@allow(Rule.CITIZEN)
def withdraw(lang: str) -> BaseResponse:
    """Withdraw the demand, after reading what that means."""
    form = WithdrawForm()
    demand = citizen.own_demand(kit(), citizen_actor())
    if request.method == "POST" and "_switch" not in request.form and form.validate():
        citizen.withdraw(kit(), citizen_actor(), received_at(), clean(form.reason.data))
        return redirect(url_for("dossier.show", lang=lang), 303)
    page = render_template("dossier/withdraw.html", demand=demand, form=form)
    return make_response(page, 422 if form.errors else 200)
