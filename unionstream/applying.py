"""Rights given to the brokers themselves, over the protocol; what is given already stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from aiokafka.protocol.admin import CreateAclsRequest

from unionstream.embedded.broker_answers import admin
from unionstream.embedded.faults import EmbeddedFault
from unionstream.rights import Right

# As Kafka numbers them on the wire.
RESOURCES = {"topic": 2, "group": 3}
OPERATIONS = {"Read": 3, "Write": 4, "Create": 5, "Describe": 8, "DescribeConfigs": 10}
LITERAL, PREFIXED, ALLOW = 3, 4, 3


class RightNotGiven(EmbeddedFault):
    """The brokers did not take a right."""

    code = "right-not-given"


async def give(kafka: str, rights: Sequence[Right]) -> int:
    """Give them one by one; returns how many. Raises RightNotGiven, and KafkaError where nobody answers."""
    async with admin(kafka) as client:
        for right in rights:
            # aiokafka has the request, and no word of its own for it.
            answer = await client._send_to_controller(_request(right))  # noqa: SLF001
            for code, why in answer.creation_responses:
                if code:
                    raise RightNotGiven(
                        f"the brokers answer {code} ({why or 'no reason'}) to {right.principal}:"
                        f" {right.operation} on {right.resource} {right.name}",
                        remedy="Sign in as a super user, with an authorizer switched on in the brokers.",
                    )
    return len(rights)


def _request(right: Right) -> CreateAclsRequest:
    return CreateAclsRequest(
        RESOURCES[right.resource],
        right.name,
        PREFIXED if right.prefixed else LITERAL,
        f"User:{right.principal}",
        "*",
        OPERATIONS[right.operation],
        ALLOW,
    )
