"""Rounds of evaluation: open, give a ballot, close; reviews of professional ethics.

Giving a ballot records no event. Its salt keeps the hash of the request, which stands beside the actor among
the answers to repeated commands, from being guessed back into scores. The tally is sealed under the service's
master key, anew with every ballot.
"""

from functools import partial
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.rights.commands.steps import said
from services.rights.domain import ethics, evaluations
from services.rights.domain.ethics import EthicsReview, review_id
from services.rights.domain.evaluations import BallotBox, EvaluationRound, Tally, box_id
from shared.catalogues import catalogue
from shared.contracts.rights import EthicsReviewed, EvaluationBand, EvaluationRoundOpened
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    CountOrZero,
    DocumentNumber,
    UnionText,
)
from shared.http.listing import Listing
from shared.people import PERSON
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.vault import Sealed, Vault
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Copied
from shared.work.work import Work

ROUND: Kind[EvaluationRound] = Kind(
    "evaluation", EvaluationRound, evaluations.evolve, lambda state: state.union
)
# Not listed anywhere.
BOX: Kind[BallotBox] = Kind(
    "ballot-box", BallotBox, lambda state, _event: state or BallotBox(), lambda _state: None
)
ETHICS: Kind[EthicsReview] = Kind("ethics-review", EthicsReview, ethics.evolve, lambda state: state.union)
VOTER = "evaluation-voter"
Score = Annotated[int, Field(strict=True, ge=0, le=100, description="0 to 100.")]


class OpenEvaluation(Command):
    """`candidates` are persons; `invited` may give a ballot each."""

    union: UnionText
    kind: CatalogueId
    candidates: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=100)]
    invited: Count
    opened_on: BusinessDate


class GiveBallot(Command):
    """Scores by dimension for every candidate, in the order of the round.

    `salt`: 32 random characters or more, new for every ballot; it is not kept.
    """

    evaluation: UUID
    voter: UUID
    scores: Annotated[tuple[dict[CatalogueId, Score], ...], Field(min_length=1, max_length=100)]
    salt: Annotated[str, Field(min_length=32, max_length=100)]
    given_on: BusinessDate


class CloseEvaluation(Command):
    """Count the ballots; `document` is the paper on the result."""

    evaluation: UUID
    document: DocumentNumber
    closed_on: BusinessDate


class BandOfReviewed(Command):
    """So many came into a band."""

    band: CatalogueId
    people: CountOrZero


class ReviewEthics(Command):
    """The review of a semester, by bands that add up to all who were reviewed."""

    union: UnionText
    semester: CatalogueId
    reviewed: Count
    bands: Annotated[tuple[BandOfReviewed, ...], Field(min_length=1, max_length=10)]
    document: DocumentNumber
    reviewed_on: BusinessDate


def open_round(work: Work, command: OpenEvaluation) -> Answer:
    """The id answered is the round's."""
    id_ = work.new_id()
    work.want(need_of_union(command.union), *(Copied(PERSON.name, each) for each in command.candidates))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.opened_on, "opened_on")
    for each in command.candidates:
        work.copied(PERSON, each)
    opened = EvaluationRoundOpened(
        occurredon=command.opened_on,
        union=union,
        kind=catalogue("evaluation_kinds").checked(command.kind, "kind").id,
        candidates=command.candidates,
        invited=command.invited,
    )
    return said(work, ROUND, id_, evaluations.decide_open(opened), union)


def tally_of(vault: Vault, round_: UUID, box: BallotBox | None) -> Tally:
    """What the box of a round holds, empty before the first ballot."""
    if box is None or not box.record:
        return Tally()
    sealed = Sealed(bytes.fromhex(box.wrapped_key), bytes.fromhex(box.record))
    return Tally.model_validate_json(vault.open_text(box_id(round_), sealed))


def sealed_box(vault: Vault, round_: UUID, tally: Tally) -> BallotBox:
    """The tally under a fresh key."""
    sealed = vault.seal_text(box_id(round_), tally.model_dump_json())
    return BallotBox(wrapped_key=sealed.wrapped_key.hex(), record=sealed.record.hex())


def give(vault: Vault, work: Work, command: GiveBallot) -> Answer:
    """Participation and scores in one transaction, with nothing that joins them; no event."""
    refuse_future(command.given_on, work.today, "given_on")
    state = find(work, ROUND, command.evaluation)
    voter = work.copied(PERSON, command.voter)
    took_part = f"{command.evaluation}/{command.voter}"
    voted = work.owner(VOTER, took_part) is not None
    evaluations.refuse_ballot(state, voter.union, command.given_on, voted=voted)
    box = box_id(command.evaluation)
    before = tally_of(vault, command.evaluation, work.get(BOX, box))
    tally = evaluations.with_ballot(state, before, command.scores)
    work.keep(BOX, box, sealed_box(vault, command.evaluation, tally))
    work.claim(VOTER, took_part, command.evaluation)
    return Answer(command.evaluation, work.version(ROUND, command.evaluation))


def close(vault: Vault, work: Work, command: CloseEvaluation) -> Answer:
    """Only with enough ballots."""
    refuse_future(command.closed_on, work.today, "closed_on")
    state = find(work, ROUND, command.evaluation)
    tally = tally_of(vault, command.evaluation, work.get(BOX, box_id(command.evaluation)))
    events = evaluations.decide_close(state, tally, command.document, command.closed_on)
    return said(work, ROUND, command.evaluation, events, state.union)


def review_ethics(work: Work, command: ReviewEthics) -> Answer:
    """The id answered is the review's."""
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.reviewed_on, "reviewed_on")
    bands = catalogue("evaluation_bands")
    reviewed = EthicsReviewed(
        occurredon=command.reviewed_on,
        union=union,
        semester=catalogue("semesters").checked(command.semester, "semester").id,
        reviewed=command.reviewed,
        bands=tuple(
            EvaluationBand(band=bands.checked(each.band, "bands").id, people=each.people)
            for each in command.bands
        ),
        document=command.document,
    )
    id_ = review_id(union, command.reviewed_on.year, reviewed.semester)
    return said(work, ETHICS, id_, ethics.decide_review(work.get(ETHICS, id_), reviewed), union)


def use_cases(vault: Vault) -> dict[type[BaseModel], UseCase]:
    """Those that open the box, over one vault."""
    return {GiveBallot: partial(give, vault), CloseEvaluation: partial(close, vault)}


USE_CASES: dict[type[BaseModel], UseCase] = {
    OpenEvaluation: open_round,
    ReviewEthics: review_ethics,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/evaluations", OpenEvaluation, "Open a round of evaluation", creates=True),
    CommandRoute("/evaluations/{evaluation}/ballots", GiveBallot, "Give a ballot"),
    CommandRoute("/evaluations/{evaluation}/close", CloseEvaluation, "Count the ballots and close a round"),
    CommandRoute("/ethics-reviews", ReviewEthics, "Record a review of professional ethics", creates=True),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/evaluations", ROUND, "Rounds of evaluation"),
    Listing("/ethics-reviews", ETHICS, "Reviews of professional ethics"),
)
