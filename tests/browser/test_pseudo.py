"""No word escapes translation: every page, mail and paper in a pseudo-language, where what is left in letters must be data."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from flask import g, get_template_attribute, template_rendered
from jinja2 import Template
from pypdf import PdfReader

from devstack.oidc import DEMO_CASEWORKERS, DEMO_STRANGER
from portal import content
from portal.adapters import typesetting
from portal.adapters.mail import Mailer
from portal.content import notices
from portal.domain.demand import Announcement, Channel, Person
from portal.domain.document_request import Asker, Mark, Obstacle, RequestState
from portal.domain.notice import RIGHTS, Review, Way
from portal.domain.register import EntryKind
from portal.domain.situation import read_situation
from portal.forms.estimate import Path as EstimatePath
from portal.forms.estimate import situation_on
from portal.i18n import exports, formats, text
from portal.i18n.languages import LANGUAGES, SPOKEN, STAFF_CODES
from portal.i18n.names import spoken_at_desk
from portal.i18n.office_words import groups
from portal.law import directory
from portal.law.loader import read_yaml
from portal.services import mails, receipts
from portal.services.checklists import explain_checklist
from portal.services.checklists.paper import checklist_sheet
from portal.services.demands import DemandView
from portal.services.estimates import explain
from portal.services.estimates.paper import estimate_sheet
from portal.services.filing import Contact
from portal.services.invitations import invitation_mail
from portal.services.notices.paper import notice_sheet
from portal.services.notices.sign_paper import sign_sheet
from portal.services.notices.texts import NoticeText
from portal.services.reminders.news import news_text, received_text
from portal.services.reports import receipts as report_receipts
from tests.adapters.sign_samples import MADE, ONLINE, URL, household
from tests.browser import estimate_people, intake_people
from tests.browser.all_cases import CASES, Case
from tests.browser.changes_rare_cases import receipt_of_a_report
from tests.browser.handover_papers import handover_papers
from tests.browser.last_look import names_shown
from tests.browser.paper_file_papers import paper_file_papers
from tests.browser.people import (
    ALIKE,
    ARABIC,
    CHILDREN,
    FOUND,
    HELPER,
    LATIN,
    NAME,
    NOWHERE,
    REASON,
    RELATION,
    TIGRINYA,
    URGENT,
)
from tests.browser.pseudo import DAY, pseudo, texts_of, words_of, write_catalogs, write_notices
from tests.browser.reminder_papers import reminder_letters, reminder_mails
from tests.browser.visits import ClientVisit
from tests.browser.world import World, last_day
from tests.tools.catalogs import template

LETTERS = ("CHF", "F", "N", "S", "A", "P", "R", "T")
"""The currency, statuses that are a letter, and keys of the keyboard."""
CHECKLISTS = Path(__file__).parents[1] / "law" / "checklist"
GONE = {"bursary_decision@x": Mark(RequestState.SEEN, datetime(2026, 11, 3, tzinfo=UTC))}
"""Of somebody who is no longer there."""
CITIZEN, STAFF = "pt", "de"
"""The languages whose place the pseudo-language takes."""


@pytest.fixture(scope="module")
def catalogs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pseudo-language in the place of two others."""
    folder = tmp_path_factory.mktemp("pseudo")
    write_catalogs(folder, (CITIZEN, STAFF))
    write_notices(folder / "notices", (CITIZEN, STAFF))
    return folder


@pytest.fixture
def pseudo_world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, catalogs: Path) -> Iterator[World]:
    """The portal with the pseudo-language; dates, whose words are Babel's, become digits."""
    monkeypatch.setattr(text, "CATALOGS", catalogs)
    monkeypatch.setattr(notices, "FOLDER", catalogs / "notices")
    monkeypatch.setattr(formats, "format_date", lambda *_, **__: "1.1.1")
    text.forget()
    yield make_world(last_day())
    text.forget()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_page_without_a_foreign_word(case: Case, pseudo_world: World) -> None:
    visit, template = walk(case, pseudo_world)
    assert visit.last_status == case.status
    assert template == f"{case.template}.html"
    found = [
        f"{place}: {words}" for place, part in texts_of(visit.source()) if (words := words_of(part, _without_data))
    ]
    assert not found, "\n".join(found)


def walk(case: Case, world: World, beside: str | None = None) -> tuple[ClientVisit, str]:
    """The way to the page of a case, perhaps with a second language, and the template that it was made of."""
    language = STAFF if case.staff else CITIZEN
    client = world.app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    visit = ClientVisit(world, client, language)
    if beside:
        visit.cookie("beside", beside)
    rendered: list[str] = []

    def note(_app: object, template: Template, **_: object) -> None:
        rendered.append(template.name or "")

    broken = case.without(world) if case.without else nullcontext()
    with template_rendered.connected_to(note, world.app), broken:
        case.open(visit)
    return visit, rendered[-1]


def test_every_text_is_read_somewhere(pseudo_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases, mails, papers and a second language together show every text of the portal: none stands where nobody looks."""
    seen: set[str] = set()
    look_up = text.Translator.plain

    def note(self: text.Translator, message: str) -> str:
        seen.add(message)
        return look_up(self, message)

    monkeypatch.setattr(text.Translator, "plain", note)
    for case in CASES:
        pseudo_world.database.clean()
        pseudo_world.enrol()
        walk(case, pseudo_world)
    send_mails(pseudo_world)
    reminder_mails(pseudo_world, CITIZEN)
    invitation_mail(STAFF, pseudo_world.kit.clock.now(), URL)
    reminder_letters(pseudo_world, CITIZEN)
    for demand in every_paper(pseudo_world):
        receipts.make_receipt(pseudo_world.kit, demand, CITIZEN)
        receipts.make_slip(pseudo_world.kit, demand, "0000000000000000", CITIZEN)
    handover_papers(pseudo_world, CITIZEN)
    for given in (estimate_people.SINGLE, estimate_people.EVERYBODY, *estimate_people.PERMITS.values()):
        result = explain(situation_on(EstimatePath(given, DAY)), DAY, CITIZEN)
        estimate_sheet(result, CITIZEN, pseudo_world.kit.clock.now(), "https://example.ch")
    receipt_of_a_report(pseudo_world, pseudo_world.file(URGENT), CITIZEN)
    paper_file_papers(pseudo_world, (STAFF, CITIZEN))
    news_text(CITIZEN, "1")
    received_text(pseudo_world.kit.clock.now())(CITIZEN, "1")
    read_checklists(pseudo_world)
    read_notices()
    for missing in (["scan.pdf"], None):
        exports.readme(CITIZEN, pseudo_world.kit.clock.now(), NAME, missing)
    exports.folder_word(CITIZEN)
    for beside in ("fr", "de"):
        walk(CASES[0], pseudo_world, beside=beside)
    assert (
        pseudo_world.app.test_client().get("/fr/rights").status_code == 200
    )  # a notice in the language it is written in
    never = {str(message.id) for message in template() if message.id} - seen
    assert not never, "no case shows these; add one to tests/browser/*_cases.py:\n" + "\n".join(sorted(never))


def read_checklists(world: World) -> None:
    """The lists of all law cases as papers, with every state, obstacle and asker: they hold every text of every rule."""
    now = world.kit.clock.now()
    for path in sorted(CHECKLISTS.glob("*/*.yaml")):
        case = read_yaml(path)
        situation, on = read_situation(case["situation"], case[True]), case[True]
        bare = explain_checklist(situation, on, CITIZEN)
        kinds = zip(cycle(RequestState), cycle(Obstacle), cycle(Asker), bare.items, strict=False)
        marks = {
            item.key: Mark(state, now, obstacle=obstacle, asker=asker, wanted_by=on)
            for state, obstacle, asker, item in kinds
        }
        for staff, reference in ((False, ""), (True, "VS-1")):
            text = explain_checklist(situation, on, CITIZEN, marks | GONE, staff=staff)
            checklist_sheet(text, None, "https://example.ch", now, reference=reference)
    with world.app.test_request_context("/"):  # the last one as a page shows it
        g.lang = CITIZEN
        marks = {item.key: replace(marks[item.key], reason=REASON) for item in bare.items}
        text = explain_checklist(situation, on, CITIZEN, marks)
        for macro in ("counts", "checklist"):
            get_template_attribute("components/checklist.html", macro)(text)


def read_notices() -> None:
    """The notice and the form to sign as papers: read by somebody and not, the original and a translation, every way.

    The form with one adult and several, without names, with an older version, and on a corrected date.
    """
    own, second = (content.words(RIGHTS, content.current(RIGHTS).version, code) for code in (CITIZEN, "fr"))
    for reviewed in ({}, dict.fromkeys((CITIZEN, "fr"), Review("A", DAY))):
        notice = replace(content.current(RIGHTS), reviewed=reviewed)
        notice_sheet(NoticeText(notice, own, second, DAY), URL)
        notice_sheet(NoticeText(notice, second, None, DAY), URL)
    given = [replace(ONLINE, way=way) for way in Way]
    forms = [household((NAME,), (STAFF, CITIZEN)), household(("", "", "", ""), (STAFF, CITIZEN), given=given)]
    forms += [household((NAME,), (STAFF, CITIZEN), given=[replace(ONLINE, name=HELPER)])]
    forms += [household((NAME, ""), (STAFF, CITIZEN), before=replace(ONLINE, version=0), corrected=True)]
    for form in forms:
        sign_sheet(form, MADE, URL)


def every_paper(world: World) -> Iterator[DemandView]:
    """Demands whose papers differ in words: by name, way back, channel of the contact, centre, and correction."""
    nameless, caller = Announcement(Person(), CITIZEN), Announcement(Person("李", phone="+41 79 555 01 02"), CITIZEN)
    yield from (
        world.file(one).demand for one in (URGENT, nameless, replace(nameless, person=Person(unreachable=True)))
    )
    filed = world.file(caller).demand
    moment = filed.instant - timedelta(days=2)
    for channel in (Channel.ONLINE, Channel.PHONE, Channel.COMMUNE):
        by_staff = Contact(channel, moment, reason=REASON)
        recorded = world.file(caller, contact=by_staff).demand
        yield recorded
        entry = replace(recorded.entry, kind=EntryKind.CORRECTION)
        yield replace(filed, entry=entry)
        yield replace(filed, entry=entry, region="sierre")


def test_mails_without_a_foreign_word(pseudo_world: World) -> None:
    sent = send_mails(pseudo_world)
    assert len(sent) == 2, "a confirmation, and an alert to the duty address of the Upper Valais"
    reminders = reminder_mails(pseudo_world, CITIZEN)
    assert len(reminders) >= 2, "to the centre and to the person"
    sent += reminders
    sent += ["\n".join(invitation_mail(STAFF, pseudo_world.kit.clock.now(), URL))]
    found = [words for part in sent if (words := words_of(part, _without_data))]
    assert not found, found


def send_mails(world: World) -> list[str]:
    """What leaves after an urgent filing: subjects and bodies."""
    sent: list[str] = []

    class Keeper(Mailer):
        def send(self, *, subject: str, body: str, **_: object) -> None:
            sent.append(f"{subject}\n{body}")

    person = replace(URGENT.person, email="o.rey@example.ch", unreachable=False)
    known = world.file(replace(URGENT, person=person, language=CITIZEN))
    mails.tell_filing(world.kit, Keeper("smtp://127.0.0.1", "portal@example.ch"), known.demand.id)
    return sent


@pytest.mark.parametrize("paper", ["receipt", "slip", "report receipt"])
def test_papers_without_a_foreign_word(paper: str, pseudo_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the portal gives to the typesetter is pseudo; what the typesetter adds to that has no word."""
    known = pseudo_world.file(Announcement(URGENT.person, CITIZEN, URGENT.commune_bfs, urgent=True))
    given: list[Any] = []
    paper, of_report = paper.removeprefix("report "), paper.startswith("report ")
    monkeypatch.setattr(report_receipts if of_report else receipts, f"{paper}_pdf", given.append)
    if of_report:
        receipt_of_a_report(pseudo_world, known, CITIZEN)
    elif paper == "receipt":
        receipts.make_receipt(pseudo_world.kit, known.demand, CITIZEN)
    else:
        receipts.make_slip(pseudo_world.kit, known.demand, "0000000000000000", CITIZEN)
    sheet = given[0]
    assert [sheet.official.lang, sheet.own.lang] == [STAFF, CITIZEN]
    found = [
        f"{part.lang}: {words}"
        for part in (sheet.official, sheet.own)
        for name, value in asdict(part).items()
        if name not in ("lang", "direction") and (words := words_of(str(_flat(value)), _without_data))
    ]
    assert not found, "\n".join(found)
    assert _printed_words(paper, sheet) <= {"x"}


def test_the_check_itself(pseudo_world: World) -> None:
    """A French word anywhere is found: in a text, an attribute, an option, a word for the script."""
    page = (
        f'<html><head><title>{pseudo("Titre")}</title></head><body><p data-source="urgent_clock">LIAS {pseudo("règle")}</p>'
        '<img alt="Image"><input placeholder="Tapez"><button aria-label="Fermer" data-next="Suite"></button>'
        f"<select><optgroup label='Groupe'><option>Choix</option></optgroup></select><b>{NAME}</b> fin</body></html>"
    )
    words = [word for _, part in texts_of(page) for word in words_of(part, _without_data)]
    assert words == ["LIAS", "Image", "Tapez", "Fermer", "Suite", "Groupe", "Choix", "fin"]


def _flat(value: Any) -> list[str]:
    """Every text in a part of a sheet."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value
    return [text for part in parts for text in _flat(part)]


def _printed_words(paper: str, sheet: Any) -> set[str]:
    """The words on the page when the portal's own texts are nothing but x."""

    def crossed(value: Any) -> Any:
        if isinstance(value, str):
            return re.sub(r"[^\W\d_]|[ⓐ-ⓩ]", "x", value)
        if isinstance(value, dict):
            return {name: part if name in ("lang", "direction") else crossed(part) for name, part in value.items()}
        return [crossed(part) for part in value]

    shown = {"name": "xx", "name_direction": "ltr", "reference": "1", "check_code": "1", "access_code": "1"}
    texts = [crossed(asdict(part)) for part in (sheet.official, sheet.own)]
    data = {**shown, "sequence": "1", "hash": "1", "url": "1", "texts": texts, "handover": []}
    pdf = typesetting.render(paper, data, sheet.instant, "1")
    reader = PdfReader(io.BytesIO(pdf))
    whole = " ".join(page.extract_text() for page in reader.pages) + str(reader.metadata and reader.metadata.title)
    return {word.strip("x") or "x" for word in re.findall(r"[^\W\d_]+", whole)}


def _data() -> list[str]:
    """What is written the same in every language: names of people, places, centres and languages."""
    people = [
        NAME,
        HELPER,
        RELATION,
        TIGRINYA,
        LATIN,
        FOUND,
        ALIKE,
        ARABIC,
        NOWHERE,
        *(one.name for one in (*DEMO_CASEWORKERS, DEMO_STRANGER)),
    ]
    people += ["Found work", "Moved", REASON, "Note", "noon", "Via", "stranger", "x" * 1001, "dev1"]
    people += ["x" * 201, "x" * 101, intake_people.IBAN, intake_people.INSURER]
    people += [*names_shown(), *CHILDREN]
    places = [name for one in directory.communes(DAY) for name in (one.label, one.name, one.name_fr, one.name_de)]
    centres = [name for one in directory.regions() for name in (one.name_fr, one.name_de) if name]
    centres += [f"{name[:39]}…" for name in centres if len(name) > 40]  # as a chart cuts them
    antennas = [
        n for r in directory.regions() for one in directory.antennas(r.id) for n in (one.name_fr, one.name_de) if n
    ]
    addresses = [
        text
        for r in directory.regions()
        for one in (r, *directory.antennas(r.id))
        for text in (one.street, one.postcode, one.town, one.phone)
        if text
    ]
    offices = [name for one in directory.offices() for name in (one.name_fr, one.name_de) if name]
    offices += [said for one in directory.offices() for said in (one.address, one.opening_hours) if said]
    offices += [found.districts for need in groups(CITIZEN) for found in need.offices if found.districts]
    spoken = [part for name in SPOKEN.values() for part in (name, *name.split(" / "))]
    spoken += [spoken_at_desk(code, language) for code in SPOKEN for language in STAFF_CODES]
    own = [*(language.name for language in LANGUAGES), *(language.code.upper() for language in LANGUAGES)]
    return sorted(
        {*people, *places, *centres, *antennas, *addresses, *offices, *spoken, *own, *LETTERS, "MeteoSuisse", "Sierre"},
        key=len,
        reverse=True,
    )


def _without_data(part: str) -> str:
    for name in _KNOWN:
        part = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", part)
    return part


_KNOWN = _data()
