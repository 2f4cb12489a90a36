"""What goes with a union when it ends: its committee and officers, its conditions and departments."""

from datetime import date
from uuid import UUID

from services.membership.commands.committees import committee_id, end_committee
from services.membership.commands.conditions import conditions_id, end_conditions
from services.membership.commands.departments import departments_id, end_departments
from services.membership.commands.officers import OFFICER, end_officers
from services.membership.commands.women import body_id, end_women_committee
from shared.work.needs import Listed, Own
from shared.work.work import Work


def end_what_it_has(work: Work, unit: UUID, on: date) -> None:
    """Recorded in the same command, so that nothing of an ended union goes on counting."""
    ids = (committee_id(unit), body_id(unit), conditions_id(unit), departments_id(unit))
    work.want(Listed(OFFICER.name, unit), *(Own(each) for each in ids))
    end_officers(work, unit, on)
    end_committee(work, unit, on)
    end_women_committee(work, unit, on)
    end_conditions(work, unit, on)
    end_departments(work, unit, on)
