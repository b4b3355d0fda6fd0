"""An S3 with a certificate of its own authority, and with the bucket in the host name instead of the path.

Tried here: rclone over TLS, both styles. What no embedded store can show: a DNS name for each bucket (this process is
told where `portal.localhost` is), a wildcard certificate of a real authority, redirects between regions.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from devstack.ports import LOOPBACK, free_port
from devstack.s3 import BUCKET, S3
from devstack.secrets import Secrets
from devstack.stack import Stack
from portal.adapters.objects import AddressingStyle, ObjectStore, StorageUnavailableError
from portal.settings import S3Settings, Settings

NAMES = ("localhost", f"{BUCKET}.localhost")


class TlsS3(S3):
    """The embedded store with TLS; with `virtual` it reads the bucket from the host name only."""

    def __init__(self, root: Path, secrets: Secrets, *, virtual: bool) -> None:
        super().__init__(root, free_port(), secrets)
        self._virtual = virtual
        self.authority, self._certificate, self._key = root / "ca.pem", root / "cert.pem", root / "key.pem"

    @property
    def endpoint_url(self) -> str:
        return f"https://localhost:{self.port}"

    def prepare(self) -> None:
        super().prepare()
        make_certificates(self.authority, self._certificate, self._key)

    def command(self) -> list[str]:
        style = f"--force-path-style={'false' if self._virtual else 'true'}"
        return [*super().command(), "--cert", str(self._certificate), "--key", str(self._key), style]


def make_certificates(authority: Path, certificate: Path, key: Path) -> None:
    """An authority, and a server's certificate by it."""
    ca_key, server_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
    begin, end = datetime.now(UTC) - timedelta(hours=1), datetime.now(UTC) + timedelta(hours=1)

    def certified(name: x509.Name, public: ec.EllipticCurvePublicKey, extension: Any, *, ca: bool) -> bytes:
        built = (
            x509.CertificateBuilder(ca_name, name, public, x509.random_serial_number(), begin, end)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
            .add_extension(extension, critical=ca)
        )
        return built.sign(ca_key, hashes.SHA256()).public_bytes(Encoding.PEM)

    signing = {name: name in ("key_cert_sign", "crl_sign") for name in KEY_USES}
    authority.write_bytes(certified(ca_name, ca_key.public_key(), x509.KeyUsage(**signing), ca=True))
    hosts = x509.SubjectAlternativeName([x509.DNSName(name) for name in NAMES])
    server = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAMES[0])])
    certificate.write_bytes(certified(server, server_key.public_key(), hosts, ca=False))
    key.write_bytes(server_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


KEY_USES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


@pytest.fixture(params=[False, True], ids=["path", "virtual"])
def served(request: pytest.FixtureRequest, tmp_path: Path, bare_stack: Stack) -> Iterator[TlsS3]:
    """A store of either style."""
    server = TlsS3(tmp_path, bare_stack.secrets, virtual=request.param)
    server.start()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _the_buckets_host_is_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    look_up = socket.getaddrinfo

    def found(host: Any, *arguments: Any, **options: Any) -> Any:
        return look_up(LOOPBACK if host in NAMES else host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", found)


def settings(bare_stack: Stack, served: TlsS3, style: AddressingStyle, ca_file: Path | None) -> S3Settings:
    base = Settings.from_env(bare_stack.env("worker")).s3
    trusted = str(ca_file) if ca_file else None
    return replace(base, endpoint_url=served.endpoint_url, addressing_style=style, ca_file=trusted)


def own_style(served: TlsS3) -> AddressingStyle:
    return "virtual" if served._virtual else "path"


def test_all_that_a_store_does(bare_stack: Stack, served: TlsS3) -> None:
    objects = ObjectStore(**asdict(settings(bare_stack, served, own_style(served), served.authority)))
    objects.put("d/one", b"x" * 100_000, "application/octet-stream")
    assert objects.get("d/one") == b"x" * 100_000
    assert (served.data / BUCKET / "d" / "one").read_bytes() == b"x" * 100_000
    assert objects.keys("d/") == ("d/one",)
    objects.delete("d/one")
    assert objects.keys("d/") == ()


def test_the_other_style_finds_no_bucket(bare_stack: Stack, served: TlsS3) -> None:
    """So the style is what makes the difference, and "auto" is "path" at an address of one's own."""
    works_with: dict[AddressingStyle, bool] = {"virtual": served._virtual}
    works_with |= {"path": not served._virtual, "auto": not served._virtual}
    for style, works in works_with.items():
        objects = ObjectStore(**asdict(settings(bare_stack, served, style, served.authority)), max_attempts=1)
        if works:
            objects.put("d/one", b"x", "text/plain")
        else:
            with pytest.raises(StorageUnavailableError):
                objects.put("d/one", b"x", "text/plain")


def test_an_unknown_authority_is_refused(bare_stack: Stack, served: TlsS3, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    make_certificates(other, tmp_path / "other-cert.pem", tmp_path / "other-key.pem")
    for ca_file in (None, other):
        objects = ObjectStore(**asdict(settings(bare_stack, served, own_style(served), ca_file)), max_attempts=1)
        with pytest.raises(StorageUnavailableError):
            objects.put("d/one", b"x", "text/plain")
    assert not (served.data / BUCKET / "d").exists()
    assert ssl.create_default_context(cafile=str(other)).get_ca_certs(), "a good file, of another authority"
