"""A household's file as a whole at the desk: close it, open it again, hand it over, merge it with another one, part them."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, g, make_response, redirect, render_template, request, session, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from portal.domain.household_course import Why
from portal.forms.fields import clean
from portal.forms.households import (
    OTHER,
    CloseFileForm,
    CompareForm,
    MergeForm,
    MoveForm,
    PartForm,
    ReopenForm,
    seen_of,
)
from portal.forms.staff import faults_of
from portal.forms.text import gettext as _
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services.at_desk import DeskPlace
from portal.services.households import acting, merging
from portal.services.households.acting import (
    Closing,
    DeskCourse,
    DoneMeanwhileError,
    MergedRunsError,
    Move,
    NotWithdrawnError,
    StillOpenError,
)
from portal.services.households.merging import ClosedRunsError, NotMergeableError, Pair, SeveralAdultsError
from portal.views.household import named, on_household
from portal.views.names import today
from portal.views.staff.board import PASSED_ON

blueprint = Blueprint("staff_households", __name__)

PAGE = "/file"


@on_household(blueprint, PAGE)
@allow(Rule.STAFF)
def show(place: DeskPlace) -> Response:
    """What was done with the file, and what may be done."""
    return _page(place)


@on_household(blueprint, f"{PAGE}/close", methods=["POST"])
@allow(Rule.STAFF_PREPARES)
def close(place: DeskPlace) -> Response:
    """Close it at the centre."""
    form = CloseFileForm(g.lang)
    if not form.validate():
        return _page(place, form)
    try:
        ticked = {"despite": form.despite.data, "letter": form.letter.data}
        said = Closing(Why(form.why.data), clean(form.close_words.data) or "", **ticked)
        acting.close(kit(), staff_actor(), place, said, form.last_seen)
    except NotWithdrawnError:
        form.why.errors = [_("La personne n’a rien retiré ici. Vous avez son retrait sur papier ? Cochez-le.")]
        return _page(place, form)
    except MergedRunsError:
        form.why.errors = [_merged_runs()]
        return _page(place, form)
    except StillOpenError:
        form.despite.errors = [_("Un délai de la loi court encore. Regardez ce qui est ouvert, puis cochez.")]
        return _page(place, form)
    except DoneMeanwhileError:
        return _page(place, form, trouble=_meanwhile())
    return _back(place)


@on_household(blueprint, f"{PAGE}/reopen", methods=["POST"])
@allow(Rule.STAFF)
def reopen(place: DeskPlace) -> Response:
    """Open it again."""
    form = ReopenForm()
    if not form.validate():
        return _page(place, form)
    try:
        acting.reopen(kit(), staff_actor(), place, clean(form.reopen_words.data) or "", form.last_seen)
    except DoneMeanwhileError:
        return _page(place, form, trouble=_meanwhile())
    return _back(place)


@on_household(blueprint, f"{PAGE}/move", methods=["POST"])
@allow(Rule.STAFF)
def move(place: DeskPlace) -> Response:
    """Hand it to another centre; it then leaves this region."""
    actor = staff_actor()
    form = MoveForm(actor.region or "", g.lang, today())
    if not form.validate():
        return _page(place, form)
    wanted = Move(form.region.data, form.commune.number, form.since)
    try:
        head = acting.move(kit(), actor, place, wanted, clean(form.move_words.data) or "", form.last_seen)
    except DoneMeanwhileError:
        return _page(place, form, trouble=_meanwhile())
    session[PASSED_ON] = [head.reference, form.region.data]
    return redirect(url_for("staff_board.board"), 303)


@on_household(blueprint, f"{PAGE}/part", methods=["POST"])
@allow(Rule.STAFF)
def part(place: DeskPlace) -> Response:
    """Take a merging back."""
    form = PartForm()
    if not form.validate():
        return _page(place, form)
    try:
        merging.part(kit(), staff_actor(), place, clean(form.part_words.data) or "", form.last_seen)
    except DoneMeanwhileError:
        return _page(place, form, trouble=_meanwhile())
    return _back(place)


@on_household(blueprint, f"{PAGE}/compare", methods=["POST"])
@allow(Rule.STAFF)
def compare(place: DeskPlace) -> Response:
    """This file and another one side by side; its reference travels in the body."""
    form = CompareForm()
    if not form.validate():
        return _page(place, form)
    try:
        pair = merging.compare(kit(), staff_actor(), place, form.found or "")
    except NotMergeableError:
        form.reference.errors = [_not_mergeable()]
        return _page(place, form)
    return _compared(place, pair, None)


@on_household(blueprint, f"{PAGE}/merge", methods=["POST"])
@allow(Rule.STAFF)
def merge(place: DeskPlace) -> Response:
    """Let one of the two go on."""
    reference = request.form.get("reference", "")
    try:
        pair = merging.side_by_side(kit(), staff_actor(), place, reference)
        form = _merge_form(pair, received=True)
        if not form.validate():
            return _compared_again(place, reference, form)
        goes_on = pair.other if form.goes_on.data == OTHER else pair.this
        if form.adult not in {one.id for one in goes_on.adults}:
            form.same.errors = [_("Cette personne est dans l’autre dossier. Choisissez-la dans celui qui continue.")]
            return _compared_again(place, reference, form)
        try:
            merging.merge(
                *(kit(), staff_actor(), place, reference, form.adult, clean(form.merge_words.data) or ""),
                (seen_of(form.seen_this.data), seen_of(form.seen_other.data)),
                this_stops=form.goes_on.data == OTHER,
            )
        except DoneMeanwhileError:
            return _compared_again(place, reference, form, trouble=_meanwhile())
        except ClosedRunsError:
            form.goes_on.errors = [
                _(
                    "Le dossier qui s’arrête est fermé, et un délai de la loi y court encore. "
                    "Rouvrez d’abord ce dossier, sinon ce délai ne se verra nulle part."
                )
            ]
            return _compared_again(place, reference, form)
        except SeveralAdultsError:
            form.goes_on.errors = [_("Plusieurs adultes ont un accès à l’autre dossier. Laissez continuer celui-là.")]
            return _compared_again(place, reference, form)
    except NotMergeableError:
        if _merged_so(place):  # a double click
            return _back(place)
        form = CompareForm(formdata=None)
        form.reference.errors = [_not_mergeable()]
        return _page(place, form)
    return _back(place)


def _merged_so(place: DeskPlace) -> bool:
    course = acting.look(kit(), staff_actor(), place).course
    return course.merged is not None or bool(course.merged_here)


def _meanwhile() -> str:
    return _("Rien n’est fait : quelqu’un a changé ce dossier entre-temps. Regardez, puis envoyez encore une fois.")


def _merged_runs() -> str:
    return _(
        "Un délai de la loi court encore ici. Si vous fermez ce dossier réuni, ce délai ne se verra plus, "
        "même dans l’autre dossier. Laissez-le ouvert jusqu’à la décision."
    )


def _not_mergeable() -> str:
    return _("Aucun dossier de votre centre avec cette référence ne peut être réuni avec celui-ci.")


def _back(place: DeskPlace) -> Response:
    return redirect(url_for("staff_households.show", **named(place)), 303)


def _merge_form(pair: Pair, *, received: bool) -> MergeForm:
    adults = (*pair.this.adults, *pair.other.adults)
    given = {} if received else {"formdata": None}
    return MergeForm(pair.this.head.reference, pair.other.head.reference, adults, **given)


def _compared_again(place: DeskPlace, reference: str, form: MergeForm, *, trouble: str | None = None) -> Response:
    """The page comes back with both files on it: a look, and noted as one; a merge that is done shows nothing."""
    return _compared(place, merging.compare(kit(), staff_actor(), place, reference), form, trouble=trouble)


def _compared(place: DeskPlace, pair: Pair, form: MergeForm | None, *, trouble: str | None = None) -> Response:
    filled = form or _merge_form(pair, received=False)
    faults = faults_of(form) if form else []
    if trouble is not None:
        faults = [("compared", trouble), *faults]
    html = render_template("staff/household_compare.html", pair=pair, place=named(place), form=filled, faults=faults)
    status = HTTPStatus.OK if not faults else HTTPStatus.CONFLICT if trouble else HTTPStatus.UNPROCESSABLE_ENTITY
    return make_response(html, status)


def _page(place: DeskPlace, sent: FlaskForm | None = None, *, trouble: str | None = None) -> Response:
    """`sent`: the form with a fault, or of which nothing was written; `trouble`: why not."""
    found = acting.look(kit(), staff_actor(), place)
    faults = faults_of(sent) if sent is not None else []
    if trouble is not None:
        faults = [("course", trouble), *faults]
    html = render_template(
        "staff/household.html",
        found=found,
        place=named(place),
        offered=_offered(found),
        merged_runs=_merged_runs() if found.running and found.course.merged else None,
        close_form=_or(sent, CloseFileForm, lambda: CloseFileForm(g.lang, formdata=None)),
        reopen_form=_or(sent, ReopenForm, lambda: ReopenForm(formdata=None)),
        move_form=_or(sent, MoveForm, lambda: MoveForm(found.head.region or "", g.lang, today(), formdata=None)),
        part_form=_or(sent, PartForm, lambda: PartForm(formdata=None)),
        compare_form=_or(sent, CompareForm, lambda: CompareForm(formdata=None)),
        faults=faults,
    )
    status = HTTPStatus.OK if not faults else HTTPStatus.CONFLICT if trouble else HTTPStatus.UNPROCESSABLE_ENTITY
    return make_response(html, status)


def _offered(found: DeskCourse) -> tuple[str, ...]:
    if not found.ours or found.apart or found.course.merged:
        return ()
    return merging.offered(kit(), staff_actor(), found.head)


def _or(sent: FlaskForm | None, kind: type[FlaskForm], fresh: object) -> FlaskForm:
    return sent if isinstance(sent, kind) else fresh()  # type: ignore[operator]
