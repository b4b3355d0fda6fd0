"""A local OpenID provider with demo people of the staff desk and one client: the desk."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from devstack.ports import LOOPBACK, answers
from devstack.process import Server, module_environment
from devstack.secrets import Secrets


@dataclass(frozen=True)
class DemoCaseworker:
    """A person who can sign in at the staff desk of the embedded stack. Region and roles are the portal's, not claims."""

    subject: str
    name: str
    email: str
    region: str | None
    """None for who works on no file."""
    roles: tuple[str, ...] = ("social-worker",)
    """Values of `portal.domain.role.Role`."""


DEMO_CASEWORKERS = (
    DemoCaseworker("claire.demo", "Claire Demo", "claire.demo@example.ch", "sierre"),
    DemoCaseworker("marc.demo", "Marc Demo", "marc.demo@example.ch", "sierre"),
    DemoCaseworker("anna.demo", "Anna Demo", "anna.demo@example.ch", "oberwallis"),
    DemoCaseworker("nadia.demo", "Nadia Demo", "nadia.demo@example.ch", "sierre", ("reception",)),
    DemoCaseworker("luc.demo", "Luc Demo", "luc.demo@example.ch", "sierre", ("social-worker", "team-lead")),
    DemoCaseworker("paul.demo", "Paul Demo", "paul.demo@example.ch", None, ("figures",)),
    DemoCaseworker("sara.demo", "Sara Demo", "sara.demo@example.ch", None, ("administrator",)),
)
DEMO_STRANGER = DemoCaseworker("eva.demo", "Eva Demo", "eva.demo@example.ch", None, ())
"""The provider knows her and the portal does not: for whom an invitation can be tried."""


# In place of the provider's own frame, which loads a style sheet from a third party.
PAGE_FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Demo sign-in</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}
button,input{font:inherit;padding:.5rem 1rem}</style></head>
<body><main class="container">{% block content %}{{ content }}{% endblock %}</main></body></html>"""


class Oidc(Server):
    """The provider. Its signing key is new at each start, so a restart also tests a change of keys."""

    name = "oidc"

    def __init__(self, root: Path, port: int, secrets: Secrets) -> None:
        super().__init__(root)
        self.port = port
        self._secrets = secrets

    @property
    def issuer(self) -> str:
        """The issuer, as it stands in the tokens."""
        return f"http://{LOOPBACK}:{self.port}"

    def command(self) -> list[str]:
        return [sys.executable, "-m", "devstack.oidc", "--port", str(self.port)]

    def environment(self) -> dict[str, str]:
        return {
            **module_environment(),
            "AUTHLIB_INSECURE_TRANSPORT": "1",  # the loopback address has no TLS
            "DEVSTACK_OIDC_CLIENT_ID": self._secrets.oidc_client_id,
            "DEVSTACK_OIDC_CLIENT_SECRET": self._secrets.oidc_client_secret,
        }

    def ready(self) -> bool:
        return answers(self.port)


def main() -> None:
    """Run the provider until the process is ended."""
    # Imported here: the class above is also used where the provider's package is not needed.
    import flask
    import oidc_provider_mock
    from jinja2 import ChoiceLoader, DictLoader
    from joserfc.jwk import RSAKey
    from oidc_provider_mock._storage import Client, ClientAllowAny, Storage
    from werkzeug.serving import WSGIRequestHandler, make_server

    from devstack import oidc_tokens

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    users = [
        oidc_provider_mock.User(sub=one.subject, claims={"name": one.name, "email": one.email, "email_verified": True})
        for one in (*DEMO_CASEWORKERS, DEMO_STRANGER)
    ]
    app = oidc_provider_mock.app(require_client_registration=True, require_nonce=True, user_claims=users)
    frame = DictLoader({"_base.html": PAGE_FRAME})
    app.jinja_loader = ChoiceLoader([frame, app.jinja_loader] if app.jinja_loader else [frame])
    client = Client(
        id=os.environ["DEVSTACK_OIDC_CLIENT_ID"],
        secret=os.environ["DEVSTACK_OIDC_CLIENT_SECRET"],
        redirect_uris=ClientAllowAny(),  # the portal's port is chosen at start, tests use several
        allowed_scopes=(*Client.SCOPES_SUPPORTED, oidc_tokens.OFFLINE),
        token_endpoint_auth_method="client_secret_basic",  # noqa: S106 - the name of a method
    )
    with app.test_request_context():
        app.preprocess_request()  # the provider makes its storage known per request only
        storage: Storage = flask.g.oidc_provider_mock_storage
        storage.store_client(client)
    # The very key that the package publishes, read by the library that signs here.
    key = RSAKey.import_key({**storage.jwk.as_dict(), **storage.jwk.as_dict(is_private=True)})
    oidc_tokens.install(app, client.id, os.environ["DEVSTACK_OIDC_CLIENT_SECRET"], key)
    make_server(LOOPBACK, port, app, threaded=True, request_handler=WSGIRequestHandler).serve_forever()


if __name__ == "__main__":
    main()
