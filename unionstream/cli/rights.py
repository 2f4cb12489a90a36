"""`unionstream rights`: what each service may do on the brokers, for whoever administers them."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from unionstream.cli.asking import AsJson, print_json
from unionstream.cli.stack import tell_fault

UNREACHABLE = 2


def rights(
    brokers: Annotated[str, typer.Option(help="Where the brokers are.")] = "localhost:9092",
    configuration: Annotated[
        str, typer.Option("--command-config", help="The properties that kafka-acls.sh signs in with.")
    ] = "admin.properties",
    apply: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Give them, signed in there as a super user.")
    ] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Print the access rights of every service on Kafka, a command of Kafka's own tool for each.

    Made from the code: a service may write its own topic and no other. To apply them:

    `unionstream rights --apply 'sasl+ssl://admin@kafka:9093?password_file=admin.password&ca=ca.pem'`

    Exit code 2: the brokers do not answer, or do not take them.
    """
    from unionstream.rights import rights as known

    if apply:
        given = _applied(apply)
        if as_json:
            print_json({"given": given})
        else:
            typer.echo(f"{given} rights are given.")
        return
    if as_json:
        print_json({"rights": [each._asdict() for each in known()]})
        return
    for each in known():
        typer.echo(each.command(brokers, configuration))


def _applied(address: str) -> int:
    from aiokafka.errors import KafkaError

    from shared.brokers import checked
    from shared.errors import Problem
    from shared.turned_away import turned_away
    from unionstream.applying import give
    from unionstream.embedded.faults import EmbeddedFault
    from unionstream.rights import rights as known

    try:
        return asyncio.run(give(checked(address), known()))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--apply") from error
    except EmbeddedFault as fault:
        tell_fault(str(fault), fault.remedy)
    except Problem as problem:
        tell_fault(f"{problem.code}: {problem.detail} ({problem.value})", problem.remedy)
    except (KafkaError, OSError) as error:
        why = asyncio.run(turned_away(address)) or f"{type(error).__name__} {error}"
        tell_fault(f"The brokers do not let us in: {why}"[:300], "Look at the address, the user and the CA.")
    raise typer.Exit(UNREACHABLE)
