"""Events of other services, told in a few words: contests, tuition aid, congresses, contracts."""

from __future__ import annotations

from collections.abc import Mapping

from shared.contracts import events as e
from shared.contracts import rights as r
from shared.contracts import welfare as w
from tests.support.province import Province
from tests.support.world import day, named


def has_rank(
    province: Province, union: str, on: str, rank: int, discipline: str = "hazardous_chemicals"
) -> None:
    """Somebody whom the union sent to a contest of others came in at this rank."""
    event = e.DelegationResultRecorded(
        occurredon=day(on), contest_level="county", discipline=discipline, award="ranked", rank=rank,
        people=1, held_on=day(on),
    )  # fmt: skip
    province.world.record(event, union, f"delegation {province.world.events}")


def goes_for(province: Province, union: str, on: str, goal: int | None) -> None:
    """A competition for quality is announced, with this goal in percent."""
    event = e.CompetitionAnnounced(
        occurredon=day(on), kind="labour_competition", discipline="other", theme="quality",
        union=named(union), pilot=False, rank_rule="dense", prize_rule="repeat", single_events=1, limit=10,
        document="1", goal_percent=goal,
    )  # fmt: skip
    province.world.record(event, union, f"competition {province.world.events}")


def helps_a_family(province: Province, union: str, on: str, stages: Mapping[str, str]) -> None:
    """Tuition aid for the students of one household, with their stages."""
    for student, stage in stages.items():
        about = w.ReliefAbout(
            programme="tuition_aid", occasion="none",
            campaign_year=2010, recipient="student", person=named(student), household=named(f"home {union}"),
            stage=stage, people=1, households=1,
        )  # fmt: skip
        event = w.ReliefPaid(
            occurredon=day(on), about=about, payer="union", cash_fen=100_000, voucher_fen=0, goods_fen=0,
            amount_fen=100_000, goods=(), portions=(w.Portion(source="county", fen=100_000),),
        )  # fmt: skip
        province.world.record(event, union, f"relief {province.world.events}")


def meets(province: Province, union: str, on: str, session: int, units: int) -> None:
    """A session of a workers' congress is held for so many units."""
    event = r.CongressSessionConvened(
        occurredon=day(on), term=1, session=session, delegates=30, present=30, units_covered=units,
        quorate=True, warnings=(),
    )  # fmt: skip
    province.world.record(event, union, f"session {session} of {union}")


def signs(province: Province, union: str, on: str, level: str, workers: Mapping[str, int]) -> None:
    """A wage contract for so many workers of each employer."""
    covered = tuple(
        r.CoveredEmployer(employer=named(employer), workers=count, size="under_25")
        for employer, count in workers.items()
    )
    event = r.CollectiveContractSigned(
        occurredon=day(on), kind="wage", level=level, root=named(f"contract {province.world.events}"),
        covered=covered, workers=sum(workers.values()), size=None, valid_from=day(on), valid_until=day(on),
        document="1", warnings=(),
    )  # fmt: skip
    province.world.record(event, union, f"contract {province.world.events}")
