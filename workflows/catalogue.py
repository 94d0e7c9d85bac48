"""The moments there are, by their id."""

from workflows.moment import Moment
from workflows.pay_bill import PayBill

MOMENTS: dict[str, type[Moment]] = {moment.id: moment for moment in (PayBill,)}
