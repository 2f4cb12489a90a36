"""A row that is refused only because another service's fact has not arrived is sent again by itself."""

from importlib import import_module
from pathlib import Path

from shared.errors import NotYetKnown
from unionstream.imports.answers import MAY_STILL_ARRIVE

SERVICES = Path(__file__).parents[3] / "services"


def codes(refusal: type[NotYetKnown]) -> set[str]:
    """Of this refusal and of those like it; rows never go to the projection, which answers questions only."""
    likes = [
        each for each in refusal.__subclasses__() if not each.__module__.startswith("services.projection")
    ]
    return {refusal.code}.union(*map(codes, likes))


def test_every_refusal_that_may_pass_is_known_to_the_importer() -> None:
    for path in sorted(SERVICES.glob("*/commands/**/*.py")):
        import_module(".".join(("services", *path.relative_to(SERVICES).with_suffix("").parts)))
    assert codes(NotYetKnown) <= MAY_STILL_ARRIVE
