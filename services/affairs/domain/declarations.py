"""Figures as paper reports print them, to be held against those that are computed."""

from datetime import date

from services.affairs.domain.reports import Report, refuse_unreported
from shared.contracts.affairs import FigureDeclarationWithdrawn, FigureDeclared
from shared.errors import Refused

DeclarationEvent = FigureDeclared | FigureDeclarationWithdrawn


class DeclaredAlready(Refused):
    """The same number was typed in from the same paper."""

    code = "figure-declared-already"


class DeclarationNotStanding(Refused):
    """It was withdrawn."""

    code = "declaration-withdrawn"


class Declaration(Report):
    """The number that stands; no value once it was withdrawn."""

    figure: str
    value: str | None
    qualifier: str
    source: str
    declared_on: date


def decide_declare(
    declaration: Declaration | None, report: Report, declared: FigureDeclared
) -> tuple[FigureDeclared]:
    """A later paper takes the place of an earlier one."""
    refuse_unreported(report, declared.occurredon)
    same = ("value", "qualifier", "source")
    if declaration and all(getattr(declaration, name) == getattr(declared, name) for name in same):
        raise DeclaredAlready("it stands like that already", "value", declared.value, "nothing is to be done")
    old = declaration.value if declaration else None
    return (declared.model_copy(update={"old_value": old}),)


def decide_withdraw(declaration: Declaration, on: date) -> tuple[FigureDeclarationWithdrawn]:
    """It was typed in by mistake."""
    if declaration.value is None:
        raise DeclarationNotStanding(
            "it was withdrawn", "declaration", declaration.figure, "declare the figure anew"
        )
    withdrawn = FigureDeclarationWithdrawn(
        occurredon=on, **declaration.about, figure=declaration.figure, value=declaration.value
    )
    return (withdrawn,)


def evolve(declaration: Declaration | None, event: DeclarationEvent) -> Declaration:
    """The declaration after the event."""
    if isinstance(event, FigureDeclared):
        said = event.model_dump(exclude={"occurredon", "old_value"})
        return Declaration(**said, declared_on=event.occurredon)
    assert declaration is not None, "a figure is declared first"
    return declaration.model_copy(update={"value": None, "declared_on": event.occurredon})
