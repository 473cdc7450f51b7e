"""A step that has a rule has everything else: an address, a form, a template."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.cases.case.rules.step import StepRequest
from services.cases.case.steps import FORMS, STEPS
from shared.words.vocabulary.case import Step

TEMPLATES = Path(__file__).parents[3] / "services/cases/case/templates/steps"


def steps(of: type[StepRequest] = StepRequest) -> Iterator[type[StepRequest]]:
    """Every step that decides, of all modules that the addresses name."""
    for step in of.__subclasses__():
        if step.decide is not StepRequest.decide:
            yield step
        yield from steps(step)


def test_every_step_has_an_address_and_a_form() -> None:
    assert sorted(step.__name__ for step in STEPS.values()) == sorted(step.__name__ for step in steps())


@pytest.mark.parametrize("name", FORMS)
def test_every_form_has_a_template_that_shows_the_fields_of_its_steps(name: str) -> None:
    shown = (TEMPLATES / f"{name}.html").read_text(encoding="utf-8")
    needed = {field for step in FORMS[name].addresses.values() for field, what in step.model_fields.items() if what.is_required()} - {"id"}
    assert [field for field in sorted(needed) if f'"{field}"' not in shown] == []


def test_what_the_procedure_calls_a_step_is_the_name_of_at_least_one() -> None:
    assert {step.STEP for step in steps()} == set(Step)
