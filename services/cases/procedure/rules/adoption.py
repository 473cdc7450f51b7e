"""What can happen to the procedure of an association: a version is adopted, proposed and confirmed, or withdrawn before it holds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any, Self
from uuid import UUID, uuid5

from services.cases.procedure.rules.document import ProcedureDocument
from services.cases.procedure.rules.oddities import Odd, Surroundings, oddities, reworded
from services.cases.procedure.rules.reading import read_adopted, read_procedure
from shared.ground.errors import Awaits, Refusal
from shared.history.aggregate import Aggregate, AggregateCreated, Event
from shared.words.vocabulary.procedure import WithdrawalReason

_PROCEDURES = UUID("6f0cbf1e-5b0a-5c6f-9d0e-0d9d3a1b7c52")

FIRST_DAY = date(2000, 1, 1)
FARTHEST = timedelta(days=731)
"""Two years: nobody agrees on a procedure longer ahead, but a year is easily mistyped."""


class NoProcedureIsAdopted(Awaits):
    """Boligorganisationen følger ingen beredskabsprocedure endnu, så bekymringen har ingen frister og ingen ansvarlige."""

    next_step = "Vedtag en procedure; så tages beskeden ind af sig selv, når den gælder."
    awaited = "procedure"


class VersionHasOtherContent(Refusal):
    """Den version er allerede vedtaget med et andet indhold."""

    field = "text"
    next_step = "En vedtaget procedure ændres ikke. Giv den nye procedure et nyt versionsnavn."


class VersionWasWithdrawn(Refusal):
    """Den version er vedtaget og trukket tilbage, så navnet er brugt."""

    field = "text"
    next_step = "Et versionsnavn betyder altid den samme tekst. Giv den nye procedure et nyt navn."


class VersionIsOlderThanTheNewest(Refusal):
    """Den nye version gælder fra en dag, der ligger før den nyeste vedtagne procedure."""

    field = "text"
    next_step = "Skriv en senere dato i effective_on, eller træk den nyeste tilbage, hvis den ikke gælder endnu."


class VersionHoldsFromTooFarAhead(Refusal):
    """Den nye version gælder fra en dag, der ligger mere end to år ude i fremtiden."""

    field = "text"
    next_step = "Se efter, om årstallet i effective_on er rigtigt."


class VersionHoldsFromLongAgo(Refusal):
    """Den nye version gælder fra en dag før år 2000."""

    field = "text"
    next_step = "Se efter, om årstallet i effective_on er rigtigt."


class WordingHasOtherText(Refusal):
    """En ordlyd, der er spurgt med, har fået en anden tekst under det samme navn."""

    field = "text"
    next_step = "Giv den nye ordlyd sit eget versionsnavn i consent_wordings: det skal kunne bevises, hvad der blev sagt."


class NothingIsProposed(Refusal):
    """Den version er ikke foreslået, så der er ikke noget at bekræfte."""

    next_step = "Se på procedurens side, hvad der er vedtaget."


class ProposalIsAnother(Refusal):
    """Der er foreslået noget andet under det samme navn, siden du så det."""

    next_step = "Læs forslaget igen, og bekræft det så."


class ProposerMayNotConfirm(Refusal):
    """Den, der foreslår en procedure, kan ikke selv bekræfte den."""

    next_step = "Bed en anden boligsocial leder eller direktøren om at se på den."


class MoreIsOddNow(Refusal):
    """Der er kommet flere advarsler, siden proceduren blev foreslået."""

    next_step = "Send proceduren igen, så de står på forslaget."


class VersionIsInForce(Refusal):
    """Den version gælder allerede, så den kan ikke trækkes tilbage."""

    next_step = "Vedtag en ny version, der gælder i stedet."


def procedure_id(association: str) -> UUID:
    """The stream of an association's procedure; there is one."""
    return uuid5(_PROCEDURES, association)


@lru_cache(maxsize=32)
def _as_adopted(text: str) -> ProcedureDocument:
    """What a version says, which never changes."""
    return read_adopted(text)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A version that waits for somebody else to confirm it."""

    text: str
    digest: str
    oddities: tuple[Odd, ...]
    by: str
    for_whom: str
    """Whom they stood in for; nobody, mostly."""


class Procedure(Aggregate):
    """The procedure of one association through all its versions."""

    TOPIC = "procedure"

    class Begun(Event, AggregateCreated):
        TOPIC = "procedure.begun"

    class EstateNoted(Event):
        """The association has an estate in a municipality."""

        TOPIC = "procedure.estate_noted"
        estate_id: str
        municipality: str

        def apply(self, procedure: Procedure) -> None:
            procedure.estates[self.estate_id] = self.municipality

    class Proposed(Event):
        """Somebody wants to follow a version about which something is odd; it holds when somebody else has confirmed it."""

        TOPIC = "procedure.proposed"
        class_version = 2
        version: str
        effective_on: str
        text: str
        digest: str
        oddities: list[dict[str, str]]
        proposed_by: str
        proposed_for: str
        """Whom they stood in for; nobody, mostly."""

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            """Version 1 did not say for whom it was proposed."""
            state["proposed_for"] = ""

        def apply(self, procedure: Procedure) -> None:
            odd = tuple(Odd(**odd) for odd in self.oddities)
            procedure.was_proposed.add(self.version)
            procedure.proposals[self.version] = Proposal(self.text, self.digest, odd, self.proposed_by, self.proposed_for)

    class Confirmed(Event):
        """Somebody else has looked at what is odd, and it is meant so."""

        TOPIC = "procedure.confirmed"
        version: str
        digest: str
        proposed_by: str

        def apply(self, procedure: Procedure) -> None:
            procedure.proposals.pop(self.version, None)

    class Adopted(Event):
        TOPIC = "procedure.adopted"
        version: str
        effective_on: str
        text: str
        digest: str

        def apply(self, procedure: Procedure) -> None:
            procedure.digests[self.version] = self.digest
            procedure.adopted[self.version] = self.effective_on
            procedure.texts[self.version] = self.text
            procedure.proposals.pop(self.version, None)

    class Withdrawn(Event):
        """A version, or what was only proposed, will not hold."""

        TOPIC = "procedure.withdrawn"
        version: str
        reason: str
        was_adopted: bool
        """Whether the others were told that it was to hold."""

        def apply(self, procedure: Procedure) -> None:
            (procedure.adopted if self.was_adopted else procedure.proposals).pop(self.version, None)

    def __init__(self) -> None:
        self.digests: dict[str, str] = {}
        """Of every version that was ever adopted, also those that were withdrawn: a name says one text for ever."""
        self.adopted: dict[str, str] = {}
        """From which day each holds that was not withdrawn, in the order in which they were adopted."""
        self.texts: dict[str, str] = {}
        self.proposals: dict[str, Proposal] = {}
        self.was_proposed: set[str] = set()
        """Every version that ever was, also those that were withdrawn."""
        self.estates: dict[str, str] = {}
        """In which municipality each estate lies."""

    @classmethod
    def of(cls, association: str) -> Self:
        """The procedure of an association that has none yet."""
        return cls.begin(cls.Begun, id=procedure_id(association))

    def note_estate(self, estate_id: str, *, municipality: str) -> None:
        """The register has an estate there; the same again is no news."""
        if self.estates.get(estate_id) != municipality:
            self.trigger_event(self.EstateNoted, estate_id=estate_id, municipality=municipality)

    def adopt(self, *, text: str, today: date, by: str, roles: Collection[str], for_whom: str = "") -> tuple[Odd, ...]:
        """Follow a new version from its day on; refuses what cannot be read and what contradicts what was adopted.

        Answers what is odd about it; `roles` are those that somebody has who works here. With anything odd it is only proposed, until
        somebody else confirms it.
        """
        document = read_procedure(text)
        digest = sha256(text.encode()).hexdigest()
        if document.version in self.digests:
            self._must_be_the_same(document.version, digest)
            return ()
        self._must_fit(document, today=today)
        odd = self._oddities(document, roles, today=today)
        facts = {"version": document.version, "effective_on": document.effective_on.isoformat(), "text": text, "digest": digest}
        if not odd:
            self.trigger_event(self.Adopted, **facts)
        elif not self._is_proposed(document.version, digest, odd):
            reasons = [each.as_fact() for each in odd]
            self.trigger_event(self.Proposed, **facts, oddities=reasons, proposed_by=by, proposed_for=for_whom)
        return odd

    def confirm(self, version: str, *, digest: str, today: date, by: str, roles: Collection[str], for_whom: str = "") -> None:
        """Somebody else takes what was proposed into use, as they read it; the same again is no news.

        Who stands in for another is nobody else: what one of them proposed, in whichever hat, waits for a third.
        """
        if self.digests.get(version) == digest and version in self.adopted:
            return
        proposed = self.proposals.get(version)
        if proposed is None:
            raise NothingIsProposed
        if proposed.digest != digest:
            raise ProposalIsAnother
        if {proposed.by, proposed.for_whom} & ({by, for_whom} - {""}):
            raise ProposerMayNotConfirm
        document = read_procedure(proposed.text)
        self._must_fit(document, today=today)
        if any(each not in proposed.oddities for each in self._oddities(document, roles, today=today)):
            raise MoreIsOddNow
        self.trigger_event(self.Confirmed, version=version, digest=digest, proposed_by=proposed.by)
        self.trigger_event(self.Adopted, version=version, effective_on=document.effective_on.isoformat(), text=proposed.text, digest=digest)

    def withdraw(self, version: str, *, reason: WithdrawalReason, today: date) -> None:
        """A version that does not hold yet never will; the same again is no news."""
        if version in self.proposals:
            self.trigger_event(self.Withdrawn, version=version, reason=reason.value, was_adopted=False)
        elif version in self.adopted:
            if date.fromisoformat(self.adopted[version]) <= today:
                raise VersionIsInForce
            self.trigger_event(self.Withdrawn, version=version, reason=reason.value, was_adopted=True)

    def knows(self, version: str) -> bool:
        """Whether there is, or was, such a version."""
        return version in self.digests or version in self.was_proposed

    def _must_be_the_same(self, version: str, digest: str) -> None:
        if version not in self.adopted:
            raise VersionWasWithdrawn
        if self.digests[version] != digest:
            raise VersionHasOtherContent

    def _must_fit(self, document: ProcedureDocument, *, today: date) -> None:
        """Refuses what no second person could make right."""
        if document.effective_on < FIRST_DAY:
            raise VersionHoldsFromLongAgo
        if document.effective_on > today + FARTHEST:
            raise VersionHoldsFromTooFarAhead
        if self.adopted and document.effective_on < date.fromisoformat(max(self.adopted.values())):
            raise VersionIsOlderThanTheNewest
        if reworded(document, self._earlier()):
            raise WordingHasOtherText

    def _oddities(self, document: ProcedureDocument, roles: Collection[str], *, today: date) -> tuple[Odd, ...]:
        around = Surroundings(roles=roles, municipalities=set(self.estates.values()), earlier=self._earlier(), today=today)
        return oddities(document, around)

    def _earlier(self) -> list[ProcedureDocument]:
        """What was adopted and not withdrawn, the oldest first."""
        return [_as_adopted(self.texts[version]) for version in self.adopted]

    def _is_proposed(self, version: str, digest: str, odd: tuple[Odd, ...]) -> bool:
        """Whether this very text is proposed already, with the same said about it."""
        proposed = self.proposals.get(version)
        return proposed is not None and proposed.digest == digest and proposed.oddities == odd
