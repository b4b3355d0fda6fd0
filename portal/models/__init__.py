"""Tables; no rules. Importing this package knows them all."""

from portal.models.base import Base
from portal.models.demand import Demand, DemandEvent, SentMail
from portal.models.document import Document, DocumentFile, DocumentObject, DocumentPage, Handoff
from portal.models.dossier import AccessCode, Adult, Dossier
from portal.models.notice import Acknowledgement, NoticeLink, NoticeProgress
from portal.models.register import AuditEvent, RegisterEntry
from portal.models.session import Caseworker, CitizenSession, LimitCounter, StaffSession
from portal.models.situation import DocumentRequestEvent, PageTime, SituationDraft, SituationSnapshot

__all__ = [
    "AccessCode",
    "Acknowledgement",
    "Adult",
    "AuditEvent",
    "Base",
    "Caseworker",
    "CitizenSession",
    "Demand",
    "DemandEvent",
    "Document",
    "DocumentFile",
    "DocumentObject",
    "DocumentPage",
    "DocumentRequestEvent",
    "Dossier",
    "Handoff",
    "LimitCounter",
    "NoticeLink",
    "NoticeProgress",
    "PageTime",
    "RegisterEntry",
    "SentMail",
    "SituationDraft",
    "SituationSnapshot",
    "StaffSession",
]
