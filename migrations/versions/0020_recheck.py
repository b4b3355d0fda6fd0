"""Caseworkers' sessions are checked again at the provider, and ended by it; why one ended is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

COLUMNS = {
    "provider_session": sa.LargeBinary(),
    "refresh_token": sa.LargeBinary(),
    "failed_at": sa.DateTime(timezone=True),
    "claimed_at": sa.DateTime(timezone=True),
    "ended_why": sa.Text(),
}
# The desk notes each logout that the provider told, so that none counts twice; nobody changes it, the worker removes it.
# The worker removes old sessions by their time, and has no business with the tokens in them.
GRANTS = """
GRANT SELECT, INSERT ON logout_seen TO portal_staff;
GRANT SELECT (seen_at), DELETE ON logout_seen TO portal_worker;
REVOKE SELECT ON staff_session FROM portal_worker;
GRANT SELECT (id_hash, seen_at) ON staff_session TO portal_worker;
"""
BACK = """
REVOKE SELECT (id_hash, seen_at) ON staff_session FROM portal_worker;
GRANT SELECT ON staff_session TO portal_worker;
"""


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.add_column("staff_session", sa.Column(name, kind, nullable=True))
    op.add_column("staff_session", sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True))
    # Who is signed in during the change has nothing to be asked by: an hour more from their sign-in.
    op.execute("UPDATE staff_session SET checked_at = created_at")
    op.alter_column("staff_session", "checked_at", nullable=False)
    op.create_table(
        "logout_seen",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_logout_seen")),
    )
    op.execute(GRANTS)


def downgrade() -> None:
    op.execute(BACK)
    op.drop_table("logout_seen")
    for name in (*COLUMNS, "checked_at"):
        op.drop_column("staff_session", name)
