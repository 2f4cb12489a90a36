"""The description of a service says all that it takes and answers, commands beside questions."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import pytest
from fastapi import APIRouter
from pydantic import BaseModel, Field, create_model

from shared.http.app import application
from shared.http.fields import BusinessDate, Command
from shared.http.openapi import CommandRouter, methods_at
from shared.http.routes import BulkRoute, CommandRoute
from tests.support.signing import known_tokens

Short = Annotated[str, Field(max_length=5)]


class Plant(Command):
    """Into the garden."""

    garden: Short
    tree: UUID | None = None
    on: BusinessDate


class Fell(Command):
    """Down."""

    tree: UUID


class Seen(BaseModel):
    """What stands in a garden."""

    trees: int


def described() -> dict[str, Any]:
    questions = APIRouter(prefix="/v1")

    @questions.get("/trees")
    async def trees(limit: int = 1) -> Seen:
        return Seen(trees=limit)

    @questions.get("/trees/{tree}")
    async def tree(tree: UUID) -> Seen:
        return Seen(trees=tree.int)

    commands = CommandRouter(
        [
            CommandRoute("/trees", Plant, "Plant", creates=True),
            CommandRoute("/trees/{tree}/fell", Fell, "Fell"),
            CommandRoute("/gardens/{garden}/trees/{tree}", Plant, "Plant there"),
        ],
        [BulkRoute("/trees/bulk", Plant, "Plant a list")],
    )
    return application("Garden", [commands, questions], known_tokens()).openapi()


def body(document: dict[str, Any], path: str) -> dict[str, Any]:
    reference: str = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"][
        "$ref"
    ]
    schema: dict[str, Any] = document["components"]["schemas"][reference.rpartition("/")[2]]
    return schema


def test_a_command_and_a_question_may_share_an_address() -> None:
    assert set(described()["paths"]["/v1/trees"]) == {"get", "post"}


def test_a_body_has_no_field_that_the_path_fills() -> None:
    document = described()
    assert set(body(document, "/v1/trees")["properties"]) == {"garden", "tree", "on"}
    inner = body(document, "/v1/gardens/{garden}/trees/{tree}")
    assert (set(inner["properties"]), inner["required"]) == ({"on"}, ["on"])
    assert inner["additionalProperties"] is False


def test_a_path_parameter_has_the_shape_of_its_field_and_is_never_null() -> None:
    garden, tree, *_ = described()["paths"]["/v1/gardens/{garden}/trees/{tree}"]["post"]["parameters"]
    assert (garden["name"], garden["schema"]) == ("garden", {"type": "string", "maxLength": 5})
    assert (tree["name"], tree["schema"]) == ("tree", {"type": "string", "format": "uuid"})


def test_a_row_is_the_command_with_its_reference_and_nothing_else() -> None:
    document = described()
    rows = body(document, "/v1/trees/bulk")["properties"]["rows"]
    row = document["components"]["schemas"][rows["items"]["$ref"].rpartition("/")[2]]
    assert set(row["required"]) == {"garden", "on", "reference"}
    assert row["additionalProperties"] is False


def test_what_was_made_leads_to_all_that_can_be_done_with_it() -> None:
    made = described()["paths"]["/v1/trees"]["post"]["responses"]["201"]["links"]
    assert {name.partition("_")[0]: link["parameters"] for name, link in made.items()} == {
        "Fell": {"tree": "$response.body#/id"},
        "tree": {"tree": "$response.body#/id"},
    }


def test_every_refusal_is_a_problem_document() -> None:
    document = described()
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    refusals = [told for each in operations for status, told in each["responses"].items() if status >= "400"]
    assert refusals
    assert all(list(told["content"]) == ["application/problem+json"] for told in refusals)
    assert not {"HTTPValidationError", "ValidationError"} & set(document["components"]["schemas"])


def test_what_is_given_and_what_is_seen_may_go_by_one_name() -> None:
    given = create_model("Seen", __base__=Command, what=(Short, ...))
    questions = APIRouter()

    @questions.get("/v1/seen")
    async def seen() -> Seen:
        return Seen(trees=1)

    commands = CommandRouter([CommandRoute("/see", given, "See")], [])
    document = application("Two", [commands, questions], known_tokens()).openapi()
    assert set(body(document, "/v1/see")["properties"]) == {"what"}
    assert set(document["components"]["schemas"]["Seen"]["properties"]) == {"trees"}


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/v1/trees", ("GET", "POST")),
        ("/v1/trees/bulk", ("POST",)),
        ("/v1/trees/oak", ("GET",)),
        ("/v1/flowers", ()),
    ],
)
def test_the_most_literal_address_says_what_may_be_asked(path: str, methods: tuple[str, ...]) -> None:
    assert methods_at(described(), path) == methods
