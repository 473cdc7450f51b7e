"""The history in sentences: every kind of event has its line, and nobody reads more than is theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from eventsourcing.utils import get_topic

from services.cases.case.pages.lines import LINES
from services.cases.case.pages.story import told
from services.cases.case.pages.voice import Voice
from services.cases.case.pages.words import Words
from services.cases.case.rules.case import Case
from services.cases.case.rules.people import Persons
from shared.history.aggregate import Event
from shared.privacy.personal import Sealed
from tests.cases.case.story import CARETAKER, CASE, HELPED, NO_TO_VISITATION, NOW, RAISED, SEEN_AT, SENT, TRIAGED, YES_TO_VISITATION
from tests.support.given import AN_ID, PROVENANCE, Fact

VOICE = Voice(words=Words("da"), name_of=lambda id: f"<{id}>", opened=lambda sealed: "ordene", procedures={})
WRITTEN = Sealed(CASE, "case/words", "c2VhbGVk")


def happened(*facts: Fact) -> list[Event]:
    """These facts as they are read from the store."""
    events: list[Event] = []
    for version, fact in enumerate(facts, start=1):
        topic = {"originator_topic": get_topic(Case)} if fact.kind is Case.ConcernRaised else {}
        event = fact.kind(originator_id=AN_ID, originator_version=version, timestamp=NOW, **topic, **fact.facts)
        event.stamp(replace(PROVENANCE, happened_at=NOW, recorded_at=NOW + timedelta(hours=version - 1)))
        events.append(event)
    return events


def test_every_kind_of_event_has_a_line() -> None:
    assert set(LINES) == {kind for kind in vars(Case).values() if isinstance(kind, type) and "TOPIC" in vars(kind)}


def test_the_newest_stands_first_and_an_answer_says_whose_it_is() -> None:
    entries = told(happened(RAISED, SENT, HELPED), VOICE)

    assert [entry.title for entry in entries] == [
        "Visitationen har svaret: Hjælpen er på plads", "Givet videre til: Visitationen", "Bekymring modtaget",
    ]  # fmt: skip
    assert [entry.version for entry in entries] == [3, 2, 1]
    assert {entry.who for entry in entries} == {"<staff-social-lead-1>"}


@pytest.mark.parametrize(
    ("voice", "words"),
    [(VOICE, "ordene"), (replace(VOICE, opened=lambda sealed: None), "(slettet)"), (replace(VOICE, opened=None), "(indholdet er skjult)")],
    ids=["shown", "erased", "hidden"],
)
def test_words_are_shown_or_said_to_be_erased_or_hidden(voice: Voice, words: str) -> None:
    (entry,) = told(happened(Fact(TRIAGED.kind, TRIAGED.facts | {"reason": WRITTEN})), voice)
    assert entry.words == words


NOT_ABLE = Fact(
    Case.ConsentNotObtainable, {"person": None, "purpose": "help", "recipient": "volunteer", "asked_by": CARETAKER, "asked_at": SEEN_AT}
)


@pytest.mark.parametrize(
    ("answer", "changed", "title"),
    [
        (YES_TO_VISITATION, {}, "Ja til at fortælle det til: Visitationen"),
        (YES_TO_VISITATION, {"recipient": "office", "information": []}, "Ja til, at kontoret ved det og går videre"),
        (NO_TO_VISITATION, {}, "Nej til at fortælle det til: Visitationen"),
        (NO_TO_VISITATION, {"recipient": "others"}, "Nej til, at andre uden for kontoret får det at vide"),
        (NO_TO_VISITATION, {"recipient": "office"}, "Nej til at fortælle det til: Kontoret"),
        (NO_TO_VISITATION, {"purpose": "tenancy"}, "Nej til at fortælle det til Visitationen, hvis det er for at beholde boligen"),
        (NOT_ABLE, {}, "Beboeren kunne ikke svare på, om det må fortælles til: Frivillig forening"),
        (NOT_ABLE, {"recipient": "others"}, "Beboeren kunne ikke svare på, om andre uden for kontoret må få det at vide"),
        (NOT_ABLE, {"recipient": "office"}, "Beboeren kunne ikke svare på spørgsmålet om lov"),
    ],
)
def test_an_answer_is_told_by_what_it_was_about(answer: Fact, changed: dict[str, object], title: str) -> None:
    (entry,) = told(happened(Fact(answer.kind, answer.facts | changed)), VOICE)
    assert entry.title == title
    assert ("Spurgt af" in dict(entry.details)) is (answer is not NOT_ABLE)


@pytest.mark.parametrize(
    ("answer", "said"), [("granted", "Ja, beboeren har sagt ja"), ("declined", "Nej, beboeren sagde nej"), ("not_asked", None)]
)
def test_a_concern_says_what_was_answered_also_where_no_event_of_its_own_does(answer: str, said: str | None) -> None:
    raised = happened(Fact(RAISED.kind, RAISED.facts | {"consent_answer": answer}))
    assert dict(told(raised, VOICE)[0].details).get("Spurgt om lov") == said
    erased = Persons()
    erased.unnamed_until = 2
    (entry,) = told(raised, replace(VOICE, people=replace(VOICE.people, persons=erased)))
    assert "Spurgt om lov" not in dict(entry.details)


def test_what_was_registered_later_says_so_and_who_checks_reads_how_it_came_about() -> None:
    at_once, later = happened(RAISED, TRIAGED)

    assert ("Registreret" in dict(told([at_once], VOICE)[0].details), "Registreret" in dict(told([later], VOICE)[0].details)) == (
        False,
        True,
    )
    in_full = dict(told([later], replace(VOICE, in_full=True))[0].details)
    assert in_full["Sporing"].startswith("nr. 2 · registreret")
