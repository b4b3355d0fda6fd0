"""How the answers of a page were given at the centre and who keyed them; a device that is with the person."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

# Nobody changes or removes what was noted: no role may, and the trigger stops the owner too. It lets the sealed column
# pass, which a rotation of master keys wraps anew, and says nothing of DELETE, for the purge. The person's own process
# does not see which caseworker it was: the centre and the function are for them, the name is for the desk.
GRANTS = """
GRANT SELECT, INSERT ON answer_mark TO portal_staff;
GRANT SELECT (id, sequence, dossier_id, adult_id, instant, region, roles, details), INSERT ON answer_mark TO portal_citizen;
"""
FIXED = ("id", "sequence", "dossier_id", "adult_id", "instant", "caseworker_id", "region", "roles")


def upgrade() -> None:
    op.create_table(
        "answer_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("(caseworker_id IS NULL) = (region IS NULL)", name=op.f("ck_answer_mark_by_centre")),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_answer_mark_adult_id_adult")),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworker.id"], name=op.f("fk_answer_mark_caseworker_id_caseworker")
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_answer_mark_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_mark")),
    )
    op.create_index("ix_answer_mark_dossier_id_sequence", "answer_mark", ["dossier_id", "sequence"])
    op.execute(
        f"CREATE TRIGGER insert_only BEFORE UPDATE OF {', '.join(FIXED)} ON answer_mark"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(GRANTS)
    op.add_column("staff_session", sa.Column("helped_how", postgresql.ARRAY(sa.Text()), nullable=True))
    op.add_column("staff_session", sa.Column("lent_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("staff_session", sa.Column("lent_language", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_staff_session_lent_whole"), "staff_session", "(lent_at IS NULL) = (lent_language IS NULL)"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_staff_session_lent_whole"), "staff_session")
    for column in ("lent_language", "lent_at", "helped_how"):
        op.drop_column("staff_session", column)
    op.drop_table("answer_mark")
