"""Tables; no rules. Importing this package knows them all."""

from portal.models.apart import Apart
from portal.models.base import Base
from portal.models.demand import Demand, DemandEvent, SentMail
from portal.models.document import Document, DocumentFile, DocumentObject, DocumentPage, Handoff
from portal.models.dossier import AccessCode, Adult, Dossier
from portal.models.monthly import DossierTerm, MonthNote, MonthNoteEvent
from portal.models.notice import Acknowledgement, NoticeLink, NoticeProgress
from portal.models.own_data import AccountClosing
from portal.models.paper_file import PaperFile
from portal.models.register import AuditEvent, RegisterEntry
from portal.models.reminder import CallLine, MailWish
from portal.models.report import ChangeReport, ChangeReportEvent, ReportDraft, ReportUnread
from portal.models.session import Caseworker, CitizenSession, LimitCounter, StaffSession
from portal.models.situation import DocumentRequestEvent, PageTime, SituationDraft, SituationSnapshot
from portal.models.thread import CaseRequest, CaseSeen, ThreadMessage, ThreadWaiting

__all__ = [
    "AccessCode",
    "AccountClosing",
    "Acknowledgement",
    "Adult",
    "Apart",
    "AuditEvent",
    "Base",
    "CallLine",
    "CaseRequest",
    "CaseSeen",
    "Caseworker",
    "ChangeReport",
    "ChangeReportEvent",
    "CitizenSession",
    "Demand",
    "DemandEvent",
    "Document",
    "DocumentFile",
    "DocumentObject",
    "DocumentPage",
    "DocumentRequestEvent",
    "Dossier",
    "DossierTerm",
    "Handoff",
    "LimitCounter",
    "MailWish",
    "MonthNote",
    "MonthNoteEvent",
    "NoticeLink",
    "NoticeProgress",
    "PageTime",
    "PaperFile",
    "RegisterEntry",
    "ReportDraft",
    "ReportUnread",
    "SentMail",
    "SituationDraft",
    "SituationSnapshot",
    "StaffSession",
    "ThreadMessage",
    "ThreadWaiting",
]
