"""What people keep in spreadsheets, one file a sheet: a further one is data, not code.

A column says which field of the service's command it fills, what people write above it and in it, and what
holds where it is empty. Lists that many sheets share (headings of a field, words for a kind) stand once, in
`headings.yaml` and `words.yaml` beside this folder.
"""

from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shared.yamls import read_yaml

FOLDER = Path(__file__).parent

Service = Literal["membership", "welfare", "finance", "events", "rights", "affairs"]
Kind = Literal[
    "text",
    "code",
    "date",
    "period",
    "year",
    "money",
    "integer",
    "yes_no",
    "choice",
    "sex",
    "phone",
    "credit_code",
    "division",
    "union",
    "union_id",
    "employer_id",
    "list",
    "id",
    "found",
    "document",
    "person",
]
Word = str | int | bool


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Label(_Data):
    """The same in Chinese and in English."""

    zh: str
    en: str


class Part(_Data):
    """A column that is one element of the list in the field `into`: `put`, and the cell as `amount`.

    So columns of money, one for each source, become the list of the sources that gave something. Without
    `amount` the element is the cell itself. Columns `together` under one word fill one element.
    """

    into: str
    together: str = ""
    put: dict[str, Word] = {}
    amount: str | None = None


class Find(_Data):
    """What the service lists under a union (`GET /v1<listing>?unit=`): the union, and what else it must say.

    `unit` is the field with the union; `where` says for fields of the item which field of the row they equal,
    or `=` and a word, or yes or no. With `inside`, what is looked for stands by id in that field of an item.
    `during` names for a day of the row the fields of the item between which it lies.
    """

    listing: str
    unit: str
    where: dict[str, str | bool]
    inside: str | None = None
    during: dict[str, tuple[str, str]] = {}

    @property
    def needs(self) -> set[str]:
        """The fields of the row that it is found by."""
        named = {name for name in self.where.values() if isinstance(name, str) and not name.startswith("=")}
        return {self.unit, *named, *self.during}


class Column(_Data):
    """One column, for a field of the command; `a.b` is the field `b` inside `a`.

    `headings` are the column's own, or else those that sheets share; `words` are beside those of the
    catalogue `of`, whose ids are numbers where `number` says so. Each item of a list is read as `each`.

    Where the cell is empty, `default_from` (another field), `default` or the option --to (`option`) stands
    in; a `required` column needs one of them.

    A column with `sent: false` only helps to read others: `when_yes` says what becomes of the values of a
    field (`{worker_kind: {general: migrant}}`); `person` names the columns that tell the register of people
    more. A column of kind `found` stands in no file: `find` says how to find the id by other columns.
    """

    field: str
    kind: Kind
    headings: tuple[str, ...] = ()
    of: str = ""
    number: bool = False
    each: Kind | None = None
    words: dict[str, tuple[str, ...]] = {}
    required: bool = False
    default: Word | None = None
    default_from: str | None = None
    option: Literal["to"] | None = None
    least: int | None = None
    part: Part | None = None
    sent: bool = True
    when_yes: dict[str, dict[str, str]] = {}
    person: dict[str, str] = {}
    find: Find | None = None
    note: Label | None = None
    example: str = ""

    @property
    def by_word(self) -> bool:
        """A cell holds words that are known."""
        return bool({self.kind, self.each} & {"choice", "sex", "yes_no"})

    @property
    def vocabulary(self) -> str:
        """The catalogue of the words, beside those of the column itself."""
        return self.of or {"yes_no": "yes_no", "sex": "sexes"}.get(self.kind, "")

    @property
    def needed(self) -> bool:
        """A file without this column cannot be used."""
        stands_in = self.default is not None or self.default_from or self.option or self.find
        return self.required and not stands_in


class Sheet(_Data):
    """`route` takes the rows in bulk; `in_order` where a row may rest on one above it.

    Of each group in `any_of` a row fills at least one, of each in `one_of` exactly one.

    `key` names the fields that make a row the same row where no column holds a reference; without it, all do.
    `reference` are the headings of that column; `mark` stands before what it holds, lest two sheets of one
    service meet, and is the sheet's name unless given. `beside` is noted by people and not wanted.
    """

    name: str
    title: Label
    service: Service
    route: str
    columns: tuple[Column, ...] = Field(min_length=1)
    any_of: tuple[tuple[str, ...], ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    beside: dict[str, tuple[str, ...]] = {}
    reference: tuple[str, ...] = ()
    mark: str | None = None
    key: tuple[str, ...] = ()
    in_order: bool = False

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        names = [column.field for column in self.columns]
        told = {field for column in self.columns for field in column.person.values()}
        turned = {field for column in self.columns for field in column.when_yes}
        from_others = {column.default_from for column in self.columns} - {None}
        sought = {field for column in self.columns if column.find for field in column.find.needs}
        unknown = {*self.key, *told, *turned, *from_others, *sought, *sum(self.groups, ())} - set(names)
        if unknown or len(set(names)) < len(names):
            raise ValueError(f"{self.name}: a field twice, or unknown: {sorted(map(str, unknown)) or names}")
        for place, column in enumerate(self.columns):
            if column.default_from and column.default_from not in names[:place]:
                raise ValueError(f"{self.name}: {column.field} is read before {column.default_from}")
        return self

    @property
    def personal(self) -> bool:
        """Rows may hold documents: they go to membership."""
        return self.service == "membership"

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Columns of which a row, and a file, needs at least one."""
        return self.any_of + self.one_of

    @property
    def by_field(self) -> dict[str, Column]:
        """The columns by their field."""
        return {column.field: column for column in self.columns}

    @property
    def in_file(self) -> tuple[Column, ...]:
        """The columns that a file may have."""
        return tuple(column for column in self.columns if column.kind != "found")

    def of_kind(self, kind: Kind) -> tuple[Column, ...]:
        """The columns whose cells are read as `kind`."""
        return tuple(column for column in self.columns if column.kind == kind)


def names() -> tuple[str, ...]:
    """Every sheet there is, by the names of their files."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def sheet(name: str) -> Sheet:
    """A sheet by its name, read once; FileNotFoundError if there is none."""
    text = FOLDER.joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return Sheet.model_validate({"name": name} | read_yaml(text))
