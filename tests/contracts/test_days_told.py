"""A day that the ERP tells: a number is none, though it could be read as seconds since 1970."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from pydantic import ValidationError
from pydantic_core import to_json

from shared.messaging.message import Message
from shared.messaging.messages.erp import TenancyEnded, TenancyInArrears, TenancyStarted, TenantDeceased

TOLD: list[tuple[type[Message], str, dict[str, Any]]] = [
    (TenancyStarted, "started_on", {"tenancy_id": uuid4(), "unit_id": uuid4(), "estate_id": "estate-1"}),
    (TenancyEnded, "ended_on", {"tenancy_id": uuid4()}),
    (TenantDeceased, "died_on", {"tenancy_id": uuid4(), "person_id": uuid4()}),
    (TenancyInArrears, "on", {"tenancy_id": uuid4(), "months": 2}),
]


def told(message: type[Message], said: dict[str, Any]) -> Message:
    """As it is read when it comes."""
    return message.model_validate_json(to_json(said), strict=True)


@pytest.mark.parametrize("value", [0, 0.0, -86400, 86400, 86400.5, "1e5", "20261031", "01-11-2026", True, None])
@pytest.mark.parametrize(("message", "name", "others"), TOLD)
def test_a_number_is_no_day(message: type[Message], name: str, others: dict[str, Any], value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        told(message, {**others, name: value})
    assert [error["loc"] for error in refused.value.errors()] == [(name,)]


@pytest.mark.parametrize(("message", "name", "others"), TOLD)
def test_a_day_is_read(message: type[Message], name: str, others: dict[str, Any]) -> None:
    assert getattr(told(message, {**others, name: "2026-10-31"}), name) == date(2026, 10, 31)
