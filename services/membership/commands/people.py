"""People: from a document to a person of the register, and personal data into the vault, nowhere else."""

from datetime import date
from uuid import UUID

from pydantic import SecretStr

from services.membership.aggregates import MEMBER, PERSON, RECORD
from services.membership.commands.fields import CatalogueId, Command, PersonalText
from services.membership.domain.members import membership_of
from services.membership.domain.privacy import record_of, refuse_hidden
from shared.codes import documents
from shared.codes.documents import Document
from shared.codes.refusal import InvalidCode
from shared.errors import Malformed, NotFound, Refused
from shared.http.body import revealed
from shared.http.problems import FieldProblem, Invalid
from shared.vault import PersonalData, Vault
from shared.work.kinds import Claim
from shared.work.needs import Claimed, Own
from shared.work.work import Work

# Whoever is on the list of erasures is not sealed again, whatever the database was put back to.
SEAL = """
INSERT INTO person_vault (person, wrapped_key, record, identity)
SELECT $1::uuid, $2::bytea, $3::bytea, $4::text WHERE NOT EXISTS (SELECT FROM erasure WHERE person = $1)
ON CONFLICT (person) DO UPDATE
SET wrapped_key = excluded.wrapped_key, record = excluded.record, identity = excluded.identity"""


class PersonUnknown(NotFound):
    """Nobody is registered under this document."""

    code = "person-unknown"


class DocumentOfAnother(Refused):
    """The document belongs to another person of the register."""

    code = "document-of-another"


class OldDocumentNeeded(Refused):
    """A number is corrected from one to another; the old one must be given, and be this person's."""

    code = "old-document-needed"


class OfMember(Command):
    """A member by id, or by the document that stands in the roster."""

    member: UUID | None = None
    document_kind: CatalogueId = documents.CITIZEN
    document_number: PersonalText | None = None


def document_of(kind: str, number: SecretStr, today: date, field: str = "document_number") -> Document:
    """The checked document; raises Invalid without repeating the number (DOMAIN COD-01, COD-03)."""
    try:
        return documents.checked(kind, revealed(number), today)
    except InvalidCode as error:
        where = "document_kind" if error.code == "document-kind-unknown" else field
        raise Invalid([FieldProblem(field=where, value="", code=error.code, remedy=error.remedy)]) from None


def sex_of(given: str | None, document: Document) -> str:
    """What the caller says, else what the document tells; raises Invalid where neither does."""
    sex = given or document.sex
    if sex is None:
        raise Invalid(
            [FieldProblem(field="sex", value="", code="sex-missing", remedy="this document does not tell it")]
        )
    return sex


def identity_of(vault: Vault, document: Document) -> Claimed:
    """What is claimed for a document: never its number."""
    return Claimed("identity", vault.identity(document.kind, document.number))


def person_of(work: Work, identity: Claimed) -> UUID:
    """The person of the register with this document; a new one where there is none."""
    person = work.owner(identity.kind, identity.value)
    if person is None:
        person = work.new_id()
        work.absent(Own(membership_of(person)), Own(record_of(person)))
        work.claim(identity.kind, identity.value, person)
    return person


def find_membership(vault: Vault, work: Work, command: OfMember) -> UUID:
    """The id of the membership that the command means; raises Malformed or PersonUnknown."""
    if command.member is not None:
        return command.member
    if command.document_number is None:
        raise Malformed("nobody is named", "member", "", "give the member's id, or a document number")
    identity = identity_of(vault, document_of(command.document_kind, command.document_number, work.today))
    person = work.owner(identity.kind, identity.value)
    if person is None:
        raise PersonUnknown(
            "nobody is registered under this document", "document_number", "", "check kind and number"
        )
    return membership_of(person)


def keep(vault: Vault, work: Work, person: UUID, data: PersonalData) -> None:
    """Seal the record anew, with a new data key, in the transaction of this command.

    Raises DataRestricted, DataErased.
    """
    refuse_hidden(work.get(RECORD, record_of(person)), person)
    sealed, identity = vault.seal(person, data), vault.identity(data.document_kind, data.document_number)
    work.attach(SEAL, (person, sealed.wrapped_key, sealed.record, identity))


def exchange_document(work: Work, person: UUID, old: Claimed | None, new: Claimed) -> None:
    """Let the person go by another document; raises DocumentOfAnother or OldDocumentNeeded."""
    owner = work.owner(new.kind, new.value)
    if owner == person:
        return
    if owner is not None:
        raise DocumentOfAnother(
            "this document belongs to another person", "document_number", "", "compare both documents"
        )
    if old is None or work.owner(old.kind, old.value) != person:
        raise OldDocumentNeeded(
            "this is another number than before",
            "old_document_number",
            "",
            "give the number that stood in the roster until now",
        )
    work.changes.claims[Claim(old.kind, old.value)] = None
    work.claim(new.kind, new.value, person)


def find_person(work: Work, person: UUID, field: str = "person") -> tuple[str, bool]:
    """Sex of a person of the register, and whether they are a member now; raises PersonUnknown."""
    membership = membership_of(person)
    work.want(Own(person), Own(membership))
    member = work.get(MEMBER, membership)
    known = member or work.get(PERSON, person)
    if known is None:
        raise PersonUnknown("nobody is registered under this id", field, str(person), "register them first")
    return known.sex, member is not None and member.living
