"""Rights and duties in the own dossier: who has acknowledged, acknowledge on this device, a link for another adult."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Blueprint, abort, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.adapters.qr import svg
from portal.domain.notice import LINK_DAYS, RIGHTS
from portal.forms.notices import AcknowledgeForm, LinkForm, version_of
from portal.forms.staff import faults_of
from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, citizen_visit, kit
from portal.security.slowdown import TooManyTriesError
from portal.services import limits
from portal.services.notices import acknowledging, links, progress
from portal.services.notices.acknowledging import OtherVersionError, Standing
from portal.views.language import LANG
from portal.views.meant import another_dossier, meant
from portal.views.notices import page_of, text_of

blueprint = Blueprint("own_notices", __name__, url_prefix=f"{LANG}/dossier/rights")

MOST_LINKS = 30
"""Of one adult in ten minutes."""


@blueprint.get("")
@allow(Rule.CITIZEN)
def show(lang: str) -> str:
    """Who of the household has acknowledged, and who is missing."""
    standings = acknowledging.own_standings(kit(), citizen_actor(), lang)
    me = standings[0]
    news = acknowledging.what_changed(me.before, lang) if me.before and not me.given else None
    return page_of(
        "notices/own.html",
        RIGHTS,
        standings=standings,
        links=links.own_links(kit(), citizen_actor()),
        progress=progress.own_progress(kit(), citizen_actor()),
        changes=news,
        reference=_reference(),
    )


@blueprint.route("/sign/<person>", methods=["GET", "POST"])
@allow(Rule.CITIZEN)
def sign(lang: str, person: str) -> Response:
    """The whole text, and at its end one box and one button: on this device, each adult for themselves."""
    standing = _standing(person)
    form, stale = AcknowledgeForm(), False
    if request.method == "POST":
        if not meant():
            return another_dossier()
        if "_switch" not in request.form and form.validate():
            try:
                acknowledging.acknowledge_own(
                    kit(), citizen_actor(), person, version_of(request.form.get("version", "")), lang
                )
            except OtherVersionError:
                stale = True
            else:
                return redirect(url_for("own_notices.show", lang=lang, _anchor=f"person-{person}"), 303)
    news = acknowledging.what_changed(standing.before, lang) if standing.before and not standing.given else None
    html = page_of(
        "notices/sign.html",
        RIGHTS,
        standing=standing,
        mine=person == citizen_actor().person,
        form=form,
        faults=faults_of(form),
        stale=stale,
        changes=news,
        reference=_reference(),
    )
    return make_response(html, 422 if form.errors else 409 if stale else 200)


@blueprint.route("/link/<person>", methods=["GET", "POST"])
@allow(Rule.CITIZEN)
def link(lang: str, person: str) -> Response:
    """A link for another adult: made by a POST, shown once; it ends the one before."""
    standing = _standing(person)
    if standing.given is not None:  # meanwhile, on another device or at the centre
        return redirect(url_for("own_notices.show", lang=lang, _anchor=f"person-{person}"), 303)
    form = LinkForm(data={"language": lang}) if request.method == "GET" else LinkForm()
    url = None
    if request.method == "POST":
        if not meant():
            return another_dossier()
        if "_switch" not in request.form and form.validate():
            if limits.count(kit(), "notice-link-make", str(citizen_actor().adult_id)) > MOST_LINKS:
                raise TooManyTriesError
            link_secret = links.make_link(kit(), citizen_actor(), person, request.form.get("made", "")[:64])
            url = kit().public_url + url_for("notice_link.show", lang=form.language.data, token=link_secret)
    html = render_template(
        "notices/link.html",
        standing=standing,
        form=form,
        faults=faults_of(form),
        url=url,
        made=secrets.token_urlsafe(16),
        qr=svg(url) if url else None,
        days=LINK_DAYS,
        ends_at=kit().clock.now() + timedelta(days=LINK_DAYS),
        reference=_reference(),
    )
    return make_response(html, 422 if form.errors else 200)


@blueprint.post("/link/<person>/end")
@allow(Rule.CITIZEN)
def take_back(lang: str, person: str) -> Response:
    """The open link for an adult opens nothing any more."""
    if not meant():
        return another_dossier()
    links.take_back(kit(), citizen_actor(), person)
    return redirect(url_for("own_notices.show", lang=lang, _anchor=f"person-{person}"), 303)


def _standing(person: str) -> Standing:
    """Where an adult of the own household stands; for somebody who left it a page that says so."""
    standings = acknowledging.own_standings(kit(), citizen_actor(), g.lang)
    found = next((one for one in standings if one.signer.person == person), None)
    if found is None:
        html = render_template("notices/left.html", standings=standings, text=text_of(RIGHTS))
        return abort(make_response(html, 409))
    return found


def _reference() -> str:
    visit = citizen_visit()
    return visit.reference if visit else ""
