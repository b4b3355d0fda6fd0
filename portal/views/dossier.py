"""The person's own dossier: state, clocks, next steps, receipt, urgent help, withdrawal."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.domain.interview import State
from portal.domain.reference import parse_reference
from portal.forms.fields import clean
from portal.forms.sign_in import SignInForm, WithdrawForm
from portal.i18n.languages import CODES
from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, citizen_visit, kit, received_at, visit_left
from portal.services import citizen, own_papers, what_is_new
from portal.services.estimates import answer_rows
from portal.services.notices.people import Signer
from portal.services.receipts import make_receipt
from portal.services.situations import NotInHouseholdError
from portal.views.filed import pdf
from portal.views.language import LANG

blueprint = Blueprint("dossier", __name__)


@blueprint.get(f"{LANG}/dossier")
@allow(Rule.CITIZEN)
def show(lang: str) -> str:
    """Everything about the own demand."""
    demands = citizen.own_demands(kit(), citizen_actor())
    if not demands:
        return of_another_adult(lang)
    demand = demands[0]
    waits = what_is_new.for_adult(kit(), citizen_actor())
    news, missing = _news(waits, lang)
    rows = answer_rows(demand.situation, demand.filing_date, lang) if demand.situation else ()
    return render_template(
        "dossier/show.html",
        demand=demand,
        visit=citizen_visit(),
        estimate_rows=rows,
        news=news,
        missing=missing,
        waits=waits,
        history=what_is_new.history(demand, waits),
        other_form=SignInForm(formdata=None),
    )


def of_another_adult(lang: str) -> str:
    """The dossier of an adult who made no demand: of the household's, or of a file that began on paper, which has no clock."""
    waits = what_is_new.for_adult(kit(), citizen_actor())
    news, missing = None, None
    with suppress(NotInHouseholdError):  # the page says so
        news, missing = _news(waits, lang)
    demand = citizen.household_head(kit(), citizen_actor())
    shown = {
        "news": news,
        "missing": missing,
        "waits": waits,
        "history": what_is_new.history(demand, waits),
        "other_form": SignInForm(formdata=None),
    }
    if demand.on_paper:
        return render_template("dossier/on_paper.html", file=demand, **shown)
    return render_template("dossier/adult.html", demand=demand, **shown)


def _news(waits: what_is_new.ForAdult, lang: str) -> tuple[own_papers.News, tuple[Signer, ...] | None]:
    """With what to bring to the interview, where one lies ahead."""
    ahead = waits.interview.state is State.AHEAD
    return own_papers.news_and_missing(kit(), citizen_actor(), lang, bring=ahead)


@blueprint.post(f"{LANG}/dossier/stay")
@allow(Rule.CITIZEN)
def stay(lang: str) -> Response:
    """Somebody is still there: the visit goes on, for as many seconds as the header says."""
    return Response(status=204, headers={"X-Visit-Left": str(visit_left())})


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
    if not meant():
        return another("dossier.show", lang)
    if "_switch" in request.form:  # the language menu of the page that `another` gave, after a sign-in elsewhere
        return redirect(url_for("dossier.show", lang=lang), 303)
    citizen.request_urgent_help(kit(), citizen_actor(), received_at())
    return redirect(url_for("dossier.show", lang=lang), 303)


@blueprint.route(f"{LANG}/dossier/withdraw", methods=["GET", "POST"])
@allow(Rule.CITIZEN)
def withdraw(lang: str) -> BaseResponse:
    """Withdraw the demand, after reading what that means."""
    if request.method == "POST" and not meant():
        return another("dossier.withdraw", lang)
    form = WithdrawForm()
    demand = citizen.own_demand(kit(), citizen_actor())
    if request.method == "POST" and "_switch" not in request.form and form.validate():
        citizen.withdraw(kit(), citizen_actor(), received_at(), clean(form.reason.data))
        return redirect(url_for("dossier.show", lang=lang), 303)
    page = render_template("dossier/withdraw.html", demand=demand, form=form)
    return make_response(page, 422 if form.errors else 200)


def meant() -> bool:
    """Whether the page that was sent is about the dossier that is open now: another tab may have opened another one."""
    visit = citizen_visit()
    return visit is not None and parse_reference(typed("reference")) == visit.reference


def typed(name: str) -> str:
    """What was sent under this name, no longer than a field of ours may be."""
    return request.form.get(name, "")[:1000]


def another(then: str, lang: str) -> Response:
    """Nothing is done; say which dossier is open and which one was meant. What was sent is shown, never looked up."""
    visit = citizen_visit()
    form = SignInForm(formdata=None, data={"reference": typed("reference"), "code": typed("code"), "next": then})
    page = render_template(
        "dossier/another.html",
        form=form,
        open_reference=visit.reference if visit else "",
        meant_reference=parse_reference(typed("reference")),
        reason=clean(typed("reason")),
        language_urls={code: url_for(request.endpoint or "", lang=code) for code in CODES},
    )
    return make_response(page, 409)
