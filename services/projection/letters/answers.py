"""What an operator asks and gets about dead letters."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from services.projection.letters.listing import Place, Wanted
from services.projection.letters.redriving import Chosen
from services.projection.queries.parameters import Paged
from shared.codes import identity

Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]


def _said(text: str) -> str:
    if not text.strip():
        raise ValueError("say why, in a few words, without names of people")
    if identity.held_in(text):
        raise ValueError("leave the number out: this text is on the trail for good")
    return text.strip()


Reason = Annotated[Text, Field(min_length=1, max_length=500), AfterValidator(_said)]
Topic = Annotated[str, Field(pattern=r"^[a-z.]{1,100}$", examples=["union.finance"])]


def _number(given: object) -> object:
    if isinstance(given, bool):
        raise ValueError("give a whole number")  # noqa: TRY004  pydantic tells of ValueError alone
    return given


Stream = Annotated[int, Field(ge=0, le=23), BeforeValidator(_number)]
Number = Annotated[int, Field(ge=1, le=2**53 - 1), BeforeValidator(_number)]  # what JSON numbers hold exactly


class OfLetters(Paged):
    """Parameters of /v1/dead-letters."""

    state: Literal["waiting", "redriven", "dropped", "all"] = "waiting"
    type: Annotated[Text, Field(max_length=200)] = Field(default="", description="Only of this type.")

    @property
    def wanted(self) -> Wanted:
        """Without the page."""
        return Wanted("" if self.state == "all" else self.state, self.type)


class LetterAnswer(BaseModel):
    """An event that could not be read, at its position; `why` and `actor` where it was dropped."""

    topic: str
    stream: int
    sequence: int
    type: str = Field(description="As far as it could be made out.")
    reason: str = Field(description="unknown-type, undecodable, or impossible.")
    state: str
    bytes: int
    chain: str
    sequenced: datetime
    parked: datetime
    redriven: datetime | None
    dropped: datetime | None
    actor: str | None
    why: str | None


class LettersAnswer(BaseModel):
    """A page of letters, by topic, stream and number; `waiting` counts all that wait, by reason."""

    letters: list[LetterAnswer]
    waiting: dict[str, int]
    next: str


class ContentAnswer(BaseModel):
    """The bytes of a letter: as text where they are UTF-8, and always in base64."""

    text: str | None
    base64: str


class At(BaseModel):
    """A position."""

    model_config = ConfigDict(extra="forbid")

    topic: Topic
    stream: Stream
    sequence: Number

    @property
    def place(self) -> Place:
        """As the letters are found."""
        return Place(self.topic, self.stream, self.sequence)


class Redrive(BaseModel):
    """Which letters to read again: one position, all of a type, or all that wait."""

    model_config = ConfigDict(extra="forbid")

    type: Annotated[Text, Field(max_length=200)] = ""
    at: At | None = None

    @property
    def chosen(self) -> Chosen:
        """As they are taken."""
        return Chosen(self.type, self.at.place if self.at else None)


class RedrivenAnswer(BaseModel):
    """How many are dead no longer, and how many still are, by reason."""

    redriven: int
    still_dead: dict[str, int]


class Drop(At):
    """A letter to give up, and why."""

    reason: Reason


class Admit(BaseModel):
    """Why a burst may be parked whole."""

    model_config = ConfigDict(extra="forbid")

    reason: Reason


class KindAnswer(BaseModel):
    """Letters of one kind in a burst; `first` is where the first one lies."""

    reason: str
    type: str
    letters: int
    first: str
    stopped: datetime


class BurstAnswer(BaseModel):
    """What holds the worker; empty while it runs."""

    kinds: list[KindAnswer]


class AdmittedAnswer(BaseModel):
    """The kinds that may now come in any number."""

    admitted: list[str]
