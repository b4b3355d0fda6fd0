"""Folders of stacks that tests make, and the clearing of those that a killed test run left."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path

from devstack.process import end_noted, note_process, noted_process

PREFIX = "portal-test-"
OWNER_NOTE = "test-run.json"


def new_root() -> Path:
    """A fresh folder for one stack, which PostgreSQL's system user can enter; noted as this process's own."""
    root = Path(tempfile.mkdtemp(prefix=PREFIX))
    root.chmod(0o711)
    note_process(root / OWNER_NOTE, os.getpid())
    return root


def remove_root(root: Path) -> None:
    """Remove the folder of a stopped stack, and PostgreSQL's folder where it had to lie elsewhere."""
    note = root / "postgres.location"
    if note.exists():
        shutil.rmtree(root / note.read_text().strip(), ignore_errors=True)
    shutil.rmtree(root, ignore_errors=True)


def clear_leftovers() -> None:
    """End the servers and remove the folders of test runs that were killed; those that live are left alone."""
    for note in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{OWNER_NOTE}"):
        if note.stat().st_uid != os.geteuid() or noted_process(note) is not None:
            continue
        for server in (note.parent / "run").glob("*.json"):
            end_noted(server, signal.SIGINT if server.stem == "postgres" else signal.SIGTERM, 5)
        remove_root(note.parent)
