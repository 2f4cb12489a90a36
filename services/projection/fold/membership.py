"""What events of unions, employers and members move. Pure: one event in, moves out."""

from datetime import date

from services.projection import catalogue
from services.projection.fold.said import Dims, Move
from shared.contracts import membership as m
from shared.envelope import Recorded

GRASSROOTS = 6
IN_SERVICE, RETIRED, RETAINED = "in_service", "retired", "retained"

ESTABLISHED = catalogue.metric("unions_established").number
ENDED = catalogue.metric("unions_ended").number
UNIONS = catalogue.metric("unions").number
BODIES = catalogue.metric("bodies").number
INNER = catalogue.metric("inner_units").number
COVERED = catalogue.metric("employers_covered").number
EMPLOYERS = catalogue.metric("employers").number
ABOVE_SCALE = catalogue.metric("employers_above_scale").number
JOINED = catalogue.metric("members_joined").number
LEFT = catalogue.metric("members_left").number
MEMBERS = catalogue.metric("members").number
OUT = catalogue.metric("members_transferred_out").number
IN = catalogue.metric("members_transferred_in").number
WORKERS = catalogue.metric("workers").number
WOMEN = catalogue.metric("women_workers").number
MIGRANTS = catalogue.metric("migrant_workers").number
TARGET = catalogue.metric("unions_target").number

Moves = tuple[Move, ...]


def union_established(r: Recorded, e: m.UnionEstablished) -> Moves:
    if e.level != GRASSROOTS:
        return (_body(r, e.occurredon, e.level, e.kind, 1),)
    dims = (("form", e.form), ("kind", e.kind))
    scale = ("above_scale", _scale(above=e.above_scale))
    return (
        Move(ESTABLISHED, e.occurredon, 1, (*dims, scale), r.subject),
        Move(UNIONS, e.occurredon, 1, dims, r.subject),
    )


def union_type_changed(r: Recorded, e: m.UnionTypeChanged) -> Moves:
    if e.level != GRASSROOTS or e.form == e.old_form:
        return ()
    kind = ("kind", e.kind)
    return (
        Move(UNIONS, e.occurredon, -1, (("form", e.old_form), kind), r.subject),
        Move(UNIONS, e.occurredon, 1, (("form", e.form), kind), r.subject),
    )


def union_ended(r: Recorded, e: m.UnionMerged | m.UnionDissolved) -> Moves:
    if e.level != GRASSROOTS:
        return (_body(r, e.occurredon, e.level, e.kind, -1),)
    dims = (("form", e.form), ("kind", e.kind))
    how = (
        ("above_scale", _scale(above=e.above_scale)),
        ("ending", "merged" if isinstance(e, m.UnionMerged) else "dissolved"),
    )
    return (
        Move(ENDED, e.occurredon, 1, dims + how, r.subject),
        Move(UNIONS, e.occurredon, -1, dims, r.subject),
    )


def employer_registered(r: Recorded, e: m.EmployerRegistered) -> Moves:
    return (Move(EMPLOYERS, e.occurredon, 1, (("employer_kind", e.kind),), r.subject),)


def employer_covered(_: Recorded, e: m.EmployerCovered) -> Moves:
    return (Move(COVERED, e.occurredon, 1, (("employer_kind", e.employer_kind),), e.employer),)


def employer_uncovered(_: Recorded, e: m.EmployerUncovered) -> Moves:
    return (Move(COVERED, e.occurredon, -1, (("employer_kind", e.employer_kind),), e.employer),)


def employer_scale_assessed(r: Recorded, e: m.EmployerScaleAssessed) -> Moves:
    change = int(e.above_scale) - int(e.old_above_scale or False)
    return (Move(ABOVE_SCALE, e.occurredon, change, (), r.subject),) if change else ()


def workforce_reported(_: Recorded, e: m.WorkforceReported) -> Moves:
    # A report of zero, or of no change, is a fact too: it is the difference between none and no data.
    return (
        Move(WORKERS, e.occurredon, e.workers - (e.old_workers or 0), (), e.employer),
        Move(WOMEN, e.occurredon, e.women - (e.old_women or 0), (), e.employer),
        Move(MIGRANTS, e.occurredon, e.migrants - (e.old_migrants or 0), (), e.employer),
    )


def member_joined(_: Recorded, e: m.MemberJoined) -> Moves:
    dims = (("sex", e.sex), ("worker_kind", e.worker_kind))
    return (
        Move(JOINED, e.occurredon, 1, dims, e.person),
        Move(MEMBERS, e.occurredon, 1, (*dims, ("standing", IN_SERVICE)), e.person),
    )


def member_transferred_out(_: Recorded, e: m.MemberTransferredOut) -> Moves:
    dims = _member(e, e.standing)
    return Move(OUT, e.occurredon, 1, dims, e.person), Move(MEMBERS, e.occurredon, -1, dims, e.person)


def member_transferred_in(_: Recorded, e: m.MemberTransferredIn) -> Moves:
    dims = _member(e, e.standing)
    return Move(IN, e.occurredon, 1, dims, e.person), Move(MEMBERS, e.occurredon, 1, dims, e.person)


def member_left(_: Recorded, e: m.MemberLeft) -> Moves:
    dims = _member(e, e.standing)
    return (
        Move(LEFT, e.occurredon, 1, (*dims, ("reason", e.reason)), e.person),
        Move(MEMBERS, e.occurredon, -1, dims, e.person),
    )


def member_retired(_: Recorded, e: m.MemberRetired) -> Moves:
    return _change(e, e.old_standing, RETIRED)


def member_retained(_: Recorded, e: m.MemberRetained) -> Moves:
    return _change(e, e.old_standing, RETAINED)


def member_resumed(_: Recorded, e: m.MemberResumed) -> Moves:
    return _change(e, e.old_standing, IN_SERVICE)


def member_corrected(_: Recorded, e: m.MemberCorrected) -> Moves:
    standing = ("standing", e.standing)
    old = (("sex", e.old_sex), ("worker_kind", e.old_worker_kind), standing)
    new = (("sex", e.sex), ("worker_kind", e.worker_kind), standing)
    return _instead(old, new, e.occurredon, e)


def establishment_target_set(_: Recorded, e: m.EstablishmentTargetSet) -> Moves:
    # A target belongs to its year, whenever it was set or changed (DOMAIN STA-07).
    change = e.unions - (e.old_unions or 0)
    return (Move(TARGET, date(e.year, 1, 1), change, (("population", e.population),)),)


def _body(r: Recorded, day: date, level: int, kind: str, amount: int) -> Move:
    if level > GRASSROOTS:
        return Move(INNER, day, amount, (("level", str(level)),), r.subject)
    return Move(BODIES, day, amount, (("kind", kind), ("level", str(level))), r.subject)


def _scale(*, above: bool | None) -> str:
    return "unknown" if above is None else "yes" if above else "no"


def _member(e: m.AboutMember, standing: str) -> Dims:
    return (("sex", e.sex), ("worker_kind", e.worker_kind), ("standing", standing))


def _change(e: m.AboutMember, old: str, new: str) -> Moves:
    return _instead(_member(e, old), _member(e, new), e.occurredon, e)


def _instead(old: Dims, new: Dims, day: date, e: m.AboutMember | m.MemberCorrected) -> Moves:
    if old == new:
        return ()
    return Move(MEMBERS, day, -1, old, e.person), Move(MEMBERS, day, 1, new, e.person)
