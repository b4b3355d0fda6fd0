"""Everything that the environment decides, read once, typed and frozen.

A missing or malformed value stops the start with one message that names every fault. There is no default for a
secret: the embedded stack writes its own to `var/dev.env`, a deployment brings its own.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from types import MappingProxyType
from typing import Literal
from urllib.parse import SplitResult, urlsplit

Surface = Literal["citizen", "staff", "both"]
SURFACES: tuple[Surface, ...] = ("citizen", "staff", "both")
AddressingStyle = Literal["auto", "path", "virtual"]
STYLES: tuple[AddressingStyle, ...] = ("auto", "path", "virtual")
OIDC_SCOPES = "openid profile email offline_access"
DEV_ENV = Path("var/dev.env")
MIN_SECRET = 32
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,16}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+")


class SettingsError(RuntimeError):
    """The environment does not describe a portal that can start; the message names each fault."""


@dataclass(frozen=True)
class S3Settings:
    """Where objects rest. Any S3 API will do."""

    endpoint_url: str
    bucket: str
    access_key_id: str
    secret_access_key: str = field(repr=False)
    region: str
    addressing_style: AddressingStyle
    ca_file: str | None


@dataclass(frozen=True)
class OidcSettings:
    """One OpenID Connect client: issuer as it writes itself in its tokens."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: str = OIDC_SCOPES
    """What is asked for at a sign-in, parted by blanks; `openid` is among it."""


@dataclass(frozen=True)
class Settings:
    """The portal's configuration. `secrets[0]` and the first key of each ring are in use, the others only read."""

    database_url: str = field(repr=False)
    public_url: str
    surface: Surface
    trusted_proxies: int
    secrets: tuple[str, ...] = field(repr=False)
    master_keys: Mapping[str, bytes] = field(repr=False)
    receipt_signing_key: str = field(repr=False)
    s3: S3Settings = field(repr=False)
    smtp_url: str = field(repr=False)
    mail_from: str
    oidc_staff: OidcSettings | None
    duty_addresses: Mapping[str, str]
    clamd_url: str | None

    @property
    def https(self) -> bool:
        """True when people reach the portal over TLS; cookies are then `Secure` and carry the `__Host-` prefix."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def citizen(self) -> bool:
        """True when this process serves applicants and beneficiaries."""
        return self.surface in ("citizen", "both")

    @property
    def staff(self) -> bool:
        """True when this process serves the staff desk."""
        return self.surface in ("staff", "both")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from `environ` (default: the process), or raise SettingsError naming every fault."""
        return _Reader(environment() if environ is None else environ).settings()


def environment() -> Mapping[str, str]:
    """The process's variables; without DATABASE_URL, those that `make run` left in var/dev.env are added."""
    if "DATABASE_URL" in os.environ or not DEV_ENV.is_file():
        return os.environ
    lines = (line.partition("=") for line in DEV_ENV.read_text().splitlines() if "=" in line and line[0] != "#")
    return {**{name: value for name, _, value in lines}, **os.environ}


def owner_database_url(environ: Mapping[str, str] | None = None) -> str:
    """The owner's address, for migrate and purge only; raises SettingsError when it is not set."""
    url = (environment() if environ is None else environ).get("DATABASE_OWNER_URL", "")
    if not url:
        raise SettingsError("DATABASE_OWNER_URL is not set: this command changes tables and needs their owner")
    return url


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


class _Reader:
    """Collects every fault before it complains, so that one start names them all."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.faults: list[str] = []

    def text(self, name: str, default: str | None = None) -> str:
        value = self.environ.get(name, "").strip() or (default or "")
        if not value and default is None:
            self.faults.append(f"{name} is not set")
        return value

    def secrets(self) -> tuple[str, ...]:
        values = tuple(part.strip() for part in self.text("SECRET_KEY").split(","))
        if any(0 < len(value) < MIN_SECRET for value in values) or (len(values) > 1 and not all(values)):
            self.faults.append(f"SECRET_KEY is shorter than {MIN_SECRET} characters")
        return values

    def key_ring(self, name: str) -> Mapping[str, bytes]:
        ring: dict[str, bytes] = {}
        text = self.text(name)
        for part in text.split(",") if text else ():
            key_id, _, encoded = part.strip().rstrip("=").partition(":")
            try:
                key = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
            except (binascii.Error, ValueError):
                key = b""
            if not _KEY_ID.fullmatch(key_id) or len(key) != 32 or key_id in ring:
                self.faults.append(f"{name} must hold id:base64url(32 bytes), several parted by commas, no id twice")
                break
            ring[key_id] = key
        return MappingProxyType(ring)

    def surface(self) -> Surface:
        value = self.text("SURFACE")
        for surface in SURFACES:
            if value == surface:
                return surface
        self.faults.append(f"SURFACE must be one of {', '.join(SURFACES)}")
        return "both"

    def addressing_style(self) -> AddressingStyle:
        value = self.text("S3_ADDRESSING_STYLE", "auto")
        for style in STYLES:
            if value == style:
                return style
        self.faults.append(f"S3_ADDRESSING_STYLE must be one of {', '.join(STYLES)}")
        return "auto"

    def ca_file(self, name: str) -> str | None:
        path = self.text(name, "")
        try:
            if path:
                ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
        except OSError:  # a broken file as well: ssl's errors are of this kind
            self.faults.append(f"{name} must be a file of certificates (PEM) that this process may read")
        return path or None

    def scanner_url(self, name: str) -> str | None:
        value = self.text(name, "")
        parts = _split(value)
        try:
            served = parts.scheme == "tcp" and parts.hostname and parts.port and not (parts.path or parts.query)
        except ValueError:  # no port number
            served = False
        if value and not served and not (parts.scheme == "unix" and parts.path.strip("/") and not parts.netloc):
            self.faults.append(f"{name} must be tcp://host:port or unix:///path")
        return value or None

    def public_url(self) -> str:
        url = self.secure_url("PUBLIC_URL").rstrip("/")
        parts = _split(url)
        if parts.hostname and (parts.path or parts.query or parts.fragment or parts.username):
            self.faults.append("PUBLIC_URL must be scheme and host only, without a path")
        return url

    def url(self, name: str, *schemes: str) -> str:
        value = self.text(name)
        if value and (_split(value).scheme not in schemes or not _split(value).hostname):
            self.faults.append(
                f"{name} must begin with {' or '.join(f'{scheme}://' for scheme in schemes)} and name a host"
            )
        return value

    def secure_url(self, name: str) -> str:
        value = self.url(name, "https", "http")
        if _split(value).scheme == "http" and _split(value).hostname not in ("127.0.0.1", "localhost", "::1"):
            self.faults.append(f"{name} must be https (http only on the loopback address)")
        return value

    def mail_address(self, name: str) -> str:
        value = self.text(name)
        if value and not _MAIL.fullmatch(parseaddr(value)[1]):
            self.faults.append(f"{name} must be a mail address")
        return value

    def number(self, name: str, default: str) -> int:
        value = self.text(name, default)
        if not value.isdecimal():
            self.faults.append(f"{name} must be a whole number")
            return 0
        return int(value)

    def oidc(self, prefix: str, *, wanted: bool) -> OidcSettings | None:
        if not wanted:
            return None
        client_id, client_secret = self.text(f"{prefix}_CLIENT_ID"), self.text(f"{prefix}_CLIENT_SECRET")
        scopes = " ".join(self.text(f"{prefix}_SCOPES", OIDC_SCOPES).split())
        if "openid" not in scopes.split():
            self.faults.append(f"{prefix}_SCOPES must hold openid")
        return OidcSettings(self.secure_url(f"{prefix}_ISSUER"), client_id, client_secret, scopes)

    def duty_addresses(self) -> Mapping[str, str]:
        parts = (part.partition("=") for part in self.text("DUTY_ADDRESSES", "").split(",") if part.strip())
        pairs = {region.strip(): address.strip() for region, _, address in parts}
        # A region with a wrong address would look like one that is told, and nobody would be.
        if not all(region and _MAIL.fullmatch(address) for region, address in pairs.items()):
            self.faults.append("DUTY_ADDRESSES must hold region=mail address, several parted by commas")
        return MappingProxyType(pairs)

    def settings(self) -> Settings:
        surface = self.surface()
        settings = Settings(
            database_url=self.url("DATABASE_URL", "postgresql"),
            public_url=self.public_url(),
            surface=surface,
            trusted_proxies=self.number("TRUSTED_PROXIES", "0"),
            secrets=self.secrets(),
            master_keys=self.key_ring("MASTER_KEYS"),
            receipt_signing_key=self.text("RECEIPT_SIGNING_KEY"),
            s3=S3Settings(
                endpoint_url=self.url("S3_ENDPOINT_URL", "https", "http"),
                bucket=self.text("S3_BUCKET"),
                access_key_id=self.text("S3_ACCESS_KEY_ID"),
                secret_access_key=self.text("S3_SECRET_ACCESS_KEY"),
                region=self.text("S3_REGION"),
                addressing_style=self.addressing_style(),
                ca_file=self.ca_file("S3_CA_FILE"),
            ),
            smtp_url=self.url("SMTP_URL", "smtp", "smtps"),
            mail_from=self.mail_address("MAIL_FROM"),
            oidc_staff=self.oidc("OIDC_STAFF", wanted=surface != "citizen"),
            duty_addresses=self.duty_addresses(),
            clamd_url=self.scanner_url("CLAMD_URL"),
        )
        self.key_ring("RECEIPT_SIGNING_KEY")
        if self.faults:
            raise SettingsError("The portal cannot start:\n  - " + "\n  - ".join(dict.fromkeys(self.faults)))
        return settings
