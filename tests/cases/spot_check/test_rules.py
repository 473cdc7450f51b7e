"""A sample follows from its seed: nobody knows it before, anybody draws it again, and each look-up of it gets a finding."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from hashlib import sha256
from hmac import new
from uuid import UUID

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from services.cases.spot_check.rules import (
    MOST_TO_DRAW_FROM,
    AnswerHasNoWords,
    FindingHasNoWords,
    FindingIsUnknown,
    LookIsAnswered,
    LookIsClosed,
    LookIsGone,
    PeriodHasNoLooks,
    PeriodHasNotBegun,
    PeriodHasTooManyLooks,
    PeriodIsBackwards,
    Plan,
    SampleIsLargerThanTheLog,
    SampleSizeIsOutOfBounds,
    SpotCheck,
    StratumIsUnknown,
    drawn,
)
from shared.ground.errors import NotFound
from shared.ground.text_input import TextHoldsCprNumber, TextTooLong
from shared.privacy.personal import Personal

CHECK, CASE = UUID("d0000000-0000-7000-8000-000000000001"), UUID("c0000000-0000-5000-8000-000000000001")
SEED = "00" * 31 + "07"
TODAY = date(2026, 3, 31)
PLAN = Plan(since=date(2026, 1, 1), until=date(2026, 3, 31), stratum="all", size=2, last_position=900)
DPO, WHO = "staff-dpo-1", "staff-social-caretaker-1"


def planned(*, size: int = 2) -> SpotCheck:
    return SpotCheck.begin_with(replace(PLAN, size=size), id=CHECK, seed=SEED, by=DPO)


def sampled(*, size: int = 2) -> tuple[SpotCheck, list[int]]:
    check = planned(size=size)
    check.draw(range(100, 120))
    looks = list(check.looks)
    check.collect_events()
    return check, looks


def news(check: SpotCheck) -> list[str]:
    return [type(event).__name__ for event in check.collect_events()]


# Drawing


def test_the_sample_is_drawn_by_the_hmac_of_the_number_under_the_seed() -> None:
    """Written out, as anybody would who draws it again; this very sample stays what it is."""
    by_hand = sorted(range(1, 101), key=lambda look: new(bytes.fromhex(SEED), str(look).encode("ascii"), sha256).digest())[:5]
    assert drawn(SEED, range(1, 101), size=5) == by_hand == [65, 51, 29, 94, 91]


@whatever(st.lists(st.integers(1, 2**62), unique=True, max_size=60), st.integers(1, 200), st.binary(min_size=32, max_size=32), st.randoms())
def test_the_same_seed_draws_the_same_in_whatever_order_the_log_is_read(looks: list[int], size: int, seed: bytes, random: object) -> None:
    first = drawn(seed.hex(), looks, size=size)
    assert drawn(seed.hex(), reversed(looks), size=size) == first
    assert len(first) == min(size, len(looks))
    assert set(first) <= set(looks)
    assert drawn(seed.hex(), looks, size=len(looks))[:size] == first  # a larger sample goes on where a smaller one ended


def test_every_look_has_the_same_chance() -> None:
    times = Counter(look for number in range(2000) for look in drawn(f"{number:064x}", range(20), size=5))
    assert set(times) == set(range(20))
    assert all(420 < count < 580 for count in times.values())  # 500 expected; four times the deviation of 19


def test_the_seed_is_noted_before_the_sample() -> None:
    check = planned()
    check.draw(range(100, 120))
    noted, sample = check.collect_events()
    assert isinstance(noted, SpotCheck.Planned)
    assert isinstance(sample, SpotCheck.Drawn)
    assert (noted.seed, noted.last_position, noted.by, sample.among) == (SEED, 900, DPO, 20)
    assert sample.looks == drawn(SEED, range(100, 120), size=2)


def test_drawn_again_it_is_no_news() -> None:
    check, _ = sampled()
    check.draw(range(500, 600))
    assert not news(check)


@pytest.mark.parametrize(
    ("changed", "refused", "field"),
    [
        ({"until": date(2025, 12, 31)}, PeriodIsBackwards, "until"),
        ({"since": date(2026, 4, 1), "until": date(2026, 4, 2)}, PeriodHasNotBegun, "since"),
        ({"stratum": "some"}, StratumIsUnknown, "stratum"),
        ({"size": 0}, SampleSizeIsOutOfBounds, "size"),
        ({"size": -3}, SampleSizeIsOutOfBounds, "size"),
        ({"size": 201}, SampleSizeIsOutOfBounds, "size"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_field(changed: dict[str, object], refused: type[Exception], field: str) -> None:
    with pytest.raises(refused) as error:
        replace(PLAN, **changed).must_be_possible(today=TODAY)  # type: ignore[arg-type]
    assert getattr(error.value, "field") == field  # noqa: B009  every refusal has one


@pytest.mark.parametrize(
    ("among", "refused"), [(0, PeriodHasNoLooks), (1, SampleIsLargerThanTheLog), (MOST_TO_DRAW_FROM + 1, PeriodHasTooManyLooks)]
)
def test_a_log_that_has_too_few_or_too_many_is_said_to(among: int, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        PLAN.must_be_drawn_from(among)
    PLAN.must_be_drawn_from(2)


def test_from_a_log_that_has_lost_all_of_them_nothing_is_drawn() -> None:
    with pytest.raises(PeriodHasNoLooks):
        planned().draw([])


# Looking into them


def test_one_is_asked_once_answers_once_and_is_closed() -> None:
    check, (look, other) = sampled()
    check.ask(look, who=WHO)
    check.ask(look, who=WHO)
    check.answer(look, by={WHO}, words="Hun ringede.", sealed_for=CASE)
    with pytest.raises(LookIsAnswered):
        check.answer(look, by={WHO}, words="Igen.", sealed_for=CASE)
    check.find(look, finding="fine", words="", sealed_for=CASE)
    with pytest.raises(LookIsClosed):
        check.find(look, finding="fine", words="", sealed_for=CASE)
    with pytest.raises(LookIsClosed):
        check.ask(look, who=WHO)
    check.find(other, finding="not_fine", words="Der var ingen grund.", sealed_for=CHECK)
    events = check.collect_events()
    assert [type(event).__name__ for event in events] == ["Asked", "Answered", "Found", "Found", "Closed"]
    assert [getattr(event, "words", None) for event in events[1:4]] == [
        Personal(CASE, "Hun ringede."),
        None,
        Personal(CHECK, "Der var ingen grund."),
    ]


def test_a_question_that_was_closed_meanwhile_is_not_answered() -> None:
    check, (look, _) = sampled()
    check.ask(look, who=WHO)
    check.find(look, finding="cannot_say", words="Ingen svarede.", sealed_for=CASE)
    with pytest.raises(LookIsClosed):
        check.answer(look, by={WHO}, words="Hun ringede.", sealed_for=CASE)


def test_nobody_answers_for_another_nor_what_was_not_asked() -> None:
    check, (look, other) = sampled()
    check.ask(look, who=WHO)
    for number, by in ((look, "staff-other"), (other, WHO), (7, WHO)):
        with pytest.raises(NotFound):
            check.answer(number, by={by}, words="Ja.", sealed_for=CASE)


def test_of_what_the_log_has_no_more_nobody_is_asked_and_it_can_be_closed() -> None:
    check, (look, _) = sampled()
    with pytest.raises(LookIsGone):
        check.ask(look, who="")
    check.find(look, finding="cannot_say", words="Slettet.", sealed_for=CHECK)
    assert news(check) == ["Found"]


@pytest.mark.parametrize(
    ("finding", "words", "refused"),
    [
        ("", "Ja.", FindingIsUnknown),
        ("good", "Ja.", FindingIsUnknown),
        ("not_fine", " ", FindingHasNoWords),
        ("cannot_say", "", FindingHasNoWords),
        ("fine", "x" * 4001, TextTooLong),
        ("fine", "010203-1234", TextHoldsCprNumber),
    ],
)
def test_a_finding_that_is_none_is_refused(finding: str, words: str, refused: type[Exception]) -> None:
    check, (look, _) = sampled()
    with pytest.raises(refused):
        check.find(look, finding=finding, words=words, sealed_for=CASE)
    assert not news(check)


def test_an_answer_says_something() -> None:
    check, (look, _) = sampled()
    check.ask(look, who=WHO)
    with pytest.raises(AnswerHasNoWords):
        check.answer(look, by={WHO}, words="\n ", sealed_for=CASE)
