"""Commands and what they do: models at the edge, use cases between the desk and the rules.

Every module of a subject says its USE_CASES, its ROUTES and, where it has some, its LISTINGS.
"""

from types import ModuleType

from services.finance.commands import (
    accounts,
    assessments,
    assets,
    audit_committees,
    audits,
    budgets,
    closing,
    disclosures,
    expenses,
    facilities,
    findings,
    fundraising,
    grading,
    grants,
    levy,
    member_dues,
    prizes,
    rebates,
    receipts,
    remittances,
    surcharges,
    targets,
    tax_collections,
)
from services.finance.commands.booking import booked
from shared.http.subjects import gathered, use_cases_of

SUBJECTS: tuple[ModuleType, ...] = (
    accounts,
    assessments,
    assets,
    audit_committees,
    audits,
    budgets,
    closing,
    disclosures,
    expenses,
    facilities,
    findings,
    fundraising,
    grading,
    grants,
    levy,
    member_dues,
    prizes,
    rebates,
    receipts,
    remittances,
    surcharges,
    targets,
    tax_collections,
)

USE_CASES = {command: booked(use_case) for command, use_case in use_cases_of(SUBJECTS).items()}
SAID = gathered(SUBJECTS)
ROUTES, BULK_ROUTES, LISTINGS = SAID
