"""Requests of one adult, their thread with the centre, first looks, and which threads wait for an answer."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# What was asked, written, answered and read is never changed: no role may, and the trigger stops the owner too. It lets
# the sealed column pass, which a rotation of master keys wraps anew, and says nothing of DELETE, so that a purge by
# retention class stays possible to the owner. `thread_waiting` is derived: the desk ends a line with its answer.
# The worker alerts for urgent requests that nobody opened, and tells whose thread it is that there is an answer: by ids
# and instants, never by words.
GRANTS = """
GRANT SELECT, INSERT ON case_request TO portal_citizen;
GRANT SELECT ON case_request TO portal_staff;
GRANT SELECT (id, dossier_id, kind, instant) ON case_request TO portal_worker;
GRANT SELECT (id, adult_id) ON thread_message TO portal_worker;
GRANT SELECT, INSERT ON thread_message, case_seen TO portal_citizen, portal_staff;
GRANT SELECT ON case_seen TO portal_worker;
GRANT SELECT, INSERT, UPDATE (asked, urgent) ON thread_waiting TO portal_citizen;
GRANT SELECT, DELETE ON thread_waiting TO portal_staff;
"""
FIXED = {
    "case_request": ("id", "dossier_id", "adult_id", "kind", "instant", "register_sequence"),
    "thread_message": (
        *("id", "sequence", "dossier_id", "adult_id", "kind", "about", "instant", "caseworker_id", "region"),
        *("language", "token_hash"),
    ),
    "case_seen": ("about", "reader", "instant"),
}


def upgrade() -> None:
    op.create_table(
        "case_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("register_sequence", sa.BigInteger(), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('urgent', 'reexamination', 'decision', 'file')", name=op.f("ck_case_request_kind")
        ),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_case_request_adult_id_adult")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_case_request_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_request")),
    )
    op.create_index("ix_case_request_adult_id_kind_instant", "case_request", ["adult_id", "kind", "instant"])
    op.create_index("ix_case_request_urgent", "case_request", ["instant"], postgresql_where=sa.text("kind = 'urgent'"))
    op.create_table(
        "thread_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=True),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('message', 'request', 'answer', 'settled')", name=op.f("ck_thread_message_kind")),
        sa.CheckConstraint(
            "(kind IN ('answer', 'settled')) = (caseworker_id IS NOT NULL)",
            name=op.f("ck_thread_message_centre_by_caseworker"),
        ),
        sa.CheckConstraint(
            "(caseworker_id IS NULL) = (region IS NULL)", name=op.f("ck_thread_message_region_of_caseworker")
        ),
        sa.CheckConstraint(
            "(kind = 'request') = (about IS NOT NULL)", name=op.f("ck_thread_message_request_is_about_one")
        ),
        sa.ForeignKeyConstraint(["about"], ["case_request.id"], name=op.f("fk_thread_message_about_case_request")),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_thread_message_adult_id_adult")),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworker.id"], name=op.f("fk_thread_message_caseworker_id_caseworker")
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_thread_message_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_message")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_thread_message_token_hash")),
    )
    op.create_index("ix_thread_message_adult_id_sequence", "thread_message", ["adult_id", "sequence"])
    op.create_table(
        "case_seen",
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("about", "reader", name=op.f("pk_case_seen")),
    )
    op.create_table(
        "thread_waiting",
        sa.Column("adult_id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_thread_waiting_adult_id_adult")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_thread_waiting_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("adult_id", name=op.f("pk_thread_waiting")),
    )
    op.create_index("ix_thread_waiting_dossier_id", "thread_waiting", ["dossier_id"])
    for table, columns in FIXED.items():
        op.execute(
            f"CREATE TRIGGER insert_only BEFORE UPDATE OF {', '.join(columns)} ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    op.execute(GRANTS)


def downgrade() -> None:
    for table in ("thread_waiting", "case_seen", "thread_message", "case_request"):
        op.drop_table(table)
