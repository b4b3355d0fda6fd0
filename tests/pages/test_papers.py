"""Papers that a person sends: what they see of each, and the ways to send without JavaScript."""

from __future__ import annotations

import io
import json
import uuid

import pytest
from PIL import Image, ImageOps
from werkzeug.http import parse_options_header

from portal.models import Document
from portal.services.actor import Actor
from portal.services.documents import shelf, uploads
from portal.services.documents.keeping import new_key
from portal.services.documents.terms import Target, paper_context
from portal.services.documents.uploads import MOST_UNDER_WAY
from tests.pages.browser import Browser
from tests.pages.sent_papers import KEY, TOP, check, page, post_files, send, sent_and_checked, the_paper
from tests.pages.world import Announced, World

ROOT = "/fr/dossier/papers"
ONE = f"{ROOT}/{KEY}"
ODD = "\u202egpj.\u0000..\\../مستند 🧾" + "a" * 600 + ".jpg"


@pytest.fixture
def announced(clean_world: World, s3: object) -> Announced:
    """A demand; the object store runs."""
    assert s3
    return clean_world.announce()


@pytest.fixture
def browser(world: World, announced: Announced) -> Browser:
    return world.visit(announced)


@pytest.fixture
def me(world: World, announced: Announced) -> Actor:
    return world.adult(announced)


def test_from_the_list_to_a_page_of_one_item_and_back(browser: Browser) -> None:
    listed = browser.open("/fr/dossier/checklist")
    assert ONE in listed.links()
    shown = browser.open(ONE)
    assert shown.h1 == "Numéro AVS"
    assert "Un numéro qui commence par 756." in shown.text
    assert "/fr/dossier/checklist" in shown.links()
    assert ROOT in shown.links()
    first, second = [one for one in shown.form(KEY).controls() if one.get("type") == "file"]
    assert (first.get("accept"), first.get("capture"), first.get("multiple")) == ("image/*", "environment", None)
    assert second.get("multiple") is not None
    assert {"image/heic", "image/tiff", "application/pdf"} <= set((second.get("accept") or "").split(","))
    assert shown.form(f"{KEY}/link").values["reference"]


def test_without_javascript_several_files_become_one_paper(browser: Browser, world: World, me: Actor) -> None:
    shown = post_files(browser.open(ONE), KEY, ("a.jpg", page(900, 1200)), ("b.jpg", page(901, 1200)), follow=False)
    assert (shown.status, shown.headers["Location"]) == (303, f"{ONE}#sent")
    paper = the_paper(world.citizen, me)
    assert [file.name for file in paper.files] == ["a.jpg", "b.jpg"]
    assert "Bien reçu" in (waiting := browser.open(ONE)).text
    assert "Actualiser" in waiting.text
    for file in paper.files:
        check(world.worker, file.id)
    ready = browser.open(ONE)
    assert len(ready.classed("thumb")) == 2
    assert "Actualiser" not in ready.text
    assert "Pas contrôlé contre les virus." in ready.text
    assert "Déjà envoyé : 2" in browser.open("/fr/dossier/checklist").text


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ((), "Choisissez"),
        ((("vide.jpg", b""),), "Ce fichier est vide"),
    ],
)
def test_what_cannot_be_taken_is_said_file_by_file(
    browser: Browser, world: World, me: Actor, files: tuple[tuple[str, bytes], ...], words: str
) -> None:
    shown = post_files(browser.open(ONE), KEY, *files)
    assert shown.status == 422
    assert "Tout n’est pas arrivé" in shown.text
    assert words in shown.text
    assert shelf.documents_of(world.citizen, me) == ()


def test_a_good_file_beside_a_bad_one_is_kept(browser: Browser, world: World, me: Actor) -> None:
    shown = post_files(browser.open(ONE), KEY, ("vide.jpg", b""), ("bon.jpg", page(900, 1200)))
    assert shown.status == 422
    assert [file.name for file in the_paper(world.citizen, me).files] == ["bon.jpg"]
    assert "bon.jpg : Bien reçu" in shown.text


def test_too_many_at_once_are_refused_in_words(browser: Browser, world: World, me: Actor) -> None:
    for number in range(MOST_UNDER_WAY):
        uploads.begin(world.citizen, me, Target(key=KEY if number < 20 else "identity_paper@a"), 10, name="x")
    shown = post_files(browser.open(ONE), KEY, ("noch.jpg", page(900, 1200)))
    assert shown.status == 422
    assert "Tout n’est pas arrivé" in shown.text
    assert "noch.jpg" in shown.text


def test_any_name_in_any_script(browser: Browser, world: World, me: Actor) -> None:
    post_files(browser.open(ONE), KEY, (ODD, page(900, 1200)), ('"><script>x</script>.jpg', page(902, 1200)))
    names = [file.name for file in the_paper(world.citizen, me).files]
    assert "\u202e" not in "".join(names)
    shown = browser.open(ONE)
    assert "مستند 🧾" in shown.text
    assert "<script>x" not in shown.body.decode()
    for file in the_paper(world.citizen, me).files:
        check(world.worker, file.id)
        taken = browser.send("GET", f"/fr/dossier/files/{file.id}")
        assert taken.status_code == 200
        assert taken.headers["Content-Disposition"].startswith("attachment; filename")
        assert len(taken.headers["Content-Disposition"]) < 600
        assert not any(mark in taken.headers["Content-Disposition"] for mark in ("<", "/", "\\", "%00"))


def test_a_paper_that_no_item_asks_for(browser: Browser, world: World, me: Actor) -> None:
    shown = browser.open(ROOT)
    assert "Encore rien" in shown.text
    post_files(shown, "papers", ("l.jpg", page(900, 1200)), ("m.jpg", page(903, 1200)), title="Lettre de l’assurance")
    paper = the_paper(world.citizen, me)
    assert (paper.key, paper.title, len(paper.files)) == (None, "Lettre de l’assurance", 2)
    address = f"/fr/dossier/documents/{paper.id}"
    assert address in browser.open(ROOT).links()
    own = browser.open(address)
    assert own.h1 == "Lettre de l’assurance"
    post_files(own, str(paper.id), ("n.jpg", page(904, 1200)))
    assert len(the_paper(world.citizen, me).files) == 3


def test_a_title_that_is_too_long_is_said(browser: Browser, world: World, me: Actor) -> None:
    shown = post_files(browser.open(ROOT), "papers", ("l.jpg", page(900, 1200)), title="x" * 121)
    assert shown.faulty() == {"title"}
    assert shelf.documents_of(world.citizen, me) == ()


def test_files_of_one_title_sent_one_by_one_stay_together(world: World, me: Actor) -> None:
    for number in (1, 2):
        send(world.citizen, me, page(900 + number, 1200), target=Target(title="Lettre"))
    send(world.citizen, me, page(909, 1200), target=Target(title="Autre lettre"))
    assert sorted(len(one.files) for one in shelf.documents_of(world.citizen, me)) == [1, 2]


def test_a_paper_without_a_title_has_our_name_in_the_language_of_its_reader(
    browser: Browser, world: World, me: Actor, announced: Announced
) -> None:
    """Also one of before, when our name was kept as if the person had said it; its pages stay together."""
    with world.citizen.database.transaction() as session:
        kept = uuid.uuid4()
        before = {"key": None, "title": "ورقة أخرى"}
        session.add(
            Document(
                id=kept,
                dossier_id=announced.view.dossier_id,
                adult_id=announced.view.adult_id,
                created_at=world.clock.now(),
                wrapped_key=new_key(world.citizen.envelope, announced.view.dossier_id, kept),
                details=world.citizen.envelope.seal(json.dumps(before).encode(), paper_context(kept)),
                version=0,
            )
        )
    post_files(browser.open("/pt/dossier/papers"), "papers", ("l.jpg", page(900, 1200)))
    (paper,) = shelf.documents_of(world.citizen, me)
    check(world.worker, paper.files[0].id)
    assert (paper.id, paper.title, len(paper.files)) == (kept, None, 1)
    for language, called in (("fr", "Autre papier"), ("pt", "Outro papel"), ("ar", "ورقة أخرى")):
        assert browser.open(f"/{language}/dossier/documents/{kept}").h1 == called
    listed = world.desk().open(f"/staff/demands/{announced.id}/documents/{kept}")
    assert (listed.status, listed.h1) == (200, "Autre papier")


def test_every_state_says_what_to_do(browser: Browser, world: World, me: Actor) -> None:
    uploads.begin(world.citizen, me, Target(key=KEY), 3_400_000, name="halb.jpg", fingerprint="f" * 64)
    sent_and_checked(world.citizen, world.worker, me, b"no picture", "brief.docx")
    dark = sent_and_checked(world.citizen, world.worker, me, page(light=0.2), "dunkel.jpg")
    shown = browser.open(ONE)
    assert "0 sur 3,4 Mo" in shown.text
    assert "Choisissez encore une fois le même fichier" in shown.text
    assert "Ce n’est pas une photo ni un PDF" in shown.text
    assert "Cette page est sombre" in shown.text
    (row,) = [one for one in shown.root.iter() if one.get("data-fingerprint")]
    assert row.get("data-fingerprint") == "f" * 64
    assert (row.get("data-url") or "").startswith("/fr/dossier/uploads/")
    with world.superuser() as connection:
        connection.execute("UPDATE document_file SET state = 'quarantined', scan = 'infected' WHERE id = %s", [dark])
        connection.execute("UPDATE document_file SET state = 'damaged' WHERE state = 'refused'")
    shown = browser.open(ONE)
    assert "Personne ne l’ouvre. Envoyez une nouvelle photo du papier." in shown.text
    assert "C’est notre faute, pas la vôtre." in shown.text


def test_the_fragment_comes_only_when_something_is_new(browser: Browser, world: World, me: Actor) -> None:
    file_id = send(world.citizen, me, page())
    first = browser.send("GET", f"{ONE}/state")
    assert first.status_code == 200
    assert b"data-waiting" in first.data
    assert b"<html" not in first.data
    known = {"If-None-Match": first.headers["ETag"]}
    assert browser.send("GET", f"{ONE}/state", headers=known).status_code == 304
    check(world.worker, file_id)
    after = browser.send("GET", f"{ONE}/state", headers=known)
    assert after.status_code == 200
    assert b"data-waiting" not in after.data
    assert b"thumb.jpg" in after.data


def test_pages_are_seen_the_right_way_up(browser: Browser, world: World, me: Actor) -> None:
    sent_and_checked(world.citizen, world.worker, me)
    (one,) = the_paper(world.citizen, me).pages
    browser.open(ONE).form(f"{one.id}/turn").submit()
    for name in (f"{one.id}.jpg", f"{one.id}/thumb.jpg"):
        answer = browser.send("GET", f"/fr/dossier/pages/{name}")
        assert (answer.mimetype, answer.headers["Cache-Control"]) == ("image/jpeg", "no-store")
        with Image.open(io.BytesIO(answer.data)) as opened:
            upright = ImageOps.exif_transpose(opened)
        assert upright.width > upright.height
        colour = upright.getpixel((upright.width - 3, upright.height // 2))  # what was on top is now at the right
        assert isinstance(colour, tuple)
        assert all(abs(a - b) < 50 for a, b in zip(colour, TOP, strict=True))


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("Capture d’écran.jpg", "Capture d’écran.jpg"),
        ("بطاقة الهوية.jpg", "بطاقة الهوية.jpg"),
        ("reçu août.jpg", "reçu août.jpg"),
        ("plain.jpg", "plain.jpg"),
    ],
)
def test_a_download_has_its_name_in_any_script(world: World, announced: Announced, name: str, saved: str) -> None:
    """The header holds ASCII alone: a server refuses anything else, and the test client would not notice."""
    file_id = sent_and_checked(world.citizen, world.worker, world.adult(announced), page(600, 800), name)
    header = world.visit(announced).send("GET", f"/fr/dossier/files/{file_id}").headers["Content-Disposition"]
    assert header.isascii()
    _, options = parse_options_header(header)
    assert options["filename"] == saved


def test_a_file_of_several_pictures_is_taken_as_what_it_became(world: World, announced: Announced) -> None:
    frames = [Image.open(io.BytesIO(page(400, 500))) for _ in range(2)]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    file_id = sent_and_checked(world.citizen, world.worker, world.adult(announced), out.getvalue(), "scan.tiff")
    taken = world.visit(announced).send("GET", f"/fr/dossier/files/{file_id}")
    assert (taken.mimetype, taken.data[:4]) == ("application/pdf", b"%PDF")
    assert "scan.pdf" in taken.headers["Content-Disposition"]
