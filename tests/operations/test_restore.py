"""Backup and restore, word for word as `docs/operations.md` has them: into a fresh server, from roles to receipts."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from devstack.oidc import DEMO_CASEWORKERS
from devstack.ports import LOOPBACK, free_port
from devstack.postgres import DATABASE, OWNER, SUPERUSER
from devstack.s3 import BUCKET
from devstack.stack import Stack
from tests.devstack.database import Database
from tests.devstack.leftovers import new_root, remove_root
from tests.operations.handbook import Shell, block, worked, write_env
from tests.operations.live import LiveBrowser, code_on, reference_on
from tests.operations.surfaces import SurfaceServer
from tests.servers import PortalServer, flask_command

KEYS = ("SECRET_KEY", "MASTER_KEYS", "RECEIPT_SIGNING_KEY")
CLAIRE = DEMO_CASEWORKERS[0]
ROLES = ("citizen", "staff", "worker")


@pytest.fixture
def fresh() -> Iterator[Stack]:
    """Another PostgreSQL and another object store, empty, with secrets of their own."""
    root = new_root()
    stack = Stack(root)
    try:
        for server in (stack.postgres, stack.s3):
            server.start(wait=False)
        for server in (stack.postgres, stack.s3):
            server.wait_ready()
        yield stack
    finally:
        stack.stop()
        remove_root(root)


def settle(stack: Stack, folder: Path, keys: dict[str, str]) -> None:
    """Write `/etc/portal` as the handbook lays it out; the keys only where given."""
    own = {name: stack.env(name) for name in ROLES}
    per_process = ("DATABASE_URL", "SURFACE", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY", "SMTP_URL")
    common = {
        name: value
        for name, value in own["citizen"].items()
        if name not in (*per_process, *KEYS) and not name.startswith("OIDC_")
    }
    write_env(folder / "common.env", common)
    for name, variables in own.items():
        oidc = {key: value for key, value in variables.items() if key.startswith("OIDC_") and name == "staff"}
        surface = {"SURFACE": "staff" if name == "staff" else "citizen"}
        write_env(folder / f"{name}.env", {key: variables[key] for key in per_process} | surface | oidc)
    write_env(folder / "owner.env", {"DATABASE_OWNER_URL": stack.postgres.url(OWNER)})
    place = {"PGHOST": LOOPBACK, "PGPORT": str(stack.postgres.port), "PGDATABASE": DATABASE, "PGUSER": OWNER}
    objects = {key: own["worker"][key] for key in ("S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY")}
    write_env(folder / "backup.env", {**place, "PGPASSWORD": stack.postgres.passwords[OWNER], **objects})
    if keys:
        write_env(folder / "keys.env", keys)


def make_roles(stack: Stack, shell: Shell) -> None:
    """The block `roles`, run by the superuser of a server that knows no role yet."""
    passwords = {name.upper() + "_PASSWORD": stack.postgres.passwords[f"portal_{name}"] for name in ("owner", *ROLES)}
    worked(shell.psql(stack.postgres.url(SUPERUSER, "postgres"), block("sql", "roles"), **passwords))


def publish_head(stack: Stack, path: Path) -> Path:
    """A signed head as the command prints it, kept outside."""
    path.write_text(worked(flask_command("register", "head", variables=stack.env("worker"))))
    return path


def object_names(stack: Stack) -> set[str]:
    """Everything in the bucket; other tests of the same stack have left their heads there too."""
    bucket = stack.s3.data / BUCKET
    return {path.relative_to(bucket).as_posix() for path in bucket.rglob("*") if path.is_file()}


def receipt_link(pdf: bytes) -> str:
    """Path and query of the address in a receipt's QR code, which is also a link on the paper."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    links = [note.get_object()["/A"]["/URI"] for page in pages for note in page.get("/Annots", ())]
    link = next(str(link) for link in links if "verify?q=" in str(link))
    return link[link.index("/fr/verify") :]


def test_backup_and_restore(
    live_server: PortalServer, clean_database: Database, stack: Stack, fresh: Stack, tmp_path: Path
) -> None:
    keys = {name: stack.env()[name] for name in KEYS}
    settle(stack, tmp_path / "etc", keys)
    old = Shell(stack.postgres, CONFIG=tmp_path / "etc", BACKUP=tmp_path / "b", KEYS_BACKUP=tmp_path / "k")
    person_is = {"ISSUER": stack.oidc.issuer, "SUBJECT": CLAIRE.subject, "NAME": CLAIRE.name}
    worked(old.run("enrol", **person_is))

    with LiveBrowser(live_server.base_url) as person:
        filed = person.file(
            name="Anne-Lise Délèze",
            commune="6248",
            urgent="yes",
            needs=["food"],
            on_behalf="other",
            helper_name="Jean Rey",
        )
        reference, code = reference_on(filed), code_on(filed)
        link = receipt_link(person.open("/fr/demand/filed/receipt.pdf").body)
        person.file(name="Lost Later", commune="6266")
        head = publish_head(stack, tmp_path / "head.json")
        saved = object_names(stack)
        assert any(name.startswith("register-heads/") for name in saved)
        worked(old.run("backup"))
        person.file(name="After The Dump", commune="6266")
        newer_head = publish_head(stack, tmp_path / "newer.json")
    assert "SECRET_KEY" not in "".join(path.name for path in (tmp_path / "b").rglob("*"))
    assert not any(
        keys["MASTER_KEYS"].encode() in path.read_bytes() for path in (tmp_path / "b").rglob("*.*") if path.is_file()
    )

    # A fresh server: roles, keys from their own place, data, tables, check.
    settle(fresh, tmp_path / "new", {})
    new = Shell(fresh.postgres, CONFIG=tmp_path / "new", BACKUP=tmp_path / "b")
    make_roles(fresh, new)
    (tmp_path / "k" / "keys.env").rename(tmp_path / "new" / "keys.env")
    worked(new.run("restore"))
    worked(new.run("migrate"))
    report = json.loads(worked(new.run("verify", HEAD=head)))
    assert (report["entries"], report["whole"], report["unknown"]) == (2, True, [])
    missing = new.run("verify", HEAD=newer_head)
    assert missing.returncode == 1
    assert [(fault["kind"], fault["sequence"]) for fault in json.loads(missing.stdout)["faults"]] == [("cut-off", 3)]
    # A store may write down late what it took: of what other tests gave it, more may be in the backup than on its disk.
    assert saved <= object_names(fresh) <= object_names(stack)

    provider = {name: value for name, value in stack.env("staff").items() if name.startswith("OIDC_")}
    citizen = SurfaceServer(fresh, "citizen", free_port(), keys)
    staff = SurfaceServer(fresh, "staff", free_port(), {**keys, **provider})
    try:
        for server in (citizen, staff):
            server.start(wait=False)
        for server in (citizen, staff):
            server.wait_ready()
        with LiveBrowser(citizen.base_url) as person, LiveBrowser(staff.base_url) as desk:
            dossier = person.sign_in(reference, code)
            assert dossier.path == "/fr/dossier"
            assert reference in dossier.text
            assert person.open(link).status == 200
            assert person.open(link[:-1] + ("A" if link[-1] != "A" else "B")).status == 422
            board = desk.sign_in_as(CLAIRE.subject)
            assert "After The Dump" not in board.text
            sealed = desk.open(
                next(
                    address
                    for address in board.links()
                    if address.startswith("/staff/demands/") and "new" not in address
                )
            )
            assert "Anne-Lise Délèze" in sealed.text
            assert "Jean Rey" in sealed.text, "the sealed answer is not readable"
            person.file(name="First After The Restore", commune="6266")
        assert json.loads(worked(new.run("verify", HEAD=head)))["entries"] == 3
    finally:
        citizen.stop()
        staff.stop()
    refused = new.psql(fresh.postgres.url(OWNER), "UPDATE filing_register SET channel = 'phone'")
    assert "insert-only" in refused.stderr
