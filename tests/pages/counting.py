"""What a request costs, counted, never timed: its questions to the database, its transactions, what it opens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from sqlalchemy import event

from portal.adapters.envelope import Envelope
from portal.services.kit import Kit


@dataclass
class Cost:
    """Everything that one process did."""

    statements: list[str] = field(default_factory=list)
    """SQL, each with its values: the same twice is the same question twice."""
    transactions: int = 0
    opened: list[str] = field(default_factory=list)
    """Of each sealed value that was opened, what it is bound to."""

    @property
    def twice(self) -> list[str]:
        """What was asked or opened more than once."""
        return [one for found in (self.statements, self.opened) for one in set(found) if found.count(one) > 1]


@contextmanager
def counted(kit: Kit) -> Iterator[Cost]:
    """What the process of this kit does meanwhile."""
    cost, real = Cost(), Envelope.open

    def asked(_connection: object, _cursor: object, statement: str, values: object, *_rest: object) -> None:
        cost.statements.append(f"{statement}\n{values}")

    def begun(_connection: object) -> None:
        cost.transactions += 1

    def opened(envelope: Envelope, sealed: bytes, context: str) -> bytes:
        cost.opened.append(context)
        return real(envelope, sealed, context)

    with ExitStack() as ends:
        for engine in kit.database.engines:
            event.listen(engine, "before_cursor_execute", asked)
            ends.callback(event.remove, engine, "before_cursor_execute", asked)
        event.listen(kit.database.engine, "begin", begun)
        ends.callback(event.remove, kit.database.engine, "begin", begun)
        ends.enter_context(patch.object(Envelope, "open", opened))
        yield cost
