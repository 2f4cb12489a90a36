"""One attempt at some commands: decided in order, on what was fetched, each with its own outcome."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from pydantic import BaseModel
from pydantic_core import from_json, to_json

from shared.clock import Clock
from shared.errors import Defect, Problem
from shared.logs import log_defect
from shared.work.changes import Answer, Changes
from shared.work.needs import Claimed, Granted, Key, Missing, Need, Shelf
from shared.work.permitting import foreseen, told, unpermitted
from shared.work.refusals import Denial
from shared.work.submission import Outcome, RequestKey, Submission, UseCase, reused
from shared.work.work import TreeLook, Work

Kept = tuple[str, str, bytes, int, str]
"""An answer to keep: actor, key, body hash, status, JSON."""


class Batch:
    """One attempt at some commands: runs them in order, collecting what they lack and what they say."""

    def __init__(
        self,
        use_cases: Mapping[type[BaseModel], UseCase],
        look: TreeLook,
        clock: Clock,
        submissions: Sequence[Submission],
        request: RequestKey | None = None,
    ) -> None:
        """Nothing is fetched yet."""
        self._request = request
        self._use_cases = use_cases
        self._look = look
        self._clock = clock
        self._submissions = submissions
        self._outcomes: list[Outcome] = []
        self.shelf: Shelf = {}
        self.changes = Changes()

    def first_needs(self) -> set[Need]:
        """Earlier answers and references, and whatever the use cases can name already."""
        wanted: set[Need] = {Key(s.actor, s.key) for s in self._submissions if s.key}
        wanted.update(Claimed("reference", s.reference) for s in self._submissions if s.reference)
        if self._request:
            wanted.add(Key(self._request.actor, self._request.key))
        wanted.update(Granted(s.actor) for s in self._submissions if s.role is not None)
        for submission in self._submissions:
            wanted |= self._foreseen(submission)
        return wanted

    def _foreseen(self, submission: Submission) -> set[Need]:
        work = Work(self.shelf, self.changes, self._look, submission.at(self._clock))
        try:
            self._use_cases[type(submission.command)](work, submission.command)
        except Missing as missing:
            return set(missing.needs)
        except Exception:  # noqa: BLE001  told when it is decided
            return set()
        return set()

    def check_request(self) -> None:
        """Raises `KeyReused` if the whole request's key came earlier with another body."""
        if self._request and (earlier := self._request_earlier()) and earlier[0] != self._request.body:
            raise reused()

    def run(self) -> set[Need]:
        """Go on where things were missing; behind a gap the rest only says what it lacks."""
        wanted: set[Need] = set()
        for submission in self._submissions[len(self._outcomes) :]:
            work = Work(self.shelf, self.changes, self._look, submission.at(self._clock))
            try:
                outcome = self._one(work, submission)
            except Missing as missing:
                wanted.update(missing.needs)
                continue
            if not wanted:
                self._outcomes.append(outcome)
                if outcome.status == "done":
                    self._keep(submission, work, outcome)
        return wanted

    def _keep(self, submission: Submission, work: Work, outcome: Outcome) -> None:
        self.changes.add(work.changes)
        if submission.key:  # the same key twice in one batch is a repeat, too
            answer = to_json(outcome.answer).decode()
            self.shelf[Key(submission.actor, submission.key)] = (submission.body, 200, answer)

    def in_order(self) -> list[Outcome]:
        """One outcome per submission."""
        return self._outcomes

    def keys(self) -> list[Kept]:
        """Answers to keep. Refusals are not kept: facts may change."""
        kept = [
            (s.actor, s.key, s.body, 200, to_json(o.answer).decode())
            for s, o in zip(self._submissions, self._outcomes, strict=True)
            if s.key and o.status == "done"
        ]
        if self._request and self.changes.rows and self._request_earlier() is None:
            kept.append((self._request.actor, self._request.key, self._request.body, 200, "{}"))
        return kept

    def _request_earlier(self) -> tuple[bytes, int, str] | None:
        assert self._request is not None
        earlier: tuple[bytes, int, str] | None = self.shelf[Key(self._request.actor, self._request.key)]
        return earlier

    def _one(self, work: Work, submission: Submission) -> Outcome:
        try:
            if known := self._known(work, submission):
                return known
            if reason := foreseen(work, submission.command, submission.about):
                return _refused(work, submission, reason)
            answer = self._use_cases[type(submission.command)](work, submission.command)
            if reason := unpermitted(work, submission.about):
                return _refused(work, submission, reason)
            if submission.reference:
                work.claim("reference", submission.reference, answer.id)
        except Missing:
            raise
        except Problem as reason:
            return _refused(work, submission, told(work, submission.about, reason))
        except Exception as error:  # noqa: BLE001  one command's defect must not take the others along
            log_defect(error, command=type(submission.command).__name__)
            return Outcome(
                "refused", problem=Defect("this command met a defect of the software; nothing was done")
            )
        return Outcome("done", answer)

    def _known(self, work: Work, submission: Submission) -> Outcome | None:
        earlier = self.shelf.get(Key(submission.actor, submission.key)) if submission.key else None
        if earlier is not None:
            return Outcome("repeated", _same_body(submission, earlier))
        if submission.reference and (owner := work.owner("reference", submission.reference)):
            if reason := foreseen(work, submission.command, owner):  # another's row is nobody else's
                return _refused(work, submission, reason)
            return Outcome("repeated", Answer(owner, 0))
        return None


def _refused(work: Work, submission: Submission, reason: Problem) -> Outcome:
    if work.denied is None:
        return Outcome("refused", problem=reason)
    name, path = type(submission.command).__name__, work.place(work.denied).lineage
    denial = Denial(submission.actor, name, work.denied, path, f"lacks {work.role}")
    return Outcome("refused", problem=reason, denied=denial)


def _same_body(submission: Submission, earlier: tuple[bytes, int, str]) -> Answer:
    body, _, answer = earlier
    if body != submission.body:
        raise reused()
    raw = from_json(answer)
    return Answer(UUID(raw["id"]), raw["version"], tuple(raw["warnings"]))
