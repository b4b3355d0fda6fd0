"""What the database holds after a crash test, against what the clients hold in their hands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg

from devstack.postgres import OWNER
from devstack.stack import Stack
from portal.adapters.clock import SystemClock
from portal.services.kit import Kit, build_kit
from portal.services.register import verify_register
from portal.settings import Settings
from tests.crash.intent import Intent

COUNTS = """
    SELECT (SELECT count(*) FROM filing_register) AS register, (SELECT count(*) FROM demand) AS demands,
      (SELECT count(*) FROM dossier) AS dossiers, (SELECT count(*) FROM adult) AS adults,
      (SELECT count(*) FROM access_code) AS access_codes,
      (SELECT count(*) FROM audit_event WHERE action = 'demand:file') AS audit_events,
      (SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = 'tell_filing' AND status = 'todo') AS jobs,
      (SELECT count(DISTINCT args->>'demand_id') FROM jobs.procrastinate_jobs j JOIN demand d
        ON j.args->>'demand_id' = d.id::text WHERE task_name = 'tell_filing') AS jobs_of_demands
"""
FILED = """
    SELECT r.reference, extract(epoch FROM r.recorded_at)::float8, a.id, c.code_hash, r.sequence, r.hash
    FROM filing_register r JOIN dossier o USING (reference) JOIN demand d ON d.dossier_id = o.id
    JOIN adult a ON a.id = d.adult_id JOIN access_code c ON c.adult_id = a.id
    WHERE d.register_sequence = r.sequence
"""


@dataclass(frozen=True)
class Ledger:
    """Counts, and every fault in words."""

    counts: dict[str, int]
    unheard: int
    """Filings stored by a request whose answer was lost: the later one found them."""
    faults: tuple[str, ...]


def read_ledger(stack: Stack, intents: Iterable[Intent]) -> Ledger:
    """Compare the database, which held nothing before, with `intents`."""
    intents = list(intents)
    kit = build_kit(Settings.from_env(stack.env("both")), SystemClock())
    try:
        report = verify_register(kit)
        with psycopg.connect(stack.postgres.url(OWNER)) as connection:
            cursor = connection.execute(COUNTS)
            names = [column.name for column in cursor.description or ()]
            counts = dict(zip(names, cursor.fetchone() or (), strict=True)) | {"chain": report.entries}
            filed = {row[0]: row[1:] for row in connection.execute(FILED).fetchall()}
        faults = [f"chain: {fault}" for fault in report.faults]
        faults += [
            f"{count} {name} for {len(intents)} intents" for name, count in counts.items() if count != len(intents)
        ]
        held = {intent.receipts[0].reference for intent in intents if intent.receipts}
        faults += [f"{reference} is filed, but nobody holds its receipt" for reference in set(filed) - held]
        if len(held) != len(intents):
            faults.append(f"{len(held)} references for {len(intents)} intents")
        for intent in intents:
            faults += _faults(kit, intent, filed)
    finally:
        kit.database.close()
    unheard = sum(
        filed[intent.receipts[0].reference][0] < intent.answered_sent_at
        for intent in intents
        if intent.receipts and intent.receipts[0].reference in filed
    )
    return Ledger(counts, unheard, tuple(faults))


def _faults(kit: Kit, intent: Intent, filed: dict[str, tuple[Any, ...]]) -> Iterator[str]:
    """What is wrong with one intent: its receipts among themselves, and against its row."""
    who = f"intent {intent.number}"
    if len(intent.receipts) != 2:
        yield f"{who}: {len(intent.receipts)} receipts in place of two"
    if len(set(intent.receipts)) > 1:
        yield f"{who}: receipts differ: {intent.receipts}"
    for receipt in intent.receipts[:1]:
        row = filed.get(receipt.reference)
        if row is None:
            yield f"{who}: {receipt.reference} was shown, but is not filed"
            continue
        instant, adult, code_hash, sequence, entry_hash = row
        if not kit.keyring.matches("access-code", adult.bytes + receipt.access_code.encode(), code_hash):
            yield f"{who}: its access code opens nothing"
        if not intent.begun_at <= instant <= intent.had_at:
            yield f"{who}: filed at {instant}, which is not between {intent.begun_at} and {intent.had_at}"
        if f" {sequence} " not in receipt.facts or entry_hash.hex() not in receipt.facts:
            yield f"{who}: the receipt does not name its register entry"
