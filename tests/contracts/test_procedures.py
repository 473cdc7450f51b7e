"""Every procedure that a release left, and today's, can be read, and answers every question about every code of today."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.cases.procedure.rules.in_force import ProcedureInForce
from services.cases.procedure.rules.reading import read_adopted, read_procedure
from shared.words.vocabulary.case import SAID_MEANWHILE, TAKEN_MEANWHILE, Milestone, Step
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.people import Role
from shared.words.vocabulary.referral import Target
from shared.words.vocabulary.waiting import RUNS_MEANWHILE, DeadlineKind
from tests.support.release.texts import keep, texts

MONDAY = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)
TEXTS = {name: file.read_text(encoding="utf-8") for name, file in texts("procedures").items()}
EVERY_TEXT = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)


def test_the_procedure_of_the_demo_can_be_adopted() -> None:
    assert read_procedure(TEXTS["today"])


def test_a_release_keeps_the_text_it_leaves_unless_one_before_left_the_same(tmp_path: Path) -> None:
    today, kept = tmp_path / "procedure.yaml", tmp_path / "kept"
    kept.mkdir()
    for version, text in (("1", "one"), ("2", "one"), ("3", "three"), ("4", "one")):
        today.write_text(text)
        keep(today, kept, version=version)
    assert {file.name: file.read_text() for file in kept.iterdir()} == {"1.yaml": "one", "3.yaml": "three"}


@EVERY_TEXT
def test_every_question_has_an_answer(text: str) -> None:
    under = ProcedureInForce(read_adopted(text))

    assert under.version
    for step in Step:
        assert any(under.may(role, step) for role in Role), (
            f"nobody may {step}: say in TAKEN_MEANWHILE who may under procedures that do not name it"
        )
    for severity in Severity:
        for kind in DeadlineKind:
            assert under.deadline(kind, severity=severity, after=MONDAY) >= MONDAY
        assert all(under.follow_up_due(days, MONDAY) > MONDAY for days in under.follow_up_days(severity))
    for municipality in (*under.document.municipalities, "unknown"):
        for target in Target:
            due = under.answer_due(target, municipality, MONDAY)
            assert MONDAY <= due <= min(under.silence_steps(target, municipality, MONDAY))
            contact = under.contact(target, municipality)
            assert contact is None or contact.phone
    assert all(under.wording(wording.version) for wording in under.document.consent_wordings)


@EVERY_TEXT
def test_what_a_procedure_does_not_name_is_said_beside_the_code(text: str) -> None:
    document = read_adopted(text)

    assert set(Step) - set(document.steps) <= set(TAKEN_MEANWHILE)
    assert set(DeadlineKind) - set(document.clocks) <= set(RUNS_MEANWHILE)
    assert set(Milestone) - set(document.notices) <= set(SAID_MEANWHILE)
