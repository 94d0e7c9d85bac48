"""Customers, and the numbers and addresses they are known by."""

from __future__ import annotations

import base64
import secrets

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import ReturningInsert

from database import indexing
from database.engine import Database, Rows, now
from models.errors import Unknown
from models.people import Address, Frozen
from models.tables import AddressRow, CaseRow, CustomerRow


class Customer(Frozen):
    """Somebody we know. ``language`` is a BCP 47 tag, ``zone`` an IANA time zone."""

    id: str
    language: str
    zone: str
    name: str | None = None


def opaque(prefix: str) -> str:
    """A new id that tells nothing: 100 random bits in base32."""
    return f"{prefix}_{base64.b32encode(secrets.token_bytes(13)).decode().lower()[:20]}"


_CUSTOMER = select(CustomerRow.id, CustomerRow.language, CustomerRow.zone, CustomerRow.name)
_ONE = _CUSTOMER.where(CustomerRow.id == bindparam("id"))
_AT = _CUSTOMER.join(AddressRow, AddressRow.customer == CustomerRow.id).where(
    AddressRow.kind == bindparam("kind"), AddressRow.value == bindparam("value")
)
_OF_CASE = _CUSTOMER.join(CaseRow, CaseRow.customer == CustomerRow.id).where(CaseRow.id == bindparam("case"))
_JOINED = select(CustomerRow.joined).where(CustomerRow.id == bindparam("id"))
_PERSON = (
    select(func.coalesce(CustomerRow.joined, CustomerRow.id)).where(CustomerRow.id == bindparam("id")).scalar_subquery()
)
_RECORDS = (
    select(CustomerRow.id)
    .where((CustomerRow.id == _PERSON) | (CustomerRow.joined == _PERSON))
    .order_by(CustomerRow.joined.is_not(None), CustomerRow.met_at, CustomerRow.id)
)


class Customers:
    """Raises NotConfirmed while the database is away, as every repository does."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def find(self, address: Address) -> Customer | None:
        address = _plain(address)
        return _first(await self._db.rows(_AT, kind=address.kind, value=address.value))

    async def meet(self, address: Address, *, language: str = "en", zone: str = "America/New_York") -> Customer:
        """The customer of an address, made now if nobody has it. Any number at once meet one customer."""
        address = _plain(address)
        while True:
            if known := await self.find(address):
                return known
            customer = Customer(id=opaque("c"), language=language, zone=zone)
            if await self._introduce(customer, address):
                return customer

    async def get(self, id: str) -> Customer | None:
        return _first(await self._db.rows(_ONE, id=id))

    async def of_case(self, case: str) -> Customer | None:
        """Whose case that is; None where there is no such case."""
        return _first(await self._db.rows(_OF_CASE, case=case))

    async def owner(self, id: str) -> str:
        """Whose record this is today: that of whoever it was joined to, else itself."""
        found = await self._db.rows(_JOINED, id=id)
        return found[0].joined or id if found else id

    async def records(self, id: str) -> list[str]:
        """All records of one person, given any of them; the one that the others belong to is the first.

        Cases keep the record that they began with.
        """
        return [row.id for row in await self._db.rows(_RECORDS, id=id)] or [id]

    async def join(self, unknown: str, known: str) -> None:
        """The two are one person, and that was proved: addresses follow, and whatever asks for the owner finds them.

        Raises Unknown where there is no such customer. Joining again, or with oneself, changes nothing.
        """

        def work(connection: Connection) -> None:
            target = connection.execute(select(CustomerRow.joined).where(CustomerRow.id == known)).one_or_none()
            if target is None:
                raise Unknown
            person = target.joined or known
            if unknown == person:
                return
            these = (CustomerRow.id == unknown) | (CustomerRow.joined == unknown)
            joined = update(CustomerRow).where(these).values(joined=person).returning(CustomerRow.id)
            if not connection.execute(joined).all():
                raise Unknown
            connection.execute(update(AddressRow).where(AddressRow.customer == unknown).values(customer=person))

        await self._db.at_once(work)

    async def addresses(self, id: str) -> list[Address]:
        """Oldest first."""
        of = (
            select(AddressRow.kind, AddressRow.value)
            .where(AddressRow.customer == id)
            .order_by(AddressRow.added_at, AddressRow.kind, AddressRow.value)
        )
        return [Address.model_validate(dict(row._mapping)) for row in await self._db.rows(of)]

    async def add_address(self, id: str, address: Address) -> bool:
        """Whether the address is now theirs; False when another has it. Raises Unknown for no such customer."""
        address = _plain(address)
        try:
            await self._db.change(self._address(id, address))
        except IntegrityError:
            raise Unknown from None
        owner = await self.find(address)
        return owner is not None and owner.id == id

    async def move_address(self, address: Address, id: str) -> None:
        """Give somebody an address that another had. Raises Unknown for no such customer."""
        address = _plain(address)
        this = (AddressRow.kind == address.kind) & (AddressRow.value == address.value)
        try:
            await self._db.change(update(AddressRow).where(this).values(customer=id, added_at=now()))
        except IntegrityError:
            raise Unknown from None

    async def named(self, id: str, name: str | None) -> None:
        """Raises Unknown for no such customer."""
        change = update(CustomerRow).where(CustomerRow.id == id).values(name=name)

        def work(connection: Connection) -> None:
            if not connection.execute(change.returning(CustomerRow.id)).all():
                raise Unknown
            indexing.name(connection, id, name, now())

        await self._db.at_once(work)

    async def speaks(self, id: str, language: str) -> None:
        """``language`` is a BCP 47 tag. Raises Unknown for no such customer."""
        change = update(CustomerRow).where(CustomerRow.id == id).values(language=language)
        if not await self._db.change(change.returning(CustomerRow.id)):
            raise Unknown

    async def _introduce(self, customer: Customer, address: Address) -> bool:
        def work(connection: Connection) -> bool:
            connection.execute(insert(CustomerRow).values(**customer.model_dump(), met_at=now()))
            if connection.execute(self._address(customer.id, address)).all():
                return True
            # Somebody else was faster: their customer stays, ours goes.
            connection.execute(delete(CustomerRow).where(CustomerRow.id == customer.id))
            return False

        return await self._db.at_once(work)

    def _address(self, customer: str, address: Address) -> ReturningInsert[str]:
        return (
            self._db.insert(AddressRow)
            .values(kind=address.kind, value=address.value, customer=customer, added_at=now())
            .on_conflict_do_nothing()
            .returning(AddressRow.customer)
        )


def _plain(address: Address) -> Address:
    return Address(kind=address.kind, value=address.value.strip().lower())


def _first(rows: Rows) -> Customer | None:
    return Customer(**rows[0]._mapping) if rows else None
