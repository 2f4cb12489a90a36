"""Register, use, transfer and dispose of assets."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.finance.commands.fields import BusinessDate, Command, Fen, UnionText
from services.finance.domain import assets
from services.finance.domain.assets import (
    Asset,
    Disposal,
    decide_dispose,
    decide_put_in_use,
    decide_register,
    decide_transfer,
)
from shared.catalogues import catalogue
from shared.contracts.finance import AssetRegistered
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import LARGEST_FEN, CatalogueId, Count, DocumentNumber
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.roles import APPROVER
from shared.work.work import Work

ASSET: Kind[Asset] = Kind("asset", Asset, assets.evolve, lambda state: state.union)


class RegisterAsset(Command):
    """So many of a kind, with their book value together."""

    union: UnionText
    kind: CatalogueId
    quantity: Count = 1
    book_value_fen: Fen
    acquired_on: BusinessDate
    registered_on: BusinessDate


class PutAssetInUse(Command):
    """In use from this day on."""

    asset: UUID
    in_use_on: BusinessDate


class TransferAsset(Command):
    """To the books of another union; `document` is the paper that orders it."""

    asset: UUID
    to: UnionText
    document: DocumentNumber
    transferred_on: BusinessDate


class DisposeOfAsset(Command):
    """With the approval of the union above; refused without (DOMAIN FIN-22)."""

    asset: UUID
    way: CatalogueId
    proceeds_fen: Annotated[int, Field(strict=True, ge=0, le=LARGEST_FEN)] = 0
    approving_union: UnionText | None = None
    approval_document: DocumentNumber | None = None
    disposed_on: BusinessDate


def register_asset(work: Work, command: RegisterAsset) -> Answer:
    """The id answered is the asset's."""
    id_ = work.new_id()
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.registered_on, "registered_on")
    registered = AssetRegistered(
        occurredon=command.registered_on,
        union=union,
        kind=catalogue("asset_kinds").checked(command.kind, "kind").id,
        quantity=command.quantity,
        book_value_fen=command.book_value_fen,
        acquired_on=command.acquired_on,
        recorder=work.actor,
    )
    return work.record(ASSET, id_, decide_register(registered), union)


def put_asset_in_use(work: Work, command: PutAssetInUse) -> Answer:
    """Once."""
    asset = find(work, ASSET, command.asset)
    refuse_bad_date(work, asset.union, command.in_use_on, "in_use_on")
    return work.record(ASSET, command.asset, decide_put_in_use(asset, command.in_use_on), asset.union)


def transfer_asset(work: Work, command: TransferAsset) -> Answer:
    """Out of the one and into the other; also from a union that has ended, whose assets go to its heir."""
    work.want(need_of_union(command.to))
    asset = find(work, ASSET, command.asset)
    to = find_union(work, command.to, "to")
    refuse_bad_date(work, to, command.transferred_on, "transferred_on")
    out, into = decide_transfer(asset, to, command.document, command.transferred_on)
    work.record(ASSET, command.asset, [out], asset.union)
    return work.record(ASSET, command.asset, [into], to)


def dispose_of_asset(work: Work, command: DisposeOfAsset) -> Answer:
    """Also at a union that has ended."""
    asset = find(work, ASSET, command.asset)
    refuse_future(command.disposed_on, work.today, "disposed_on")
    approving = command.approving_union
    disposal = Disposal(
        catalogue("disposal_ways").checked(command.way, "way").id,
        command.proceeds_fen,
        find_union(work, approving, "approving_union") if approving else None,
        command.approval_document,
        command.disposed_on,
    )
    above = work.place(asset.union).lineage[:-1]
    events = decide_dispose(asset, disposal, above, work.actor)
    return work.record(ASSET, command.asset, events, asset.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    RegisterAsset: register_asset,
    PutAssetInUse: put_asset_in_use,
    TransferAsset: transfer_asset,
    DisposeOfAsset: dispose_of_asset,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/assets", RegisterAsset, "Register an asset", creates=True),
    BulkRoute("/assets/bulk", RegisterAsset, "Register assets, many at once"),
    CommandRoute("/assets/{asset}/use", PutAssetInUse, "Put an asset in use"),
    CommandRoute("/assets/{asset}/transfer", TransferAsset, "Transfer an asset to another union"),
    CommandRoute("/assets/{asset}/dispose", DisposeOfAsset, "Dispose of an asset", role=APPROVER),
)
LISTINGS: tuple[Listing, ...] = (Listing("/assets", ASSET, "Assets"),)
