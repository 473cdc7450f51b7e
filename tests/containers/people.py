"""What people do in the running installation, through the proxy, as their browsers and phones would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

import httpx
from uuid_utils.compat import uuid7

from tests.containers.installation import ASSOCIATION, ROOT, Installation
from tests.support.eventually import eventually

ESTATE = "afd-01"
AS_ERP = (ROOT / "tests" / "containers" / "as_erp.py").read_text(encoding="utf-8")


@dataclass(frozen=True, kw_only=True)
class Home:
    """A home somebody lives in."""

    id: str
    tenancy: str


@dataclass(frozen=True, kw_only=True)
class People:
    """Those of the story, signed in."""

    caretaker: httpx.Client
    lead: httpx.Client
    director: httpx.Client


@contextmanager
def people_of(installation: Installation) -> Iterator[People]:
    """Role cards for everybody."""
    with ExitStack() as until_the_end:
        yield People(
            caretaker=until_the_end.enter_context(installation.signed_in("staff-caretaker-1")),
            lead=until_the_end.enter_context(installation.signed_in("staff-social-lead-1")),
            director=until_the_end.enter_context(installation.signed_in("staff-director-1")),
        )


async def home_with_a_resident(installation: Installation) -> Home:
    """A home in the register, and the ERP's word that somebody moved in long ago."""
    home = Home(id=str(uuid7()), tenancy=str(uuid4()))
    with installation.signed_in("staff-operator-1") as operator:
        estate = {
            "name": "Høstmåneparken",
            "municipality": "bakkelund",
            "homes": [{"home_id": home.id, "street": "Tusmørkegyden", "number": str(uuid4().int % 1000), "floor": "1", "door": "tv"}],
        }
        entered = operator.put(f"/intake/api/estates/{ESTATE}", json=estate)
        assert entered.status_code in (200, 204), entered.text  # 200 where two stand at one address by chance
    said = (ASSOCIATION, home.tenancy, home.id, ESTATE, "2001-01-01", installation.secret("kafka_erp_password"))
    installation.compose("exec", "-T", "intake-relay", "python", "-", *said, said=AS_ERP)
    known = f"select count(*) from tenancies where tenancy_id = '{home.tenancy}'"
    await eventually(lambda: installation.sql("intake_service", known).strip() == "1", within=60)
    return home


def observation(home: Home, **other: Any) -> dict[str, Any]:
    """What the caretaker of S1 saw: the leak, the heaps, and a resident who says yes."""
    return {
        "id": str(uuid7()),
        "home_id": home.id,
        "observed_at": datetime.now(UTC).isoformat(),
        "signals": ["home.hoarding", "self.neglect"],
        "severity": "high",
        "consent_answer": "granted",
        "consent_wording": "mundtlig-1",
        "consent_scope": ["municipal.visitation", "damage_service"],
        "words": "Vand gennem loftet. Der er fyldt op til vinduerne.",
        **other,
    }


async def registered(caretaker: httpx.Client, sent: dict[str, Any], *, within: float = 60) -> dict[str, Any]:
    """Send it until it is received, as a phone does; the id makes that safe."""

    def received() -> dict[str, Any]:
        try:
            answer = caretaker.post("/intake/api/observations", json=sent)
        except httpx.TransportError as error:
            raise AssertionError(type(error).__name__) from error
        assert answer.status_code == 201, answer.text
        receipt: dict[str, Any] = answer.json()
        return receipt

    return await eventually(received, within=within)


def seen_by(caretaker: httpx.Client, observation_id: str) -> dict[str, Any]:
    """The caretaker's own observation, as it stands."""
    answer = caretaker.get(f"/intake/api/observations/{observation_id}")
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


class CaseWork:
    """A case in the hands of the lead: each step is built on what the case is now, as a page would do it."""

    def __init__(self, lead: httpx.Client, case_id: str) -> None:
        self.case_id = case_id
        self._lead = lead

    def now(self) -> dict[str, Any]:
        """The case as the lead sees it."""
        answer = self._lead.get(f"/cases/api/cases/{self.case_id}")
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    def timeline(self) -> list[str]:
        """What happened, in order."""
        answer = self._lead.get(f"/cases/api/cases/{self.case_id}/timeline")
        assert answer.status_code == 200, answer.text
        return [event["topic"] for event in answer.json()["events"]]

    def step(self, what: str, **facts: Any) -> str:
        """Take a step; answers the id made for it."""
        id = str(uuid7())
        version = self.now()["version"]
        answer = self._lead.post(f"/cases/api/cases/{self.case_id}/{what}", json={"id": id, **facts}, headers={"If-Match": f'"{version}"'})
        assert answer.status_code == 204, f"{what}: {answer.text}"
        return id


def case_of(lead: httpx.Client, observation_id: str) -> CaseWork:
    """The concern an observation led to, as it stands in the lead's queue."""
    cursor = ""
    while True:
        answer = lead.get("/cases/api/cases", params={"limit": 200, "cursor": cursor})
        assert answer.status_code == 200, answer.text
        part = answer.json()
        wanted = str(uuid5(UUID(observation_id), "case"))
        if any(waiting["case_id"] == wanted for waiting in part["cases"]):
            return CaseWork(lead, wanted)
        assert part["next"], "not in the queue"
        cursor = part["next"]
