"""The bundle for the commune: every hash and the signature by an independent reader, nothing of another household."""

from __future__ import annotations

import base64
import io
import json
import tracemalloc
import uuid
import zipfile
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from devstack.s3 import S3
from portal.adapters.objects import StorageUnavailableError
from portal.adapters.signing import PublicKeys
from portal.domain.bundle import Way
from portal.domain.case_request import RequestKind
from portal.domain.demand import Channel, Person, filing_day
from portal.domain.identity import IdentityPaper
from portal.domain.interview import Interpreter, Meeting, Step
from portal.domain.interview import Way as Meet
from portal.services import identity, snapshots
from portal.services.actor import Actor, NotYoursError
from portal.services.at_desk import DeskPlace
from portal.services.bundles import gaps
from portal.services.bundles.checking import NoBundleError, check_bundle
from portal.services.bundles.gathered import gather
from portal.services.bundles.made import made_of
from portal.services.bundles.making import GapsError, look, make_bundle
from portal.services.documents.terms import Target
from portal.services.exports.archive import make_export
from portal.services.interviews import desk as interviews
from tests.domain.schema_check import accepts
from tests.pages import pdf
from tests.pages.paperwork import sent as sent_paper
from tests.pages.sent_papers import laid
from tests.pages.world import VISP, Announced, World
from tests.servers import PROJECT
from tests.services.bundles import many_pages
from tests.services.deciding import decided
from tests.services.households import say
from tests.services.papers import corrected
from tests.services.threads import ask

SAID = {
    "version": 1,
    "persons": [
        {"id": "a", "relation": "applicant", "born": "1980-05-01", "civil_status": "married"},
        {"id": "b", "relation": "spouse", "name": "Nora Autre", "civil_status": "separated"},
    ],
    "commune": 6248,
    "home": "rented",
    "rent": 900,
}
MEGABYTE = 1024 * 1024


@pytest.fixture
def announced(clean_world: World, s3: S3) -> Announced:
    return clean_world.announce(situation=SAID)


@pytest.fixture
def desk(world: World, announced: Announced) -> Actor:
    return world.caseworker()


def made(world: World, desk: Actor, announced: Announced, language: str = "fr") -> bytes:
    place = DeskPlace(announced.id)
    return b"".join(make_bundle(world.staff, desk, place, language, Way.POST, seen=True))


def opened(content: bytes) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return archive


def read(archive: zipfile.ZipFile, name: str) -> Any:
    return json.loads(archive.read(name))


def public_key(world: World, key_id: str) -> Ed25519PublicKey:
    text = world.staff.signer.public_keys()[key_id]
    return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(text + "="))


def checked(tmp_path: Path, world: World, content: bytes) -> tuple[str, ...]:
    file = tmp_path / "bundle.zip"
    file.write_bytes(content)
    keys = [f"{name}:{key}" for name, key in world.staff.signer.public_keys().items()]
    return check_bundle(file, PublicKeys.of(keys)).faults


def test_every_hash_and_the_signature_by_another_reader(world: World, announced: Announced, desk: Actor) -> None:
    laid(world.citizen, world.worker, world.adult(announced))
    archive = opened(made(world, desk, announced))
    manifest = archive.read("manifest.json")
    said = json.loads(manifest)
    names = [
        *("papers.pdf", "situation.pdf", "estimate.pdf", "receipt.pdf", "register.pdf", "acknowledgements.pdf"),
        *("data.json", "cover.pdf"),
    ]
    assert [one["path"] for one in said["files"]] == names
    assert archive.namelist() == [*names, "manifest.json", "signature.json", "SHA256SUMS"]
    for one in said["files"]:
        content = archive.read(one["path"])
        assert (sha256(content).hexdigest(), len(content)) == (one["sha256"], one["bytes"])
        if one["media_type"] == "application/pdf":
            assert content.startswith(b"%PDF")
    signed = read(archive, "signature.json")
    signature = base64.urlsafe_b64decode(signed["signature"] + "==")
    key = public_key(world, signed["key_id"])
    key.verify(signature, b"portal-vs/bundle/1\n" + manifest)
    with pytest.raises(InvalidSignature):
        key.verify(signature, manifest)
    for line in archive.read("SHA256SUMS").decode().splitlines():
        digest, _between, name = line.partition("  ")
        assert sha256(archive.read(name)).hexdigest() == digest
    assert len(archive.read("SHA256SUMS").splitlines()) == len(names) + 2
    for secret in (announced.reference, "Dupont", "Nora"):
        assert secret not in manifest.decode()


def test_a_flipped_byte_is_noticed_wherever_it_is(
    world: World, announced: Announced, desk: Actor, tmp_path: Path
) -> None:
    content = made(world, desk, announced)
    assert checked(tmp_path, world, content) == ()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
    for info in infos:
        at = info.header_offset + 30 + len(info.filename) + info.file_size // 2
        broken = bytearray(content)
        broken[at] ^= 1
        try:
            faults = checked(tmp_path, world, bytes(broken))
        except NoBundleError:
            continue  # a list that everything hangs on cannot be read
        assert faults, info.filename


@pytest.mark.parametrize("name", ["data.json", "manifest.json"])
def test_a_file_that_was_replaced_with_its_sums_is_noticed(
    world: World, announced: Announced, desk: Actor, tmp_path: Path, name: str
) -> None:
    """Somebody who makes the ZIP anew, sums and all, has no key."""
    archive = opened(made(world, desk, announced))
    files = {one: archive.read(one) for one in archive.namelist()}
    files[name] = files[name].replace(b"6248", b"6266")
    files["SHA256SUMS"] = "".join(
        f"{sha256(content).hexdigest()}  {one}\n" for one, content in files.items() if one != "SHA256SUMS"
    ).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as again:
        for one, content in files.items():
            again.writestr(one, content)
    assert checked(tmp_path, world, out.getvalue())


def test_a_bundle_that_broke_off_is_none(world: World, announced: Announced, desk: Actor, tmp_path: Path) -> None:
    with pytest.raises(NoBundleError):
        checked(tmp_path, world, made(world, desk, announced)[:-40])


def test_the_papers_stand_in_the_order_of_the_list_with_bookmarks(
    world: World, announced: Announced, desk: Actor
) -> None:
    me = world.adult(announced)
    laid(world.citizen, world.worker, me, target=Target(title="Lettre de l’oncle"))
    lease = sent_paper(world, me, "lease", pages=3)
    laid(world.citizen, world.worker, me, key="avs_number@a")
    archive = opened(made(world, desk, announced))
    said = read(archive, "data.json")
    with pikepdf.open(io.BytesIO(archive.read("papers.pdf"))) as pdf, pdf.open_outline() as outline:
        marks = [(one.title, pdf.pages.index(pikepdf.Page(one.destination[0])) + 1) for one in outline.root]
        assert len(pdf.pages) == sum(one["pages"] for one in said["papers"]) == 5
    order = [one["key"] for one in said["checklist"]]
    keys = [one["key"] for one in said["papers"]]
    assert keys[:2] == sorted(["lease", "avs_number@a"], key=order.index)
    assert marks == [
        (f"{number}. {one['title']}" + (f" ({one['who']})" if one["who"] else ""), one["first_page"])
        for number, one in enumerate(said["papers"], 1)
    ]
    assert marks[-1][0] == "3. Lettre de l’oncle"
    assert next(one["pages"] for one in said["papers"] if one["key"] == "lease") == len(lease.pages)


def test_data_holds_to_its_schema_and_ech_names_stand_where_they_fit(
    world: World, announced: Announced, desk: Actor
) -> None:
    laid(world.citizen, world.worker, world.adult(announced))
    said = read(opened(made(world, desk, announced)), "data.json")
    schema = json.loads((PROJECT / "docs" / "transmit.schema.json").read_text())
    assert accepts(schema, said)
    assert not accepts(schema, said | {"more": 1})
    assert said["municipality"] == {
        "municipalityId": 6248, "municipalityName": "Sierre", "cantonAbbreviation": "VS"
    }  # fmt: skip
    one, two = said["persons"]
    assert one["personIdentification"] == {
        "localPersonId": {"personIdCategory": "portal", "personId": "a"},
        "dateOfBirth": {"yearMonthDay": "1980-05-01"},
    }
    assert (one["maritalData"], one["name_as_said"]) == ({"maritalStatus": "2"}, "Jeanne Dupont")
    assert (two["maritalData"], two["civil_status"], two["name_as_said"]) == ({}, "separated", "Nora Autre")
    assert said["demand"]["filing_date"] == announced.view.filing_date.isoformat()
    assert said["estimate"]["the_commune_decides"] is True
    assert {rule["confidence"] for line in said["estimate"]["budgets"][0]["needs"] for rule in line["rules"]}
    assert [one["hash"] for one in said["register"]] == [announced.view.entry.hash.hex()]


def test_a_corrected_date_goes_with_the_channel_of_the_correction(
    world: World, announced: Announced, desk: Actor
) -> None:
    view = corrected(world, announced.view, Channel.PHONE, "2026-10-29 00:00")
    said = read(opened(made(world, desk, announced)), "data.json")
    assert accepts(json.loads((PROJECT / "docs" / "transmit.schema.json").read_text()), said)
    demand = said["demand"]
    assert (demand["filing_date"], demand["filing_channel"], demand["corrected"]) == ("2026-10-29", "phone", True)
    assert (demand["announced_channel"], demand["announced_at"][:10]) == ("online", f"{view.instant:%Y-%m-%d}")


def test_what_is_for_one_adult_alone_goes_along_as_the_centre_sees_it(
    world: World, announced: Announced, desk: Actor
) -> None:
    """The very situation of the summary: the commune decides on the household."""
    me = world.adult(announced)
    say(world, me, "special@a", own=True, pregnant=True)
    snapshots.send(world.citizen, me)
    said = read(opened(made(world, desk, announced)), "data.json")
    assert next(one for one in said["situation"]["persons"] if one["id"] == "a")["pregnant"] is True


def test_nothing_of_another_household(world: World, announced: Announced, desk: Actor) -> None:
    other = world.announce(Person(name="Zénaïde Ailleurs", email="z@example.ch"), situation=SAID)
    laid(world.citizen, world.worker, world.adult(other))
    archive = opened(made(world, desk, announced))
    assert "papers.pdf" not in archive.namelist()
    data = archive.read("data.json").decode()
    assert "Ailleurs" not in data
    assert other.reference not in data


def test_it_is_noted_who_made_it_and_when(world: World, announced: Announced, desk: Actor) -> None:
    manifest = opened(made(world, desk, announced, "de")).read("manifest.json")
    (row,) = made_of(world.staff, announced.view.dossier_id)
    assert row.manifest_sha256 == sha256(manifest).hexdigest()
    assert (row.region, row.commune_bfs, row.language, row.way) == ("sierre", 6248, "de", Way.POST)
    assert (row.instant, row.with_gaps) == (world.clock.now(), True)
    action, dossier = world.row("SELECT action, dossier_id FROM audit_event ORDER BY sequence DESC LIMIT 1")
    assert (action, dossier) == ("bundle:make", announced.view.dossier_id)


def test_what_breaks_off_is_not_noted_as_made(world: World, announced: Announced, desk: Actor) -> None:
    stream = make_bundle(world.staff, desk, DeskPlace(announced.id), "fr", Way.POST, seen=True)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert made_of(world.staff, announced.view.dossier_id) == ()
    assert world.row("SELECT action FROM audit_event ORDER BY sequence DESC LIMIT 1") == ("bundle:begin",)


def test_unseen_gaps_make_nothing(world: World, announced: Announced, desk: Actor) -> None:
    with pytest.raises(GapsError):
        make_bundle(world.staff, desk, DeskPlace(announced.id), "fr", Way.POST, seen=False)
    assert made_of(world.staff, announced.view.dossier_id) == ()


def test_open_requests_go_along_with_their_days_and_words(
    world: World, announced: Announced, desk: Actor, s3: S3
) -> None:
    """Also after the decision on the demand: then they are all that still runs."""
    me = world.adult(announced)
    ask(world, me, RequestKind.URGENT, "Plus de chauffage")
    ask(world, me, RequestKind.FILE)
    archive = opened(made(world, desk, announced))
    said, today = read(archive, "data.json"), filing_day(world.clock.now())
    assert accepts(json.loads((PROJECT / "docs" / "transmit.schema.json").read_text()), said)
    clock = {
        "name": "urgent", "start": today.isoformat(), "due": (today + timedelta(5)).isoformat(),
        "rule": "urgent_clock", "confidence": "certain",
    }  # fmt: skip
    assert [(one["kind"], one["by"], one["clock"], one["words"]) for one in said["requests"]] == [
        ("urgent", "Jeanne Dupont", clock, "Plus de chauffage"),
        ("file", "Jeanne Dupont", None, ""),
    ]
    assert [one["name"] for one in said["demand"]["clocks"]] == ["decision", "urgent"]
    cover = pdf.words(archive.read("cover.pdf"))
    assert "Plus de chauffage" in cover
    assert "Décision sur l’aide urgente, au plus tard" in cover
    decided(world.staff, (desk, world.caseworker()), announced.view.dossier_id)
    said = read(opened(made(world, desk, announced)), "data.json")
    assert [one["kind"] for one in said["requests"]] == ["urgent", "file"]
    assert said["demand"]["clocks"] == [clock]


def test_the_cover_names_no_day_of_the_week_of_a_birth(world: World, desk: Actor) -> None:
    announced = world.announce(Person("Jeanne Dupont", birth_date=date(1988, 4, 12)), situation=SAID)
    cover = pdf.words(opened(made(world, desk, announced)).read("cover.pdf"))
    assert "12.04.1988" in cover
    assert "avril 1988" not in cover


def test_the_cover_names_a_year_where_only_the_year_of_birth_is_known(world: World, desk: Actor) -> None:
    announced = world.announce(Person("Jeanne Dupont", birth_year=1988), situation=SAID)
    assert "Date de naissance 1988" in pdf.words(opened(made(world, desk, announced)).read("cover.pdf"))


def test_what_is_missing_is_named(world: World, announced: Announced, desk: Actor) -> None:
    me = world.adult(announced)
    laid(world.citizen, world.worker, me)
    titles = [one.title for one in gaps.gaps_of(look(world.staff, desk, DeskPlace(announced.id), "fr"))]
    assert "Papiers demandés et pas encore là" in titles
    assert "Papiers que personne au centre n’a regardés" in titles
    assert "Droits et devoirs pas encore confirmés" in titles
    assert "Pas encore de réponse" in titles
    assert titles[-2:] == ["Aucun entretien n’est noté.", "Identité vue\u00a0: 0 sur 1."]


def test_an_interview_is_missing_until_it_took_place(world: World, announced: Announced, desk: Actor) -> None:
    place, me = DeskPlace(announced.id), world.adult(announced)
    soon = world.clock.now() + timedelta(days=1)
    meeting = Meeting(soon, Meet.PHONE, None, None, Interpreter.NOT_NEEDED, None, (me.id,))
    interviews.note(world.staff, desk, place, meeting, 0)
    identity.note_seen(world.staff, desk, place, me.id, IdentityPaper.PASSPORT)
    said = [named(world, desk, place)]
    world.clock.forward(days=2)
    said.append(named(world, desk, place))
    seen = interviews.look(world.staff, desk, place).interview.seen
    interviews.end(world.staff, desk, place, Step.HELD, seen, None)
    said.append(named(world, desk, place))
    assert [len(one) for one in said] == [1, 1, 0]
    assert said[0][0].startswith("Entretien le ")
    assert said[1] == ["Entretien passé, suite à noter."]


def named(world: World, desk: Actor, place: DeskPlace) -> list[str]:
    """What is missing of interview and identity, in words."""
    found = gaps.gaps_of(look(world.staff, desk, place, "fr"))
    return [one.title for one in found if one.page == "interview"]


def test_nothing_was_sent(world: World, s3: S3, clean_world: World) -> None:
    bare = world.announce(commune=VISP)
    desk = world.caseworker("oberwallis")
    found = gather(world.staff, desk, bare.view, "de")
    assert gaps.gaps_of(found)[0].page is None
    archive = opened(made(world, desk, bare, "de"))
    assert {"situation.pdf", "estimate.pdf", "papers.pdf"}.isdisjoint(archive.namelist())
    assert read(archive, "data.json")["situation"] is None


def test_a_centre_that_does_not_have_the_household_gets_nothing(
    world: World, announced: Announced, desk: Actor
) -> None:
    elsewhere = world.caseworker("oberwallis")
    with pytest.raises(NotYoursError):
        make_bundle(world.staff, elsewhere, DeskPlace(announced.id), "fr", Way.POST, seen=True)
    free = world.announce(commune=None)
    with pytest.raises(NotYoursError):  # nobody has taken it
        make_bundle(world.staff, desk, DeskPlace(free.id), "fr", Way.POST, seen=True)


def test_a_store_that_is_away_is_noticed_before_the_first_byte(
    world: World, announced: Announced, desk: Actor, s3: S3
) -> None:
    laid(world.citizen, world.worker, world.adult(announced))
    stream = make_bundle(world.staff, desk, DeskPlace(announced.id), "fr", Way.POST, seen=True)
    s3.stop()
    with pytest.raises(StorageUnavailableError):
        next(stream)


def test_two_hundred_pages_need_the_memory_of_a_few(world: World, announced: Announced, desk: Actor) -> None:
    """Measured: about two pages at once, whatever the number."""
    count, size = 200, MEGABYTE // 2
    many_pages(world, world.adult(announced), count, size)
    place, length = DeskPlace(announced.id), 0
    tracemalloc.start()
    try:
        for piece in make_bundle(world.staff, desk, place, "fr", Way.POST, seen=True):
            length += len(piece)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert length > count * size
    assert peak < 24 * MEGABYTE, f"{peak / MEGABYTE:.1f} MB"


def test_an_export_and_a_bundle_are_different_things(world: World, announced: Announced, desk: Actor) -> None:
    """The signature of a bundle is of no use to anybody for another kind of proof."""
    signed = read(opened(made(world, desk, announced)), "signature.json")
    assert signed["tag"] == "portal-vs/bundle/1\n"
    assert b"".join(make_export(world.citizen, world.adult(announced), "fr", papers=False))


def test_the_row_stays_as_it_is(world: World, announced: Announced, desk: Actor) -> None:
    made(world, desk, announced)
    with world.superuser() as connection, pytest.raises(Exception, match="bundle"):
        connection.execute("UPDATE bundle SET caseworker_id = %s", [uuid.uuid4()])
