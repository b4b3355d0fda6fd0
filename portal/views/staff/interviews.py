"""The first interview at the desk: note it, move it, what became of it; whose identity was seen; the next ones of a centre."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.interview import OVER, State, Step
from portal.forms.fields import clean
from portal.forms.interviews import (
    CallOffForm,
    EndForm,
    IdentityForm,
    InterviewForm,
    MissedForm,
    MistakeForm,
    SeenForm,
    TakeBackForm,
)
from portal.forms.staff import faults_of
from portal.forms.text import gettext as _
from portal.i18n.interview import antenna_words
from portal.law import directory, holidays
from portal.security.access import Rule, allow
from portal.security.context import kit, received_at, staff_actor
from portal.services import identity
from portal.services.actor import NotYoursError
from portal.services.at_desk import DeskPlace
from portal.services.interviews import desk
from portal.services.interviews.desk import DeskInterview
from portal.views.household import named, on_household

blueprint = Blueprint("staff_interviews", __name__)

PAGE = "/interview"
ONE = f"{PAGE}/identity/<uuid:adult_id>"


@blueprint.get("/staff/interviews")
@allow(Rule.STAFF)
def all_() -> str:
    """The next interviews of the centre by day, those of which nothing was noted, and who is to be invited again."""
    actor = staff_actor()
    antennas = _antennas(actor.region or "")
    wanted = request.args.get("antenna", "")
    antenna = wanted if wanted in dict(antennas) else None
    found = desk.next_interviews(kit(), actor, antenna)
    again = [one for one in found if one.state in OVER]
    return render_template(
        "staff/interviews.html",
        ahead=[one for one in found if one.state is State.AHEAD],
        waiting=[one for one in found if one.state is State.WAITING],
        again=again,
        antennas=antennas,
        antenna=antenna,
        most=desk.MOST,
        cut=max(len(again), len(found) - len(again)) >= desk.MOST,
    )


@on_household(blueprint, PAGE)
@allow(Rule.STAFF)
def show(place: DeskPlace) -> Response:
    """What is agreed, what was noted before, and who was seen to be who."""
    return _page(place)


@on_household(blueprint, PAGE, methods=["POST"])
@allow(Rule.STAFF)
def note(place: DeskPlace) -> Response:
    """Note it, move it or complete it."""
    found = desk.look(kit(), staff_actor(), place)
    form = _form(found, received=True)
    valid = form.validate()
    elsewhere = found.meeting is None or form.found != found.meeting.at
    if form.last_seen != found.interview.seen and elsewhere:  # before any fault: what it is measured by is new
        return _meanwhile(place, form)
    if not valid:
        form.asked.data = form.found_iso
        return _page(place, found, form=form)
    try:
        desk.note(kit(), staff_actor(), place, form.meeting(), form.last_seen, clean(form.reason.data))
    except desk.NotedMeanwhileError:
        return _meanwhile(place, form)
    return _back(place)


@on_household(blueprint, f"{PAGE}/held", methods=["POST"])
@allow(Rule.STAFF)
def held(place: DeskPlace) -> Response:
    """It took place."""
    return _end(place, Step.HELD, SeenForm())


@on_household(blueprint, f"{PAGE}/missed", methods=["POST"])
@allow(Rule.STAFF)
def missed(place: DeskPlace) -> Response:
    """It did not take place."""
    return _end(place, Step.MISSED, MissedForm())


@on_household(blueprint, f"{PAGE}/off", methods=["POST"])
@allow(Rule.STAFF)
def off(place: DeskPlace) -> Response:
    """It is called off."""
    return _end(place, Step.CALLED_OFF, CallOffForm())


@on_household(blueprint, f"{PAGE}/mistake", methods=["POST"])
@allow(Rule.STAFF)
def mistake(place: DeskPlace) -> Response:
    """What was noted of its end was a mistake."""
    return _end(place, Step.TAKEN_BACK, MistakeForm())


@on_household(blueprint, ONE, methods=["POST"])
@allow(Rule.STAFF)
def seen(place: DeskPlace, adult_id: uuid.UUID) -> Response:
    """A paper of this adult was seen."""
    form = IdentityForm(g.lang)
    if not form.validate():
        return _page(place, identity_form=form, asked=adult_id)
    identity.note_seen(kit(), staff_actor(), place, adult_id, form.chosen)
    return _back(place)


@on_household(blueprint, f"{ONE}/back", methods=["POST"])
@allow(Rule.STAFF)
def back(place: DeskPlace, adult_id: uuid.UUID) -> Response:
    """That was a mistake."""
    form = TakeBackForm()
    if not form.validate():
        return _page(place, back_form=form, asked=adult_id)
    identity.take_back(kit(), staff_actor(), place, adult_id, clean(form.why_back.data) or "")
    return _back(place)


def _end(place: DeskPlace, step: Step, form: SeenForm) -> Response:
    said = form if isinstance(form, EndForm) else None
    if not form.validate():
        return _page(place, end_form=said)
    try:
        desk.end(kit(), staff_actor(), place, step, form.last_seen, clean(said.why.data) if said else None)
    except desk.NotedMeanwhileError:
        return _meanwhile(place, None, said)
    except desk.TooEarlyError:
        return _page(place, trouble=_("L’entretien n’a pas encore eu lieu : attendez son heure, ou déplacez-le."))
    except desk.TooLateError:
        words = _("L’heure de l’entretien est passée : dites ce qui est arrivé.")
        return _page(place, end_form=said, trouble=words)
    return _back(place)


def _meanwhile(place: DeskPlace, form: InterviewForm | None, end_form: EndForm | None = None) -> Response:
    return _page(place, form=form, end_form=end_form, trouble=_noted_meanwhile())


def _noted_meanwhile() -> str:
    return _("Rien n’est noté : quelqu’un a noté autre chose entre-temps. Regardez, puis envoyez encore une fois.")


def _back(place: DeskPlace) -> Response:
    return redirect(url_for("staff_interviews.show", **named(place)), 303)


def _end_form(state: State) -> type[EndForm]:
    """The one that belongs to where it stands."""
    if state in OVER:
        return MistakeForm
    return CallOffForm if state is State.AHEAD else MissedForm


def _antennas(region: str) -> list[tuple[str, str]]:
    return [(one.id, antenna_words(one.id, g.lang)) for one in directory.antennas(region)]


def _form(found: DeskInterview, *, received: bool) -> InterviewForm:
    standing = found.meeting if found.state in (State.AHEAD, State.WAITING) else None
    given = {} if received else {"formdata": None}
    adults = found.adults
    form = InterviewForm(
        received_at(), holidays.official(), adults, _antennas(found.head.region or ""), g.lang, standing, **given
    )
    if not received:
        first = adults[0]
        form.fill(standing, first, first.spoken, interpreter=first.interpreter)
        form.seen.data = str(found.interview.seen)
    return form


def _page(
    place: DeskPlace,
    found: DeskInterview | None = None,
    *,
    form: InterviewForm | None = None,
    end_form: EndForm | None = None,
    identity_form: IdentityForm | None = None,
    back_form: TakeBackForm | None = None,
    asked: uuid.UUID | None = None,
    trouble: str | None = None,
) -> Response:
    """`asked`: of which adult a form with a fault is. `trouble`: why nothing was written."""
    found = found or desk.look(kit(), staff_actor(), place)
    if asked is not None and all(one.id != asked for one in found.adults):
        raise NotYoursError
    wanted = _end_form(found.state)
    if end_form is not None and not isinstance(end_form, wanted):  # the page asks something else now; the words stay
        end_form, trouble = wanted(formdata=None, why=end_form.why.data), trouble or _noted_meanwhile()
    wrong = [one for one in (form, end_form, identity_form, back_form) if one is not None]
    faults = [fault for one in wrong for fault in faults_of(one)]
    if trouble is not None:
        faults = [("interview", trouble), *faults]
    form = form or _form(found, received=False)
    end_form = end_form or wanted(formdata=None)
    form.seen.data = end_form.seen.data = str(found.interview.seen)
    people = []
    for number, one in enumerate(found.adults):
        mine = asked == one.id
        paper = identity_form if mine and identity_form else IdentityForm(g.lang, formdata=None)
        again = back_form if mine and back_form else TakeBackForm(formdata=None)
        paper.paper.id, again.why_back.id = f"paper-{number}", f"why-back-{number}"
        people.append((one, paper, again))
    if identity_form or back_form:  # after the fields have got their ids
        faults = [fault for one in wrong for fault in faults_of(one)]
    html = render_template(
        "staff/interview.html",
        found=found,
        place=named(place),
        form=form,
        end_form=end_form,
        people=people,
        faults=faults,
    )
    if not faults:
        return make_response(html)
    return make_response(html, HTTPStatus.CONFLICT if trouble else HTTPStatus.UNPROCESSABLE_ENTITY)
