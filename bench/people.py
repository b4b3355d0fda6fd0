"""Somebody in front of the portal: fills in the form, and holds a check page that can be sent many times."""

from __future__ import annotations

from tests.crash.visitor import FORM, HEADERS, Fields, Lost, Visitor, fields_of, with_answers

FILED = "/fr/demand/filed"
ANSWERS = {
    "name": "Anne-Lise Délèze",
    "birth_day": "12",
    "birth_month": "4",
    "birth_year": "1988",
    "commune": "6266",
    "phone": "079 123 45 67",
    "email": "anne-lise@example.ch",
    "interview_language": "fr",
    "interpreter": "no",
    "urgent": "no",
}


class Person:
    """One browser on the check page. RuntimeError when the portal does not lead there."""

    def __init__(self, port: int) -> None:
        self.visitor = Visitor(port)
        form = with_answers(fields_of(self.visitor.get(FORM).text), ANSWERS)
        self.check_page = fields_of(self.visitor.post(FORM, form).text)
        if ("_page", "check") not in self.check_page:
            raise RuntimeError("the answers of the bench did not lead to the check page")

    @property
    def cookies(self) -> dict[str, str]:
        """The header that carries every cookie of this browser."""
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.visitor.cookies.items())}

    @property
    def headers(self) -> dict[str, str]:
        """The headers of a form that is sent."""
        return HEADERS | self.cookies

    def fresh_check_page(self) -> Fields:
        """The check page with a one-time token of its own, fetched as a person fetches it."""
        try:
            page = self.visitor.get(FORM)
        except Lost:  # the connection rested too long; the next request makes a new one
            page = self.visitor.get(FORM)
        token = dict(fields_of(page.text))["filing_token"]
        return with_answers(self.check_page, {"filing_token": token})

    def rents(self) -> None:
        """Say that there is a rent, so that its page is asked. RuntimeError when it is not taken."""
        page = "/fr/dossier/situation/home"
        form = with_answers(fields_of(self.visitor.get(page).text, "situation-form"), {"home": "rented"})
        answer = self.visitor.post(page, form)
        if answer.status != 303:
            raise RuntimeError(f"the home was not taken: {answer.status}")

    def open_dossier(self) -> None:
        """File, then go on to the dossier: this browser is signed in. RuntimeError when it is not."""
        self.visitor.post(FORM, self.fresh_check_page())
        page = self.visitor.get(FILED).text
        token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        answer = self.visitor.post(f"{FILED}/dossier", [("csrf_token", token)])
        if answer.location != "/fr/dossier":
            raise RuntimeError(f"the dossier did not open: {answer.status} {answer.location}")
