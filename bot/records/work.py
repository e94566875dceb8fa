"""One unit of work: every repository over the same transaction."""

from bot.records.audit import SqlAudit
from bot.records.batches import SqlBatches
from bot.records.diary import SqlAnswers, SqlDiary, SqlFlows
from bot.records.digests import SqlDigests
from bot.records.drills import SqlDrills
from bot.records.enrolments import SqlEnrolments
from bot.records.escalations import SqlEscalations
from bot.records.holds import SqlHolds
from bot.records.inbox import SqlInbox
from bot.records.invitations import SqlInvitations
from bot.records.on_call import SqlOnCall
from bot.records.outbox import SqlOutbox
from bot.records.patients import SqlPatients
from bot.records.revisions import SqlDrafts, SqlRevisions
from bot.records.staff_links import SqlStaffLinks
from bot.records.survey import SqlSurvey
from bot.records.team import SqlTeam
from bot.records.threads import SqlThreads
from bot.records.transaction import Transaction
from bot.records.unanswered import SqlFilings, SqlUnanswered


class SqlWork:
    """Everything done through it commits together or not at all."""

    def __init__(self, transaction: Transaction) -> None:
        self.inbox = SqlInbox(transaction)
        self.patients = SqlPatients(transaction)
        self.batches = SqlBatches(transaction)
        self.enrolments = SqlEnrolments(transaction)
        self.invitations = SqlInvitations(transaction)
        self.outbox = SqlOutbox(transaction)
        self.team = SqlTeam(transaction)
        self.drills = SqlDrills(transaction)
        self.holds = SqlHolds(transaction)
        self.on_call = SqlOnCall(transaction)
        self.staff_links = SqlStaffLinks(transaction)
        self.threads = SqlThreads(transaction)
        self.escalations = SqlEscalations(transaction)
        self.diary = SqlDiary(transaction)
        self.answers = SqlAnswers(transaction)
        self.flows = SqlFlows(transaction)
        self.audit = SqlAudit(transaction)
        self.unanswered = SqlUnanswered(transaction)
        self.filings = SqlFilings(transaction)
        self.revisions = SqlRevisions(transaction)
        self.drafts = SqlDrafts(transaction)
        self.digests = SqlDigests(transaction)
        self.survey = SqlSurvey(transaction)
