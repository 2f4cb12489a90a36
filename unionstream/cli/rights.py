"""`unionstream rights`: what each service may do on the brokers, for whoever administers them."""

from __future__ import annotations

from typing import Annotated

import typer

from unionstream.cli.asking import AsJson, print_json


def rights(
    brokers: Annotated[str, typer.Option(help="Where the brokers are.")] = "localhost:9092",
    configuration: Annotated[
        str, typer.Option("--command-config", help="The properties that kafka-acls.sh signs in with.")
    ] = "admin.properties",
    *,
    as_json: AsJson = False,
) -> None:
    """Print the access rights of every service on Kafka, a command of Kafka's own tool for each.

    Made from the code: a service may write its own topic and no other. Pipe it into a shell to apply it:

    `unionstream rights --brokers kafka:9093 | sh`
    """
    from unionstream.rights import rights as known

    if as_json:
        print_json({"rights": [each._asdict() for each in known()]})
        return
    for each in known():
        typer.echo(each.command(brokers, configuration))
