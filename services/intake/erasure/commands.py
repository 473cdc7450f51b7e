"""What may be asked about an erasure, and how it is brought to its end: each step by itself, so that a crash loses none.

`begun` is stored first. Then the keys are destroyed, which nobody can take back; the others are told; each cleans its rows and answers;
then the key of the erasure itself goes, and the certificate is written. Whatever stops in between, the clock goes on with it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import structlog

from services.intake.erasure.rules.erasure import Erasure, ItIsNotSure
from services.intake.erasure.rules.whom import ABOUT, Goes, Known, NothingIsKnown, PeopleAreKnown, Whom, erased_people, what_goes
from shared.ground.errors import ChangedMeanwhile, IdIsOfSomethingElse, NotFound, SameIdOtherContent
from shared.ground.provenance import Actor, Context
from shared.history import event_store
from shared.history.aggregate import Aggregate
from shared.history.forgetting import Listed, forget, listed_in
from shared.history.service import Service, Subject
from shared.history.unit_of_work import UnitOfWork
from shared.messaging import parking
from shared.privacy.matter import About, Matter, MatterKind
from shared.privacy.personal import KeyIsDestroyed, Sealed
from shared.privacy.vault import File, Vault
from shared.words.vocabulary.erasure import ErasedKind, ErasureReason, ErasureState
from shared.words.vocabulary.people import Purpose, Role

AT_ONCE = 20
"""How many erasures one round of the clock looks at."""
ITSELF = "intake"


class SomethingIsProposed(Exception):
    """Somebody is about to link something to whom it is of, or a crash left it: it waits until that is so, or is not."""


ANOTHER_GOES_ON = (ChangedMeanwhile, NotFound, KeyIsDestroyed, SomethingIsProposed)
"""What happens to whoever takes a step that another process has taken: it has come further, or is certified already. Or it is to wait."""

log = structlog.get_logger()

LetGo = frozenset[tuple[UUID, About, UUID]]


@dataclass(frozen=True, kw_only=True)
class BeginErasing:
    """Somebody is to be erased: what goes was looked up a moment ago."""

    id: UUID
    kind: ErasedKind
    reason: str
    goes: Goes
    of: str
    """Whom, and what goes, as it stands sealed in the event."""

    @property
    def begins(self) -> tuple[Matter, ...]:
        """An erasure is a matter of its own for as long as it lasts, about nobody."""
        return (Matter(self.id, MatterKind.ERASURE),)

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        return {self.id}, {}


@dataclass(frozen=True, kw_only=True)
class NoteDestroyed:
    """The keys are destroyed."""

    id: UUID
    listed: Listed
    texts: int

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        return {self.id}, {}


@dataclass(frozen=True, kw_only=True)
class NoteCarriedOut:
    """A service has cleaned its rows."""

    id: UUID
    service: str


@dataclass(frozen=True, kw_only=True)
class CleanHere:
    """Our own rows are cleaned, with everything in which the ERP named them."""

    id: UUID
    subjects: tuple[Subject, ...]
    listed: Listed
    named: tuple[UUID, ...]
    """The ids by which the ERP knows them."""


async def under_way(connection: asyncpg.Connection[Any], *, limit: int) -> Sequence[tuple[UUID, str]]:
    """Those that are not certified yet, with their associations, the oldest first."""
    found = await connection.fetch(
        "select erasure_id, association from erasures where certified_at is null order by begun_at, erasure_id limit $1", limit
    )
    return [(row["erasure_id"], row["association"]) for row in found]


async def known_about(service: Service, association: str, whom: Whom, *, cases: Collection[UUID] = ()) -> list[Known]:
    """Every matter that a decision about them has to look at. `cases` are those of a single matter that nobody has linked."""
    vault = service.vault
    if whom.kind is ErasedKind.MATTER:
        return await known_files(vault, association, matters=(whom.id, *cases))
    if whom.kind not in ABOUT:
        raise NothingIsKnown
    named = {(ABOUT[whom.kind], whom.id)}
    known = await known_files(vault, association, about=named)
    if whom.kind is not ErasedKind.PERSON:
        return known
    wholes = {each.part_of for each in known if each.part_of}
    known = await known_files(vault, association, about=named, matters=wholes)
    tenancies = {(About.TENANCY, tenancy) for each in known if each.kind is MatterKind.TENANCY for tenancy in each.tenancies()}
    async with service.read() as connection:
        seen = await _seen_to_in(connection, association, wholes)
    known = await known_files(vault, association, about=named | tenancies, matters=wholes | seen.keys())
    return [replace(each, case=seen.get(each.id)) for each in known]


async def _seen_to_in(connection: asyncpg.Connection[Any], association: str, cases: Collection[UUID]) -> dict[UUID, UUID]:
    """The observations that are seen to in these cases, each with its case."""
    found = await connection.fetch(
        "select observation_id, case_id from observations where association = $1 and case_id = any($2::uuid[])", association, list(cases)
    )
    return {row["observation_id"]: row["case_id"] for row in found}


async def must_not_keep_out(whom: Whom, context: Context, service: Service) -> None:
    """Raises `NothingIsKnown` to who keeps out of any of what is about them (design.md §7): as of what nobody knows, they are told nothing,
    and somebody else erases it.
    """
    shut_from = context.actor.shut_from
    if not shut_from:
        return
    async with service.read() as connection:
        cases = await cases_of(connection, context.actor.association, whom)
    known = await known_about(service, context.actor.association, whom, cases=cases)
    if whom.id in shut_from or any(each.is_kept_from(shut_from) for each in known):
        raise NothingIsKnown


async def would_go_now(whom: Whom, association: str, service: Service) -> tuple[Goes, tuple[UUID, ...]]:
    """The same, with the cases of a single matter, and what is parked. Raises `NothingIsKnown`, `PeopleAreKnown`."""
    async with service.transaction() as connection:
        cases = await cases_of(connection, association, whom)
        by_the_erp = whom.kind in (ErasedKind.PERSON, ErasedKind.TENANCY)
        is_parked = by_the_erp and bool(await parking.naming(connection, [whom.id]))
    try:
        return replace(await would_go(service, association, whom, cases=cases), is_parked=is_parked), cases
    except NothingIsKnown:
        if not is_parked:
            raise
        return Goes(is_parked=True), cases


async def would_go(service: Service, association: str, whom: Whom, *, cases: Collection[UUID] = ()) -> Goes:
    """What erasing them would do now. Raises `NothingIsKnown`, `PeopleAreKnown`."""
    known = await known_about(service, association, whom, cases=cases)
    goes = what_goes(whom, known, at_home=await _at_home(service.vault, association, whom, known))
    if goes.is_nothing:
        raise NothingIsKnown
    return goes


async def _at_home(vault: Vault, association: str, whom: Whom, known: Collection[Known]) -> list[Known]:
    """What is about the homes a person lives in, or lived in."""
    homes = {link for each in known if each.kind is MatterKind.TENANCY for link in each.now if link.about is About.HOME}
    if whom.kind is not ErasedKind.PERSON or not homes:
        return []
    return await known_files(vault, association, about={(link.about, link.id) for link in homes})


async def cases_of(connection: asyncpg.Connection[Any], association: str, whom: Whom) -> tuple[UUID, ...]:
    """The case of an observation that is named itself, where nobody knows whom it is about."""
    if whom.kind is not ErasedKind.MATTER:
        return ()
    found = await connection.fetch(
        "select case_id from observations where association = $1 and observation_id = $2 and case_id is not null", association, whom.id
    )
    return tuple(row["case_id"] for row in found)


async def erase(whom: Whom, *, id: UUID, reason: str, sure: bool, context: Context, service: Service) -> None:
    """Begin, and go on as far as can be gone at once. Said again with the same id, it goes on where it stopped.

    Raises `NothingIsKnown`, `PeopleAreKnown`, `ReasonIsUnknown`, `ItIsNotSure`, and `SameIdOtherContent` for the id of another erasure.
    """
    if not sure:
        raise ItIsNotSure
    await must_not_keep_out(whom, context, service)
    association = context.actor.association
    if not await _is_begun(id, association, service, whom=whom, reason=reason):
        goes, cases = await would_go_now(whom, association, service)
        of = _written(whom, goes.matters, goes.let_go, cases=cases, named=_names(whom, goes))
        await service.do(begin_erasing, BeginErasing(id=id, kind=whom.kind, reason=reason, goes=goes, of=of), context)
    with suppress(*ANOTHER_GOES_ON):
        await go_on(service, id, association)


async def erase_again(keys: Collection[UUID], *, id: UUID, context: Context, service: Service) -> int:
    """Destroy what had been destroyed before this vault was restored, and clean the rows of it; answers how many matters there were."""
    association = context.actor.association
    files = await service.vault.files(association=association, matters=keys)
    known = [_known(file) for file in files]
    would = [await would_go(service, association, Whom(kind=ErasedKind.PERSON, id=one)) for one in erased_people(known, keys)]
    let_go: LetGo = frozenset(link for goes in would for link in goes.let_go if link[0] not in set(keys))
    gone = tuple(each for each in known if each.id in set(keys))
    alone = [await service.vault.unlinked(key, association=association) for key in set(keys) - {each.id for each in gone}]
    gone += tuple(_known(one) for one in alone if one)
    matters = {each.id for each in gone}
    await service.vault.destroy_again(set(keys) - matters, by=BY, reason=ErasureReason.RESTORED.value)  # single texts, that is
    whom, goes = Whom(kind=ErasedKind.LIST, id=id), Goes(destroyed=gone, let_go=let_go)
    if goes.is_nothing:
        return 0
    named = frozenset(link.id for each in gone for link in each.now | each.before if link.about is not About.HOME)
    of = _written(whom, matters, let_go, named=named)
    if not await _is_begun(id, association, service, whom=whom, reason=ErasureReason.RESTORED.value):
        reason = ErasureReason.RESTORED.value
        await service.do(begin_erasing, BeginErasing(id=id, kind=whom.kind, reason=reason, goes=goes, of=of), context)
    with suppress(*ANOTHER_GOES_ON):
        await go_on(service, id, association)
    return len(gone)


async def begin_erasing(command: BeginErasing, work: UnitOfWork) -> None:
    """Store that it is begun; begun before, it is no news."""
    if await work.find(Erasure, command.id) is None:
        await work.save(Erasure.begin_erasing(command.id, kind=command.kind, reason=command.reason, goes=command.goes, of=command.of))


async def note_destroyed(command: NoteDestroyed, work: UnitOfWork) -> None:
    """Store it, and tell everybody."""
    erasure = await work.load(Erasure, command.id)
    matters, listed = len(command.listed.matters), command.listed.as_text()
    erasure.keys_are_destroyed(at=work.context.at, matters=matters, texts=command.texts, listed=listed)
    await work.save(erasure)


async def note_carried_out(command: NoteCarriedOut, work: UnitOfWork) -> None:
    """Store that a service has answered; what was certified long ago is no news."""
    erasure = await work.find(Erasure, command.id)
    if erasure is not None:
        erasure.is_carried_out_by(command.service, at=work.context.at)
        await work.save(erasure)


async def clean_here(command: CleanHere, work: UnitOfWork) -> None:
    """Intake is one of those who hold rows. What the ERP said of them and could not be taken in names them, and goes too."""
    rows = await work.rows()
    await forget(rows, command.subjects, command.listed)
    await parking.forget(rows, command.named)
    await note_carried_out(NoteCarriedOut(id=command.id, service=ITSELF), work)


async def certify(command: NoteCarriedOut, work: UnitOfWork) -> None:
    """Write the certificate, once its key is gone."""
    erasure = await work.load(Erasure, command.id)
    erasure.certify()
    await work.save(erasure)


async def finish_erasures(service: Service) -> None:
    """The clock's duty: whatever a crash or a service that was away left unfinished goes on."""
    async with service.read() as connection:
        waiting = await under_way(connection, limit=AT_ONCE)
    for id, association in waiting:
        with suppress(*ANOTHER_GOES_ON):
            await go_on(service, id, association)


async def go_on(service: Service, id: UUID, association: str) -> None:
    """The next steps of an erasure, as far as they can be taken now. Each can be taken twice."""
    erasure = await _erasure(id, association, service)
    if erasure.state == ErasureState.BEGUN:
        await _destroy(erasure, association, service)
        erasure = await _erasure(id, association, service)
    if erasure.state == ErasureState.DESTROYED and ITSELF not in erasure.carried_out:
        said = _read(await _opened(erasure.of, service))
        listed = listed_in(await _opened(erasure.listed, service))
        clean = CleanHere(id=id, subjects=service.parts.subjects, listed=listed, named=said.named)
        await service.do(clean_here, clean, _context(association, service))
        erasure = await _erasure(id, association, service)
    if erasure.may_be_certified:
        await service.vault.destroy([id], association=association, by=BY, reason=erasure.reason)
        await service.vault.proposals.end_erasing(id)
        await service.do(certify, NoteCarriedOut(id=id, service=ITSELF), _context(association, service))
        log.info("erasure.certified", erasure=str(id), matters=erasure.matters)


BY = "system:intake"


async def _destroy(erasure: Erasure, association: str, service: Service) -> None:
    """Destroy what was decided, and what was begun about them until now; from now on nothing is.

    Raises `SomethingIsProposed`.
    """
    said = _read(await _opened(erasure.of, service))
    matters, let_go, named = set(said.matters), set(said.let_go), set(said.named)
    while True:
        before = len(matters), len(let_go), len(named)
        if not await service.vault.proposals.begin_erasing(erasure.id, [*named, *matters]):
            raise SomethingIsProposed
        try:
            more = await would_go(service, association, said.whom, cases=said.cases) if said.whom.kind is not ErasedKind.LIST else Goes()
        except (NothingIsKnown, PeopleAreKnown):
            more = Goes()
        matters |= more.matters
        let_go |= more.let_go
        named |= _names(said.whom, more)
        if (len(matters), len(let_go), len(named)) == before:
            break
    await service.vault.destroy(matters, association=association, by=BY, reason=erasure.reason, let_go=let_go)
    if said.whom.kind is ErasedKind.LIST:
        await service.vault.destroy_again(matters, by=BY, reason=erasure.reason)
    texts = await service.vault.texts_in(matters, association=association)
    listed = Listed(matters=tuple(matters), left=tuple({matter for matter, _, _ in let_go}))
    await service.do(note_destroyed, NoteDestroyed(id=erasure.id, listed=listed, texts=texts), _context(association, service))


async def known_files(
    vault: Vault, association: str, *, matters: Collection[UUID] = (), about: Collection[tuple[About, UUID]] = ()
) -> list[Known]:
    """These matters, also where nobody knows whom they are about; and whatever is or was about one of these."""
    linked = await vault.files(association=association, matters=matters, about=about)
    alone = [await vault.unlinked(matter, association=association) for matter in matters]
    return [_known(file) for file in (*linked, *alone) if file is not None]


def _known(file: File) -> Known:
    return Known(id=file.id, kind=file.kind, since=file.since, part_of=file.part_of, now=frozenset(file.now), before=frozenset(file.before))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    whom: Whom
    matters: tuple[UUID, ...]
    let_go: tuple[tuple[UUID, About, UUID], ...]
    cases: tuple[UUID, ...]
    named: tuple[UUID, ...]


def _names(whom: Whom, goes: Goes) -> frozenset[UUID]:
    """By which ids the ERP speaks of them: the person, or the tenancy where it goes."""
    tenancies = {tenancy for each in goes.destroyed if each.kind is MatterKind.TENANCY for tenancy in each.tenancies()}
    return frozenset(tenancies | ({whom.id} if whom.kind in (ErasedKind.PERSON, ErasedKind.TENANCY) else set()))


def _written(
    whom: Whom,
    matters: Collection[UUID],
    let_go: Collection[tuple[UUID, About, UUID]],
    *,
    cases: Sequence[UUID] = (),
    named: Collection[UUID] = (),
) -> str:
    return json.dumps(
        {
            "kind": whom.kind.value,
            "id": str(whom.id),
            "matters": sorted(map(str, matters)),
            "let_go": sorted([str(matter), about.value, str(id)] for matter, about, id in let_go),
            "cases": sorted(map(str, cases)),
            "named": sorted(map(str, named)),
        }
    )


def _read(of: str) -> _Said:
    said = json.loads(of)
    return _Said(
        whom=Whom(kind=ErasedKind(said["kind"]), id=UUID(said["id"])),
        matters=tuple(map(UUID, said["matters"])),
        let_go=tuple((UUID(matter), About(about), UUID(id)) for matter, about, id in said["let_go"]),
        cases=tuple(map(UUID, said["cases"])),
        named=tuple(map(UUID, said["named"])),
    )


async def _is_begun(id: UUID, association: str, service: Service, *, whom: Whom, reason: str) -> bool:
    """Whether it was begun before. Raises `SameIdOtherContent` where it is of somebody else, or the id is of something else.

    Whose a certified one was nobody knows any more: whoever is still to be erased is somebody else.
    """
    try:
        erasure = await _erasure(id, association, service)
    except NotFound:
        return False
    if (erasure.kind, erasure.reason) != (whom.kind, reason):
        raise SameIdOtherContent
    try:
        if _read(await _opened(erasure.of, service)).whom != whom:
            raise SameIdOtherContent
    except NotFound:
        with suppress(NothingIsKnown):
            await would_go_now(whom, association, service)
            raise SameIdOtherContent from None
    return True


async def _erasure(id: UUID, association: str, service: Service) -> Erasure:
    """Raises `NotFound`."""
    async with service.read() as connection:
        history = await event_store.load(connection, id, association=association)
    erasure = event_store.replayed(Aggregate, history.events)
    if erasure is None:
        raise NotFound("Erasure", id)
    if not isinstance(erasure, Erasure):
        raise IdIsOfSomethingElse
    return erasure


async def _opened(sealed: object, service: Service) -> str:
    """What is sealed in an erasure that is under way. Raises `NotFound` where somebody certified it meanwhile."""
    assert isinstance(sealed, Sealed)  # noqa: S101  from the store
    text = (await service.keyring([sealed])).open(sealed)
    if text is None:
        raise NotFound("key of the erasure", sealed.subject)
    return text


def _context(association: str, service: Service) -> Context:
    clock = Actor(id=BY, role=Role.SYSTEM, association=association)
    return Context(actor=clock, purpose=Purpose.OPERATION, at=service.clock.now(), correlation_id=uuid4())
