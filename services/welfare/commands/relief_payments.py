"""Pay relief in money and goods, and take a payment back (DOMAIN WEL-05, WEL-06, FIN-15, FIN-19)."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from services.welfare.commands.drawing import Draw, Drawn, Payer, chosen, draw_all, restore
from services.welfare.commands.hardship import ARCHIVE
from services.welfare.commands.relief import CASE, AnyFen, found
from services.welfare.domain import funding, paying, tally
from services.welfare.domain.programmes import payers, programmes
from services.welfare.domain.relief import ReliefCase
from services.welfare.domain.tally import ReliefTally, tally_id
from shared.catalogues import catalogue
from shared.contracts.welfare import GoodsGiven, Portion, ReliefAbout, ReliefPaid
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, Count, DocumentNumber
from shared.people import PERSON, RETIRED
from shared.referring import area_of
from shared.units import UNIT
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Kind
from shared.work.work import GRASSROOTS, Work

TALLY: Kind[ReliefTally] = Kind("relief-tally", ReliefTally, tally.evolve, lambda _tally: None)


class Goods(Command):
    """Goods of one kind; `in_kind` were given to the union."""

    item: CatalogueId
    quantity: Count
    value_fen: AnyFen
    in_kind: bool = False


class PayRelief(Command):
    """What is given; the draws add up to what the union pays for."""

    case: UUID
    payer: CatalogueId = "union"
    cash_fen: AnyFen = 0
    voucher_fen: AnyFen = 0
    goods: tuple[Goods, ...] = Field((), max_length=20)
    draws: tuple[Draw, ...] = Field((), max_length=20)
    receipt: DocumentNumber | None = Field(None, description="Number of the signed receipt.")
    paid_on: BusinessDate


class ReverseRelief(Command):
    """The whole payment goes back to where it came from."""

    case: UUID
    reversed_on: BusinessDate


def pay_relief(work: Work, command: PayRelief) -> Answer:
    """Case, funds and the tally of the year change together."""
    payers().checked(command.payer, "payer")
    case = found(work, command.case, command.paid_on, "paid_on")
    payer = Payer(case.union, programmes()[case.about.programme].purpose, command.paid_on)
    drawn = chosen(work, payer, command.draws)
    about = _as_of(work, case.about, command.paid_on)
    around = _around(work, case, about, command.paid_on)
    events = paying.decide_pay(case, about, _payment(command, drawn), around, command.paid_on)
    answer = work.record(CASE, command.case, events, case.union)
    draw_all(work, drawn, command.case, payer, "relief")
    _count(work, command.case, case, events[0])
    others = {doubt for each in drawn for doubt in funding.warnings_on(each.fund, command.paid_on)}
    return Answer(command.case, answer.version, (*events[0].warnings, *sorted(others)))


def reverse_relief(work: Work, command: ReverseRelief) -> Answer:
    """Into the funds it was drawn on, and off the tally of its year."""
    case = found(work, command.case, command.reversed_on, "reversed_on")
    events = paying.decide_reverse(case, command.reversed_on)
    answer = work.record(CASE, command.case, events, case.union)
    for each in events[0].portions:
        if each.fund:
            restore(work, each.fund, command.case, each.fen, command.reversed_on)
    back = -paying.a_head(case.about, events[0].amount_fen)
    _add(work, command.case, case, back, (command.reversed_on, events[0].paid_on.year))
    return answer


def _payment(command: PayRelief, drawn: tuple[Drawn, ...]) -> paying.Payment:
    for each in command.goods:
        catalogue("relief_goods").checked(each.item, "item")
    goods = tuple(
        GoodsGiven(item=each.item, quantity=each.quantity, value_fen=each.value_fen, in_kind=each.in_kind)
        for each in command.goods
    )
    drawings = tuple(
        paying.Drawing(Portion(source=each.fund.source, fen=each.fen, fund=each.id), each.fund.holders_only)
        for each in drawn
    )
    return paying.Payment(
        command.payer, command.cash_fen, command.voucher_fen, goods, drawings, command.receipt or ""
    )


def _as_of(work: Work, about: ReliefAbout, on: date) -> ReliefAbout:
    archive = work.get(ARCHIVE, about.household) if about.household else None
    return about.model_copy(update={"file_holder": bool(archive and archive.open_on(on))})


def _around(work: Work, case: ReliefCase, about: ReliefAbout, on: date) -> paying.Circumstances:
    retired = bool(about.person and work.copied(PERSON, about.person).standing == RETIRED)
    grassroots = work.copied(UNIT, case.union).level >= GRASSROOTS
    of = _tallied(case)
    year = work.get(TALLY, tally_id(of, on.year)) if of else None
    return paying.Circumstances(
        area_of(work, case.union), tally.counted(year, about.programme), retired and grassroots
    )


def _tallied(case: ReliefCase) -> UUID | None:
    """Whose year counts: the person's, or the union's for all its members; None without a yearly cap."""
    if programmes()[case.about.programme].cap_year is None:
        return None
    return case.union if case.about.recipient == "members" else case.about.person


def _count(work: Work, id_: UUID, case: ReliefCase, paid: ReliefPaid) -> None:
    _add(work, id_, case, paying.a_head(paid.about, paid.amount_fen), (paid.occurredon, paid.occurredon.year))


def _add(work: Work, id_: UUID, case: ReliefCase, fen: int, when: tuple[date, int]) -> None:
    of, (on, year) = _tallied(case), when
    if of is None or not fen:
        return
    counting = tally.Counting(of, case.about.programme, id_, fen)
    events = tally.decide_count(work.get(TALLY, tally_id(of, year)), counting, on, year)
    work.record(TALLY, tally_id(of, year), events, case.union)


USE_CASES: dict[type[BaseModel], UseCase] = {PayRelief: pay_relief, ReverseRelief: reverse_relief}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/relief/cases/{case}/pay", PayRelief, "Pay in money and goods"),
    BulkRoute("/relief/cases/pay/bulk", PayRelief, "Pay the people of a list"),
    CommandRoute("/relief/cases/{case}/reverse", ReverseRelief, "Take a payment back"),
)
