"""The papers that the centre wants of one adult by a day."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import select

from portal.models import Adult
from portal.services import own_papers
from portal.services.actor import Actor
from portal.services.checklists import ItemText
from portal.services.kit import Kit
from portal.services.situations import NotInHouseholdError


def wanted_by_a_day(kit: Kit, actor: Actor, language: str) -> tuple[ItemText, ...]:
    """Those that were not given yet, the nearest day first: the adult's own, the household's, and the children's.

    Of another adult who has a way in of their own nothing, though the household's list names their papers: those days
    are that adult's. Of a partner without one they are here, as nobody else would see them.
    """
    with kit.database.transaction() as session:
        others = session.scalars(
            select(Adult.person).where(Adult.dossier_id == actor.dossier_id, Adult.id != actor.adult_id)
        ).all()
    with suppress(NotInHouseholdError):  # whom the answers name no more is asked for no paper
        pressing = own_papers.news_and_missing(kit, actor, language)[0].pressing
        return tuple(item for item in pressing if item.wanted_on and item.person not in others)
    return ()
