"""Rows of the tax agency: what they are for, and when they may be matched."""

from datetime import date
from uuid import UUID

import pytest

from services.finance.commands.levy import ReceiveLevy
from services.finance.commands.posting import Unpostable
from services.finance.commands.tax_collections import MatchTaxCollection
from services.finance.domain import collections
from services.finance.domain.collections import Posting, TaxCollection
from tests.unit.finance.country import COUNTY, MINE, MINER, STRANGER, Country
from tests.unit.finance.test_law_of_money import importing

UNIT, ROW, RECEIPT = (UUID(int=number) for number in (3, 11, 12))
JULY, AUGUST = date(2013, 7, 20), date(2013, 8, 1)
WAITING = TaxCollection(unit=UNIT, stream="dues", amount_fen=500, collected_on=JULY)


@pytest.mark.parametrize(("item", "stream"), [("399001010", "dues"), ("399001020", "levy")])
def test_the_tax_item_says_what_it_is(item: str, stream: str) -> None:
    assert collections.stream_of(item, "330000000000") == stream


def test_other_items_are_refused() -> None:
    with pytest.raises(collections.TaxItemUnknown) as caught:
        collections.stream_of("399001030", "")
    assert caught.value.code == "tax-item-unknown"


def test_a_row_that_waits_is_owed_until_it_is_matched() -> None:
    waits = collections.unmatched(WAITING, "payer_unknown")
    assert {each.account: each.fen for each in waits.postings} == {"bank": 500, "unmatched_collections": -500}
    where = Posting(MINER, MINE, RECEIPT)
    now = collections.matched(WAITING, where, AUGUST, by_hand=True, waited=True)
    assert {each.account: each.fen for each in now.postings} == {"unmatched_collections": 500, "bank": -500}
    assert not collections.matched(WAITING, where, JULY, by_hand=False, waited=False).postings
    row = collections.evolve(collections.evolve(WAITING, waits), now)
    assert (row.status, row.reason, row.receipt) == ("matched", None, RECEIPT)


def test_it_is_matched_once_and_not_before_it_was_collected() -> None:
    with pytest.raises(collections.BeforeCollection) as early:
        collections.refuse_unless_waiting(WAITING, ROW, date(2013, 7, 19))
    done = WAITING.model_copy(update={"status": "matched"})
    with pytest.raises(collections.AlreadyMatched) as twice:
        collections.refuse_unless_waiting(done, ROW, AUGUST)
    assert (early.value.code, twice.value.code) == ("before-collection", "collection-already-matched")


def test_reasons_nobody_has_named_are_other() -> None:
    assert Unpostable("levy-not-yet-allowed").reason == "levy_not_yet_allowed"
    assert Unpostable("period-too-far-ahead").reason == "other"


def test_a_payer_named_by_hand_is_posted() -> None:
    land = Country()
    importing("X" * 18, 700, date(2021, 3, 1), "399001010")(land)
    (id_,) = [id_ for id_, saved in land.saved.items() if saved.kind.name == "tax-collection"]
    match = {"collection": id_, "matched_on": date(2021, 3, 2)}
    assert land.tell(MatchTaxCollection.model_validate(match)) is None
    assert land.tell(MatchTaxCollection.model_validate(match | {"employer": str(MINER)}))
    assert (land.state(id_).union, land.state(id_).status) == (MINE, "matched")


@pytest.mark.parametrize(("unit", "taken"), [(COUNTY, True), (MINE, False)])
def test_no_grassroots_union_takes_the_levy(unit: UUID, taken: bool) -> None:
    paid = ReceiveLevy(
        employer=str(STRANGER),
        unit=str(unit),
        period="2021-01",
        channel="own",
        amount_fen=5,
        received_on=date(2021, 2, 1),
    )
    land = Country()
    assert bool(land.tell(paid)) is taken
    assert land.refused == ([] if taken else ["levy-not-at-grassroots"])
