"""What can be wrong with a file, a row or a cell: stable codes in kebab-case, each with a remedy."""

from dataclasses import dataclass


@dataclass(eq=False)  # not frozen: Python itself sets __traceback__
class FileUnusable(Exception):
    """Nothing of the file is sent. `value` names headings, sheets or places, never somebody's data."""

    code: str
    detail: str
    remedy: str
    value: str = ""

    def __str__(self) -> str:
        """The sentence for terminals."""
        shown = f" [{self.value}]" if self.value else ""
        return f"{self.code}: {self.detail}{shown}. {self.remedy}."


@dataclass(eq=False)
class CellInvalid(ValueError):
    """One cell cannot be read; the row adds which field it was."""

    code: str
    value: str
    remedy: str


@dataclass(frozen=True)
class RowProblem:
    """Why one row was refused, here or by the service."""

    code: str
    field: str = ""
    value: str = ""
    remedy: str = ""
    detail: str = ""
