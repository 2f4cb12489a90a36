"""Why an agreement cannot be as it was proposed."""

from shared.errors import Gone, Malformed, NotFound, Refused


class NotAgreeable(Malformed):
    """The proposal names something that no agreement may name."""

    code = "not-agreeable"


class TypeNotAgreeable(NotAgreeable):
    """Events of this type are not delivered to anybody."""

    code = "type-not-agreeable"


class FieldNotAgreeable(NotAgreeable):
    """This field is delivered to nobody, or not in this way."""

    code = "field-not-agreeable"


class TwiceAgreed(NotAgreeable):
    """A type is delivered as events or counted in one table: with both, one could be taken from the other."""

    code = "twice-agreed"


class NothingAgreed(NotAgreeable):
    """There is neither a type nor a table."""

    code = "nothing-agreed"


class BasisMissing(Refused):
    """Ids of persons need a basis and an assessment (DOMAIN PRI-03, PRI-04)."""

    code = "basis-missing"


class ScopeOutside(Refused):
    """A union gives what is its own or of those under it, nobody else's."""

    code = "scope-outside"


class NameTaken(Refused):
    """Names are never used again: the topic of the earlier agreement is kept."""

    code = "name-taken"


class PeriodImpossible(Malformed):
    """The last day lies before the first, or has passed."""

    code = "period-impossible"


class FeedUnknown(NotFound):
    """There is no such feed, or none for this reader."""

    code = "feed-unknown"


class FeedOver(Gone):
    """The agreement has ended, or its last day has passed."""

    code = "feed-over"


class PositionAhead(Malformed):
    """The feed has never come so far."""

    code = "position-ahead"
