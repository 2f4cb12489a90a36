"""What holds for everything that is kept in the order of its days."""

from datetime import date

from shared.errors import Refused


class BeforeLastEntry(Refused):
    """An entry of an earlier day than the last one."""

    code = "before-last-entry"


def refuse_earlier(last_on: date, on: date, field: str = "on") -> None:
    """Raises BeforeLastEntry."""
    if on < last_on:
        raise BeforeLastEntry(
            f"the last entry is of {last_on}",
            field=field,
            value=str(on),
            remedy="give that day or a later one",
        )
