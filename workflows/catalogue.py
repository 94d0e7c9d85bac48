"""The moments there are, by their id."""

from workflows.change_plan import ChangePlan
from workflows.moment import Moment
from workflows.pay_bill import PayBill
from workflows.renaming import renamed
from workflows.resolve_billing_issue import ResolveBillingIssue
from workflows.resolve_technical_issue import ResolveTechnicalIssue
from workflows.upgrade_device import UpgradeDevice
from workflows.welcome import Welcome

MOMENTS: dict[str, type[Moment]] = {
    moment.id: moment
    for moment in (PayBill, ResolveBillingIssue, UpgradeDevice, ChangePlan, ResolveTechnicalIssue, Welcome)
}

# What Temporal knows: each moment by its id, and by those it had.
RENAMED = {moment.__name__: moment for moment in renamed(MOMENTS, __name__)}
globals().update(RENAMED)
WORKFLOWS: tuple[type[Moment], ...] = (*MOMENTS.values(), *RENAMED.values())
