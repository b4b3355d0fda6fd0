"""Tables; no rules. Importing this package knows them all."""

from portal.models.apart import Apart
from portal.models.assignment import Absence, Assignment, ClockItem
from portal.models.base import Base
from portal.models.bundle import Bundle
from portal.models.decision import Decision, DecisionStep, DecisionWaiting
from portal.models.demand import Demand, DemandEvent, SentMail
from portal.models.document import Document, DocumentFile, DocumentObject, DocumentPage, Handoff
from portal.models.dossier import AccessCode, Adult, Dossier
from portal.models.figures import FigurePeriod
from portal.models.household import FileGlance, HouseholdEvent
from portal.models.interview import IdentityEvent, InterviewEvent
from portal.models.monthly import DossierTerm, MonthNote, MonthNoteEvent
from portal.models.notice import Acknowledgement, NoticeLink, NoticeProgress
from portal.models.own_data import AccountClosing
from portal.models.paper_file import PaperFile
from portal.models.people import CaseworkerChange, Invitation
from portal.models.register import AuditEvent, RegisterEntry
from portal.models.reminder import CallLine, MailWish
from portal.models.report import ChangeReport, ChangeReportEvent, ReportDraft, ReportUnread
from portal.models.session import Caseworker, CitizenSession, LimitCounter, LogoutSeen, StaffSession
from portal.models.situation import AnswerMark, DocumentRequestEvent, PageTime, SituationDraft, SituationSnapshot
from portal.models.thread import CaseRequest, CaseSeen, ThreadMessage, ThreadWaiting

__all__ = [
    "Absence",
    "AccessCode",
    "AccountClosing",
    "Acknowledgement",
    "Adult",
    "AnswerMark",
    "Apart",
    "Assignment",
    "AuditEvent",
    "Base",
    "Bundle",
    "CallLine",
    "CaseRequest",
    "CaseSeen",
    "Caseworker",
    "CaseworkerChange",
    "ChangeReport",
    "ChangeReportEvent",
    "CitizenSession",
    "ClockItem",
    "Decision",
    "DecisionStep",
    "DecisionWaiting",
    "Demand",
    "DemandEvent",
    "Document",
    "DocumentFile",
    "DocumentObject",
    "DocumentPage",
    "DocumentRequestEvent",
    "Dossier",
    "DossierTerm",
    "FigurePeriod",
    "FileGlance",
    "Handoff",
    "HouseholdEvent",
    "IdentityEvent",
    "InterviewEvent",
    "Invitation",
    "LimitCounter",
    "LogoutSeen",
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
