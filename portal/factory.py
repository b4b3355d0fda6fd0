"""The only place that wires everything."""

from __future__ import annotations

from functools import partial

from flask import Flask, g
from jinja2 import StrictUndefined, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context

from portal import errors, logs
from portal.adapters.clock import Clock, SystemClock
from portal.forms.text import beside as shown_beside
from portal.forms.text import gettext
from portal.i18n import formats
from portal.security import access, arrival, bodies, csrf, headers, oidc, opened, proxy, sanity, sessions
from portal.security.context import citizen_visit, helped, lent, on_helped_form, settings, staff_visit, visit_left
from portal.services.kit import build_kit
from portal.settings import Settings
from portal.statics import Statics
from portal.views import (
    add,
    apart,
    beside,
    changes,
    changes_receipt,
    checklist,
    checklist_paper,
    closing,
    defence,
    demand,
    directory,
    dossier,
    dossier_checklist,
    estimate,
    estimate_paper,
    filed,
    health,
    home,
    language,
    law,
    leave,
    messages,
    notice_link,
    notice_papers,
    notices,
    own_calendar,
    own_data,
    own_month,
    own_notices,
    paper_links,
    papers,
    reminder_link,
    reminders,
    sign_in,
    situation,
    situation_check,
    situation_persons,
    urgent,
    verify,
)
from portal.views.answer_marks import boxes
from portal.views.form_url import install as install_form_url
from portal.views.names import install as install_names
from portal.views.staff import absences as staff_absences
from portal.views.staff import adults as staff_adults
from portal.views.staff import asking_papers as staff_asking_papers
from portal.views.staff import backchannel as staff_backchannel
from portal.views.staff import board as staff_board
from portal.views.staff import bundle as staff_bundle
from portal.views.staff import calls as staff_calls
from portal.views.staff import clocks as staff_clocks
from portal.views.staff import decisions as staff_decisions
from portal.views.staff import demands as staff_demands
from portal.views.staff import documents as staff_documents
from portal.views.staff import figures as staff_figures
from portal.views.staff import filing as staff_filing
from portal.views.staff import form as staff_form
from portal.views.staff import glances as staff_glances
from portal.views.staff import households as staff_households
from portal.views.staff import interviews as staff_interviews
from portal.views.staff import language as staff_language
from portal.views.staff import log as staff_log
from portal.views.staff import messages as staff_messages
from portal.views.staff import missing as staff_missing
from portal.views.staff import monthly as staff_monthly
from portal.views.staff import notice_papers as staff_notice_papers
from portal.views.staff import notices as staff_notices
from portal.views.staff import opening as staff_opening
from portal.views.staff import own_sessions as staff_own_sessions
from portal.views.staff import paper_files as staff_paper_files
from portal.views.staff import papers as staff_papers
from portal.views.staff import people as staff_people
from portal.views.staff import phone as staff_phone
from portal.views.staff import reports as staff_reports
from portal.views.staff import requests as staff_requests
from portal.views.staff import review as staff_review
from portal.views.staff import search as staff_search
from portal.views.staff import sign_in as staff_sign_in
from portal.views.staff import summary as staff_summary

CITIZEN = (
    *(home, demand, filed, sign_in, dossier, dossier_checklist, situation_persons, situation_check, situation),
    *(papers, paper_links, add, own_data, closing),
    *(changes, changes_receipt),
    *(notices, own_notices, notice_link, notice_papers, directory),
    *(own_month, own_calendar, apart),
    *(reminders, reminder_link, messages),
    *(verify, urgent, leave, law, estimate, estimate_paper, checklist, checklist_paper, defence),
)
STAFF = (
    *(
        staff_sign_in,
        staff_language,
        staff_board,
        staff_filing,
        staff_demands,
        staff_adults,
        staff_notices,
        staff_papers,
        staff_documents,
    ),
    *(
        staff_form,
        staff_log,
        staff_notice_papers,
        staff_summary,
        staff_monthly,
        staff_reports,
        staff_calls,
        staff_messages,
        staff_requests,
        staff_asking_papers,
        staff_missing,
        staff_review,
        staff_paper_files,
        staff_backchannel,
        staff_own_sessions,
        staff_search,
        staff_decisions,
        staff_interviews,
        staff_households,
        staff_glances,
        staff_opening,
        staff_bundle,
        staff_clocks,
        staff_absences,
        staff_phone,
        staff_people,
        staff_figures,
    ),
)


def create_app(configuration: Settings | None = None, clock: Clock | None = None) -> Flask:
    """The WSGI application of one surface. Raises SettingsError when the environment does not describe one."""
    configuration = configuration or Settings.from_env()
    clock = clock or SystemClock()
    logs.configure()
    app = Flask("portal", static_folder=None, template_folder="templates")
    app.config["SECRET_KEY"] = configuration.secrets[0]
    app.config["SECRET_KEY_FALLBACKS"] = list(configuration.secrets[1:])
    app.extensions["settings"] = configuration
    app.extensions["kit"] = build_kit(configuration, clock)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    # Order matters: what each one needs stands above it.
    logs.install(app)
    sanity.install(app)
    bodies.install(app)
    language.install(app)
    beside.install(app)
    sessions.install(app, configuration)
    csrf.install(app, configuration)
    access.install(app)
    opened.install(app)
    language.follow_session(app)
    headers.install(app, configuration)
    oidc.install(app, configuration)
    app.register_blueprint(health.blueprint)
    for journey in (*(CITIZEN if configuration.citizen else ()), *(STAFF if configuration.staff else ())):
        app.register_blueprint(journey.blueprint)
    errors.install(app)
    _install_templates(app)
    proxy.install(app, configuration)
    app.wsgi_app = arrival.Arrival(app.wsgi_app, clock)  # type: ignore[method-assign]
    return app


class _SharedGlobals(Template):
    """A template whose macros are imported without comparing its globals with the page's, name by name, each time.

    All templates here have the same globals: none is loaded with its own.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002 - as it is called
        return super()._get_default_module()


def _install_templates(app: Flask) -> None:
    app.jinja_env.template_class = _SharedGlobals
    statics = Statics({"Content-Security-Policy": headers.policy(), "X-Content-Type-Options": "nosniff"})
    app.wsgi_app = statics.wrap(app.wsgi_app)  # type: ignore[method-assign]
    app.jinja_env.globals.update(
        _=gettext,
        t=shown_beside,
        static_url=statics.url,
        long_date=lambda day: formats.long_date(day, g.lang),
        short_date=lambda day: formats.short_date(day, g.lang),
        month_name=lambda day: formats.month_name(day, g.lang),
        time_of_day=lambda instant: formats.time_of_day(instant, g.lang),
    )
    install_names(app)
    install_form_url(app)

    @app.context_processor
    def page_context() -> dict[str, object]:
        beside.choose()  # once more: an error or a choice of staff may have changed the language of the page
        here = language.language()
        return {
            "lang": here.code,
            "dir": here.dir,
            "languages": language.languages(),
            "language_urls": language.language_urls(),
            "surface": "staff" if language.on_staff_pages() else "citizen",
            "signed_in": "staff" if staff_visit() else "citizen" if citizen_visit() else None,
            "staff": None if lent() else staff_visit(),
            "helping": helped() if on_helped_form() and not lent() else None,
            "lent": lent(),
            "mark_boxes": partial(boxes, here.code),
            "visit_left": visit_left(),
            "beside": g.get("beside"),
            "beside_choices": beside.choices,
            "beside_address": beside.address,
            "beside_post_address": beside.post_address,
            "leave_to": leave.ELSEWHERE,
            "has_citizen_pages": settings().citizen,
        }
