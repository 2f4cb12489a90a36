"""The generated pages say what the code says."""

from services.projection.catalogue import pages
from unionstream.demo.pages import page


def test_the_page_of_figures_is_up_to_date() -> None:
    assert (pages.DOCS / "figures.md").read_text("utf-8") == pages.figures_page(), "run `make docs`"


def test_the_page_of_events_is_up_to_date() -> None:
    assert (pages.DOCS / "events.md").read_text("utf-8") == pages.events_page(), "run `make docs`"


def test_the_page_of_printed_figures_is_up_to_date() -> None:
    assert (pages.DOCS / "printed-figures.md").read_text("utf-8") == page(), "run `make docs`"
