"""Who has the money, and who owes whom a share."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finance.domain import sharing
from services.finance.domain.sharing import Incoming, SharesDoNotAddUp, Sharing, onward, shared
from shared import rules

TOWN, COUNTY, PREFECTURE = (UUID(int=number) for number in (4, 3, 2))
ABOVE = ((TOWN, 4), (COUNTY, 3), (PREFECTURE, 2))
XINYANG, CHUZHOU, NOWHERE = "411502000000", "341102000000", ""


def incoming(**but: Any) -> Incoming:
    usual: dict[str, Any] = {
        "amount_fen": 100_003,
        "on": date(2021, 3, 1),
        "channel": "tax",
        "payer_size": None,
        "area": NOWHERE,
        "level": 6,
        "above": ABOVE,
    }
    return Incoming(**usual | but)


def test_paid_directly_the_union_has_it_all_and_owes_the_upper_share() -> None:
    assert shared(incoming()) == Sharing("direct", None, 40_001, 0)


def test_where_the_tax_agency_collects_all_the_county_owes_the_grassroots_share() -> None:
    assert shared(incoming(area=XINYANG)) == Sharing("tax_full", COUNTY, 0, 60_002)


def test_before_the_regime_began_it_was_paid_directly() -> None:
    assert shared(incoming(area=XINYANG, on=date(2019, 12, 31))).regime == "direct"


def test_where_the_tax_agency_collects_the_upper_share_nothing_is_returned() -> None:
    assert shared(incoming(area=CHUZHOU)) == Sharing("tax_upper", COUNTY)
    assert shared(incoming(area=CHUZHOU, channel="own")) == Sharing("tax_upper")


@pytest.mark.parametrize("size", ["small", "micro"])
def test_small_firms_have_all_of_it_returned(size: str) -> None:
    assert shared(incoming(area=XINYANG, payer_size=size)).rebate_fen == 100_003
    assert shared(incoming(area=CHUZHOU, payer_size=size)).rebate_fen == 100_003
    assert shared(incoming(payer_size=size)).upper_fen == 0
    assert shared(incoming(payer_size=size, on=date(2019, 12, 31))).upper_fen == 40_001


def test_what_a_county_receives_for_itself_is_its_own() -> None:
    assert shared(incoming(level=3, area=XINYANG, above=((PREFECTURE, 2),))) == Sharing("tax_full")


@pytest.fixture
def local_table(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {"grassroots": 6000, "town": 0, "county": 1500, "prefecture": 1000, "province": 1000}
    lines = tuple(
        rules.Rule(
            key=f"dues.share.{name}",
            value=value,
            valid_from=date(2000, 1, 1),
            area="99",
            issuer="x",
            document="x",
            certainty="unchecked",
        )
        for name, value in (parts | {"national": 500}).items()
    )
    known = (*rules.rules(), *lines)

    def of(key: str) -> tuple[rules.Rule, ...]:
        return tuple(each for each in known if each.key == key)

    monkeypatch.setattr(rules, "_of", of)


@pytest.mark.usefixtures("local_table")
def test_a_local_table_divides_the_upper_share_on_its_way_up() -> None:
    assert shared(incoming(area="990000000000")).upper_fen == 40_001
    assert onward(40_000, (6, 3), date(2021, 3, 1), "990000000000") == 25_000
    assert onward(25_000, (3, 2), date(2021, 3, 1), "990000000000") == 15_000


def test_a_table_that_does_not_add_up_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "rule", lambda key, _on, _area: 6000 if "grassroots" in key else 3999)
    with pytest.raises(SharesDoNotAddUp) as caught:
        sharing.table_on(date(1999, 12, 31), "")  # a day that no other test asks for: answers are kept
    assert caught.value.code == "shares-do-not-add-up"


@given(st.integers(1, 10**9), st.sampled_from([NOWHERE, XINYANG, CHUZHOU]), st.sampled_from(["own", "tax"]))
def test_shares_never_exceed_what_came_in(fen: int, area: str, channel: str) -> None:
    how = shared(incoming(amount_fen=fen, area=area, channel=channel))
    assert 0 <= how.upper_fen + how.rebate_fen <= fen


@given(st.integers(1, 10**7), st.data())
def test_a_share_is_used_up_when_everything_has_gone_back(fen: int, data: st.DataObject) -> None:
    share = data.draw(st.integers(0, fen))
    before, left = 0, share
    while before < fen:
        refund = data.draw(st.integers(max(1, (fen - before) // 3), fen - before))
        less = sharing.less_after_refund(fen, share, before, refund)
        assert 0 <= less <= refund
        before, left = before + refund, left - less
    assert left == 0
