"""Functions of the desk, and the region that goes with some of them."""

import pytest

from portal.domain.role import ADMINISTERS, COUNTS, DESK, LEADS, PREPARES, Role, fits


@pytest.mark.parametrize("role", sorted(DESK))
def test_who_works_on_files_has_a_region(role: Role) -> None:
    assert fits([role], "sierre")
    assert not fits([role], None)


@pytest.mark.parametrize("role", sorted(frozenset(Role) - DESK))
def test_who_works_on_none_has_none(role: Role) -> None:
    assert fits([role], None)
    assert not fits([role], "sierre")
    assert fits([role, Role.TEAM_LEAD], "sierre")


def test_nobody_is_without_a_function() -> None:
    assert not fits([], None)
    assert not fits([], "sierre")


def test_reception_prepares_nothing_for_the_commune_and_no_file_is_open_to_figures_or_administration() -> None:
    assert Role.RECEPTION not in PREPARES | LEADS | COUNTS | ADMINISTERS
    assert PREPARES < DESK
    assert not {Role.FIGURES, Role.ADMINISTRATOR} & DESK
