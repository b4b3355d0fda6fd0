"""The first interview of a household, and that the identity of an adult was seen: what the desk noted."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

# The desk notes, and nobody changes or removes what was noted: no role may, and the trigger stops the owner too. It lets
# the sealed column pass, which a rotation of master keys wraps anew, and says nothing of DELETE, for the purge. The worker
# reminds: it sees when, for whom and in what order, never where, nor why something was moved.
GRANTS = """
GRANT SELECT, INSERT ON interview_event, identity_event TO portal_staff;
GRANT SELECT ON interview_event, identity_event TO portal_citizen;
GRANT SELECT (id, sequence, dossier_id, kind, at, adults) ON interview_event TO portal_worker;
"""
FIXED = {
    "interview_event": (
        *("id", "sequence", "dossier_id", "kind", "instant", "caseworker_id", "region", "at", "way", "antenna"),
        *("interpreter", "language", "adults"),
    ),
    "identity_event": (
        *("id", "sequence", "dossier_id", "adult_id", "kind", "paper", "instant", "caseworker_id", "region"),
    ),
}


def upgrade() -> None:
    op.create_table(
        "interview_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("way", sa.Text(), nullable=True),
        sa.Column("antenna", sa.Text(), nullable=True),
        sa.Column("interpreter", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("adults", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('noted', 'moved', 'changed', 'missed', 'held')", name=op.f("ck_interview_event_kind")
        ),
        sa.CheckConstraint("(kind IN ('missed', 'held')) = (at IS NULL)", name=op.f("ck_interview_event_agreed_at")),
        sa.CheckConstraint(
            "(at IS NULL) = (way IS NULL) AND (at IS NULL) = (interpreter IS NULL)",
            name=op.f("ck_interview_event_agreed_whole"),
        ),
        sa.CheckConstraint(
            "(way = 'antenna') = (antenna IS NOT NULL) OR way IS NULL",
            name=op.f("ck_interview_event_antenna_of_centre"),
        ),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworker.id"], name=op.f("fk_interview_event_caseworker_id_caseworker")
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_interview_event_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_event")),
    )
    op.create_index("ix_interview_event_dossier_id_sequence", "interview_event", ["dossier_id", "sequence"])
    op.create_index("ix_interview_event_at", "interview_event", ["at"])
    op.create_table(
        "identity_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=True),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('seen', 'taken_back')", name=op.f("ck_identity_event_kind")),
        sa.CheckConstraint("(kind = 'seen') = (paper IS NOT NULL)", name=op.f("ck_identity_event_paper_seen")),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_identity_event_adult_id_adult")),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworker.id"], name=op.f("fk_identity_event_caseworker_id_caseworker")
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_identity_event_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_event")),
    )
    op.create_index("ix_identity_event_adult_id_sequence", "identity_event", ["adult_id", "sequence"])
    op.create_index(op.f("ix_identity_event_dossier_id"), "identity_event", ["dossier_id"])
    for table, columns in FIXED.items():
        op.execute(
            f"CREATE TRIGGER insert_only BEFORE UPDATE OF {', '.join(columns)} ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    op.execute(GRANTS)


def downgrade() -> None:
    op.drop_table("identity_event")
    op.drop_table("interview_event")
