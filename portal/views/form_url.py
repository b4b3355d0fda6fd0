"""Addresses of the household's form: the adult's own, or the same at the desk where a caseworker fills it in with them."""

from __future__ import annotations

from flask import Flask, g, url_for

from portal.security.context import HELPED_FORM, helped, on_helped_form, whose_form
from portal.views.household import household_url, start_url


def form_url(endpoint: str, **values: object) -> str:
    """The address of a page of the form, on the surface where this request is."""
    return url_for(f"{HELPED_FORM}.{endpoint}" if on_helped_form() else endpoint, **values)  # type: ignore[arg-type]


def dossier_url() -> str:
    """Where the form leads back to: the own dossier, or the household's page at the desk."""
    with_whom = helped()
    if with_whom is None:
        return url_for("dossier.show", lang=g.lang)
    return household_url(with_whom)


def papers_url() -> str:
    """The list of papers that belongs to the form."""
    with_whom = helped()
    if with_whom is None:
        return url_for("dossier_checklist.show", lang=g.lang)
    return url_for("staff_papers.show", **with_whom.at_desk)  # type: ignore[arg-type]


def form_person() -> str:
    """Whose form it is, among the persons of the situation."""
    visit = whose_form()
    return visit.person if visit else ""


def install(app: Flask) -> None:
    """Register the addresses that templates use."""
    app.jinja_env.globals.update(
        form_url=form_url,
        dossier_url=dossier_url,
        papers_url=papers_url,
        form_person=form_person,
        household_url=household_url,
        start_url=start_url,
    )
