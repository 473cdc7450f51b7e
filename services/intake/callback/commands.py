"""A resident asks to be called: it becomes a concern of the kind "the resident", without anybody being signed in."""

from __future__ import annotations

from uuid import uuid4

from services.intake.callback.rules.wish import WITHIN, Wish
from services.intake.home.queries import estate_called, estates_within
from services.intake.observation.commands import at_its_place, register_observation
from services.intake.observation.queries import told_on_the_page
from services.intake.observation.rules.report import Report
from shared.ground.errors import SameIdOtherContent
from shared.ground.provenance import Actor, Context
from shared.history.service import Service
from shared.privacy.access import Reach
from shared.privacy.personal import KeyIsDestroyed
from shared.words.vocabulary.beginning import PlaceKind, Source, Way
from shared.words.vocabulary.consent import Answer
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.people import Purpose, Role

BY = "system:call-me"
"""Who registers it: the page itself, for nobody is signed in."""


async def ask_to_be_called(wish: Wish, service: Service, *, association: str) -> bool:
    """Once for each id, and for each number that says the same within a day; answers whether it was news.

    Nothing of it is told to whoever asks: not whether it was sent before, nor whether the estate is known.
    """
    now, kept = service.clock.now(), wish.as_kept()
    by = Actor(id=BY, role=Role.SYSTEM, association=association)
    context = Context(actor=by, purpose=Purpose.CASE_WORK, at=now, correlation_id=uuid4())
    async with service.read() as connection:
        listed = await estates_within(connection, Reach(association=association))
        called = [estate for estate in listed if estate.name.casefold() == kept.place.casefold()]
        estate = await estate_called(connection, association, called[0].estate_id) if len(called) == 1 else None
        earlier = await told_on_the_page(connection, association, since=now - WITHIN)
    keyring = await service.keyring(earlier)
    if kept.is_said_already([told for words in earlier if (told := keyring.open(words))]):
        return False
    report = Report(
        observation_id=kept.concern_id,
        home_id=None,
        observed_at=now,
        signals=(),
        severity=Severity.MEDIUM.value,
        consent_answer=Answer.NOT_ASKED.value,
        consent_wording="",
        consent_scope=(),
        words=kept.told(),
        place=PlaceKind.UNKNOWN.value,
        estate_id=estate.estate_id if estate else "",
        where=kept.place,
        source=Source.RESIDENT.value,
        how=Way.PAGE.value,
    )
    command = at_its_place(report, found=None, estate=estate)
    content = [kept.name, kept.phone, kept.place, kept.time, kept.words]
    try:
        await service.do_once(register_observation, command, context, id=kept.concern_id, content=content, about=kept.concern_id)
    except (SameIdOtherContent, KeyIsDestroyed):
        return False
    return True
