"""Whether, and from when, an employer without a union may be levied (DOMAIN FIN-08): kept from membership.

The copy ends in the same state whatever the order of the events.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from shared.contracts.membership import (
    EmployerRegistered,
    EmployerScaleAssessed,
    NoticeGiven,
    PreparationCancelled,
    PreparationStarted,
)
from shared.envelope import Recorded
from shared.frozen import Frozen
from shared.work.kinds import CopyKind


class LevyBasis(Frozen):
    """Preparations by id, days of written notices, yearly sales by the day they were assessed."""

    registered_on: date | None = None
    started: Mapping[UUID, date] = {}
    ended: Mapping[UUID, date] = {}
    notices: tuple[date, ...] = ()
    sales: Mapping[str, int] = {}

    def sales_on(self, on: date) -> int | None:
        """The latest yearly sales known by a date, in fen; None if there are none."""
        known = sorted(key for key in self.sales if key[:10] <= on.isoformat())
        return self.sales[known[-1]] if known else None


class Ground(NamedTuple):
    """Why an employer may be levied, since when."""

    basis: str
    on: date


def grounds(basis: LevyBasis, on: date) -> tuple[Ground, ...]:
    """Preparations under way and notices given, by a date; earliest first."""
    running = (
        start
        for id_, start in basis.started.items()
        if start <= on and (id_ not in basis.ended or on < basis.ended[id_])
    )
    found = [Ground("preparation", start) for start in running]
    found += [Ground("notice", day) for day in basis.notices if day <= on]
    return tuple(sorted(found, key=lambda ground: (ground.on, ground.basis)))


def evolve(state: LevyBasis | None, recorded: Recorded) -> LevyBasis | None:
    """The basis after an event about the employer or a preparation of its union."""
    basis, event = state or LevyBasis(), recorded.event
    changed: dict[str, object] = {}
    match event:
        case EmployerRegistered(occurredon=on):
            changed = {"registered_on": on}
        case NoticeGiven(occurredon=on):
            changed = {"notices": tuple(sorted({*basis.notices, on}))}
        case PreparationStarted(occurredon=on):
            changed = {"started": _with(basis.started, recorded.subject, on)}
        case PreparationCancelled(occurredon=on):
            changed = {"ended": _with(basis.ended, recorded.subject, on)}
        case EmployerScaleAssessed(occurredon=on, sales_fen=fen):
            key = f"{on.isoformat()}/{recorded.version:08}"
            changed = {"sales": dict(sorted({**basis.sales, key: fen}.items()))}
    return basis.model_copy(update=changed)


def _with(known: Mapping[UUID, date], id_: UUID, on: date) -> dict[UUID, date]:
    return dict(sorted({**known, id_: on}.items()))


def _subject(recorded: Recorded) -> tuple[UUID, ...]:
    return (recorded.subject,)


def _employer(recorded: Recorded) -> tuple[UUID, ...]:
    assert isinstance(recorded.event, NoticeGiven)
    return (recorded.event.employer,)


def _employers(recorded: Recorded) -> tuple[UUID, ...]:
    assert isinstance(recorded.event, PreparationStarted | PreparationCancelled)
    return recorded.event.employers


LEVY_BASIS = CopyKind(
    name="levy-basis",
    state=LevyBasis,
    evolve=evolve,
    unit=lambda _state: None,
    follows={
        EmployerRegistered: _subject,
        EmployerScaleAssessed: _subject,
        NoticeGiven: _employer,
        PreparationStarted: _employers,
        PreparationCancelled: _employers,
    },
)
