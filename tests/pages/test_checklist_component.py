"""`components/checklist.html` with what became of each paper, and with more for each from the page that calls it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask import g, render_template_string

from portal.domain.document_request import Asker, Mark, Obstacle, RequestState
from portal.domain.situation import read_situation
from portal.factory import create_app
from portal.services.checklists import explain_checklist
from tests.pages.world import World

FILED = date(2026, 11, 21)
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
COUPLE = {
    "version": 1,
    "persons": [
        {"id": "a", "relation": "applicant", "age": 40, "permit": "swiss", "activity": "employed"},
        {"id": "b", "relation": "spouse", "age": 38, "permit": "swiss", "activity": "caring"},
    ],
    "home": "rented",
}
MARKS = {
    "avs_number@b": Mark(RequestState.REFUSED, AT, by_staff=True, reason="<b>flou</b>", wanted_by=date(2026, 12, 4)),
    "lease": Mark(RequestState.CANNOT, AT, obstacle=Obstacle.LOST, asker=Asker.CENTRE),
    "bursary_decision@a": Mark(RequestState.SEEN, AT),
}
PAGE = """{% from "components/checklist.html" import checklist, counts %}{{ counts(text) }}
{% call(item) checklist(text) %}<button name="key" value="{{ item.key }}"></button>{% endcall %}"""


def shown(world: World, template: str = PAGE) -> str:
    app = create_app(world.settings("citizen"), world.clock)
    text = explain_checklist(read_situation(COUPLE, FILED), FILED, "fr", MARKS)
    with app.test_request_context("/fr/"):
        g.lang = "fr"
        return render_template_string(template, text=text)


def test_every_paper_gets_what_the_page_adds(world: World) -> None:
    page = shown(world)
    text = explain_checklist(read_situation(COUPLE, FILED), FILED, "fr", MARKS)
    for item in text.items:
        assert page.count(f'value="{item.key}"') == 1, item.key


def test_states_reasons_and_days_stand_there(world: World) -> None:
    page = shown(world).replace("\u00a0", " ")
    for sentence in (
        "Refusé, le 25.11.2026.",
        "&lt;b&gt;flou&lt;/b&gt;",
        "À remettre au plus tard : vendredi",
        "Le papier est perdu.",
        "Plus nécessaires",
        "Les réponses ont changé.",
    ):
        assert sentence in page, sentence
    assert "<b>flou" not in page


def test_without_a_caller_it_stands_alone(world: World) -> None:
    page = shown(world, '{% from "components/checklist.html" import checklist %}{{ checklist(text) }}')
    assert "<button" not in page
    assert "Carte d’identité ou passeport" in page
