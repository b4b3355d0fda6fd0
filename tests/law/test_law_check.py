"""The law check: the data as it stands has no fault, each kind of fault is found, and open points are listed."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date

import pytest

from portal import law
from portal.domain.directory import Certainty
from portal.law import directory
from portal.law.check import law_check
from portal.law.check_directory import directory_errors
from portal.law.directory.reading import read_centres, read_communes, read_offices
from portal.law.parameters import BeforeTheLawError, definition, definitions, parameter
from portal.law.parameters.reading import FOLDER

TODAY = date(2026, 11, 20)


def _where(findings):
    return {found.where for found in findings}


@pytest.mark.parametrize("on", [date(2021, 7, 1), TODAY, date(2027, 1, 1)])
def test_the_data_has_no_fault(on):
    report = law_check(on)
    assert report.errors == ()
    assert report.ok
    assert report.parameters == len(definitions())


def test_the_to_do_list_of_today():
    report = law_check(TODAY)
    assert report.communes == 122
    assert report.stale == ()
    missing = [(found.where, found.detail) for found in report.missing]
    assert sum(detail == "the duty address for urgent requests" for _, detail in missing) == 5
    assert {"rent/rent_ceilings.yaml", "data/retention_period.yaml", "filing/online_filing.yaml"} <= _where(
        report.missing
    )
    assert ("communes.yaml, Visp", "the federal number, from 2027-01-01 on") in missing
    uncertain = {found.where: found for found in report.not_certain}
    assert uncertain["filing/start_of_aid.yaml"].confidence == "probable"
    assert "goes on" in uncertain["filing/start_of_aid.yaml"].detail
    assert uncertain["communes.yaml, Salvan"].detail == "the region (bas-valais or martigny)"
    assert "clocks/decision_clock.yaml" not in uncertain


def test_after_the_merger_the_ended_communes_are_counted_no_more():
    report = law_check(date(2027, 1, 1))
    assert report.communes == 120
    assert "another value is announced" in next(
        found.detail for found in report.not_certain if found.where == "allowances/allowance_1.yaml"
    )
    assert "filing/centre_mandate.yaml" in _where(report.missing)


def test_what_the_canton_must_say_of_each_centre():
    """One line for each thing that a person needs and the data lack; what is known but old is not certain."""
    report = law_check(TODAY)
    for region in directory.regions():
        for centre in directory.antennas(region.id):
            where = f"centres.yaml, {centre.id}"
            lacking = {
                "the telephone": centre.phone,
                "the address": centre.street,
                "the mail address": centre.email,
                "the opening hours": centre.opening_hours,
            }
            listed = {found.detail for found in report.missing if found.where == where}
            assert listed == {name for name, value in lacking.items() if value is None}
            unsure = {found.where for found in report.not_certain if found.detail.startswith("the telephone ")}
            assert (where in unsure) == (centre.phone is not None and not centre.phone_confirmed)


def test_every_kind_of_gap_is_on_the_list_now_and_next_year():
    for on in (date(2026, 11, 21), date(2027, 12, 1)):
        report = law_check(on)
        missing = {(found.where, found.detail) for found in report.missing}
        details = [detail for _, detail in missing]
        for centre in ("oberwallis", "sierre", "sion-herens-conthey", "martigny", "bas-valais"):
            assert (f"centres.yaml, {centre}", "the duty address for urgent requests") in missing
        assert {"data/retention_period.yaml", "rent/rent_ceilings.yaml"} <= _where(report.missing)
        assert details.count("the telephone") > 10
        assert details.count("the address") > 5
        for found in (one for one in read_centres() if one.kind == "antenna"):
            open_ones = {detail for where, detail in missing if where == f"centres.yaml, {found.id}"}
            assert ("the mail address" in open_ones) == (found.email is None)
            assert ("the opening hours" in open_ones) == (found.opening_hours is None)
        for found in definitions():
            today = parameter(found.name, on)
            where = f"{found.topic}/{found.name}.yaml"
            assert (where in _where(report.missing)) == (not today.known)
            assert (where in _where(report.not_certain)) == (today.known and not today.certain)
            assert (where in _where(report.stale)) == (on.year == 2027)
        unsure = {one.name for one in directory.existing_communes(on) if one.confidence_region is not Certainty.HIGH}
        assert {f"communes.yaml, {name}" for name in unsure} <= _where(report.not_certain)


def test_all_is_stale_a_year_later_and_the_next_holidays_are_asked_for_in_time():
    assert law_check(date(2027, 11, 20)).stale == ()
    stale = law_check(date(2027, 11, 21)).stale
    assert {"communes.yaml", "centres.yaml", "offices.yaml", "holidays.yaml"} <= _where(stale)
    assert len(stale) == len(definitions()) + 4
    assert "holidays.yaml" not in _where(law_check(date(2027, 12, 31)).missing)
    assert "holidays.yaml" in _where(law_check(date(2028, 1, 2)).missing)


def test_the_report_is_json():
    report = json.loads(json.dumps(law_check(TODAY).as_json()))
    assert report["ok"] is True
    assert report["on"] == "2026-11-20"
    assert {"kind", "where", "detail", "confidence", "source"} == set(report["missing"][0])


def test_a_day_before_the_law_is_refused():
    with pytest.raises(BeforeTheLawError):
        law_check(date(2021, 6, 30))


def test_a_broken_file_is_an_error_and_the_others_are_still_checked(tmp_path):
    shutil.copytree(FOLDER / "clocks", tmp_path / "clocks")
    shutil.copytree(FOLDER / "clocks", tmp_path / "copies", ignore=lambda _, names: set(names) - {"urgent_clock.yaml"})
    broken = tmp_path / "clocks" / "decision_clock.yaml"
    broken.write_text(broken.read_text(encoding="utf-8").replace("    confidence: certain\n", ""), encoding="utf-8")
    report = law_check(TODAY, folder=tmp_path)
    assert [(found.where, found.detail.split(": ")[-1]) for found in report.errors] == [
        ("clocks/decision_clock.yaml", "confidence is missing"),
        ("copies/urgent_clock.yaml", "the name stands in clocks/urgent_clock.yaml too"),
    ]
    assert report.parameters == len(list((FOLDER / "clocks").iterdir())) - 1


def test_unused_and_unknown_names_are_errors_once_the_used_ones_are_given():
    names = {found.name for found in definitions() if not found.for_reading}
    assert law_check(TODAY, used=names).ok
    report = law_check(TODAY, used=names - {"decision_clock"} | {"no_such_value"})
    assert _where(report.errors) == {"clocks/decision_clock.yaml", "no_such_value"}


def test_what_is_for_reading_alone_is_asked_for_by_nothing():
    names = {found.name for found in definitions() if not found.for_reading}
    reading = next(found for found in definitions() if found.for_reading)
    (found,) = law_check(TODAY, used=names | {reading.name}).errors
    assert found.where == f"{reading.topic}/{reading.name}.yaml"
    assert "not for reading alone" in found.detail


DIRECTORY = read_communes(), read_centres(), read_offices()


def _commune_changed(name, **changed):
    communes, centres, offices = DIRECTORY
    return [replace(found, **changed) if found.name == name else found for found in communes], centres, offices


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (_commune_changed("Sion", antenna="sierre-sierre"), "the antenna sierre-sierre is not of sion-herens-conthey"),
        (_commune_changed("Sion", candidate_regions=("sion-herens-conthey", "x")), "unknown region x"),
        (_commune_changed("Sion", candidate_regions=("sierre",)), "its own region is no candidate"),
        (_commune_changed("Sion", valid_until=TODAY), "valid_until and merged_into go together"),
        (_commune_changed("Eggerberg", valid_until=TODAY), "the commune in its place must begin on the next day"),
        (_commune_changed("Eggerberg", merged_into="x"), "the commune in its place must begin on the next day"),
        (_commune_changed("Sion", id="bfs-6248"), "stands 2 times"),
        ((DIRECTORY[0], DIRECTORY[1], [*DIRECTORY[2], DIRECTORY[2][0]]), "stands 2 times"),
        ((DIRECTORY[0], [replace(DIRECTORY[1][2], region="x"), *DIRECTORY[1]], DIRECTORY[2]), "unknown region x"),
    ],
)
def test_a_fault_of_the_directory_is_found(data, detail):
    assert detail in {found.detail for found in directory_errors(*data)}


def test_an_office_that_does_not_exist_is_found():
    communes, centres, _ = DIRECTORY
    offices = [office for office in law.directory.offices() if office.id != "orp"]
    errors = list(directory_errors(communes, centres, offices, [definition("first_unemployment")]))
    assert [(found.where, found.detail) for found in errors] == [
        ("first/first_unemployment.yaml", "unknown office orp")
    ]
