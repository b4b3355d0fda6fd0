"""The small parts of the stack: ports, secrets, the lock, the supervisor, the account of PostgreSQL, the set-up."""

import base64
import json
import os
import pwd
import socket
import stat
from pathlib import Path
from typing import Any, cast

import pytest

from devstack import bootstrap, identity
from devstack.lock import AlreadyRunningError, RunLock
from devstack.ports import LOOPBACK, free_port, is_free, remembered_ports
from devstack.process import Server
from devstack.secrets import load_or_create, write_env
from devstack.supervisor import MAX_RESTARTS, GaveUpError, Supervisor
from tests.devstack.leftovers import new_root, remove_root


def test_ports_are_distinct_free_and_below_the_outgoing_range() -> None:
    ports = [free_port() for _ in range(20)]
    assert len(set(ports)) == 20
    assert all(is_free(port) and port < 32768 for port in ports)


def test_ports_stay_the_same_unless_somebody_took_one(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    first = remembered_ports(file, ("one", "two"))
    assert remembered_ports(file, ("one", "two")) == first
    with socket.socket() as taken:
        taken.bind((LOOPBACK, first["one"]))
        taken.listen()
        second = remembered_ports(file, ("one", "two"))
    assert second["one"] != first["one"]
    assert second["two"] == first["two"]


@pytest.mark.parametrize("text", ["", "not json", "[]", '{"one": "x"}', '{"one": 80}', '{"one": null}'])
def test_a_damaged_note_of_ports_is_replaced(tmp_path: Path, text: str) -> None:
    file = tmp_path / "ports.json"
    file.write_text(text)
    assert remembered_ports(file, ("one",)) == json.loads(file.read_text())


def test_secrets_are_made_once_private_and_of_the_right_form(tmp_path: Path) -> None:
    file = tmp_path / "var" / "secrets.json"
    known = load_or_create(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert load_or_create(file) == known
    assert load_or_create(tmp_path / "other.json") != known
    assert len(known.secret_key) >= 32
    for ring in (known.master_keys, known.receipt_signing_key):
        name, _, key = ring.partition(":")
        assert name
        assert len(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))) == 32


def test_secrets_of_an_older_version_are_completed_and_damaged_ones_are_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "secrets.json"
    known = load_or_create(file)
    older = json.loads(file.read_text())
    del older["worker_password"]
    file.write_text(json.dumps(older))
    completed = load_or_create(file)
    assert completed.worker_password
    assert completed.master_keys == known.master_keys
    file.write_text("{")
    with pytest.raises(ValueError, match="is damaged"):
        load_or_create(file)
    assert file.read_text() == "{"


def test_the_environment_file_replaces_a_readable_one_by_a_private_one(tmp_path: Path) -> None:
    file = tmp_path / "dev.env"
    file.write_text("OLD=1\n")
    file.chmod(0o644)
    write_env(file, {"B": "2", "A": "x=y"})
    assert file.read_text().splitlines()[1:] == ["A=x=y", "B=2"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["dev.env"]


def test_the_lock_is_one_and_names_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    path.write_text('{"pid": 1, "address": "http://left.by.a.crash"}')
    first, second = RunLock(path), RunLock(path)
    first.acquire()
    with pytest.raises(AlreadyRunningError, match="still starting"):
        second.acquire()
    first.note("http://127.0.0.1:5000")
    with pytest.raises(AlreadyRunningError) as caught:
        second.acquire()
    assert (caught.value.pid, caught.value.address) == (os.getpid(), "http://127.0.0.1:5000")
    first.release()
    second.acquire()
    second.release()


class Fake:
    """A server of which only the supervisor's view exists."""

    name = "fake"
    log_path = Path("fake.log")

    def __init__(self) -> None:
        self.running = True
        self.starts = 0

    def start(self, *, wait: bool) -> None:
        assert not wait  # the others are watched meanwhile
        self.running = True
        self.starts += 1

    def log_tail(self) -> str:
        return "its last words"


def supervised(*, restart: bool) -> tuple[Fake, Supervisor, list[str], list[float]]:
    fake, said, clock = Fake(), [], [0.0]
    server = cast("Server", fake)
    lists: dict[str, Any] = {"restarted": [server] if restart else [], "reported": [] if restart else [server]}
    return fake, Supervisor(**lists, say=said.append, now=lambda: clock[0]), said, clock


def test_a_restart_waits_longer_each_time_and_then_gives_up() -> None:
    fake, supervisor, said, clock = supervised(restart=True)
    for death in range(MAX_RESTARTS):
        fake.running = False
        supervisor.step()
        assert f"in {0.5 * 2**death:g} s" in said[-1]
        clock[0] += 0.5 * 2**death - 0.01
        supervisor.step()
        assert not fake.running
        clock[0] += 0.02
        supervisor.step()
        assert fake.running
    fake.running = False
    with pytest.raises(GaveUpError, match="its last words"):
        supervisor.step()


def test_a_rare_death_is_forgotten_and_a_reported_server_is_named_once() -> None:
    fake, supervisor, _, clock = supervised(restart=True)
    for _ in range(3 * MAX_RESTARTS):
        fake.running = False
        supervisor.step()
        clock[0] += 61
        supervisor.step()
    assert fake.starts == 3 * MAX_RESTARTS
    fake, supervisor, said, _ = supervised(restart=False)
    fake.running = False
    for _ in range(3):
        supervisor.step()
    assert len(said) == 1
    assert fake.starts == 0


def test_the_account_never_is_root_and_no_folder_above_changes(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    before = {one: one.stat().st_mode for one in [closed, *closed.parents]}
    account = identity.identity(closed / "var")
    try:
        assert {one: one.stat().st_mode for one in [closed, *closed.parents]} == before
        assert account.programs.joinpath("bin", "postgres").exists()
        if os.geteuid() == 0:  # the folder is closed to others, so the data lie in a place of their own
            assert account.uid not in (None, 0)
            assert account.home.parent == identity.SHARED_HOME
            assert (closed / "var" / "postgres.location").read_text().strip() == str(account.home)
            assert identity.identity(closed / "var").home == account.home
        else:
            assert account.uid is None
            assert account.home == closed / "var" / "postgres"
    finally:
        account.home.rmdir()


def test_a_stack_that_is_moved_takes_its_data_along() -> None:
    root = new_root()
    moved = root.with_name(f"{root.name}-moved")
    try:
        first = identity.identity(root)
        first.home.joinpath("here").touch()
        root.rename(moved)
        assert identity.identity(moved).home.joinpath("here").exists()
    finally:
        remove_root(root)
        remove_root(moved)


def test_data_that_exist_keep_their_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    data.mkdir()
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(data, nobody.pw_uid, nobody.pw_gid)
        assert identity._account(data) == nobody
    else:
        monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
        (tmp_path / "var" / "postgres" / "data").mkdir(parents=True)
        with pytest.raises(identity.IdentityError, match="belongs to another user"):
            identity.identity(tmp_path / "var")


def test_programs_are_copied_whole_and_readable(tmp_path: Path) -> None:
    installed = identity._installed_programs()
    copy = identity._copied_programs(installed, tmp_path)
    assert identity._copied_programs(installed, tmp_path) == copy
    for name in ("initdb", "postgres", "pg_dump"):
        assert stat.S_IMODE((copy / "bin" / name).stat().st_mode) == 0o755
        assert os.system(f"{copy}/bin/{name} --version >/dev/null") == 0  # noqa: S605 - a fixed command
    assert not (copy / "include").exists()
    assert [one.name for one in tmp_path.iterdir()] == [copy.parents[1].name]


@pytest.mark.parametrize("version", [(2, 7), (3, 8), (3, 10)])
def test_an_old_python_is_told_so(version: tuple[int, int]) -> None:
    with pytest.raises(bootstrap.SetupError, match=r"Python 3\.11 or later is needed; .* is Python"):
        bootstrap.check_python(version)


@pytest.mark.parametrize("version", [(3, 11), (3, 13), (4, 0)])
def test_a_good_python_is_taken(version: tuple[int, int]) -> None:
    bootstrap.check_python(version)


def test_packages_are_installed_when_the_lock_changed_and_only_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[list[str]] = []
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda command: calls.append(command) or 0)
    for name in ("dev", "devstack"):
        (tmp_path / f"{name}.txt").write_text(f"{name}==1\n")
    python = tmp_path / "python"

    def install(lock: str) -> bool:
        return bootstrap.ensure_packages(python, tmp_path, lock, tmp_path)

    assert [install("dev"), install("dev"), install("devstack")] == [True, False, False]
    assert "--require-hashes" in calls[0]
    (tmp_path / "devstack.txt").write_text("devstack==2\n")
    assert [install("devstack"), install("dev")] == [True, False]
    assert len(calls) == 2
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda _: 1)
    (tmp_path / "dev.txt").write_text("dev==2\n")
    for _ in range(2):  # a failed installation is not taken for done
        with pytest.raises(bootstrap.SetupError):
            install("dev")


def test_every_package_of_make_run_has_the_same_version_in_make_test() -> None:
    def pins(name: str) -> set[str]:
        lines = (bootstrap.PROJECT / "requirements" / f"{name}.txt").read_text().splitlines()
        return {line.split(" ")[0].split(";")[0] for line in lines if "==" in line}

    assert pins("run")
    assert pins("run") < pins("devstack") < pins("dev")
