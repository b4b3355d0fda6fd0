"""What every role may do, as PostgreSQL itself has it written down."""

from __future__ import annotations

from typing import Any

import psycopg

Grants = dict[str, dict[str, set[str]]]
_TABLES = """
SELECT coalesce(r.rolname, 'PUBLIC'), n.nspname || '.' || c.relname, a.privilege_type
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE n.nspname IN ('public', 'jobs') AND a.grantee <> c.relowner AND c.relkind IN ('r', 'p', 'v', 'm')
UNION ALL
SELECT coalesce(r.rolname, 'PUBLIC'), n.nspname || '.' || c.relname, a.privilege_type || '(' || t.attname || ')'
FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace,
aclexplode(t.attacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE n.nspname IN ('public', 'jobs') AND a.grantee <> c.relowner
"""


def grants(connection: psycopg.Connection[tuple[Any, ...]]) -> Grants:
    """role → table → verbs, those of single columns as `UPDATE(column)`; the owner's own are left out."""
    found: Grants = {}
    for role, table, verb in connection.execute(_TABLES).fetchall():
        found.setdefault(role, {}).setdefault(table.removeprefix("public."), set()).add(verb)
    return found
