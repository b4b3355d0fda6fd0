"""After a correction the receipt states the earlier contact, as a correction, beside the announcement as it came."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from pypdf import PdfReader

from portal.domain.demand import Channel
from portal.services.board import board
from portal.services.receipt_texts import receipt_text
from portal.services.receipts import make_receipt, receipt_qr_text
from portal.services.verifying import verify_by_code, verify_by_qr
from tests.clock import local
from tests.pages.world import UNSURE, World
from tests.services.papers import corrected, either, on_file, receipt

ONLINE_DOUBT = "Nous ne savons pas si une annonce en ligne suffit."
FILED = "Nous avons enregistré votre annonce à cette date"


def test_it_says_what_was_corrected_and_when_the_announcement_came(clean_world: World) -> None:
    view = corrected(clean_world, on_file(clean_world), Channel.PHONE, "2026-10-29 00:00")
    paper = receipt(clean_world, view)
    for said in (
        "Date du premier contact jeudi, 29 octobre 2026",
        "Par quel moyen Par téléphone",
        "Annonce reçue mardi, 10 novembre 2026, 10:00",
        "Moyen de l’annonce En ligne",
        "C’est une correction. Le centre l’a enregistrée le vendredi, 13 novembre 2026.",
        "Le centre a reçu le premier contact à cette date.",
        f"Registre : numéro de la correction {view.register_sequence + 1}",
        f"Registre : numéro de l’annonce {view.register_sequence}",
    ):
        assert said in paper, said
    assert FILED not in paper
    assert "Par quel moyen En ligne" not in paper
    assert "Date de votre annonce" not in paper
    assert "00:00" not in paper  # the hour is not known
    assert ONLINE_DOUBT not in paper


def test_number_and_hash_belong_to_the_date(clean_world: World) -> None:
    filed = on_file(clean_world)
    view = corrected(clean_world, filed, Channel.LETTER, "2026-10-29 00:00")
    number, digest = clean_world.row("SELECT sequence, hash FROM filing_register WHERE kind = 'correction'")
    paper = receipt(clean_world, view).replace(" ", "")
    assert digest.hex() in paper
    assert filed.entry.hash.hex() not in paper
    assert (view.entry.sequence, view.entry.hash, view.entry.day) == (number, digest, view.filing_date)
    assert view.filed_entry == filed.entry


def test_the_latest_correction_counts(clean_world: World) -> None:
    view = corrected(clean_world, on_file(clean_world), Channel.PHONE, "2026-10-29 00:00")
    view = corrected(clean_world, view, Channel.COMMUNE, "2026-10-20 14:30", time_known=True)
    paper = receipt(clean_world, view)
    assert "mardi, 20 octobre 2026 à 14:30, heure suisse" in paper
    assert "Par quel moyen Par la commune" in paper
    assert "La commune a reçu le premier contact à cette date." in paper
    assert "29 octobre" not in paper


def test_a_proven_attempt_online_keeps_the_doubt(clean_world: World) -> None:
    view = corrected(clean_world, on_file(clean_world), Channel.ONLINE, "2026-10-31 23:58", time_known=True)
    paper = receipt(clean_world, view)
    assert "L’essai en ligne à cette date est prouvé." in paper
    assert ONLINE_DOUBT in paper
    assert FILED not in paper


def test_the_board_has_the_channel_of_the_corrected_day(clean_world: World) -> None:
    view = corrected(clean_world, on_file(clean_world), Channel.PHONE, "2026-10-29 00:00")
    view = corrected(clean_world, view, Channel.COMMUNE, "2026-10-20 00:00")
    (row,) = board(clean_world.staff, clean_world.caseworker("sierre")).rows
    assert (row.filing_date, row.channel) == (view.filing_date, Channel.COMMUNE.value)


def test_an_announcement_by_phone_corrected_to_a_letter(clean_world: World) -> None:
    called = on_file(clean_world, Channel.PHONE, local("2026-11-08 00:00"))
    paper = receipt(clean_world, corrected(clean_world, called, Channel.LETTER, "2026-11-02 00:00"))
    assert "Annonce reçue dimanche, 8 novembre 2026 Moyen de l’annonce Par téléphone" in paper


@pytest.mark.parametrize("language", ["de", "ar"])
def test_in_other_languages_on_one_page(clean_world: World, language: str) -> None:
    view = corrected(clean_world, on_file(clean_world, commune=UNSURE), Channel.PHONE, "2026-10-29 00:00")
    pdf = make_receipt(clean_world.citizen, view, language)
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    said = {"de": "Dies ist eine Korrektur.", "ar": "هذا تصحيح"}[language]
    assert either(receipt(clean_world, view, language), said)


def test_an_arabic_moment_has_the_arabic_comma(clean_world: World) -> None:
    view = corrected(clean_world, on_file(clean_world), Channel.PHONE, "2026-10-29 00:00")
    values = [fact.value for fact in receipt_text("ar", view, (), "https://portal.example.ch").facts]
    assert "الثلاثاء، 10 نوفمبر 2026، 10:00" in values


def test_old_and_new_receipts_are_genuine(clean_world: World) -> None:
    filed = on_file(clean_world)
    old = receipt_qr_text(clean_world.citizen, filed)
    view = corrected(clean_world, filed, Channel.PHONE, "2026-10-29 00:00")
    new = receipt_qr_text(clean_world.citizen, view)
    kit = clean_world.citizen
    results = [verify_by_qr(kit, parse_qs(urlsplit(text).query)["q"][0]) for text in (old, new)]
    results.append(verify_by_code(kit, view.reference, view.check_code))
    assert [(str(one.filing_date), str(one.corrected_to)) for one in results if one] == [
        ("2026-11-10", "2026-10-29"),
        ("2026-10-29", "None"),
        ("2026-11-10", "2026-10-29"),
    ]
