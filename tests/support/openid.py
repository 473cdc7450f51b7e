"""The little site where people sign in at a provider."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import yaml

from services.origin import NAVIGATION
from shared.history.service import Service
from shared.running.serving import closed_unless_asked
from shared.web.provider import Provider
from shared.web.web import web_app
from tests.shared.little_site.site import parts
from tests.support.postgres import PostgresServer
from tests.support.services import ASSOCIATION, Running, running_service
from tests.support.tokens import AUDIENCE, CLIENT, ISSUER

SECRET = "not-a-secret"


def said(**more: Any) -> dict[str, Any]:
    """A sign-in file, with something else where that is handed in."""
    hats = [
        {"group": "lead", "association": ASSOCIATION, "role": "social_lead"},
        {"group": "caretaker", "association": ASSOCIATION, "role": "caretaker"},
    ]
    machine = {"client": "erp", "id": "machine-erp", "association": ASSOCIATION, "role": "social_lead"}
    return {"issuer": ISSUER, "client": CLIENT, "audience": AUDIENCE, "person": "staff", "hats": hats, "machines": [machine], **more}


@asynccontextmanager
async def site_with_provider(postgres: PostgresServer, folder: Path, file: dict[str, Any], **more: Any) -> AsyncIterator[Running]:
    folder.mkdir(exist_ok=True)  # noqa: ASYNC240 -- a folder of this test
    (folder / "sign-in.yaml").write_text(yaml.safe_dump(file))
    (folder / "client.secret").write_text(SECRET + "\n")
    files: dict[str, Any] = {"sign_in_file": folder / "sign-in.yaml", "sign_in_secret_file": folder / "client.secret"}
    async with running_service(parts(), postgres, folder, sign_in="openid", **files, **more) as running:
        yield running


def served_with(provider: Provider) -> Callable[[Service], Any]:
    """Its web application, with a provider that is known already."""

    def application(service: Service) -> Any:
        app = web_app(service.parts, NAVIGATION)
        app.state.service, app.state.provider = service, provider
        return closed_unless_asked(app, sign_in=NAVIGATION.sign_in)

    return application
