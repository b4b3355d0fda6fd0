"""The whole embedded stack: four servers in one folder, and the environment that a portal needs to use them."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from devstack.oidc import Oidc
from devstack.ports import LOOPBACK, remembered_ports
from devstack.postgres import OWNER, Postgres
from devstack.process import Server, StartError
from devstack.s3 import BUCKET, REGION, S3
from devstack.secrets import load_or_create
from devstack.smtp import Smtp

Surface = Literal["both", "citizen", "staff", "worker"]
PORT_NAMES = ("postgres", "s3", "oidc", "smtp", "mailbox")
DUTY_ADDRESSES = "sierre=duty.sierre@example.ch,oberwallis=duty.oberwallis@example.ch"


class Stack:
    """PostgreSQL, S3, OpenID provider and mail sink under `root`; each can be stopped, killed and started alone.

    Ports are chosen on construction, so `env` is known before anything runs. Not for two processes at a time.
    """

    def __init__(self, root: Path, *, public_url: str = f"http://{LOOPBACK}:5000") -> None:
        self.root = root.resolve()
        self.public_url = public_url
        self.secrets = load_or_create(self.root / "secrets.json")
        ports = remembered_ports(self.root / "ports.json", PORT_NAMES)
        self.postgres = Postgres(self.root, ports["postgres"], self.secrets)
        self.s3 = S3(self.root, ports["s3"], self.secrets)
        self.oidc = Oidc(self.root, ports["oidc"], self.secrets)
        self.smtp = Smtp(self.root, ports["smtp"], ports["mailbox"])

    @property
    def servers(self) -> tuple[Server, ...]:
        """The four servers, in the order in which they start."""
        return (self.postgres, self.s3, self.oidc, self.smtp)

    def start(self) -> dict[str, str]:
        """Start what does not run, wait until all answer (bounded), and give the environment of a portal with
        both surfaces. Raises StartError; what had started is then stopped again.
        """
        try:
            for server in self.servers:
                server.start(wait=False)
            for server in self.servers:
                server.wait_ready()
        except BaseException:
            self.stop()
            raise
        return self.env()

    def stop(self) -> None:
        """Stop what runs, the database last."""
        for server in reversed(self.servers):
            server.stop()

    def env(self, surface: Surface = "both", *, public_url: str | None = None, owner: bool = False) -> dict[str, str]:
        """The variables of DESIGN section 5 for one process. `owner` adds the owner's address, for migrate and
        purge only. The worker has its own database role.
        """
        variables = {
            "DATABASE_URL": self.postgres.url(f"portal_{surface}"),
            "S3_ENDPOINT_URL": self.s3.endpoint_url,
            "S3_BUCKET": BUCKET,
            "S3_ACCESS_KEY_ID": self.secrets.s3_access_key_id,
            "S3_SECRET_ACCESS_KEY": self.secrets.s3_secret_access_key,
            "S3_REGION": REGION,
            "SMTP_URL": self.smtp.url,
            "MAIL_FROM": "portal@example.ch",
            "OIDC_STAFF_ISSUER": self.oidc.issuer,
            "OIDC_STAFF_CLIENT_ID": self.secrets.oidc_client_id,
            "OIDC_STAFF_CLIENT_SECRET": self.secrets.oidc_client_secret,
            "SECRET_KEY": self.secrets.secret_key,
            "MASTER_KEYS": self.secrets.master_keys,
            "RECEIPT_SIGNING_KEY": self.secrets.receipt_signing_key,
            "PUBLIC_URL": public_url or self.public_url,
            "TRUSTED_PROXIES": "0",
            "SURFACE": "both" if surface == "worker" else surface,
            "DUTY_ADDRESSES": DUTY_ADDRESSES,
        }
        if owner:
            variables["DATABASE_OWNER_URL"] = self.postgres.url(OWNER)
        return variables

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


__all__ = ["Stack", "StartError", "Surface"]
