"""The directory as data: every commune and centre, by date, with its source and its confidence."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from portal import law
from portal.domain.directory import Certainty, fold
from portal.law.directory.reading import read_communes

TODAY = date(2026, 11, 20)
LAST_DAY = date(2026, 12, 31)
MERGER = date(2027, 1, 1)
OLD_THREE = {6297: "Visp", 6281: "Baltschieder", 6004: "Eggerberg"}


@pytest.mark.parametrize("on", [date(2021, 7, 1), TODAY, LAST_DAY])
def test_122_communes_until_the_end_of_2026(on):
    assert len(law.directory.communes(on)) == len(law.directory.existing_communes(on)) == 122


def test_120_communes_exist_from_2027_and_one_has_no_number_yet():
    existing = law.directory.existing_communes(MERGER)
    assert len(existing) == 120
    assert [found.label for found in existing if found.bfs_number is None] == ["Visp / Viège"]
    assert not OLD_THREE.keys() & {found.bfs_number for found in existing}


def test_the_three_old_communes_stay_selectable_and_name_the_new_one():
    assert len(law.directory.communes(MERGER)) == 122
    for number, name in OLD_THREE.items():
        found = law.directory.commune(number, MERGER)
        assert found is not None
        assert found.name == name
        assert found.exists(LAST_DAY)
        assert not found.exists(MERGER)
        replacement = law.directory.successor(found)
        assert replacement is not None
        assert replacement.valid_from == MERGER
        assert replacement.region == found.region


def test_every_commune_that_can_be_chosen_has_a_number_of_its_own():
    for on in (TODAY, MERGER):
        numbers = [found.bfs_number for found in law.directory.communes(on)]
        assert None not in numbers
        assert len(set(numbers)) == len(numbers)


def test_names_are_unique_and_sorted_without_regard_to_accents():
    for on in (TODAY, MERGER):
        names = [found.name for found in law.directory.communes(on)]
        assert len(set(names)) == len(names)
        assert names == sorted(names, key=fold)
    existing = [found.name for found in law.directory.existing_communes(MERGER)]
    assert len(set(existing)) == len(existing)


def test_every_region_and_antenna_of_a_commune_exists_and_fits():
    for found in read_communes():
        assert law.directory.antenna(found.antenna).region == found.region
        assert found.candidate_regions[0] == found.region
        assert len(set(found.candidate_regions)) == len(found.candidate_regions)
        for region_id in found.candidate_regions:
            assert law.directory.region(region_id).kind == "region"


def test_several_regions_exactly_where_the_region_is_in_doubt():
    doubtful = {found.name: found.candidate_regions for found in read_communes() if len(found.candidate_regions) > 1}
    low = ("bas-valais", "martigny")
    assert doubtful == {
        "Collonges": low,
        "Dorénaz": low,
        "Finhaut": low,
        "Salvan": low,
        "Vernayaz": low,
        "Salgesch": ("sierre", "oberwallis"),
    }
    assert {found.name for found in read_communes() if found.confidence_region is Certainty.LOW} <= doubtful.keys()


def test_the_antenna_is_never_surer_than_the_region():
    order = list(Certainty)
    for found in read_communes():
        assert order.index(found.confidence_antenna) >= order.index(found.confidence_region)


def test_districts_and_regions_have_the_sizes_of_the_fact_sheet():
    communes = law.directory.communes(TODAY)
    assert Counter(found.region for found in communes) == {
        "oberwallis": 62,
        "sierre": 11,
        "sion-herens-conthey": 16,
        "martigny": 15,
        "bas-valais": 18,
    }
    assert len({found.district for found in communes}) == 14
    assert Counter(found.language for found in communes) == {"de": 63, "fr": 59}


@pytest.mark.parametrize(
    ("query", "first"),
    [("sitten", "Sion"), ("viege", "Visp"), ("loeche-les-bains", "Leukerbad"), ("verbier", "Val de Bagnes")],
)
def test_usual_names_and_villages_lead_to_the_commune(query, first):
    assert [found.name for found in law.directory.communes(TODAY) if found.matches(query)] == [first]


def test_no_locality_carries_the_name_of_another_commune():
    names = {name: found.id for found in law.directory.communes(TODAY) for name in found.names}
    for found in law.directory.communes(TODAY):
        assert not [place for place in found.localities if names.get(place, found.id) != found.id]


@pytest.mark.parametrize("number", [0, -1, 1, 6999, 9999])
def test_an_unknown_number_is_no_commune(number):
    assert law.directory.commune(number, TODAY) is None


def test_one_umbrella_five_regions_thirteen_antennas():
    regions = law.directory.regions()
    assert [region.id for region in regions] == [
        "oberwallis",
        "sierre",
        "sion-herens-conthey",
        "martigny",
        "bas-valais",
    ]
    assert [len(law.directory.antennas(region.id)) for region in regions] == [1, 1, 5, 3, 3]
    assert law.directory.umbrella().kind == "umbrella"
    for wrong in ("sierre-sierre", "groupement-cms", "nowhere"):
        with pytest.raises(KeyError):
            law.directory.region(wrong)
    with pytest.raises(KeyError):
        law.directory.antenna("sierre")


def test_no_duty_address_is_known_and_no_old_number_is_called_confirmed():
    assert [region.duty_address for region in law.directory.regions()] == [None] * 5
    antenna = law.directory.antenna("oberwallis-visp")
    assert antenna.phone
    assert not antenna.phone_confirmed


def test_39_offices_with_source_and_confidence():
    offices = law.directory.offices()
    assert len(offices) == len({office.id for office in offices}) == 39
    assert all(office.source and office.what_for for office in offices)
    unconfirmed = {office.id for office in offices if office.phone and not office.phone_confirmed}
    assert unconfirmed == {"victimes-142", "sict", "bourses"}
    assert all(office.phone for office in offices if office.phone_confirmed)
    assert [office.id for office in offices if not office.address_public] == ["fava"]
    with pytest.raises(KeyError):
        law.directory.office("nowhere")
