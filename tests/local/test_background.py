"""What nobody waits for runs in a process of its own: it comes after the pages, comes back when it dies, and ends with its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid5

import httpx
import psutil
import pytest

from local.shared_clock import SharedClock
from tests.local.running import ROOT, Run
from tests.local.test_surviving import CARETAKER, LEAD, home_with_a_tenancy, register, signed_in
from tests.support.eventually import eventually

Up = Callable[..., Run]
AT = datetime(2026, 3, 3, 9, 0, 0, 123_456, tzinfo=UTC)
EVERY = [f"{service}/{role}" for service in ("intake", "cases", "notifications", "reporting") for role in ("relay", "listen", "clock")]


async def background_of(run: Run) -> psutil.Process:
    """The one process of that kind that the run has started."""

    def found() -> list[psutil.Process]:
        below = psutil.Process(run.process.pid).children()
        return [each for each in below if each.status() != psutil.STATUS_ZOMBIE and "local.background" in each.cmdline()]

    (process,) = await eventually(found, within=30)
    return process


async def test_it_comes_after_the_pages_and_every_role_answers_at_the_address_it_has_behind_the_proxy(up: Up) -> None:
    run = await up(arguments=("--empty",)).ready()
    process = await background_of(run)
    assert process.nice() == 19
    assert os.getsid(process.pid) == os.getsid(run.process.pid), "in a session of its own it would be weighed by itself"

    def which_stand_still() -> list[str]:
        return [role for role in EVERY if httpx.get(f"{run.origin}/{role}/health/ready", timeout=10).status_code != 200]

    await eventually(lambda: which_stand_still() == [], within=60)
    async with httpx.AsyncClient(base_url=run.origin) as client:
        numbers = (await client.get("/cases/relay/metrics")).text
        assert 'brobygger_last_round_timestamp_seconds{role="relay",service="cases"}' in numbers
        assert (await client.get("/cases/relay/metrics", headers={"Host": "elsewhere.example"})).status_code == 421
        assert (await client.post("/cases/relay/health/ready")).status_code == 405
        (own_door,) = {each.laddr.port for each in process.net_connections("tcp") if each.status == psutil.CONN_LISTEN}
        beside = f"http://127.0.0.1:{own_door}/cases/relay/metrics"
        answers = [(await client.get(beside, headers=host)).status_code for host in ({}, {"Host": "elsewhere.example"})]
        assert answers == [200, 421]


async def test_killed_it_comes_back_and_what_was_registered_meanwhile_reaches_the_others(up: Up) -> None:
    run = await up().ready()
    async with signed_in(run, CARETAKER) as caretaker, signed_in(run, LEAD) as lead:
        home = await home_with_a_tenancy(caretaker)
        await register(caretaker, home)
        killed = await background_of(run)
        killed.kill()
        observation = await register(caretaker, home)
        assert (await caretaker.get("/intake/health/ready")).status_code == 200

        async def the_lead_sees_it() -> bool:
            path = f"/cases/{uuid5(observation, 'case')}"
            return (await lead.get(path, headers={"Accept": "text/html"})).status_code == 200

        await eventually(the_lead_sees_it, within=60)
    assert (await background_of(run)).pid != killed.pid
    assert '"server":"Background"' in run.said


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
async def test_it_ends_with_its_parent_however_that_ends(up: Up, how: signal.Signals) -> None:
    run = await up(arguments=("--empty",)).ready()
    process = await background_of(run)
    run.process.send_signal(how)
    assert run.ended() == (0 if how != signal.SIGKILL else -how)
    await eventually(lambda: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE, within=15)
    if how != signal.SIGKILL:  # then the database may be gone before it, and it says so
        assert "Traceback" not in run.said


@pytest.mark.processes
def test_a_led_clock_is_the_same_in_both_processes() -> None:
    clock = SharedClock()
    other = SharedClock(clock.fileno())
    clock.lead_to(AT)
    assert other.now() == AT
    ask = f"from local.shared_clock import SharedClock; print(SharedClock({clock.fileno()}).now().isoformat())"
    said = subprocess.run([sys.executable, "-c", ask], pass_fds=[clock.fileno()], capture_output=True, text=True, check=True, cwd=ROOT)
    assert datetime.fromisoformat(said.stdout.strip()) == AT
    assert clock.forward(timedelta(days=1)) == other.now() == AT + timedelta(days=1)
    clock.let_go()
    assert abs(other.now() - datetime.now(UTC)) < timedelta(seconds=5)
