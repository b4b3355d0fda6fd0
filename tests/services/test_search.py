"""Finding a household at the desk: at once, in the own region only, whatever the spelling; each search in the log."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from portal.domain.demand import Person
from portal.domain.likeness import BirthLikeness, NameLikeness
from portal.services.actor import NotYoursError
from portal.services.citizen import withdraw
from portal.services.closing import close_account
from portal.services.desk import NewAdult, add_adult, open_demand, pass_on, take
from portal.services.search import indexing
from portal.services.search.looking import SHOWN, Answer, look_for, look_up
from portal.services.search.ranking import Typed
from tests.pages.world import SIERRE, UNSURE, VISP, World
from tests.services.actors import citizen_of
from tests.services.on_paper import on_paper

HANS = Person(name="Hans Müller", birth_date=date(1984, 3, 12))
WITHOUT = "SELECT count(*) FROM adult WHERE search_keys IS NULL"


def names(answer: Answer) -> list[str | None]:
    return [one.name for one in answer.candidates]


def test_who_filed_a_moment_ago_is_found(clean_world: World) -> None:
    worker = clean_world.caseworker("sierre")
    assert names(look_for(clean_world.staff, worker, Typed("Mueller"))) == []
    filed = clean_world.announce(HANS)
    assert clean_world.row(WITHOUT) == (1,)  # the filing itself makes no keys
    (found,) = look_for(clean_world.staff, worker, Typed("Mueller Hans")).candidates
    assert (found.demand_id, found.reference, found.commune_bfs) == (filed.id, filed.reference, SIERRE)
    assert (found.filed_on, found.opened, found.withdrawn, found.to_take) == (
        filed.view.filing_date,
        False,
        False,
        False,
    )
    assert found.likeness is not None
    assert (found.likeness.name, found.likeness.birth) == (NameLikeness.WRITTEN_OTHERWISE, None)


@pytest.mark.parametrize(
    ("typed", "likeness"),
    [
        (Typed("hans MÜLLER", date(1984, 3, 12)), (NameLikeness.SAME, BirthLikeness.SAME)),
        (Typed("Müller", birth_year=1984), (NameLikeness.IN_PART, BirthLikeness.YEAR)),
        (Typed("Hans Möller", date(1984, 12, 3)), (NameLikeness.SIMILAR, BirthLikeness.TURNED)),
        (Typed("Muller Hans", date(1984, 3, 15)), (NameLikeness.WRITTEN_OTHERWISE, BirthLikeness.NEARLY)),
        (Typed("Muller Hans", date(1970, 1, 1)), (NameLikeness.WRITTEN_OTHERWISE, BirthLikeness.OTHER)),
        (Typed(None, date(1984, 3, 12)), (None, BirthLikeness.SAME)),
        (Typed("Dupont", date(1984, 3, 12)), (None, BirthLikeness.SAME)),
    ],
)
def test_why_somebody_is_shown(
    clean_world: World, typed: Typed, likeness: tuple[NameLikeness | None, BirthLikeness]
) -> None:
    clean_world.announce(HANS)
    (found,) = look_for(clean_world.staff, clean_world.caseworker("sierre"), typed).candidates
    assert found.likeness is not None
    assert (found.likeness.name, found.likeness.birth) == likeness


def test_the_other_way_round_in_arabic(clean_world: World) -> None:
    clean_world.announce(Person(name="محمد العلي", birth_year=1990))
    clean_world.announce(Person(name="Fatma Yilmaz", birth_year=1990))
    worker = clean_world.caseworker("sierre")
    (found,) = look_for(clean_world.staff, worker, Typed("Mohamed Al Ali", birth_year=1990)).candidates
    assert found.likeness is not None
    assert (found.name, found.likeness.birth) == ("محمد العلي", BirthLikeness.YEAR)
    assert names(look_for(clean_world.staff, worker, Typed("فاطمة"))) == ["Fatma Yilmaz"]


def test_the_likelier_stands_first(clean_world: World) -> None:
    for person in (
        Person(name="Maria Silva", birth_date=date(1980, 1, 2)),
        Person(name="Maria Da Silva", birth_date=date(1991, 5, 6)),
        Person(name="Mario Silvani"),
    ):
        clean_world.announce(person)
    found = look_for(clean_world.staff, clean_world.caseworker("sierre"), Typed("da Silva Maria"))
    assert names(found)[0] == "Maria Da Silva"
    born = look_for(clean_world.staff, clean_world.caseworker("sierre"), Typed("da Silva Maria", date(1980, 1, 2)))
    assert names(born)[0] == "Maria Silva"


def test_no_other_region_shows(clean_world: World) -> None:
    filed, file = clean_world.announce(HANS), on_paper(clean_world, person=replace(HANS, name="Hanna Müller"))
    theirs = clean_world.caseworker("oberwallis")
    for typed in (Typed("Hans Müller"), Typed(None, HANS.birth_date)):
        assert look_for(clean_world.staff, theirs, typed) == Answer((), more=False, complete=True)
    for reference in (filed.reference, file.reference):
        assert look_up(clean_world.staff, theirs, reference) == Answer((), more=False, complete=True)
        assert look_up(clean_world.staff, clean_world.caseworker("sierre"), reference).candidates
    pass_on(clean_world.staff, clean_world.caseworker("sierre"), filed.id, "oberwallis", "moved")
    assert names(look_for(clean_world.staff, theirs, Typed("Müller"))) == ["Hans Müller"]
    assert names(look_for(clean_world.staff, clean_world.caseworker("sierre"), Typed("Müller"))) == ["Hanna Müller"]


def test_nobody_without_a_region_searches(clean_world: World) -> None:
    filed = clean_world.announce(HANS)
    for nobody in (citizen_of(filed), replace(clean_world.caseworker("sierre"), region=None)):
        with pytest.raises(NotYoursError):
            look_for(clean_world.staff, nobody, Typed("Müller"))
        with pytest.raises(NotYoursError):
            look_up(clean_world.staff, nobody, filed.reference)


def test_a_demand_that_nobody_took_is_found_by_each_who_could(clean_world: World) -> None:
    filed = clean_world.announce(HANS, commune=UNSURE)
    for region in ("martigny", "bas-valais"):
        (found,) = look_for(clean_world.staff, clean_world.caseworker(region), Typed("Müller")).candidates
        assert found.to_take
    assert not look_for(clean_world.staff, clean_world.caseworker("sierre"), Typed("Müller")).candidates
    take(clean_world.staff, clean_world.caseworker("martigny"), filed.id)
    assert not look_for(clean_world.staff, clean_world.caseworker("bas-valais"), Typed("Müller")).candidates
    (found,) = look_for(clean_world.staff, clean_world.caseworker("martigny"), Typed("Müller")).candidates
    assert not found.to_take


def test_opened_withdrawn_and_on_paper_are_found_and_said(clean_world: World) -> None:
    worker = clean_world.caseworker("sierre")
    opened, gone = clean_world.announce(HANS), clean_world.announce(replace(HANS, name="Hans Mueller"))
    open_demand(clean_world.staff, worker, opened.id)
    withdraw(clean_world.citizen, citizen_of(gone), clean_world.clock.now(), None)
    file = on_paper(clean_world, person=replace(HANS, name="Müller, Hans"))
    found = {one.dossier_id: one for one in look_for(clean_world.staff, worker, Typed("Hans Müller")).candidates}
    assert [found[one.view.dossier_id].opened for one in (opened, gone)] == [True, False]
    assert [found[one.view.dossier_id].withdrawn for one in (opened, gone)] == [False, True]
    paper = found[file.dossier_id]
    assert (paper.on_paper, paper.demand_id, paper.filed_on) == (True, None, None)
    assert (paper.helped_since, paper.at_desk) == (date(2024, 5, 1), {"dossier_id": file.dossier_id})


def test_another_adult_of_the_household_is_found_by_their_own_name(clean_world: World) -> None:
    filed, worker = clean_world.announce(HANS), clean_world.caseworker("sierre")
    add_adult(clean_world.staff, worker, filed.id, NewAdult("b", "Þóra Jónsdóttir", "de"), os.urandom(32))
    (found,) = look_for(clean_world.staff, worker, Typed("Jonsdottir Thora")).candidates
    assert found.demand_id == filed.id
    assert len(look_up(clean_world.staff, worker, filed.reference).candidates) == 2


def test_a_changed_name_is_found_and_the_old_one_no_more(clean_world: World) -> None:
    filed, worker = clean_world.announce(HANS), clean_world.caseworker("sierre")
    assert look_for(clean_world.staff, worker, Typed("Müller")).candidates
    with clean_world.superuser() as connection:
        connection.execute("UPDATE adult SET name = 'Hans Zufferey' WHERE id = %s", [filed.view.adult_id])
    assert clean_world.row(WITHOUT) == (1,)
    assert names(look_for(clean_world.staff, worker, Typed("Zuferey"))) == ["Hans Zufferey"]
    assert not look_for(clean_world.staff, worker, Typed("Müller")).candidates
    with clean_world.superuser() as connection:
        connection.execute("UPDATE adult SET phone = '1', name = name WHERE id = %s", [filed.view.adult_id])
    assert clean_world.row(WITHOUT) == (0,)  # nothing that is looked for has changed


def test_each_search_is_in_the_log_without_a_word_of_it(clean_world: World) -> None:
    filed, worker = clean_world.announce(HANS), clean_world.caseworker("sierre")
    look_for(clean_world.staff, worker, Typed("Müller", date(1984, 3, 12)))
    look_for(clean_world.staff, worker, Typed("Nobody"))
    look_up(clean_world.staff, worker, filed.reference)
    events = "SELECT count(*), count(dossier_id), count(adult_id), min(outcome) FROM audit_event WHERE action = 'search:read'"
    assert clean_world.row(events) == (3, 0, 0, "done")
    assert clean_world.row("SELECT count(*) FROM audit_event WHERE actor_id = %s", worker.id) == (3,)
    assert clean_world.row("SELECT opened_at FROM demand") == (None,)


def test_after_a_migration_the_newest_of_the_scope_come_first_and_the_rest_is_said(
    clean_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "AT_ONCE", 2)
    monkeypatch.setattr(indexing, "SWEPT", 2)
    for number in range(5):
        clean_world.announce(replace(HANS, name=f"Hans Müller {'abcde'[number] * 3}"))
        clean_world.clock.forward(minutes=1)
    clean_world.announce(HANS, commune=VISP)
    worker = clean_world.caseworker("sierre")
    first = look_for(clean_world.staff, worker, Typed("Müller"))
    assert (set(names(first)), first.complete) == ({"Hans Müller ddd", "Hans Müller eee"}, False)
    assert indexing.index_all(clean_world.worker) == 4
    assert indexing.index_all(clean_world.worker) == 0
    whole = look_for(clean_world.staff, worker, Typed("Müller"))
    assert (len(whole.candidates), whole.complete) == (5, True)


def test_searches_at_the_same_moment_find_the_same(clean_world: World) -> None:
    for _ in range(4):
        clean_world.announce(HANS)
    worker = clean_world.caseworker("sierre")
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: look_for(clean_world.staff, worker, Typed("Mueller")), range(4)))
    assert [len(answer.candidates) for answer in found] == [4] * 4


def test_no_more_than_a_page_is_shown_and_it_is_said(clean_world: World) -> None:
    for _ in range(SHOWN + 1):
        clean_world.announce(HANS)
    worker = clean_world.caseworker("sierre")
    found = look_for(clean_world.staff, worker, Typed("Müller"))
    assert (len(found.candidates), found.more) == (SHOWN, True)
    assert look_for(clean_world.staff, worker, Typed("Müller")) == found  # in an order that stays


def test_a_closed_account_is_found(clean_world: World) -> None:
    filed, worker = clean_world.announce(HANS), clean_world.caseworker("sierre")
    assert close_account(clean_world.citizen, clean_world.adult(filed))
    assert names(look_for(clean_world.staff, worker, Typed("Müller"))) == ["Hans Müller"]
