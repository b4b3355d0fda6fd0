"""How a typed name finds a commune, and what an entry says of itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.directory import Certainty, Commune, fold, matches


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Évolène", "evolene"),
        ("E\u0301vole\u0300ne", "evolene"),
        ("Val-d’Illiez", "val d illiez"),
        ("Val-d'Illiez", "val d illiez"),
        ("GRÄCHEN", "grachen"),
        ("  St. Niklaus ", "st niklaus"),
        ("Wiler (Lötschen)", "wiler lotschen"),
        ("Œuvre Straße", "oeuvre strasse"),
        ("…", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@given(text=st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("st maurice", "Saint-Maurice"),
        ("St-Mau", "Saint-Maurice"),
        ("saint niklaus", "St. Niklaus"),
        ("Sankt Niklaus", "St. Niklaus"),
        ("graechen", "Grächen"),
        ("grachen", "Grächen"),
        ("gra\u0308chen", "Grächen"),
        ("illiez", "Val-d'Illiez"),
        ("VIEG", "Viège"),
        ("st", "Stalden (VS)"),
        ("st", "Saint-Maurice"),
    ],
)
def test_a_name_is_found(query, name):
    assert matches(query, name)


@pytest.mark.parametrize(
    ("query", "name"),
    [("", "Sion"), ("  ", "Sion"), ("-", "Sion"), ("ion", "Sion"), ("sions", "Sion"), ("maurice s", "Saint-Maurice")],
)
def test_a_name_is_not_found(query, name):
    assert not matches(query, name)


def _commune(**changed: object) -> Commune:
    fields: dict[str, object] = {
        "id": "bfs-1",
        "bfs_number": 1,
        "name": "Visp",
        "name_fr": "Viège",
        "name_de": "Visp",
        "district": "Viège",
        "language": "de",
        "region": "oberwallis",
        "antenna": "oberwallis-visp",
        "confidence_region": Certainty.HIGH,
        "confidence_antenna": Certainty.HIGH,
        "candidate_regions": ("oberwallis",),
        "localities": ("Eyholz",),
        "valid_from": date(2021, 1, 1),
        "valid_until": date(2026, 12, 31),
        "merged_into": None,
        "source": "test",
        "note": None,
    }
    return Commune(**(fields | changed))  # type: ignore[arg-type]


def test_a_commune_shows_both_names_once():
    assert _commune().label == "Visp / Viège"
    assert _commune(name_fr="Visp").label == "Visp"


def test_a_commune_is_named_in_the_language_asked_for():
    assert [_commune().name_in(code) for code in ("fr", "de", "en", "ar")] == ["Viège", "Visp", "Visp", "Visp"]


def test_a_commune_exists_from_its_first_to_its_last_day():
    found = _commune()
    days = [date(2020, 12, 31), date(2021, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [found.exists(day) for day in days] == [False, True, True, False]
    assert _commune(valid_until=None).exists(date(2099, 1, 1))


def test_a_commune_is_found_by_name_and_by_locality_only():
    found = _commune()
    assert found.matches("vieg")
    assert found.matches("eyh")
    assert not found.matches("oberwallis")
    assert found.search_keys == ("visp", "viege", "eyholz")
