"""Secrets of the embedded stack: made once, kept in `var/`, readable by the owner of the checkout only."""

from __future__ import annotations

import base64
import json
import os
import secrets
import tempfile
from dataclasses import asdict, dataclass, fields
from pathlib import Path


@dataclass(frozen=True)
class Secrets:
    """Everything that the stack and the portal must know and nobody else may."""

    secret_key: str
    master_keys: str
    receipt_signing_key: str
    s3_access_key_id: str
    s3_secret_access_key: str
    oidc_client_id: str
    oidc_client_secret: str
    superuser_password: str
    owner_password: str
    citizen_password: str
    staff_password: str
    worker_password: str
    both_password: str

    @classmethod
    def generate(cls) -> Secrets:
        """Fresh secrets, from the system's source of randomness."""
        return cls(
            secret_key=secrets.token_urlsafe(48),
            master_keys=_key("dev1"),
            receipt_signing_key=_key("dev1"),
            s3_access_key_id=secrets.token_hex(10),
            s3_secret_access_key=secrets.token_hex(20),
            oidc_client_id="portal-staff-desk",
            oidc_client_secret=secrets.token_urlsafe(24),
            superuser_password=secrets.token_hex(16),
            owner_password=secrets.token_hex(16),
            citizen_password=secrets.token_hex(16),
            staff_password=secrets.token_hex(16),
            worker_password=secrets.token_hex(16),
            both_password=secrets.token_hex(16),
        )


def load_or_create(path: Path) -> Secrets:
    """The secrets in `path`; made on the first call, completed when a later version needs more of them.

    Raises ValueError when the file is damaged: new keys would make the data in the stack unreadable.
    """
    try:
        known = json.loads(path.read_text())
    except FileNotFoundError:
        known = {}
    except ValueError as error:
        raise ValueError(f"{path} is damaged; restore it, or remove the whole folder to start anew") from error
    names = {field.name for field in fields(Secrets)}
    values = {**asdict(Secrets.generate()), **{name: known[name] for name in names if name in known}}
    if values != known:
        write_private(path, json.dumps(values, indent=1) + "\n")
    return Secrets(**values)


def write_env(path: Path, variables: dict[str, str]) -> None:
    """Write `NAME=value` lines, mode 0600, in one step: a reader sees the old file or the new one."""
    lines = ["# Written by `make run` at each start; read by `flask --app app …` when DATABASE_URL is not set."]
    lines += [f"{name}={value}" for name, value in sorted(variables.items())]
    write_private(path, "\n".join(lines) + "\n")


def write_private(path: Path, text: str) -> None:
    """Write `text` to `path` with mode 0600, atomically; the text is never readable by others, not for an instant."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # made with mode 0600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _key(name: str) -> str:
    return f"{name}:{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip('=')}"
