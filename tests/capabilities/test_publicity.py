"""Articles, quotas, scripts, followers, trainees and papers, at every level."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.support.field import Field
from tests.support.rows import told

ADOPTED = {"city_portal": 39, "union_journal": 10, "union_mobile_paper": 5}


@pytest.mark.capability("CAP-111")
async def test_articles_are_counted_once_and_by_outlet(field: Field) -> None:
    row = {"union": field.union, "kind": "information", "submitted_on": "2013-03-01"}
    articles = await told(field, "affairs", "articles/bulk", [row] * 56)
    wanted = [outlet for outlet, count in ADOPTED.items() for _ in range(count)]
    rows = [
        {"article": article, "outlet": outlet, "adopted_on": "2013-04-01"}
        for article, outlet in zip(articles, wanted, strict=False)
    ]
    await told(field, "affairs", "articles/adopt/bulk", rows)
    path = f"articles/{articles[0]}/adopt"
    again = {"outlet": "city_portal", "adopted_on": "2013-04-02"}
    assert await field.refused("affairs", path, again) == (409, "article-outlet-has-it")
    await field.tell("affairs", path, {"outlet": "province_office", "adopted_on": "2013-04-02"})
    await field.tell("affairs", f"articles/{articles[55]}/reject", {"rejected_on": "2013-05-01"})

    figures = {
        "articles_submitted": 56,
        "articles_adopted_total": 54,
        "article_adoptions": 55,
        "articles_city_portal": 39,
        "articles_union_journal": 10,
        "articles_union_mobile_paper": 5,
        "articles_adopted_province_office": 1,
        "articles_not_adopted": 1,
        "information_items_pushed": 39,
    }
    await field.agree(figures, field.union, field.town, field.county)
    levels = await field.parts(field.county, "article_adoptions", "outlet_level")
    assert levels == {"prefecture": 54, "province": 1}


@pytest.mark.capability("CAP-112")
async def test_quotas_of_articles_are_counted_and_rewarded(field: Field) -> None:
    set_ = {"issuer": field.county, "year": 2013, "quota": 12, "assigned_on": "2013-01-05"}
    met = await field.tell("affairs", "info-quotas", set_ | {"union": field.union})
    short = await field.tell("affairs", "info-quotas", set_ | {"union": field.other})
    above = set_ | {"union": field.prefecture}
    assert await field.refused("affairs", "info-quotas", above) == (409, "target-outside-subtree")
    again = set_ | {"union": field.union}
    assert await field.refused("affairs", "info-quotas", again) == (409, "info-quota-exists")
    await field.tell("affairs", f"info-quotas/{met}/count", {"done": 5, "counted_on": "2013-06-30"})
    await field.tell("affairs", f"info-quotas/{met}/count", {"done": 15, "counted_on": "2013-11-30"})
    await field.tell("affairs", f"info-quotas/{short}/count", {"done": 6, "counted_on": "2013-11-30"})
    reward = {"fen": 50_000, "rewarded_on": "2013-12-20"}
    assert (await field.post("affairs", f"info-quotas/{met}/reward", reward)).json()["warnings"] == []
    answer = await field.post("affairs", f"info-quotas/{short}/reward", reward | {"fen": 10_000})
    assert answer.json()["warnings"] == ["reward-below-quota"]

    figures = {"info_quotas": 2, "info_quotas_met": 1, "info_quotas_met_percent": 50, "info_rewards": 2}
    figures |= {"info_rewards_fen": 60_000}
    await field.agree(figures, field.town, field.county)
    await field.agree({"info_quota": 12, "info_quota_done": 15, "info_quota_percent": 125}, field.union)


@pytest.mark.capability("CAP-114")
async def test_scripts_are_written_and_read(field: Field) -> None:
    rows = [
        {"union": union, "scripts": scripts, "written_on": "2013-05-01"}
        for union, scripts in ((field.union, 113), (field.other, 100))
    ]
    batch, _ = await told(field, "affairs", "broadcast-scripts/bulk", rows)
    more = {"scripts": 114, "read_on": "2013-05-02"}
    path = f"broadcast-scripts/{batch}/read"
    assert await field.refused("affairs", path, more) == (409, "script-more-read-than-written")
    await field.tell("affairs", path, more | {"scripts": 80})
    read = {"broadcast_scripts": 213, "broadcast_scripts_read": 80}
    await field.agree(read, field.town, field.county)
    await field.agree({"broadcast_scripts": 100, "broadcast_scripts_read": 0}, field.other)


@pytest.mark.capability("CAP-115")
async def test_followers_of_a_platform(field: Field) -> None:
    body = {"union": field.union, "platform": "wechat", "people": 100}
    await field.tell("affairs", "platforms/invite", body | {"on": "2012-01-01"})
    await field.tell("affairs", "platforms/follow", body | {"people": 80, "on": "2012-02-01"})
    answer = await field.post("affairs", "platforms/follow", body | {"people": 50, "on": "2013-02-01"})
    assert answer.json()["warnings"] == ["more-follow-than-invited"]
    await field.tell("affairs", "platforms/leave", body | {"people": 10, "on": "2013-03-01"})
    gone = await field.refused("affairs", "platforms/leave", body | {"people": 121, "on": "2013-03-02"})
    assert gone == (409, "platform-more-left-than-follow")
    figures = {"platform_followers": 120, "platform_left": 10, "platform_followers_growth": 50}
    await field.agree(figures, field.union, field.town, field.county)


@pytest.mark.capability("CAP-116")
async def test_trainees_are_people_counted_once(field: Field) -> None:
    writer = await field.member(field.union)
    chosen = {"union": field.union, "person": writer, "selected_on": "2013-03-01"}
    for month in (4, 9):
        id_ = await field.tell("affairs", "publicity-trainees", chosen)
        trained = {"trained_on": f"2013-{month:02}-30"}
        early = await field.refused("affairs", f"publicity-trainees/{id_}/train", trained)
        assert early == (409, "step-out-of-turn")
        await field.tell("affairs", f"publicity-trainees/{id_}/send", {"sent_on": f"2013-{month:02}-20"})
        await field.tell("affairs", f"publicity-trainees/{id_}/train", trained)
    figures = {"publicity_trainees": 1, "publicity_trainees_selected": 1, "publicity_trainees_trained": 1}
    await field.agree(figures, field.union, field.county)


@pytest.mark.capability("CAP-117")
async def test_papers_are_issued_under_numbers_of_their_own(field: Field) -> None:
    papers: list[UUID] = []
    for number, kind in ((1, "work_rule"), (2, "work_rule"), (3, "notice")):
        draft = {"union": field.county, "kind": kind, "drafted_on": "2013-02-01"}
        id_ = await field.tell("affairs", "documents", draft)
        approved = {"approved_on": "2013-02-10"}
        own = await field.refused("affairs", f"documents/{id_}/approve", approved)
        assert own == (409, "approver-is-recorder")
        await field.tell("affairs", f"documents/{id_}/approve", approved, actor="bo")
        issued = {"number": f"盈工〔2013〕{number}号", "issued_on": f"2013-03-{number:02}"}
        if papers:
            taken = issued | {"number": "盈工〔2013〕1号"}
            refused = await field.refused("affairs", f"documents/{id_}/issue", taken)
            assert refused == (409, "document-number-taken")
        await field.tell("affairs", f"documents/{id_}/issue", issued)
        papers.append(id_)
    later = {"by": papers[1], "superseded_on": "2013-03-02"}
    await field.tell("affairs", f"documents/{papers[0]}/supersede", later)
    itself = await field.refused("affairs", f"documents/{papers[1]}/supersede", later)
    assert itself == (409, "document-cannot-supersede")

    figures = {
        "documents_drafted": 3,
        "documents_approved": 3,
        "documents_issued": 3,
        "documents_superseded": 1,
        "documents_in_force": 2,
        "rules_adopted": 2,
        "rules_in_force": 1,
    }
    await field.agree(figures, field.county, field.prefecture)
