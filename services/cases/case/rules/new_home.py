"""Naming the home a case is about from now on, by what the register says of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Protocol
from uuid import UUID

from pydantic import Field

from services.cases.case.rules.protection import protect_address
from shared.ground.described import Described
from shared.ground.errors import Refusal
from shared.ground.fields import Code, Words
from shared.privacy.personal import Whereabouts
from shared.privacy.register_word import SaidHome
from shared.privacy.small_estate import told_estate
from shared.words.vocabulary.case import FactSource

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case
    from services.cases.case.rules.step import Taken


class ItIsThatHomeAlready(Refusal):
    """Det er den bolig og det lejemål, sagen allerede handler om."""

    field = "home_id"
    next_step = "Vælg den rigtige bolig, eller lad sagen gå videre."


class AddressIsMissing(Refusal):
    """Der mangler en adresse på den rigtige bolig."""

    field = "address"
    next_step = "Skriv den, som den står i registret, med etage og side."


class RegisterSaysOtherwise(Refusal):
    """Det er ikke, hvad registret siger om den bolig i dag."""

    field = "home_id"
    next_step = "Find boligen i registret igen, og vælg den der."


class Told(Protocol):
    """Where an event says that a case lies from now on."""

    @property
    def estate_id(self) -> str: ...
    @property
    def estate_name(self) -> str: ...
    @property
    def municipality(self) -> str: ...


def stands_at(case: Case, told: Told) -> None:
    """The case lies there now; an estate without a name is called by its code."""
    case.origin = replace(
        case.origin, estate_id=told.estate_id, estate_name=told.estate_name or told.estate_id, municipality=told.municipality
    )
    case.is_at_home = True


class NamesHome(Described):
    """What is said of the home."""

    home_id: UUID
    """The right home, by the id the register has it under."""
    tenancy_id: UUID | None = None
    """Who lives there: the tenancy; left out where it is not known."""
    address: Words = ""
    """Where it is, as people say it, with floor and side."""
    estate_id: Code
    """The estate it lies in, as its code."""
    estate_name: Words = ""
    """What people call the estate."""
    municipality: Code
    """The municipality it lies in, as its code."""
    has_many_homes: bool = False
    """Whether the estate has twenty homes or more: only then it stands in the clear, and in figures."""
    register_says: Annotated[str, Field(max_length=100)] = ""
    """The register's word that all of this is so, as it gives it for this case (`/intake/api/right-homes`); good until tomorrow."""

    @property
    def said(self) -> SaidHome:
        """The home, as the request has it."""
        return SaidHome(
            home_id=self.home_id,
            tenancy_id=self.tenancy_id,
            address=str(self.address),
            estate_id=self.estate_id,
            estate_name=str(self.estate_name),
            municipality=self.municipality,
            has_many_homes=self.has_many_homes,
        )

    def protect_there(self, case: Case, taken: Taken) -> None:
        """Where the address is protected there, it is before anything says where that is."""
        if taken.is_protected_there:
            protect_address(case, source=FactSource.ERP.value)

    def where(self, case: Case) -> dict[str, Any]:
        """The same as an event of the case holds it; refuses a home without an address."""
        if not self.address.strip():
            raise AddressIsMissing
        return {
            "home": Whereabouts(case.id, str(self.home_id)),
            "tenancy": Whereabouts(case.id, str(self.tenancy_id)) if self.tenancy_id else None,
            "address": Whereabouts(case.id, str(self.address)),
            **told_estate(
                case.id,
                estate_id=self.estate_id,
                estate_name=str(self.estate_name),
                municipality=self.municipality,
                is_small=not self.has_many_homes,
                is_protected=case.is_address_protected,
            ),
        }
