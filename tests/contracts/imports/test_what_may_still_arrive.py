"""A row that is refused only because another service's fact has not arrived is sent again by itself."""

from importlib import import_module
from pkgutil import walk_packages

import services
from shared.errors import NotYetKnown
from unionstream.imports.answers import MAY_STILL_ARRIVE


def codes(refusal: type[NotYetKnown]) -> set[str]:
    return {refusal.code}.union(*map(codes, refusal.__subclasses__()))


def test_every_refusal_that_may_pass_is_known_to_the_importer() -> None:
    for module in walk_packages(services.__path__, "services."):
        if ".commands." in module.name or ".domain." in module.name:
            import_module(module.name)
    assert codes(NotYetKnown) <= MAY_STILL_ARRIVE
