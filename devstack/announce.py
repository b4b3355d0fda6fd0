"""What `make run` prints when everything answers."""

from __future__ import annotations

from devstack.oidc import DEMO_CASEWORKERS
from devstack.portal import PortalServer
from devstack.stack import Stack


def announcement(stack: Stack, portal: PortalServer) -> str:
    """The addresses, how to sign in, and where the data lie."""
    people = [
        f"                 {one.subject}: {', '.join(one.roles)}, {one.region or 'whole canton'}"
        for one in DEMO_CASEWORKERS
    ]
    account = stack.postgres.identity
    runs_as = f" (runs as the system user {account.user})" if account.uid is not None else ""
    return "\n".join(
        [
            "",
            f"  Portal         {portal.base_url}/",
            f"  Staff desk     {portal.base_url}/staff/",
            "                 sign in: press a name, no password",
            *people,
            f"  Mailbox        {stack.smtp.page_url}",
            f"  PostgreSQL     {account.data}{runs_as}",
            f"  Logs, settings {stack.root}/log, {stack.root}/dev.env",
            "",
            "  Ctrl-C ends everything; the data stay.",
            "",
        ]
    )
