"""Unified social credit codes (统一社会信用代码, GB 32100-2015; DOMAIN COD-04, COD-05)."""

import re
from dataclasses import dataclass

from shared.codes.refusal import InvalidCode, narrow

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # pragma: allowlist secret
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_SHAPE = re.compile(rf"[0-9A-Z]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")

# Published tables of registration authority and kind; second-hand, so unknown pairs are accepted as "other".
_CLASSES = {
    "11": "organ",
    "12": "institution",
    "13": "mass_organisation",
    "51": "social_group",
    "52": "private_non_enterprise",
    "53": "foundation",
    "81": "grassroots_union",
    "89": "other_union",
    "91": "company",
    "92": "individual_business",
    "93": "farmers_cooperative",
    "N1": "township_collective",
    "N2": "village_collective",
    "N3": "group_collective",
}


@dataclass(frozen=True)
class CreditCode:
    """A code that passed both checks; `holder` is the class of its registration authority and kind."""

    code: str
    holder: str

    @property
    def division(self) -> str:
        """Six digits of the registering authority's division; not where the holder works."""
        return self.code[2:8]

    @property
    def organisation(self) -> str:
        """The nine-character organisation code inside."""
        return self.code[8:17]


@dataclass(frozen=True)
class Doubt:
    """Something unusual that is accepted: `code` in kebab-case and what to look at."""

    code: str
    remedy: str


def check_character(body: str) -> str:
    """The eighteenth character for the seventeen before it, modulo 31."""
    total = sum(_VALUES[character] * weight for character, weight in zip(body, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def organisation_check(body: str) -> str:
    """The ninth character of an organisation code for the eight before it (GB 11714-1997)."""
    pairs = zip(body, _ORGANISATION_WEIGHTS, strict=True)
    rest = 11 - sum(int(character, 36) * weight for character, weight in pairs) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def checked(code: str) -> CreditCode:
    """The code in upper case, both check characters right; raises InvalidCode."""
    clean = narrow(code)
    shown = clean[:20]
    if re.search("[IOSVZ]", clean):
        raise InvalidCode(
            "credit-code-letter", shown, "I, O, S, V and Z do not occur: look for 1, 0, 5, U, 2"
        )
    if not _SHAPE.fullmatch(clean):
        raise InvalidCode(
            "credit-code-malformed", shown, "give 18 letters and digits, the third to eighth digits"
        )
    if organisation_check(clean[8:16]) != clean[16]:
        raise InvalidCode(
            "credit-code-organisation-check", shown, "compare with the certificate, characters 9 to 17"
        )
    if check_character(clean[:17]) != clean[17]:
        raise InvalidCode(
            "credit-code-check", shown, "compare with the certificate: a character is wrong or swapped"
        )
    return CreditCode(clean, _CLASSES.get(clean[:2], "other"))


def union_warning(code: CreditCode) -> Doubt | None:
    """Unions are registered by authority 8; older federations may carry 11, 13 or 51, so this only warns."""
    if code.code.startswith("8"):
        return None
    return Doubt("credit-code-not-of-a-union", "a union's code starts with 8: is this the employer's?")
