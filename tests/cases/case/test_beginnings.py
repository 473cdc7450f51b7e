"""What is said of where a concern came from is true: nobody reported what nobody saw, and a wish to be called is a number to ring."""

from __future__ import annotations

import pytest

from services.cases.case.rules.concern import TriageConcern
from shared.words.callback import CallBack
from tests.cases.case.living import LEAD, raised, take
from tests.support.services import Running, browser

HTML = {"Accept": "text/html", "Accept-Language": "da"}
WISH = CallBack(phone="12345678", name="Eva Opdigtet", when="Om formiddagen", words="Huslejen er svær.").written()
UNTRUE = ("Viceværten", "viceværten", "Gul", "Ny bekymring", "Meldt som")


async def shown(cases: Running, case_id: object) -> tuple[str, str]:
    """The queue, and the page of a case in it."""
    async with browser(cases, as_=LEAD) as client:
        queue, case = await client.get("/cases/", headers=HTML), await client.get(f"/cases/{case_id}", headers=HTML)
    assert (queue.status_code, case.status_code) == (200, 200)
    return queue.text[queue.text.index("queue-list") :], case.text[case.text.index("<h1>") :]


async def test_a_wish_to_be_called_is_a_number_to_ring(cases: Running) -> None:
    queue, case = await shown(cases, await raised(cases, severity="medium", words=WISH, source="resident", how="page"))
    assert "Vil ringes op" in queue
    assert all(word in case for word in ("Vil ringes op", "Ring op", 'href="tel:12345678"', "Eva Opdigtet", "Om formiddagen"))
    assert "Ingen har sagt, hvor alvorligt det er." in case
    for page in (queue, case.replace("Gul – bekymrende", "", 1)):  # one of the four cards that are chosen from
        assert not any(word in page for word in UNTRUE)


async def test_a_welcome_is_no_worry(cases: Running) -> None:
    queue, case = await shown(cases, await raised(cases, severity="medium", words="", source="welcome", how="system"))
    assert "Velkomst" in queue
    assert "Ingen har set noget, der bekymrer." in case
    for page in (queue, case.replace("Gul – bekymrende", "", 1)):
        assert not any(word in page for word in UNTRUE)


@pytest.mark.parametrize("source", ["neighbour", "board_member", "anonymous"])
async def test_what_was_told_was_not_seen(cases: Running, source: str) -> None:
    _, case = await shown(cases, await raised(cases, severity="high", source=source, how="phone"))
    assert "Den, der tog opkaldet, skrev: Orange" in case
    assert "<dt>Fortalt</dt>" in case
    assert "<dt>Tegn</dt>" not in case
    assert "Viceværten" not in case


async def test_what_somebody_saw_is_said_as_it_was_reported(cases: Running) -> None:
    case_id = await raised(cases, severity="high")
    _, case = await shown(cases, case_id)
    assert "Den, der så det, meldte: Orange" in case
    assert "<dt>Tegn</dt>" in case


async def test_once_it_is_judged_it_is_as_serious_as_was_said(cases: Running) -> None:
    case_id = await raised(cases, severity="medium", words=WISH, source="resident", how="page")
    await take(cases, case_id, TriageConcern, severity="high", category="economy")
    queue, case = await shown(cases, case_id)
    assert "Orange" in queue
    assert "Ring op" in case
