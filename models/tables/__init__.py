"""What is kept, as SQLAlchemy rows. Only ``database`` sees these."""

from models.tables.base import REMEMBERED, UNSETTLED, WAITING, Table
from models.tables.cases import AddressRow, AttachmentRow, CaseRow, CustomerRow, FactRow, JournalRow
from models.tables.company import BillRow, MethodRow, PaperRow, PaymentRow
from models.tables.entry import CallbackRow, CallRow, CodeRow, KeyRow, PassRow, SessionRow, TriesRow
from models.tables.messages import ConsentRow, InboxRow, OfferedRow, OutboxRow, ReceiptRow, SpokenRow, UnplacedRow
from models.tables.staff import DeedRow, GlassRow, SignInRow, StaffRow, StaffSessionRow

__all__ = [
    "REMEMBERED",
    "UNSETTLED",
    "WAITING",
    "AddressRow",
    "AttachmentRow",
    "BillRow",
    "CallRow",
    "CallbackRow",
    "CaseRow",
    "CodeRow",
    "ConsentRow",
    "CustomerRow",
    "DeedRow",
    "FactRow",
    "GlassRow",
    "InboxRow",
    "JournalRow",
    "KeyRow",
    "MethodRow",
    "OfferedRow",
    "OutboxRow",
    "PaperRow",
    "PassRow",
    "PaymentRow",
    "ReceiptRow",
    "SessionRow",
    "SignInRow",
    "SpokenRow",
    "StaffRow",
    "StaffSessionRow",
    "Table",
    "TriesRow",
    "UnplacedRow",
]
