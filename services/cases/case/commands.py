"""What may be asked of a case, and how it is done: load it with the procedure it is pinned to, decide, save."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID, uuid5

import asyncpg
from pydantic import ConfigDict, Field

from services.cases.case.rules import fields, life, protection
from services.cases.case.rules.case import WAITS_SINCE, Case
from services.cases.case.rules.concern import RaiseConcern
from services.cases.case.rules.correcting import MoveToRightPerson, RetractCase
from services.cases.case.rules.erased import end_as_erased, erase_person, go_on_alone
from services.cases.case.rules.handling import AssignCase
from services.cases.case.rules.moving_along import MoveAlong, leads_home
from services.cases.case.rules.new_home import NamesHome, RegisterSaysOtherwise
from services.cases.case.rules.observations import JoinCase
from services.cases.case.rules.pattern import WITHIN, Sighting
from services.cases.case.rules.persons import PersonIsPartAlready
from services.cases.case.rules.pinned import MoveToProcedure
from services.cases.case.rules.place import KnownPlace, link_place
from services.cases.case.rules.refusals import CaseIsClosed, ColleagueKeepsOut, ConcernIsDismissed, ItIsInTheFuture
from services.cases.case.rules.step import StepRequest, Taken
from services.cases.procedure.queries import procedure, version_in_force
from services.cases.procedure.rules.adoption import NoProcedureIsAdopted, procedure_id
from services.cases.procedure.rules.in_force import ProcedureInForce
from shared.ground.clock import CLOCKS_MAY_DIFFER
from shared.ground.described import Described
from shared.ground.errors import ChangedMeanwhile, NotFound, Refusal, VersionMovedOn
from shared.ground.fields import Code, FreeText
from shared.ground.provenance import Context
from shared.ground.working_days import local_day, start_of_day
from shared.history import event_store
from shared.history.service import Service
from shared.history.unit_of_work import UnitOfWork
from shared.history.whereabouts import whereabouts_in
from shared.messaging.messages.cases import CaseErased
from shared.privacy.access import Action, Resource, can
from shared.privacy.matter import Link, Matter, MatterKind
from shared.privacy.personal import KeyIsDestroyed
from shared.privacy.proposals import Change, Others
from shared.privacy.staff import StaffDirectory
from shared.privacy.whereabouts import alike, everybody_in, links_along, links_to
from shared.words.language import marked
from shared.words.vocabulary.case import ENDED, FactSource, Status
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.people import SOCIAL_STAFF, Role

ERP = FactSource.ERP.value
"""Who says what is told by a command and not by a step."""
WHY = "wrong_person"
"""Why links of a case are moved and keys destroyed, as the vault writes it down."""
WHY_ALONG = "moved"
"""Likewise, where it went along with whoever moved: then no key is destroyed, for nothing was wrong."""
MOST = 1000
"""Cases that are handed over, or looked at for a pattern, at once."""
_LINES = """
    select case_id, home_id, tenancy_id, estate_id, handler, attended_by, observer, severity, status from case_list
    where association = $1 and case_id = any($2)
"""
_SIGHTINGS = """
    select observer, source, observed_at from case_list
    where association = $1 and tenancy_id = $2 and observed_at between $3 and $4 and status <> $5
    order by observed_at desc limit $6
"""
_SAID_THAT_DAY = (
    "update outbox set written_at = date_trunc('day', written_at) where key = $1 and headers ->> 'ce_type' = $2 and sent_at is null"
)


@dataclass(frozen=True, kw_only=True)
class TakeStep:
    """A step in a case that exists."""

    case_id: UUID
    request: StepRequest
    home: UUID | None = None
    """Which home the case is about, as its row says; `None` where that is not known, or was erased."""
    tenancy: UUID | None = None
    """Which tenancy; likewise."""
    municipality: str = ""
    """In which municipality; likewise."""
    version: int | None = None
    """The one the person looked at; `None` when it does not matter."""
    order_keys: Collection[UUID] = ()
    """The keys of what was ordered of the damage service, which may be taken back with it."""
    alike: frozenset[UUID] = frozenset()
    """What the vault knows to be about one of the people the case is about; asked for a step that joins cases."""
    in_part: bool = False
    """Whether it is taken as somebody's own part of the case."""
    changes: Sequence[Change] = ()
    """What it does to the links of the case."""
    why: str = ""
    """Why, as the vault writes it down."""

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        """The key of the case where it is needed, and one for each text; fetched before anything is decided."""
        texts, besides = self.request.texts, self.request.seals_for
        if not texts and not self.request.SAYS_WHERE:
            return {*besides, *self.order_keys}, {}
        own = texts + self.request.SAYS_WHERE
        return {self.case_id, *besides, *self.order_keys}, {self.case_id: own} if own else {}

    @property
    def begins(self) -> Sequence[Matter]:
        """Whoever becomes part of the case has a part of their own."""
        return self.request.begins(self.case_id)


class HandOver(Described):
    """All open cases of somebody, or those that are named, become somebody else's; each as a step of its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: UUID
    """Made by the one who asks: sent again, nothing is done a second time."""
    giver: Annotated[Code, Field(description="Who carries them now: an opaque staff id.")]
    handler: fields.Handler
    cases: Annotated[list[UUID], Field(default_factory=list, max_length=MOST)]
    """Which of them; all open ones when none is named."""


class NobodyElseIsNamed(Refusal):
    """Sagerne ligger allerede hos den, de skal gives til."""

    field = "handler"
    next_step = "Vælg en anden kollega."


class NoCaseIsChosen(Refusal):
    """Der er ikke valgt nogen sager."""

    field = "cases"
    next_step = "Sæt kryds ved dem, der skal gives videre."


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedOver:
    """What came of one case: it is the other's now, or why it stays where it is."""

    case_id: UUID
    refusal: str = ""
    next_step: str = ""


async def hand_over(request: HandOver, context: Context, service: Service) -> list[HandedOver]:
    """Which cases is decided once, and each is handed over once: asked again with the same id, it goes on where it stopped.

    Each at its own moment and in a conversation of its own, so that one that is erased leads to none of the others.
    """
    if request.giver == request.handler:
        raise NobodyElseIsNamed
    content = request.model_dump(mode="json")
    chosen = await service.do_once(choose_cases, request, context, id=request.id, content=content)
    homes = await _homes_of([UUID(case_id) for case_id in chosen], context, service)
    return [
        await _handed_over(UUID(case_id), homes.get(UUID(case_id)), request, context.apart(at=service.clock.now()), service)
        for case_id in chosen
    ]


async def _homes_of(cases: list[UUID], context: Context, service: Service) -> dict[UUID, UUID | None]:
    """Which home each is about; not part of what is answered to a request, for an answer is kept."""
    async with service.read() as connection:
        rows = await connection.fetch(
            "select case_id, home_id from case_list where association = $1 and case_id = any($2)", context.actor.association, cases
        )
    return {row["case_id"]: row["home_id"] for row in rows}


async def choose_cases(command: HandOver, work: UnitOfWork) -> list[str]:
    """The open cases that are to be handed over; only such as the one who asks may work on."""
    found = await (await work.rows()).fetch(
        "select case_id, home_id, estate_id, handler, attended_by, observer, severity, status from case_list"
        " where association = $1 and handler = $2 and status = $3 order by sort_key, case_id limit $4",
        work.association, command.giver, Status.OPEN, MOST,
    )  # fmt: skip
    return [str(row["case_id"]) for row in found if (not command.cases or row["case_id"] in command.cases) and _may_work_on(row, work)]


def _may_work_on(row: Mapping[str, Any], work: UnitOfWork) -> bool:
    case = Resource(
        association=work.association,
        estate=row["estate_id"],
        handler=row["handler"],
        attended_by=row["attended_by"],
        observer=row["observer"],
        is_acute=row["severity"] == Severity.ACUTE and row["status"] not in ENDED,
        home=row["home_id"],
        case=row["case_id"],
    )
    return can(work.context.actor, Action.WORK_ON_CASE, case, work.context.purpose)


async def _handed_over(case_id: UUID, home: UUID | None, request: HandOver, context: Context, service: Service) -> HandedOver:
    step = AssignCase(id=uuid5(request.id, str(case_id)), handler=request.handler)
    command = TakeStep(case_id=case_id, home=home, request=step)
    try:
        await service.do_once(take_step, command, context, id=step.id, content=content_of(case_id, step), about=case_id)
    except Refusal as refusal:
        return HandedOver(case_id=case_id, refusal=str(refusal), next_step=refusal.next_step)
    except KeyIsDestroyed:  # handed over before it was erased
        return HandedOver(case_id=case_id)
    except ChangedMeanwhile:
        return HandedOver(case_id=case_id, refusal=marked("En anden ændrede sagen samtidig."), next_step=marked("Prøv igen."))
    return HandedOver(case_id=case_id)


@dataclass(frozen=True, kw_only=True)
class RecordFailedNotice:
    """A notice about the case did not arrive."""

    case_id: UUID
    notice_id: UUID
    recipient: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class NoteTime:
    """It is this late; record what did not happen in time."""

    case_id: UUID
    at: datetime
    order_keys: Collection[UUID] = ()

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        """The keys of the case and of its orders: on the day somebody moves they are taken back, and their ids outside are sealed."""
        return {self.case_id, *self.order_keys}, {}


@dataclass(frozen=True, kw_only=True)
class _Told:
    """Something the ERP knows of somebody a case is about: a person of the case by their id, or `None`, the resident."""

    case_id: UUID
    person: UUID | None = None
    order_keys: Collection[UUID] = ()

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        """The keys of the case, its orders and their part, and one for the home: orders are taken back, and made anew."""
        return {self.case_id, *self.order_keys, *([self.person] if self.person else [])}, {self.case_id: 1}


@dataclass(frozen=True, kw_only=True)
class _ToldOfOne(_Told):
    """Likewise, of one who may live there with others."""

    alone: bool = True
    """Whether nobody else is told to live there: then it is the resident, whoever of the case that is."""


@dataclass(frozen=True, kw_only=True)
class NoteDeath(_ToldOfOne):
    """They died."""

    on: date


@dataclass(frozen=True, kw_only=True)
class TakeDeathBack(_ToldOfOne):
    """They did not."""


@dataclass(frozen=True, kw_only=True)
class NoteMove(_Told):
    """They move out on a day, which may be still to come; told again with another day, it is another."""

    on: date


@dataclass(frozen=True, kw_only=True)
class TakeMoveBack(_Told):
    """They stay."""


@dataclass(frozen=True, kw_only=True)
class NoteGuardian(_Told):
    """Somebody decides for them, in what the codes say."""

    may_decide: tuple[str, ...]
    guardian: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ProtectAddress(_Told):
    """Their address is protected."""


@dataclass(frozen=True, kw_only=True)
class UnprotectAddress(_Told):
    """It is not protected any more."""


def content_of(case_id: UUID, request: StepRequest) -> list[Any]:
    """What makes this request another than one with the same id."""
    return [str(case_id), type(request).__name__, request.model_dump(mode="json")]


async def raise_concern(command: RaiseConcern, work: UnitOfWork) -> None:
    """Begin a case under the procedure of today; an observation that has one already is no news.

    Raises `NoProcedureIsAdopted`: without a procedure nobody could say who does what until when.
    """
    id, at = command.case_id, work.context.at
    if await work.find(Case, id) is not None:
        return
    try:
        version = await version_in_force(await work.rows(), work.association, local_day(at))
    except NotFound as error:
        raise NoProcedureIsAdopted(procedure_id(work.association)) from error
    under = await procedure(work.memo, work.rows, work.association, version)
    observer, known = command.origin.observer, work.staff.within(work.association)
    case = Case.raise_concern(
        command,
        id=id,
        at=at,
        under=under,
        observer_role=_called(known, observer),
        seen_before=await _seen_before(command, known, work),
    )
    await work.save(case, procedure_version=under.version)


async def take_once(command: TakeStep, context: Context, service: Service, *, formerly: Sequence[Any] = ()) -> None:
    """Take a step, once for its id; one that puts a case right takes its links with it, and the keys that opened the wrong place; what is
    joined is about the same people.

    One with which it goes along to a new home takes the links alone, for nothing was wrong.

    Both are proposed before, and so once the event is stored: whatever stops in between, nothing of the case is ever about nobody.
    """
    request, vault = command.request, service.vault
    if isinstance(request, NamesHome):
        await _register_must_say_so(request, command.case_id, context, service)
    if isinstance(request, MoveToRightPerson | RetractCase):
        right = frozenset[Link]()
        if isinstance(request, MoveToRightPerson):
            right = await links_to(vault, association=context.actor.association, home=request.home_id, tenancy=request.tenancy_id)
        texts = await _where_it_was(command.case_id, service, context)
        change = Change(matter=command.case_id, kind=MatterKind.CASE, links=right, others=Others.END, texts=texts)
        command = replace(command, changes=(change,), why=WHY)
    elif isinstance(request, MoveAlong):
        association, home, tenancy = context.actor.association, request.home_id, request.tenancy_id
        along = await links_along(vault, command.case_id, association=association, home=home, tenancy=tenancy)
        change = Change(matter=command.case_id, kind=MatterKind.CASE, links=along, others=Others.END)
        command = replace(command, changes=(change,), why=WHY_ALONG)
    elif isinstance(request, JoinCase):
        command = replace(command, alike=await alike(vault, command.case_id, association=context.actor.association), why="joined")
        command = replace(command, changes=await _alike(command, request.into, service, context))
    for part in command.begins:
        if await vault.known_as(part, association=context.actor.association) not in (None, part.id):
            raise PersonIsPartAlready
    content = content_of(command.case_id, request)
    await service.do_once(take_step, command, context, id=request.id, content=content, formerly=formerly, about=command.case_id)


async def _alike(command: TakeStep, into: UUID, service: Service, context: Context) -> tuple[Change, ...]:
    """What is joined is about everybody that any of it is about: none of it is erased before the last of them, for it leads to the rest."""
    association = context.actor.association
    async with service.read() as connection:
        group = await _together(connection, command, into, association=association)
    links = await everybody_in(service.vault, group, association=association)
    return tuple(Change(matter=matter, kind=kind, links=links) for matter, kind in group.items())


async def _together(connection: asyncpg.Connection[Any], command: TakeStep, into: UUID, *, association: str) -> Mapping[UUID, MatterKind]:
    """Two cases about the same people, every one whose history names one of them or that is named there, and so on; and the observations
    they began with. None for two that are about different people."""
    case_id = command.case_id
    lines = await connection.fetch(_LINES, association, [case_id, into])
    tenancies = [line["tenancy_id"] for line in lines]
    is_same = len(tenancies) == 2 and tenancies[0] is not None and tenancies[0] == tenancies[1]
    waiting = {case_id, into} if is_same or into in command.alike else set()
    found: dict[UUID, MatterKind] = {}
    while waiting:
        id = waiting.pop()
        found[id] = MatterKind.CASE
        for event in (await event_store.load(connection, id, association=association)).events:
            match event:
                case Case.ConcernRaised():
                    found[event.observation_id] = MatterKind.OBSERVATION
                case Case.ObservationLinked():
                    waiting |= {event.concern_id} - found.keys()
                case Case.LinkedTo():
                    waiting |= {event.case_id} - found.keys()
    return found


async def _register_must_say_so(request: NamesHome, case_id: UUID, context: Context, service: Service) -> None:
    """The register is intake's, and whoever moves the case hands on what it says. Raises `RegisterSaysOtherwise`.

    Its word is good for a day; a tenancy that was erased since is known to nobody any more.
    """
    association, vault = context.actor.association, service.vault
    day = local_day(context.at)
    if not request.said.is_so(request.register_says, secret=vault.fingerprinting, association=association, case_id=case_id, day=day):
        raise RegisterSaysOtherwise
    if request.tenancy_id and not await vault.known_as(
        Matter.about(case_id, MatterKind.TENANCY, tenancy=request.tenancy_id), association=association
    ):
        raise RegisterSaysOtherwise


async def _where_it_was(case_id: UUID, service: Service, context: Context) -> tuple[UUID, ...]:
    """The keys of every place the case was said to be; the matter's own key is none of them."""
    async with service.read() as connection:
        history = await event_store.load(connection, case_id, association=context.actor.association)
    return tuple(sorted(whereabouts_in(history.events) - {case_id}))


@dataclass(frozen=True, kw_only=True)
class NotePlace:
    """It is known now which home the concern of a case is about."""

    case_id: UUID
    place: KnownPlace


async def note_place(command: NotePlace, work: UnitOfWork) -> None:
    """Raises `NotFound` when there is no such case."""
    case = await work.load(Case, command.case_id)
    link_place(case, command.place)
    await work.save(case, procedure_version=case.procedure_version)


async def take_step(command: TakeStep, work: UnitOfWork) -> None:
    """Take it under the version of the procedure that the case is pinned to.

    Raises `NotFound`, `VersionMovedOn`, what the rules refuse, and `ItIsInTheFuture` when somebody claims to have done it already tomorrow.
    """
    context, request = work.context, command.request
    at = context.happened_at or context.at
    if at > context.at + CLOCKS_MAY_DIFFER:
        raise ItIsInTheFuture
    case = await work.load(Case, command.case_id)
    if command.version is not None and not case.is_as_it_was_in(command.version):
        raise VersionMovedOn(newest=case.version)
    under = await procedure(work.memo, work.rows, work.association, case.procedure_version)
    others, about_the_same = await _others(case, command, work)
    in_force = await _in_force(work) if request.moves_to else None
    may = under.may(context.actor.role.value, request.STEP.value)
    taken = Taken(
        by=context.actor.role,
        who=context.actor.id,
        at=min(at, context.at),
        recorded_at=context.at,
        under=under,
        role_of=_roles_of(work, case, leads_home(request) or command.home),
        carries_at=_carriers(work, case, leads_home(request) or command.home),
        home=command.home,
        tenancy=command.tenancy,
        municipality=command.municipality,
        opens=work.opened,
        others=others,
        about_the_same=about_the_same,
        in_part=command.in_part,
        in_force=in_force.version if in_force else "",
        is_on_call=context.actor.is_on_call,
        movers=in_force.movers(work.staff.roles_in(work.association)) if in_force else None,
        waiting_since=None if may else await _waiting_since(case, work),
    )
    case.take(request, taken)
    await work.save(case, basis=request.rests_on, procedure_version=under.version)
    for other in others.values():
        await work.rows()  # one statement writes one stream: all of them, or none, in one transaction
        await work.save(other, procedure_version=other.procedure_version)


async def _others(case: Case, command: TakeStep, work: UnitOfWork) -> tuple[dict[UUID, Case], frozenset[UUID]]:
    """The other cases a step is about, and which of them are about the same people: the same tenancy, or a person of them.

    Raises `NotFound` for one that whoever asks may not work on. One that was joined to this case is part of it.
    """
    wanted = set(command.request.others(case)) - {case.id}
    if not wanted:
        return {}, frozenset()
    found = await (await work.rows()).fetch(_LINES, work.association, [case.id, *wanted])
    lines = {row["case_id"]: row for row in found}
    for id in wanted - set(case.observations.concerns):
        if id not in lines or not _may_work_on(lines[id], work):
            raise NotFound("Case", id)
    tenancy = lines[case.id]["tenancy_id"]
    alike = frozenset(id for id in wanted if id in command.alike or (tenancy is not None and lines[id]["tenancy_id"] == tenancy))
    return {id: await work.load(Case, id) for id in sorted(wanted)}, alike


async def move_each(service: Service, cases: Iterable[UUID], *, to: str, reason: FreeText, id: UUID, context: Context) -> int:
    """Move each of these cases by itself; answers how many.

    One that is over meanwhile stays where it is, and so does one about somebody whose words were erased: a reason could not be kept.

    Each is a decision of its own with an event of its own; sent again with the same id, those that were moved are not moved again.
    """
    moved = 0
    for case_id in cases:
        request = MoveToProcedure(id=uuid5(id, str(case_id)), procedure_version=to, reason=reason)
        command, apart = TakeStep(case_id=case_id, request=request), context.apart(at=service.clock.now())
        try:
            await service.do_once(take_step, command, apart, id=request.id, content=content_of(case_id, request), about=case_id)
        except (CaseIsClosed, ConcernIsDismissed, KeyIsDestroyed):
            continue
        moved += 1
    return moved


async def record_failed_notice(command: RecordFailedNotice, work: UnitOfWork) -> None:
    """Raises `NotFound` when there is no such case."""
    case = await work.load(Case, command.case_id)
    while case.observations.joined_to:
        case = await work.load(Case, case.observations.joined_to)
    case.notice_failed(notice_id=command.notice_id, recipient=command.recipient, kind=command.kind)
    await work.save(case, procedure_version=case.procedure_version)


async def note_time(command: NoteTime, work: UnitOfWork) -> None:
    """Raises `NotFound` when there is no such case."""
    case = await work.load(Case, command.case_id)
    case.note_time(command.at)
    await work.save(case, procedure_version=case.procedure_version)


async def note_death(command: NoteDeath, work: UnitOfWork) -> None:
    """Everything outbound stops, whatever state the case is in; of one of several, what is theirs. Raises `NotFound`."""

    def note(case: Case, taken: Taken) -> None:
        for person in case.persons.told_of(command.person, alone=command.alone):
            life.note_death(case, taken, on=command.on, source=ERP, person=person)

    await _as_told(command, work, note)


async def take_death_back(command: TakeDeathBack, work: UnitOfWork) -> None:
    """Everything is again as it was. Raises `NotFound`."""

    def take_back(case: Case, taken: Taken) -> None:
        for person in case.persons.told_of(command.person, alone=command.alone):
            life.take_death_back(case, taken, source=ERP, person=person)

    await _as_told(command, work, take_back)


async def note_move(command: NoteMove, work: UnitOfWork) -> None:
    """Outbound stops on the day. Raises `NotFound`."""
    await _as_told(command, work, lambda case, taken: life.note_move(case, taken, on=command.on, source=ERP, person=command.person))


async def take_move_back(command: TakeMoveBack, work: UnitOfWork) -> None:
    """Everything is again as it was. Raises `NotFound`."""
    await _as_told(command, work, lambda case, taken: life.take_move_back(case, taken, source=ERP, person=command.person))


async def note_guardian(command: NoteGuardian, work: UnitOfWork) -> None:
    """Raises `NotFound`."""

    def appoint(case: Case, _: Taken) -> None:
        protection.note_guardian(case, person=command.person, guardian=command.guardian, may_decide=command.may_decide, source=ERP)

    await _as_told(command, work, appoint)


async def protect_address(command: ProtectAddress, work: UnitOfWork) -> None:
    """Raises `NotFound`."""
    await _as_told(command, work, lambda case, _: protection.protect_address(case, source=ERP))


async def unprotect_address(command: UnprotectAddress, work: UnitOfWork) -> None:
    """Raises `NotFound`."""
    await _as_told(command, work, lambda case, _: protection.unprotect_address(case, source=ERP))


@dataclass(frozen=True, kw_only=True)
class EndErased:
    """A matter is erased, which may be a case; `together` are all that are."""

    id: UUID
    together: Collection[UUID]


async def end_erased(command: EndErased, work: UnitOfWork) -> None:
    """It ends on that day, in a conversation of its own. What is no case here, or ended so before, is no news."""
    case = await work.find(Case, command.id)
    if case is None or case.status == Status.ERASED:
        return
    end_as_erased(case)
    await _save_apart(case, work)
    await (await work.rows()).execute(_SAID_THAT_DAY, str(case.id), CaseErased.TYPE)
    for id in [later.concern for later in case.observations.later.values() if later.concern not in command.together]:
        await work.rows()
        await _as_told(_Told(case_id=id), work, lambda concern, told: go_on_alone(concern, of=case, taken=told))
    await work.rows()


@dataclass(frozen=True, kw_only=True)
class ErasePart:
    """The part that somebody has in a case is erased, and the case is about others too."""

    case_id: UUID
    person: UUID


async def erase_part(command: ErasePart, work: UnitOfWork) -> None:
    """Like an end, it happens on that day and in a conversation of its own. Raises `NotFound`."""
    case = await work.load(Case, command.case_id)
    erase_person(case, command.person)
    if case.pending_events:
        await _save_apart(case, work)
    await work.rows()


async def _save_apart(case: Case, work: UnitOfWork) -> None:
    """Neither a moment nor an id says what else was erased."""
    context = work.context
    last: datetime = await (await work.rows()).fetchval("select max(recorded_at) from events where stream_id = $1", case.id)
    work.context = context.apart(at=max(last, start_of_day(local_day(context.at))))
    await work.save(case)
    work.context = context


async def _as_told(command: _Told, work: UnitOfWork, decide: Callable[[Case, Taken], None]) -> None:
    """What is so because it is said: no role has to be given it, and no step is taken."""
    case = await work.load(Case, command.case_id)
    under = await procedure(work.memo, work.rows, work.association, case.procedure_version)
    context = work.context
    row = await (await work.rows()).fetchrow("select home_id, municipality from case_list where case_id = $1", case.id)
    told = Taken(
        by=context.actor.role,
        who=context.actor.id,
        at=context.at,
        recorded_at=context.at,
        under=under,
        role_of=_roles_of(work, case, None),
        home=row and row["home_id"],
        municipality=row["municipality"] if row else "",
        opens=work.opened,
    )
    decide(case, told)
    await work.save(case, procedure_version=under.version)


async def _seen_before(command: RaiseConcern, staff: StaffDirectory, work: UnitOfWork) -> list[Sighting]:
    """What was seen about the same people around that time, by whomever; what counts of it, the rule says."""
    if command.tenancy is None:
        return []
    seen_at = command.origin.observed_at
    found = await (await work.rows()).fetch(
        _SIGHTINGS, work.association, command.tenancy, seen_at - WITHIN, seen_at + WITHIN, Status.RETRACTED, MOST
    )
    return [Sighting(**dict(row), role=_called(staff, row["observer"])) for row in found]


def _called(staff: StaffDirectory, id: str) -> str:
    """What somebody is here; empty for who does not work here any more."""
    person = staff.person(id)
    return person.role.value if person else ""


async def _in_force(work: UnitOfWork) -> ProcedureInForce:
    version = await version_in_force(await work.rows(), work.association, local_day(work.context.at))
    return await procedure(work.memo, work.rows, work.association, version)


async def _waiting_since(case: Case, work: UnitOfWork) -> datetime | None:
    """Since when nobody has taken it; asked only where somebody would step in."""
    waits_since = WAITS_SINCE.get(case.status)
    if waits_since is None:
        return None
    since: datetime | None = await (await work.rows()).fetchval(
        "select recorded_at from events where stream_id = $1 and topic = $2 order by version limit 1", case.id, waits_since.TOPIC
    )
    return since


def _roles_of(work: UnitOfWork, case: Case, home: UUID | None) -> Callable[[str], Role | None]:
    """What a member of the staff of this association is; of several hats, the one for social work. Asked only by steps that name one.

    Raises `ColleagueKeepsOut` for somebody who has a conflict of interest in this case.
    """

    def role_of(id: str) -> Role | None:
        colleague = work.staff.within(work.association).person(id)
        if colleague and colleague.keeps_out_of(case.id, home):
            raise ColleagueKeepsOut
        return next((role for role in Role if role in SOCIAL_STAFF and role in colleague.roles), colleague.role) if colleague else None

    return role_of


def _carriers(work: UnitOfWork, case: Case, home: UUID | None) -> Callable[[str], Sequence[str]]:
    """The social caretakers of an estate who do not keep out of a case, or of a home."""

    def carries_at(estate: str) -> Sequence[str]:
        found = work.staff.within(work.association).with_role(Role.SOCIAL_CARETAKER, association=work.association)
        return [person.id for person in found if estate in person.estates and not person.keeps_out_of(case.id, home)]

    return carries_at
