"""What the catalogues say of cases, and what of it a case may have."""

from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.errors import Malformed, Refused


class Series(Entry):
    """Which topics and ways the series has, and whether its cases are mediated or answered."""

    topics: tuple[str, ...]
    ways: tuple[str, ...]
    mediated: bool = False
    answered: bool = False


class Referral(Entry):
    """Where a case goes on; see the catalogue."""

    after_settlement: bool = False


class Result(Entry):
    """How a case is closed, and from which stages."""

    stages: tuple[str, ...]


class TopicNotOfSeries(Malformed):
    """Cases of this series are not about that."""

    code = "topic-not-of-series"


class WayNotOfSeries(Malformed):
    """Cases of this series are not worked on in that way."""

    code = "way-not-of-series"


class NotMediated(Refused):
    """Cases of this series do not go to mediation."""

    code = "series-not-mediated"


class NotAnswered(Refused):
    """Only petitions end with an answer."""

    code = "series-not-answered"


class ResultDoesNotFit(Refused):
    """At its present stage the case cannot be closed with this result."""

    code = "result-does-not-fit"


class ReferralDoesNotFit(Refused):
    """A payment order needs an agreement; everything else comes without one (DOMAIN RIG-16)."""

    code = "referral-does-not-fit"


def series() -> Catalogue[Series]:
    """All series."""
    return catalogue_of("case_series", Series)


def referrals() -> Catalogue[Referral]:
    """All referrals."""
    return catalogue_of("case_referrals", Referral)


def results() -> Catalogue[Result]:
    """All results."""
    return catalogue_of("case_results", Result)


def refuse_topic(series_id: str, topic: str) -> None:
    """Raises NotInCatalogue, TopicNotOfSeries."""
    topics = series().checked(series_id, "series").topics
    if topic not in topics:
        raise TopicNotOfSeries(
            f"no {series_id} is about it",
            field="topic",
            value=topic,
            remedy=f"use one of {', '.join(topics)}",
        )


def refuse_way(series_id: str, way: str) -> None:
    """Raises WayNotOfSeries."""
    ways = series()[series_id].ways
    if way not in ways:
        raise WayNotOfSeries(
            f"not a way of a {series_id}", field="way", value=way, remedy=f"use one of {', '.join(ways)}"
        )


def refuse_unless_mediated(series_id: str) -> None:
    """Raises NotMediated."""
    if not series()[series_id].mediated:
        raise NotMediated(
            f"a {series_id} is not mediated",
            field="series",
            value=series_id,
            remedy="receive a labour dispute for it",
        )


def refuse_unless_answered(series_id: str) -> None:
    """Raises NotAnswered."""
    if not series()[series_id].answered:
        raise NotAnswered(
            f"a {series_id} ends without an answer",
            field="series",
            value=series_id,
            remedy="close it with a result",
        )


def refuse_result(result: str, stage: str) -> None:
    """Raises NotInCatalogue, ResultDoesNotFit."""
    if stage not in results().checked(result, "result").stages:
        fitting = [each.id for each in results().values() if stage in each.stages]
        raise ResultDoesNotFit(
            f"the case is {stage}",
            field="result",
            value=result,
            remedy=f"use {' or '.join(fitting)}" if fitting else "take the next step of the case first",
        )
