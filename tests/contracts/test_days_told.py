"""A day that the ERP tells: a number is none, though it could be read as seconds since 1970."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from pydantic import ValidationError

from shared.messaging.message import Message
from shared.messaging.messages.erp import TenancyEnded, TenancyInArrears, TenancyStarted, TenantDeceased

TOLD: list[tuple[type[Message], str, dict[str, Any]]] = [
    (TenancyStarted, "started_on", {"tenancy_id": uuid4(), "unit_id": uuid4(), "estate_id": "estate-1"}),
    (TenancyEnded, "ended_on", {"tenancy_id": uuid4()}),
    (TenantDeceased, "died_on", {"tenancy_id": uuid4(), "person_id": uuid4()}),
    (TenancyInArrears, "on", {"tenancy_id": uuid4(), "months": 2}),
]


@pytest.mark.parametrize("value", [0, 0.0, -86400, 86400, "0", " 0 ", "-86400", "86400.0", "1e5", "20261031", True])
@pytest.mark.parametrize(("message", "name", "others"), TOLD)
def test_a_number_is_no_day(message: type[Message], name: str, others: dict[str, Any], value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        message.model_validate({**others, name: value})
    assert [error["loc"] for error in refused.value.errors()] == [(name,)]


@pytest.mark.parametrize("value", ["2026-10-31", "2026-10-31T00:00:00", "2026-10-31T00:00:00+01:00", date(2026, 10, 31)])
@pytest.mark.parametrize(("message", "name", "others"), TOLD)
def test_a_day_is_one_also_with_its_midnight(message: type[Message], name: str, others: dict[str, Any], value: object) -> None:
    assert getattr(message.model_validate({**others, name: value}), name) == date(2026, 10, 31)
