"""A small aggregate for testing the plumbing: a diary that belongs to a person, and a service around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from shared.ground.errors import Awaits, Refusal
from shared.ground.statements import Rows
from shared.history.aggregate import Aggregate, AggregateCreated, Event
from shared.history.service import Parts, Subject
from shared.history.unit_of_work import Opened, UnitOfWork
from shared.messaging.message import Message
from shared.privacy.matter import Matter, MatterKind
from shared.privacy.personal import Personal, Sealed, to_json


class DiaryIsFull(Refusal):
    """Dagbogen er fuld."""


class Diary(Aggregate):
    """Holds at most a number of entries."""

    TOPIC = "test.diary"

    class Begun(Event, AggregateCreated):
        TOPIC = "test.diary.begun"
        room: int

        def apply(self, diary: Diary) -> None:
            diary.room = self.room

    class Written(Event):
        TOPIC = "test.diary.written"
        words: Personal | Sealed

        def apply(self, diary: Diary) -> None:
            diary.room -= 1

    class Enlarged(Event):
        TOPIC = "test.diary.enlarged"
        by: int

        def apply(self, diary: Diary) -> None:
            diary.room += self.by

    def __init__(self) -> None:
        self.room = 0

    @classmethod
    def begin_with(cls, *, id: UUID, room: int) -> Diary:
        return cls.begin(cls.Begun, id=id, room=room)

    def write(self, words: Personal) -> None:
        if self.room == 0:
            raise DiaryIsFull
        self.trigger_event(self.Written, words=words)

    def enlarge(self, *, by: int) -> None:
        self.trigger_event(self.Enlarged, by=by)


class DiaryWritten(Message):
    """Somebody wrote; the words stay sealed."""

    TYPE: ClassVar[str] = "dk.brobygger.writing.diary_written.v1"
    TOPIC: ClassVar[str] = "brobygger.intake"
    SEALED_OF: ClassVar[str] = "diary_id"

    diary_id: UUID
    words: Sealed


class DiaryBegun(Message):
    """Somebody began."""

    TYPE: ClassVar[str] = "dk.brobygger.writing.diary_begun.v1"
    TOPIC: ClassVar[str] = "brobygger.intake"

    diary_id: UUID


class DiaryTitled(Message):
    """What it is called, whole: said anew it counts instead."""

    TYPE: ClassVar[str] = "dk.brobygger.writing.diary_titled.v1"
    TOPIC: ClassVar[str] = "brobygger.intake"
    NEWER_REPLACES: ClassVar[bool] = True

    diary_id: UUID
    title: str


@dataclass(frozen=True, kw_only=True)
class Begin:
    diary_id: UUID
    room: int = 1000

    @property
    def begins(self) -> tuple[Matter, ...]:
        return (Matter(self.diary_id, MatterKind.CASE),)


async def begin(command: Begin, work: UnitOfWork) -> dict[str, str]:
    await work.save(Diary.begin_with(id=command.diary_id, room=command.room))
    return {"id": str(command.diary_id)}


@dataclass(frozen=True, kw_only=True)
class Write:
    diary_id: UUID
    words: Personal
    version: int | None = None


async def write(command: Write, work: UnitOfWork) -> None:
    diary = await work.load(Diary, command.diary_id, version=command.version)
    diary.write(command.words)
    await work.save(diary)


@dataclass(frozen=True, kw_only=True)
class Enlarge:
    diary_id: UUID
    by: int = 1


async def enlarge(command: Enlarge, work: UnitOfWork) -> int:
    """Answers how much room there is now."""
    diary = await work.load(Diary, command.diary_id)
    diary.enlarge(by=command.by)
    await work.save(diary)
    return diary.room


async def project(connection: Rows, happened: Event) -> None:
    match happened:
        case Diary.Begun(originator_id=diary_id):
            await connection.execute("insert into diary_list (diary_id, entries) values ($1, 0)", diary_id)
        case Diary.Written(originator_id=diary_id, words=words):
            await connection.execute(
                "update diary_list set entries = entries + 1, newest = $2 where diary_id = $1", diary_id, to_json(words)
            )


def announce(happened: Event, _: Opened) -> Iterable[Message]:
    match happened:
        case Diary.Begun(originator_id=diary_id):
            yield DiaryBegun(diary_id=diary_id)
        case Diary.Written(originator_id=diary_id, words=Sealed() as words):
            yield DiaryWritten(diary_id=diary_id, words=words)


WRITING = Parts(
    name="writing",
    title="Skriver",
    subjects=(Subject(name="diary", tables=Path(__file__).with_name("diary.sql"), project=project),),
    announce=announce,
)
"""A service that writes diaries and tells of them."""


async def on_begun(said: DiaryBegun, work: UnitOfWork) -> None:
    await (await work.rows()).execute("insert into diary_list (diary_id, entries) values ($1, 0)", said.diary_id)


async def on_written(said: DiaryWritten, work: UnitOfWork) -> None:
    connection = await work.rows()
    entries = await connection.fetchval("update diary_list set entries = entries + 1 where diary_id = $1 returning entries", said.diary_id)
    if entries is None:
        raise DiaryIsFull
    await connection.execute("insert into heard_order (diary_id, of) values ($1, $2)", said.diary_id, said.words.of)


class DiaryIsNotBegun(Awaits):
    """Dagbogen er ikke begyndt."""

    awaited = "diary"


async def on_titled(said: DiaryTitled, work: UnitOfWork) -> None:
    """A bad title is refused; one of a diary that is not here waits for it."""
    connection = await work.rows()
    if said.title == "bad":
        raise DiaryIsFull
    if await connection.fetchval("select entries from diary_list where diary_id = $1", said.diary_id) is None:
        raise DiaryIsNotBegun(said.diary_id)
    await connection.execute("insert into heard_order (diary_id, of) values ($1, $2)", said.diary_id, said.title)


READING = Parts(
    name="reading",
    title="Læser",
    subjects=(Subject(name="reader", tables=Path(__file__).with_name("reader.sql")),),
    consumes=(DiaryBegun, DiaryWritten, DiaryTitled),
    reactions={DiaryBegun: on_begun, DiaryWritten: on_written, DiaryTitled: on_titled},
)
"""A service that hears of diaries and counts."""
