"""An asset from its registration to its disposal; nobody takes or reassigns it alone (DOMAIN FIN-22)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, assert_never
from uuid import UUID

from shared.approval import refuse_own
from shared.contracts.finance import (
    AssetDisposed,
    AssetPutInUse,
    AssetRegistered,
    AssetTransferredIn,
    AssetTransferredOut,
)
from shared.contracts.money import moved
from shared.errors import Refused
from shared.frozen import Frozen
from shared.stages import refuse_step

AssetEvent = AssetRegistered | AssetPutInUse | AssetTransferredOut | AssetTransferredIn | AssetDisposed
PRESENT = ("registered", "in use")


class AcquiredLater(Refused):
    """It cannot be registered before it was acquired."""

    code = "acquired-after-registration"


class TransferToItself(Refused):
    """The asset is on the books of that union already."""

    code = "transfer-to-itself"


class DisposalUnapproved(Refused):
    """No disposal without the paper of the union above (DOMAIN FIN-22)."""

    code = "disposal-unapproved"


class ApprovingUnionNotAbove(Refused):
    """The union that approves is above the one that disposes."""

    code = "approving-union-not-above"


class Asset(Frozen):
    """`union` is whose books it is on now."""

    union: UUID
    kind: str
    quantity: int
    book_value_fen: int
    acquired_on: date
    recorder: str
    stage: str = "registered"
    since: date

    @property
    def in_use(self) -> bool:
        """Whether it has been put in use."""
        return self.stage == "in use"


class Disposal(NamedTuple):
    """How it goes, what it brings in, and who above approved of it."""

    way: str
    proceeds_fen: int
    approving_union: UUID | None
    document: str | None
    on: date


def decide_register(registered: AssetRegistered) -> tuple[AssetRegistered]:
    """Acquired at the latest on the day of registration."""
    if registered.acquired_on > registered.occurredon:
        raise AcquiredLater(
            "it was acquired after its registration",
            field="acquired_on",
            value=str(registered.acquired_on),
            remedy="give the day of acquisition, or register it later",
        )
    return (registered,)


def decide_put_in_use(asset: Asset, on: date) -> tuple[AssetPutInUse]:
    """From this day on."""
    refuse_step(asset, ("registered",), on, "in_use_on")
    return (AssetPutInUse(occurredon=on, kind=asset.kind, quantity=asset.quantity),)


def decide_transfer(
    asset: Asset, to: UUID, document: str, on: date
) -> tuple[AssetTransferredOut, AssetTransferredIn]:
    """From the books of the one to those of the other, as it stands."""
    refuse_step(asset, PRESENT, on, "transferred_on")
    if to == asset.union:
        raise TransferToItself(
            "the asset is there already", field="to", value=str(to), remedy="name another union"
        )
    what: dict[str, Any] = {
        "kind": asset.kind,
        "quantity": asset.quantity,
        "book_value_fen": asset.book_value_fen,
    }
    out = AssetTransferredOut(occurredon=on, to=to, in_use=asset.in_use, document=document, **what)
    return out, AssetTransferredIn(occurredon=on, came_from=asset.union, in_use=asset.in_use, **what)


def decide_dispose(
    asset: Asset, disposal: Disposal, above: Sequence[UUID], approver: str
) -> tuple[AssetDisposed]:
    """With the paper of a union above; by another than who registered it. The root approves its own."""
    refuse_step(asset, PRESENT, disposal.on, "disposed_on")
    refuse_own(asset.recorder, approver)
    if disposal.document is None or disposal.approving_union is None:
        raise DisposalUnapproved(
            "the union above has to approve of it",
            field="approval_document",
            value="",
            remedy="name the union above and the number of its approval",
        )
    if disposal.approving_union not in (above or (asset.union,)):
        raise ApprovingUnionNotAbove(
            "that union is not above",
            field="approving_union",
            value=str(disposal.approving_union),
            remedy="name a union above",
        )
    return (
        AssetDisposed(
            occurredon=disposal.on,
            way=disposal.way,
            kind=asset.kind,
            quantity=asset.quantity,
            book_value_fen=asset.book_value_fen,
            in_use=asset.in_use,
            proceeds_fen=disposal.proceeds_fen,
            approving_union=disposal.approving_union,
            approval_document=disposal.document,
            approver=approver,
            postings=moved(disposal.proceeds_fen, to="bank", out_of="asset_sales"),
        ),
    )


def evolve(asset: Asset | None, event: AssetEvent) -> Asset:
    """The asset after the event; transferred, it is the receiver's from the event that says it came in."""
    if isinstance(event, AssetRegistered):
        return Asset(**event.model_dump(exclude={"occurredon"}), since=event.occurredon)
    assert asset is not None
    changes: dict[str, object]
    match event:
        case AssetPutInUse():
            changes = {"stage": "in use"}
        case AssetTransferredOut():
            changes = {"union": event.to}
        case AssetTransferredIn():
            changes = {}
        case AssetDisposed():
            changes = {"stage": "disposed of"}
        case _:
            assert_never(event)
    return asset.model_copy(update={**changes, "since": event.occurredon})
