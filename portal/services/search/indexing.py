"""The keys under which adults are found: made for who has none yet, newest first. The filing itself makes none."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Select, bindparam, exists, select, update
from sqlalchemy.orm import Session

from portal.domain.names import keys_of
from portal.i18n.latin import latin
from portal.models import Adult, Dossier
from portal.services.actor import Actor
from portal.services.kit import Kit
from portal.services.scope import household_in_scope

AT_ONCE: Final = 300
"""Adults whose keys a search makes by itself; only after a migration there are ever more without."""
SWEPT: Final = 1000
"""Adults in one transaction of the worker."""


def index_scope(kit: Kit, actor: Actor) -> bool:
    """Make the keys that are missing in the actor's scope; False when some are missing still. Raises NotYoursError."""
    newest = (
        _missing()
        .join(Dossier, Dossier.id == Adult.dossier_id)
        .where(household_in_scope(actor, Adult.dossier_id, few=True))
        .order_by(Dossier.created_at.desc(), Adult.id)
        .limit(AT_ONCE)
    )
    with kit.database.reading() as session:  # nothing is missing as a rule: then nothing is locked and nothing written
        if not session.scalar(select(exists().where(Adult.search_keys.is_(None)))):
            return True
    with kit.database.transaction() as session:
        return _index(session, newest.with_for_update(of=Adult, key_share=True)) < AT_ONCE


def index_all(kit: Kit) -> int:
    """Make every key that is missing, some at a time; returns how many adults got theirs."""
    made = 0
    while True:
        with kit.database.transaction() as session:
            query = _missing().order_by(Adult.id).limit(SWEPT).with_for_update(key_share=True, skip_locked=True)
            now = _index(session, query)
        made += now
        if now < SWEPT:
            return made


def _missing() -> Select[Adult]:
    return select(Adult).where(Adult.search_keys.is_(None))


def _index(session: Session, query: Select[Adult]) -> int:
    """Make the keys of these adults; how many."""
    rows = [
        {"adult": adult.id, "keys": list(keys_of((adult.name, adult.latin_name), adult.birth_date, latin))}
        for adult in session.scalars(query)
    ]
    if rows:
        statement = update(Adult).where(Adult.id == bindparam("adult")).values(search_keys=bindparam("keys"))
        session.connection().execute(statement, rows)
    return len(rows)
