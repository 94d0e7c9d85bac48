"""What is kept, as SQLAlchemy rows. Only ``database`` sees these."""

from models.tables.attendance import AttendanceRow, PopRow, PutThroughRow
from models.tables.base import REMEMBERED, UNSETTLED, WAITING, Table
from models.tables.care import AmendsRow, RatingRow
from models.tables.cases import AddressRow, AttachmentRow, CaseRow, CustomerRow, FactRow, JournalRow
from models.tables.chat import ChatRow, OpenPageRow
from models.tables.checks import CheckRow
from models.tables.company import BillRow, MethodRow, PaperRow, PaymentRow
from models.tables.entry import CallbackRow, CallRow, CodeRow, KeyRow, PassRow, SessionRow, TriesRow
from models.tables.erasure import ErasureRow, RebuiltRow
from models.tables.follow_through import (
    BookingRow,
    GestureRow,
    HandOverRow,
    InvitationRow,
    ReasonRow,
    WrapUpRow,
)
from models.tables.joins import JoinRow
from models.tables.messages import ConsentRow, InboxRow, OfferedRow, OutboxRow, ReceiptRow, SpokenRow, UnplacedRow
from models.tables.sought import SoughtNameRow, SoughtPaperRow, SoughtTextRow, SoughtWordRow
from models.tables.staff import DeedRow, GlassRow, SignInRow, StaffRow, StaffSessionRow
from models.tables.upkeep import ArchiveRow, RepairedRow, RepairRow

__all__ = [
    "REMEMBERED",
    "UNSETTLED",
    "WAITING",
    "AddressRow",
    "AmendsRow",
    "ArchiveRow",
    "AttachmentRow",
    "AttendanceRow",
    "BillRow",
    "BookingRow",
    "CallRow",
    "CallbackRow",
    "CaseRow",
    "ChatRow",
    "CheckRow",
    "CodeRow",
    "ConsentRow",
    "CustomerRow",
    "DeedRow",
    "ErasureRow",
    "FactRow",
    "GestureRow",
    "GlassRow",
    "HandOverRow",
    "InboxRow",
    "InvitationRow",
    "JoinRow",
    "JournalRow",
    "KeyRow",
    "MethodRow",
    "OfferedRow",
    "OpenPageRow",
    "OutboxRow",
    "PaperRow",
    "PassRow",
    "PaymentRow",
    "PopRow",
    "PutThroughRow",
    "RatingRow",
    "ReasonRow",
    "RebuiltRow",
    "ReceiptRow",
    "RepairRow",
    "RepairedRow",
    "SessionRow",
    "SignInRow",
    "SoughtNameRow",
    "SoughtPaperRow",
    "SoughtTextRow",
    "SoughtWordRow",
    "SpokenRow",
    "StaffRow",
    "StaffSessionRow",
    "Table",
    "TriesRow",
    "UnplacedRow",
    "WrapUpRow",
]
