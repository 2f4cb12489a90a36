"""A city, a town and its unions as membership's events, fed into finance's copies."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

from shared.contracts import Event
from shared.contracts.membership import EmployerRegistered, UnionEstablished, UnionMerged
from shared.copies import apply_copies
from shared.database import Pool
from shared.envelope import Place, Provenance, Recorded, encode
from shared.ids import new_id
from shared.reading.incoming import Incoming
from shared.roles import ROLE
from shared.units import EMPLOYER, UNIT
from tests.support.codes import credit_code

CITY, TOWN, MILL_UNION, YARD_UNION, OLD_UNION, STREET_UNION, SHOP = (
    UUID(int=0x0196F00000007000800000000000_0000 + n) for n in range(1, 8)
)
MILL, YARD, STALL = (UUID(int=0x0196F00000007000800000000000_E000 + n) for n in range(1, 4))
MILL_CODE, YARD_CODE, STALL_CODE = (credit_code(n, "91") for n in (1, 2, 3))
TOWN_DIVISION = "999999101000"
UNION_CODE = credit_code(4, "81")

Numbers = Callable[[], int]


async def settle(pool: Pool) -> None:
    """Under CITY the TOWN, there MILL_UNION (covers MILL, has SHOP), YARD_UNION (covers YARD), and OLD_UNION.

    OLD_UNION was merged into MILL_UNION on 2013-06-01.
    """
    born = date(2010, 1, 1)
    await tell(
        pool,
        (CITY, 1, CITY, union("City", 2, None, born)),
        (TOWN, 1, TOWN, union("Town", 4, CITY, born, division=TOWN_DIVISION)),
        (
            MILL,
            1,
            TOWN,
            EmployerRegistered(occurredon=born, name="Mill", kind="company", credit_code=MILL_CODE),
        ),
        (
            YARD,
            1,
            TOWN,
            EmployerRegistered(occurredon=born, name="Yard", kind="company", credit_code=YARD_CODE),
        ),
        (
            STALL,
            1,
            TOWN,
            EmployerRegistered(occurredon=born, name="Stall", kind="company", credit_code=STALL_CODE),
        ),
        (MILL_UNION, 1, MILL_UNION, union("Mill", 6, TOWN, born, employers=(MILL,), credit_code=UNION_CODE)),
        (YARD_UNION, 1, YARD_UNION, union("Yard", 6, TOWN, born, employers=(YARD,))),
        (OLD_UNION, 1, OLD_UNION, union("Old", 6, TOWN, born)),
        (SHOP, 1, SHOP, union("Shop floor", 7, MILL_UNION, born)),
        (OLD_UNION, 2, OLD_UNION, merged()),
    )


def union(name: str, level: int, parent: UUID | None, on: date, **more: object) -> UnionEstablished:
    return UnionEstablished(
        occurredon=on,
        name=name,
        level=level,
        kind="enterprise",
        form="committee",
        parent=parent,
        **more,  # type: ignore[arg-type]
    )


def merged() -> UnionMerged:
    return UnionMerged(
        occurredon=date(2013, 6, 1), successor=MILL_UNION, kind="enterprise", form="committee", level=6
    )


async def tell(pool: Pool, *told: tuple[UUID, int, UUID, Event]) -> None:
    """Events as (subject, version, unit, event), applied as the reader would."""
    number = count(1)
    records = [_incoming(next(number), *each) for each in told]
    async with pool.acquire() as connection, connection.transaction():
        await apply_copies([UNIT, EMPLOYER, ROLE])(connection, records)


def _incoming(number: int, subject: UUID, version: int, unit: UUID, event: Event) -> Incoming:
    why = Provenance("test", new_id(), new_id())
    place = Place(unit, (unit,), (), unit)
    now = datetime.now(UTC)
    value = encode(Recorded(new_id(), subject, version, now, place, why, event))
    return Incoming("union.membership", 0, number, now, bytes(32), value, 0, number)
