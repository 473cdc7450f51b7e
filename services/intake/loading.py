"""`python -m services.intake load`: homes and tenancies from a file, for an installation to which no ERP has spoken yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from services.intake.by_hand import Association, err, out, run
from services.intake.home.commands import RegisterEstate, register_estate, would_register
from services.intake.home.queries import Registered, ToldTenancy, homes_never_let, registered, told_of
from services.intake.home.rules.estate import MOST_HOMES, Estate, HomeBelongsToAnotherEstate
from services.intake.home.rules.listed_homes import COLUMNS as OF_HOMES
from services.intake.home.rules.listed_homes import ListedEstate, listed_homes
from services.intake.home.rules.listed_tenancies import COLUMNS as OF_TENANCIES
from services.intake.home.rules.listed_tenancies import ListedTenancy, listed_tenancies
from services.intake.home.rules.table import MOST_BYTES, Fault, FileIsTooLarge, is_about
from services.intake.home.rules.tenancy import TenancyIsOfAnotherHome
from shared.ground.database import AWAY
from shared.ground.errors import Refusal, Unreadable
from shared.ground.provenance import Context
from shared.ground.spoken import in_a_terminal
from shared.history.service import TRIED_AGAIN, TRIES, Service
from shared.messaging import inbox
from shared.messaging.inbox import Record
from shared.messaging.message import Envelope, written
from shared.messaging.messages.erp import Occupant, TenancyEnded, TenancyStarted
from shared.messaging.parking import BEHIND
from shared.privacy.personal import CannotBeOpened, KeyIsDestroyed
from shared.running.receiver import Receiver

AT_ONCE = 100
"""Tenancies in one transaction."""
MOST_NAMED = 10
"""Lines that are named at most where many have the same fault."""

cli = typer.Typer()


class HomeIsNotInTheRegister(Refusal):
    """Boligen står ikke i registret."""

    next_step = "Indlæs boligerne først, eller ret boligens id."


class ErpWaitsInFront(Refusal):
    """En besked fra boligsystemet om lejemålet venter på at blive taget ind."""

    next_step = "Se den med parked, og få den taget ind eller lagt til side først."


class RegisterSaysOtherwise(Refusal):
    """Rækken er indlæst før, og siden er der sagt noget andet om lejemålet. Den er ikke indlæst igen."""

    next_step = "Er filen nyere end det, så indlæs den med --newest."


class CannotBeTold(Refusal):
    """Det strider mod det, der allerede er sket her."""

    next_step = "Se, hvad der står om lejemålet i boligsystemet."


@dataclass(kw_only=True)
class Loaded:
    """What came of a file, or would come of it."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, what: str, how_many: int = 1) -> None:
        self.counts[what] += how_many

    def wrong(self, line: int, column: str, id: UUID, refusal: Refusal) -> None:
        """A row that could be read, and cannot be taken in."""
        self.faults.append(Fault(line=line, column=column, found=str(id), refusal=refusal))


@cli.command()
def load(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="homes or tenancies as CSV; which, its headings say")],
    association: Association = "",
    sure: Annotated[bool, typer.Option("--sure", help="take it in; otherwise only say what would happen")] = False,
    newest: Annotated[
        bool, typer.Option("--newest", help="also what was loaded before and told otherwise since: the file is newer")
    ] = False,
) -> None:
    """Load homes, or tenancies, from a file. What is wrong is named with its line and left out (exit 1); the rest is taken in.

    The same file again changes nothing; a row that was told otherwise since is named, and taken in again with --newest.
    """
    with file.open("rb") as opened:  # it may be a pipe, of which nobody can say how long it is
        content = opened.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        err.print(in_a_terminal(FileIsTooLarge()), markup=False)
        raise typer.Exit(1)

    async def work(service: Service, context: Context) -> None:
        if is_about(content, OF_HOMES, OF_TENANCIES):
            done = await load_homes(content, context, service, sure=sure)
        else:
            done = await load_tenancies(content, context, service, sure=sure, newest=newest)
        for fault in sorted(done.faults, key=lambda fault: fault.line):
            err.print(told(fault), markup=False, highlight=False, soft_wrap=True)
        for note in done.notes:
            out.print(note, markup=False, highlight=False, soft_wrap=True)
        for what, how_many in done.counts.items():
            out.print(f"{what}: {how_many}", highlight=False)
        out.print(_in_the_end(done, sure=sure))
        if done.faults:
            raise typer.Exit(1)

    run(work, association)


def _in_the_end(done: Loaded, *, sure: bool) -> str:
    if not sure:
        return "nothing was taken in; say --sure"
    if not done.faults:
        return "all of it was taken in"
    return "taken in, but for the lines that are named" if done.counts["homes"] or done.counts["tenancies"] else "nothing was taken in"


def told(fault: Fault) -> str:
    """A fault in a line: where, what was there where that may be said, and what to do."""
    where = f"line {fault.line}{f', {fault.column}' if fault.column else ''}"
    return f"{where}: {f'“{fault.found}”: ' if fault.found else ''}{in_a_terminal(fault.refusal)}"


async def load_homes(content: bytes, context: Context, service: Service, *, sure: bool) -> Loaded:
    """Enter the homes of a file, or only say what would happen. Raises `FileIsNoTable` and `FileIsTooLarge`."""
    estates, faults = listed_homes(content)
    done = Loaded(faults=[*faults])
    of, never_let = 0, list[int]()
    for estate_id, listed in estates.items():
        async with service.read() as connection:
            known = await registered(connection, context.actor.association, homes=listed.homes)
        for home_id, where in known.estates.items():
            if where != estate_id:
                del listed.homes[home_id]
                done.wrong(listed.lines[home_id], "home_id", home_id, HomeBelongsToAnotherEstate())
        homes = iter(listed.homes.values())
        while some := tuple(islice(homes, MOST_HOMES)):
            command = RegisterEstate(
                estate_id=estate_id, name=listed.name, municipality=listed.municipality, homes=some, ended=frozenset(listed.ended)
            )
            async with service.read() as connection, service.work(connection, context) as work:
                estate = await would_register(command, work)
            if sure:
                await service.do(register_estate, command, context)
            _count_estate(estate, known.estates, done)
            done.count("homes", len(some))
            done.notes += _same_address(estate_id, estate, listed)
        done.count("estates", bool(listed.homes))
        not_ended = listed.homes.keys() - listed.ended
        async with service.read() as connection:
            never_let += [listed.lines[home_id] for home_id in await homes_never_let(connection, context.actor.association, not_ended)]
        of += len(not_ended)
    done.notes += _never_let(sorted(never_let), of)
    return done


def _count_estate(estate: Estate, known: Collection[UUID], done: Loaded) -> None:
    for happened in estate.pending_events:
        match happened:
            case Estate.Registered():
                done.count("new estates")
            case Estate.Described():
                done.count("estates called otherwise")
            case Estate.HomesRegistered(homes=homes):
                new = sum(UUID(home["home_id"]) not in known for home in homes)
                done.count("new homes", new)
                done.count("homes that change", len(homes) - new)
            case Estate.HomesEnded(homes=ended):
                done.count("homes that end", len(ended))


def _same_address(estate_id: str, estate: Estate, listed: ListedEstate) -> Iterator[str]:
    """What nobody can tell apart, each with its line where it is on the list."""
    for homes in estate.at_one_address():
        ids = [(home.home_id, listed.lines.get(home.home_id)) for home in homes]
        which = ", ".join(f"{home_id} (line {line})" if line else f"{home_id}" for home_id, line in ids)
        yield f"{estate_id}: one address under several ids, of which all but one should end: {which}"


def _never_let(lines: Sequence[int], of: int) -> Iterator[str]:
    """Homes in which nobody lives or lived, as far as the register knows: once the tenancies are loaded, a likely fault of the export."""
    if lines:
        yield f"homes on the list without a tenancy in the register: {len(lines)} of {of} ({_lines(lines)})"


async def load_tenancies(content: bytes, context: Context, service: Service, *, sure: bool, newest: bool = False) -> Loaded:
    """Tell of the tenancies of a file what the ERP would tell, or only say what would happen. Raises as `load_homes`."""
    tenancies, faults, left_out = listed_tenancies(content)
    association = context.actor.association
    done = Loaded(faults=[*faults])
    async with service.read() as connection:
        known = await registered(
            connection, association, homes={one.home_id for one in tenancies}, tenancies={one.tenancy_id for one in tenancies}
        )
    fitting = [one for one in tenancies if _fits(one, known, done)]
    done.notes += _together(fitting)
    taken, left = 0, iter(fitting)
    while some := list(islice(left, AT_ONCE)):
        taken += await _load_some(some, known, context, service, done, sure=sure, newest=newest)
    done.count("tenancies", taken)
    done.count("tenancies left out", left_out + len(tenancies) - taken)
    return done


async def _load_some(
    some: Sequence[ListedTenancy], known: Registered, context: Context, service: Service, done: Loaded, *, sure: bool, newest: bool
) -> int:
    """Some of them, so that a register of any size fits into little memory; answers how many were taken, or would be."""
    records = {one.tenancy_id: _records(one, known.estates[one.home_id], context, service) for one in some}
    async with service.read() as connection:
        told = await told_of(connection, context.actor.association, records)
        heard = await inbox.names_heard(
            connection, [name for each in records.values() for record in each if (name := record.name)], reader=service.name
        )
    fitting = []
    for one in some:
        is_heard = heard.issuperset(record.name for record in records[one.tenancy_id])
        says = told.get(one.tenancy_id)
        if is_heard and says and not _is_as(one, says):
            if not newest:
                done.wrong(one.line, "tenancy_id", one.tenancy_id, RegisterSaysOtherwise())
                continue
            records[one.tenancy_id] = _records(one, known.estates[one.home_id], context, service, after=says.version)
            is_heard = False
        done.count("loaded before" if is_heard else "known already" if says else "new tenancies")
        done.count("persons", len(one.people))
        fitting.append(one)
    return len(fitting) - await _tell(fitting if sure else [], records, done, service)


def _is_as(one: ListedTenancy, told: ToldTenancy) -> bool:
    """Whether the register says what the row does; what the row does not tell may be as it is."""
    return (
        one.started_on == told.started_on
        and (one.ended_on or told.ended_on) == told.ended_on
        and one.is_protected in (None, told.is_protected)
        and (not one.people or one.people == told.people)
    )


def _together(tenancies: Sequence[ListedTenancy]) -> Iterator[str]:
    """Homes in which several tenancies run at once: the register goes by the one that began last."""
    running: dict[UUID, list[ListedTenancy]] = {}
    for one in tenancies:
        if one.ended_on is None:
            running.setdefault(one.home_id, []).append(one)
    for home, several in running.items():
        if len(several) > 1:
            lines = _lines([one.line for one in several])
            yield f"{home}: {len(several)} tenancies run at once ({lines}); all but one should have an end"


def _lines(lines: Sequence[int]) -> str:
    """Where it stands in the file; of many lines the first."""
    some = ", ".join(str(line) for line in lines[:MOST_NAMED])
    return f"{'lines' if len(lines) > 1 else 'line'} {some}{', …' if len(lines) > MOST_NAMED else ''}"


def _fits(one: ListedTenancy, known: Registered, done: Loaded) -> bool:
    """Whether the register has its home, and has it of no other."""
    if one.home_id not in known.estates:
        done.wrong(one.line, "home_id", one.home_id, HomeIsNotInTheRegister())
    elif known.tenancies.get(one.tenancy_id) not in (None, one.home_id):
        done.wrong(one.line, "home_id", one.home_id, TenancyIsOfAnotherHome())
    else:
        return True
    return False


def _records(one: ListedTenancy, estate_id: str, context: Context, service: Service, *, after: int = 0) -> Sequence[Record]:
    """What the ERP would say of it. The same of the same tenancy has the same id, which leads to nobody, so that it is taken in once; and
    once more where it is said `after` so many events of it."""
    people = tuple(Occupant(person_id=person, role=role) for person, role in one.people.items())
    said: list[TenancyStarted | TenancyEnded] = [
        TenancyStarted(
            tenancy_id=one.tenancy_id, unit_id=one.home_id, estate_id=estate_id, started_on=one.started_on, persons=people or None,
            household_size=one.household_size, is_protected=one.is_protected,
        )
    ]  # fmt: skip
    if one.ended_on:
        said.append(TenancyEnded(tenancy_id=one.tenancy_id, ended_on=one.ended_on, unit_id=one.home_id))
    return [_record(message, context, service, after) for message in said]


def _record(message: TenancyStarted | TenancyEnded, context: Context, service: Service, after: int) -> Record:
    association = context.actor.association
    id = UUID(bytes=service.fingerprint([association, message.TYPE, message, *([after] if after else [])])[:16])
    envelope = Envelope(
        id=str(id), source=f"/brobygger/{association}/load", type=message.TYPE, subject=str(message.tenancy_id),
        time=context.at, recorded_at=context.at, association=association, actor=context.actor.id, actor_role=context.actor.role,
    )  # fmt: skip
    carried = written(envelope, message)
    headers = tuple((name, value if isinstance(value, bytes) else str(value).encode()) for name, value in carried.headers.items())
    key, value = str(message.tenancy_id).encode(), carried.value
    return Record(topic=message.TOPIC, partition=-1, offset=-1, key=key, headers=headers, value=value)


async def _tell(tenancies: Sequence[ListedTenancy], records: Mapping[UUID, Sequence[Record]], done: Loaded, service: Service) -> int:
    """Together, and one by one where one of them is refused; answers how many are."""
    receiver, refused = Receiver(service), 0
    if not tenancies:
        return 0
    try:
        done.count("facts taken in", await receiver.together([record for one in tenancies for record in records[one.tenancy_id]]))
    except AWAY:
        raise
    except Exception:  # one of them: which, is asked one by one
        for one in tenancies:
            try:
                done.count("facts taken in", await _tell_alone(records[one.tenancy_id], receiver))
            except Refusal as refusal:
                done.wrong(one.line, "tenancy_id", one.tenancy_id, refusal)
                refused += 1
    return refused


async def _tell_alone(records: Sequence[Record], receiver: Receiver) -> int:
    """Raises what refuses it, which is never parked: whoever loads the file is there to put it right."""
    for left in reversed(range(TRIES)):
        try:
            return await receiver.together(records)
        except Unreadable as error:
            raise (ErpWaitsInFront if error.code == BEHIND else CannotBeTold) from error
        except (*TRIED_AGAIN, CannotBeOpened, KeyIsDestroyed) as error:
            if not left:
                raise CannotBeTold from error
    raise AssertionError("unreachable")
