"""A private PostgreSQL 18: loopback only, passwords on, nothing durable switched off."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil  # type: ignore[import-untyped, unused-ignore]
import psycopg

from devstack.identity import Identity, identity
from devstack.ports import LOOPBACK, answers
from devstack.process import Server, StartError
from devstack.secrets import Secrets

SUPERUSER = "postgres"
OWNER = "portal_owner"
DATABASE = "portal"
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_connections": "120",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
}


class Postgres(Server):
    """The database server. `stop` is a fast shutdown, `kill` is a crash; data survive both."""

    name = "postgres"
    stop_signal = signal.SIGINT  # fast shutdown: sessions are ended, data are flushed

    def __init__(self, root: Path, port: int, secrets: Secrets) -> None:
        super().__init__(root)
        self.port = port
        self._secrets = secrets
        self._identity: Identity | None = None

    @property
    def identity(self) -> Identity:
        """Account, programs and folder; found on first use, because it may make a system user."""
        if self._identity is None:
            self._identity = identity(self.root)
        return self._identity

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.identity.data

    @property
    def passwords(self) -> dict[str, str]:
        """The password of each role of the portal."""
        known = self._secrets
        return {
            OWNER: known.owner_password,
            "portal_citizen": known.citizen_password,
            "portal_staff": known.staff_password,
            "portal_worker": known.worker_password,
            "portal_both": known.both_password,
        }

    def url(self, role: str = OWNER, database: str = DATABASE) -> str:
        """The libpq address of `database` for `role`, password included."""
        password = self._secrets.superuser_password if role == SUPERUSER else self.passwords[role]
        return f"postgresql://{role}:{quote(password)}@{LOOPBACK}:{self.port}/{database}"

    def program(self, name: str) -> Path:
        """The path of a program of the distribution, such as `pg_dump` or `psql`."""
        return self.identity.programs / "bin" / name

    def command(self) -> list[str]:
        settings = {**SETTINGS, "port": str(self.port)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self.program("postgres")), "-D", str(self.data), *options]

    def environment(self) -> dict[str, str]:
        return {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"}

    def spawn_options(self) -> dict[str, Any]:
        return {**self.identity.spawn_options(), "cwd": self.identity.home, "umask": 0o077}

    def prepare(self) -> None:
        """Make the cluster on the first start, and clear what a crash of the machine may have left."""
        if (self.data / "PG_VERSION").exists():
            self._clear_stale_lock()
        else:
            self._initialise()

    def relaunch(self) -> bool:
        """After a crash, the last sessions of the old server may hold the data for another moment."""
        tail = self.log_tail(200)  # each of those sessions may add a line of its own after the one that counts
        if "shared memory block" not in tail and "lock file" not in tail:
            return False
        time.sleep(0.1)
        self.launch()
        return True

    def ready(self) -> bool:
        if not answers(self.port):
            return False
        try:
            psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=2).close()
        except psycopg.Error:
            return False
        return True

    def _initialise(self) -> None:
        """UTF-8, the built-in C.UTF-8 collation (the wheel has no ICU), scram passwords; complete or not at all."""
        account = self.identity
        building = account.home / "data.new"
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(mode=0o700)
        with tempfile.NamedTemporaryFile("w", dir=account.home, prefix=".password-") as password:
            password.write(self._secrets.superuser_password)
            password.flush()
            if account.uid is not None and account.gid is not None:
                os.chown(building, account.uid, account.gid)
                os.chown(password.name, account.uid, account.gid)
            command = [str(self.program("initdb")), "-D", str(building), "-U", SUPERUSER, "--encoding=UTF8"]
            command += [f"--pwfile={password.name}", "--auth=scram-sha-256", "--no-instructions"]
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            done = subprocess.run(
                command,
                env=self.environment(),
                capture_output=True,
                timeout=120,
                check=False,
                text=True,
                **self.spawn_options(),
            )
        if done.returncode != 0:
            raise StartError(f"initdb failed:\n{done.stdout}\n{done.stderr}")
        building.rename(self.data)

    def _clear_stale_lock(self) -> None:
        """Remove postmaster.pid when its id now belongs to a stranger and nobody works in the data directory.

        PostgreSQL clears its lock file itself when the id is free; it cannot when another process has it, as
        after a restart of the machine.
        """
        lock = self.data / "postmaster.pid"
        try:
            known = int(lock.read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return
        if psutil.pid_exists(known) and not any(_works_in(self.data, one) for one in psutil.process_iter()):
            lock.unlink()


def _works_in(folder: Path, process: psutil.Process) -> bool:
    """True when the process's current directory is `folder`, as that of every PostgreSQL process is its data."""
    try:
        return bool(process.cwd() == str(folder))
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:  # another user's process: PostgreSQL would run as this user
        return False
